// SPDX-License-Identifier: MIT
#include "visited_places.hpp"

#include <gtest/gtest.h>

namespace pe::editor {
namespace {

TEST(VisitedPlaces, LeadBackAndForthAgain) {
    VisitedPlaces places;
    EXPECT_FALSE(places.back(1));
    places.leave(10);
    places.leave(20);
    EXPECT_EQ(places.back(30), 20u);
    EXPECT_EQ(places.back(20), 10u);
    EXPECT_FALSE(places.back(10));
    EXPECT_EQ(places.forward(10), 20u);
    EXPECT_EQ(places.forward(20), 30u);
    EXPECT_FALSE(places.forward(30));
}

TEST(VisitedPlaces, AnotherWayForgetsWhatWasAhead) {
    VisitedPlaces places;
    places.leave(10);
    EXPECT_EQ(places.back(20), 10u);
    places.leave(10);
    EXPECT_FALSE(places.forward(50));
}

}  // namespace
}  // namespace pe::editor
