// SPDX-License-Identifier: MIT
// Signal<Args...>: one-to-many notification on one thread. connect() returns a Subscription that
// ends the connection when it is destroyed. A slot may drop its own or other subscriptions while it
// runs.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace pe {

class Subscription {
public:
    Subscription() = default;
    explicit Subscription(std::function<void()> cancel) : cancel_(std::move(cancel)) {}
    Subscription(Subscription&& other) noexcept : cancel_(std::exchange(other.cancel_, nullptr)) {}
    Subscription& operator=(Subscription&& other) noexcept {
        reset();
        cancel_ = std::exchange(other.cancel_, nullptr);
        return *this;
    }
    ~Subscription() { reset(); }
    void reset() {
        if (auto cancel = std::exchange(cancel_, nullptr))
            cancel();
    }

private:
    std::function<void()> cancel_;
};

template <class... Args>
class Signal {
public:
    [[nodiscard]] Subscription connect(std::function<void(Args...)> slot) {
        const auto id = ++state_->lastId;
        state_->slots.push_back(
            {id, std::make_shared<std::function<void(Args...)>>(std::move(slot))});
        return Subscription([weak = std::weak_ptr<State>(state_), id] {
            if (auto state = weak.lock())
                std::erase_if(state->slots, [id](const Slot& each) { return each.id == id; });
        });
    }

    void emit(Args... args) const {
        const auto state = state_;
        const auto current = state->slots;
        for (const Slot& each : current) {
            const bool alive = std::any_of(state->slots.begin(), state->slots.end(),
                                           [&](const Slot& other) { return other.id == each.id; });
            if (alive)
                (*each.call)(args...);
        }
    }

private:
    struct Slot {
        std::uint64_t id;
        std::shared_ptr<std::function<void(Args...)>> call;
    };
    struct State {
        std::uint64_t lastId = 0;
        std::vector<Slot> slots;
    };
    std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace pe
