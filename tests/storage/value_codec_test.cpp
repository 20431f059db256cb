// SPDX-License-Identifier: MIT
#include "value_codec.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "pe/storage/file_stamp.hpp"

namespace pe::storage {
namespace {

RC_GTEST_PROP(ValueCodec, DecodesWhatItEncoded, (const std::string& bytes)) {
    const auto repeats = *rc::gen::inRange(0, 50);
    std::string value;
    for (int i = 0; i <= repeats; ++i)
        value += bytes;
    const auto stored = encodeValue(value);
    RC_ASSERT(stored);
    RC_ASSERT(stored->size() <= value.size() + 5);
    const auto back = decodeValue(*stored);
    RC_ASSERT(back);
    RC_ASSERT(*back == value);
}

RC_GTEST_PROP(ValueCodec, NeverDecodesAnotherValueFromDamagedBytes, (const std::string& seed)) {
    const std::string value = seed + seed + std::string(80, 'x') + seed;
    std::string stored = *encodeValue(value);
    const auto bit = *rc::gen::inRange<std::size_t>(0, stored.size() * 8);
    stored[bit / 8] = static_cast<char>(stored[bit / 8] ^ (1 << (bit % 8)));
    const auto back = decodeValue(stored);
    RC_ASSERT(!back || *back == value);
}

RC_GTEST_PROP(ValueCodec, RefusesArbitraryBytesWithoutHarm, (const std::string& bytes)) {
    const auto back = decodeValue(bytes);
    RC_ASSERT(back || back.error().code == ErrorCode::Corrupt);
}

TEST(ValueCodec, CompressesText) {
    std::string text;
    for (int i = 0; i < 200; ++i)
        text += "- name: step_" + std::to_string(i) + "\n  type: x\n";
    EXPECT_LT(encodeValue(text)->size(), text.size() / 4);
}

TEST(ValueCodec, AClaimOfAHugeSizeIsRefusedBeforeAnythingIsAllocated) {
    const std::string bomb = std::string("\1", 1) + "crc!" + "\xff\xff\xff\x3f" + "tiny";
    EXPECT_EQ(decodeValue(bomb).error().code, ErrorCode::Corrupt);
}

RC_GTEST_PROP(ContentHash, TellsBytesApartThatDifferInOneBit, (std::string bytes)) {
    RC_PRE(!bytes.empty());
    const auto before = contentHash(bytes);
    const auto bit = *rc::gen::inRange<std::size_t>(0, bytes.size() * 8);
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
    RC_ASSERT(contentHash(bytes) != before);
    RC_ASSERT(contentHash(bytes + '\0') != contentHash(bytes));
}

}  // namespace
}  // namespace pe::storage
