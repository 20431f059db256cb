// SPDX-License-Identifier: MIT
#include "pe/base/trimmed.hpp"

#include <gtest/gtest.h>

namespace pe {
namespace {

TEST(Trimmed, LeavesOutWhatIsWhiteAtBothEndsAndNothingElse) {
    EXPECT_EQ(trimmed(" \t a b\r\n"), "a b");
    EXPECT_EQ(trimmed("a"), "a");
    EXPECT_EQ(trimmed(", a,b ,", " ,"), "a,b");
}

TEST(Trimmed, NothingIsLeftOfWhatIsAllWhite) {
    EXPECT_EQ(trimmed(" \r\n\t"), "");
    EXPECT_EQ(trimmed(""), "");
}

}  // namespace
}  // namespace pe
