// SPDX-License-Identifier: MIT
// What the pipelines begin with whose steps are moved.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "pe/testing/corpus.hpp"

namespace pe::document {

inline const std::string kHeadOfSteps = "workflow:\n  name: demo\n  steps:\n";
inline const std::string kPlanStep =
    "    # how it begins\n"
    "    - name: plan   # first\n"
    "      type: gemini\n"
    "      prompt:\n"
    "        - type: static\n"
    "          content: |\n"
    "            Plan it\n"
    "\n"
    "              deeper\n"
    "\n";

// `roundTrips` takes steps of a text out and in again, and tells how often.
inline void roundTripsOverCorpus(const std::function<std::size_t(const std::string&)>& roundTrips,
                                 std::size_t least) {
    const auto files = testing::corpusFiles("pipelines");
    if (files.empty())
        GTEST_SKIP() << "there is no corpus beside this checkout";
    std::size_t done = 0;
    for (const auto& file : files) {
        SCOPED_TRACE(file.string());
        done += roundTrips(testing::readFile(file));
    }
    EXPECT_GT(done, least);
}

}  // namespace pe::document
