// SPDX-License-Identifier: MIT
#include "pe/base/signal.hpp"

#include <gtest/gtest.h>

namespace pe {
namespace {

TEST(Signal, ReachesEverySubscriberUntilItsSubscriptionEnds) {
    Signal<int> signal;
    int first = 0;
    int second = 0;
    auto a = signal.connect([&](int value) { first += value; });
    {
        auto b = signal.connect([&](int value) { second += value; });
        signal.emit(2);
    }
    signal.emit(3);
    EXPECT_EQ(first, 5);
    EXPECT_EQ(second, 2);
}

TEST(Signal, ASlotMayDropAnotherSubscriptionWhileItRuns) {
    Signal<> signal;
    int calls = 0;
    Subscription second;
    auto first = signal.connect([&] { second.reset(); });
    second = signal.connect([&] { ++calls; });
    signal.emit();
    EXPECT_EQ(calls, 0);
}

}  // namespace
}  // namespace pe
