// SPDX-License-Identifier: MIT
// World: replicas, the order, the network between them, and the time, driven event by event.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "link.hpp"
#include "order.hpp"
#include "pe/simulation/simulator.hpp"
#include "replica.hpp"

namespace pe::simulation {

class World {
public:
    World(const Plan& plan, Bug bug);

    void happen(const Event& event);

    // What was found that must not be; nothing happens after it. Empty if all held.
    const std::string& failure() const { return verdict_.failure(); }
    std::uint64_t changes() const { return order_->log().size(); }
    std::uint64_t elapsedMs() const;
    const std::map<std::string, std::uint64_t>& faults() const { return faults_; }

private:
    struct Seat {
        std::unique_ptr<Replica> replica;
        Link link;
        std::int64_t clockOffsetMs = 0;
    };

    void act(const Event& event, std::uint32_t slot, Random& random);
    bool disturb(const Event& event, std::uint32_t slot, Random& random);
    void deliver(Random& random);
    void deliverTo(std::uint32_t slot, std::size_t count, std::uint64_t seed);
    void fork(std::uint32_t slot);
    void settle(Random& random);
    bool isQuiet() const;
    void checkAgreement(Random& random);
    void checkPromises();
    std::int64_t timeAt(const Seat& seat) const { return now_ + seat.clockOffsetMs; }

    Bug bug_;
    Verdict verdict_;
    std::size_t mostSeats_;
    std::int64_t now_;
    std::unique_ptr<Order> order_;
    std::vector<Seat> seats_;
    std::map<std::string, std::uint64_t> faults_;
    bool clocksJumped_ = false;
    std::set<std::string> copied_;  // labels of pending work in copied folders
    std::uint64_t gestures_ = 0;
};

}  // namespace pe::simulation
