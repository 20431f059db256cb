// SPDX-License-Identifier: MIT
// DocumentWorld: whole documents over the same order, driven by the same kinds of events. Their
// journals lose nothing; what a disk can do to them is the matter of a World of trees.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "document_replica.hpp"
#include "link.hpp"
#include "order.hpp"
#include "pe/simulation/simulator.hpp"

namespace pe::simulation {

class DocumentWorld {
public:
    DocumentWorld(const Plan& plan, Bug bug);

    void happen(const Event& event);

    const std::string& failure() const { return verdict_.failure(); }
    std::uint64_t changes() const { return order_.log().size(); }
    std::uint64_t elapsedMs() const { return static_cast<std::uint64_t>(elapsed_); }
    const std::map<std::string, std::uint64_t>& faults() const { return faults_; }

private:
    struct Seat {
        std::unique_ptr<DocumentReplica> replica;
        Link link;
    };

    void begin(const Plan& plan);
    void act(const Event& event, std::uint32_t slot, Random& random);
    bool disturb(const Event& event, std::uint32_t slot, Random& random);
    void edit(DocumentReplica& replica, Random& random);
    void fork(std::uint32_t slot);
    void deliver(std::uint32_t slot, std::size_t count);
    void settle();
    bool isQuiet() const;
    void checkAgreement();
    void checkMerge(const document::Document& merged);

    const Bug bug_;
    Verdict verdict_;
    FakeClock clock_;
    std::unique_ptr<document::Document> beginning_;
    MemoryOrder order_{Bug::None, Level::Document};
    std::vector<Seat> seats_;
    std::size_t mostSeats_;
    std::int64_t elapsed_ = 0;
    std::map<std::string, std::uint64_t> faults_;
};

}  // namespace pe::simulation
