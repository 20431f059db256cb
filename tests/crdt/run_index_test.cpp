// SPDX-License-Identifier: MIT
#include "run_index.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "pe/base/random.hpp"

namespace pe::crdt {
namespace {

void check(const RunIndex& index, const std::map<std::uint32_t, std::uint32_t>& expected,
           std::uint32_t counter) {
    const RunIndex::Entry* const found = index.find(counter);
    auto after = expected.upper_bound(counter);
    if (after == expected.begin())
        return RC_ASSERT(found == nullptr);
    --after;
    RC_ASSERT(found != nullptr);
    RC_ASSERT(found->counter == after->first);
    RC_ASSERT(found->run == after->second);
}

RC_GTEST_PROP(RunIndex, FindsWhatASortedMapFinds, ()) {
    SeededRandom random(*rc::gen::arbitrary<std::uint64_t>());
    RunIndex index;
    std::map<std::uint32_t, std::uint32_t> expected;
    const auto any = [&] { return static_cast<std::uint32_t>(1 + random.below(2000)); };
    for (std::uint32_t i = 0; i < 1500; ++i) {
        const std::uint32_t counter = i % 3 == 0 ? 2001 + i : any();
        const auto known = expected.find(counter);
        if (known == expected.end()) {
            index.add(counter, i);
            expected[counter] = i;
        } else if (random.below(3) == 0 && expected.count(counter + 1) == 0) {
            index.renumber(counter, counter + 1);
            expected[counter + 1] = known->second;
            expected.erase(counter);
        } else {
            index.remove(counter);
            expected.erase(counter);
        }
        check(index, expected, any());
    }
    for (std::uint32_t counter = 0; counter < 3600; counter += 3)
        check(index, expected, counter);
    RC_ASSERT(index.back().counter == expected.rbegin()->first);
    while (!expected.empty()) {
        index.remove(expected.begin()->first);
        expected.erase(expected.begin());
        check(index, expected, any());
    }
    RC_ASSERT(index.empty());
}

}  // namespace
}  // namespace pe::crdt
