// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "pe/crdt/codec.hpp"
#include "random_edits.hpp"

namespace pe::crdt {
namespace {

constexpr std::int64_t kNow = 1'700'000'000'000;

std::string hex(std::string_view bytes) {
    static const char* const kDigits = "0123456789abcdef";
    std::string out;
    for (const char each : bytes) {
        out.push_back(kDigits[static_cast<unsigned char>(each) >> 4]);
        out.push_back(kDigits[static_cast<unsigned char>(each) & 15]);
    }
    return out;
}

const char* const kEveryKindBytes =
    "b10088776655443322110980a0abfef9620318034164610a45766572797468696e670c310002070000000000"
    "00005000070101780402797a01000368e90180ec07120200024b000202020403024613020005040200050200"
    "030576616c756502024d024ef5000005000000000000024da5024e0400004602000002140361626317020200"
    "0303080000000000000002021802140f4d0403000102";
const char* const kKeystrokeBytes = "03000500000000000000d00f0046010202000161";

// One change with every kind of operation.
Change everyKind() {
    const OpId other{7, 40};
    Change change;
    change.replica = 0x1122334455667788;
    change.firstCounter = 9;
    change.hlc = Hlc::of(kNow, 3);
    change.base = 12;
    change.author = "Ada";
    change.label = "Everything";
    change.operations.push_back(Create{
        {kRootId, other, {}}, RegisterPack{{1, "x"}, {4, "yz"}}, {{0, U"h\u00e9\U0001F600"}}});
    change.operations.push_back(Move{other, {{7, 2}, {}, {7, 3}}, {7, 5}});
    change.operations.push_back(Delete{other, 12});
    change.operations.push_back(Delete{other, 5});
    change.operations.push_back(Restore{other});
    change.operations.push_back(
        Set{other, 3, false, "value", change.hlc, {{7, 1}, other}, {}, false});
    change.operations.push_back(Set{other, 3, true, "", Hlc::of(5), {}, {7, 1}, false});
    change.operations.push_back(Set{other, 4, true, "", change.hlc, {}, {}, true});
    change.operations.push_back(TextInsert{other, 0, {7, 50}, {}, U"abc"});
    change.operations.push_back(TextDelete{other, 0, {{{7, 50}, 3}, {{8, 1}, 2}}});
    change.operations.push_back(TextUndelete{other, 0, {7, 60}});
    change.operations.push_back(Unknown{77, 4, std::string("\0\1\2", 3)});
    return change;
}

TEST(Codec, EveryKindOfOperationComesBackEqual) {
    const Change change = everyKind();
    const auto decoded = decodeChange(encodeChange(change));
    ASSERT_TRUE(decoded.has_value());
    EXPECT_TRUE(sameContent(change, *decoded));
    EXPECT_EQ(contentHash(change), contentHash(*decoded));
}

TEST(Codec, BytesOfEveryKindAreTheOnesThatWereFixed) {
    EXPECT_EQ(hex(encodeChange(everyKind())), kEveryKindBytes);
}

TEST(Codec, AKeystrokeHasTheBytesThatWereFixed) {
    Change change;
    change.replica = 5;
    change.firstCounter = 1;
    change.hlc = Hlc::of(1000);
    change.operations.push_back(TextInsert{{5, 1}, 2, {}, {}, U"a"});
    EXPECT_EQ(hex(encodeChange(change)), kKeystrokeBytes);
}

// What journals of before the short form hold.
TEST(Codec, TheLongFormOfAKeystrokeIsReadToo) {
    const std::string bytes("\1\0\5\0\0\0\0\0\0\0\xd0\x0f\0\0\1\x46\1\2\2\0\1a", 22);
    const auto decoded = decodeChange(bytes);
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(decoded->hlc, Hlc::of(1000));
    EXPECT_EQ(hex(encodeChange(*decoded)), kKeystrokeBytes);
}

TEST(Codec, ALabelThatRepeatsIsSentOnce) {
    Change change;
    change.replica = 5;
    change.firstCounter = 1;
    change.label = "Type a prompt";
    change.operations.push_back(Set{{5, 1}, 2, false, "a", {}, {}, {}, false});
    CodecContext context;
    std::string first;
    encodeChange(change, context, first);
    CodecContext reader;
    std::string_view rest = first;
    ASSERT_TRUE(decodeChange(rest, reader).has_value());
    change.firstCounter = 2;
    std::string second;
    encodeChange(change, context, second);
    EXPECT_LT(second.size() + change.label.size(), first.size());
    rest = second;
    const auto decoded = decodeChange(rest, reader);
    ASSERT_TRUE(decoded.has_value());
    EXPECT_TRUE(sameContent(change, *decoded));
}

TEST(Codec, BytesCutAnywhereAreAnError) {
    const std::string bytes = encodeChange(everyKind());
    for (std::size_t size = 0; size < bytes.size(); ++size)
        EXPECT_FALSE(decodeChange(std::string_view(bytes).substr(0, size)).has_value()) << size;
}

TEST(Codec, AnyFlippedByteIsAnErrorOrAnotherChangeButNeverACrash) {
    const std::string bytes = encodeChange(everyKind());
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        for (int flip = 1; flip < 256; ++flip) {
            std::string damaged = bytes;
            damaged[at] = static_cast<char>(damaged[at] ^ flip);
            const auto decoded = decodeChange(damaged);
            if (!decoded)
                continue;
            const auto again = decodeChange(encodeChange(*decoded));
            ASSERT_TRUE(again.has_value()) << at << " " << flip;
            EXPECT_TRUE(sameContent(*decoded, *again)) << at << " " << flip;
        }
    }
}

RC_GTEST_PROP(Codec, ArbitraryBytesNeverCrash, (const std::vector<char>& bytes)) {
    const std::string_view view(bytes.data(), bytes.size());
    (void)decodeChange(view);
    (void)decodeBatch(view);
    (void)decodePrior(view);
}

TEST(Codec, LengthsThatPromiseMoreThanThereIsTakeNoMemory) {
    std::string bytes = encodeChange(everyKind());
    bytes.resize(24);
    bytes += "\xff\xff\xff\xff\x07";
    EXPECT_FALSE(decodeChange(bytes).has_value());
}

TEST(Codec, AnUnknownOperationIsForwardedByteForByte) {
    Change change;
    change.replica = 3;
    change.firstCounter = 1;
    change.operations.push_back(Unknown{1000, 2, "future"});
    const std::string bytes = encodeChange(change);
    const auto decoded = decodeChange(bytes);
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(encodeChange(*decoded), bytes);
    ReplicatedTree tree(9);
    ASSERT_TRUE(tree.apply(*decoded, 1).has_value());
    EXPECT_EQ(tree.lastCounter(3), 2U);
}

TEST(Codec, ADamagedChangeLeavesTheContextAsItWas) {
    CodecContext context;
    std::string bytes;
    encodeChange(everyKind(), context, bytes);
    CodecContext reading;
    const CodecContext before = reading;
    std::string_view cut = std::string_view(bytes).substr(0, bytes.size() - 1);
    const std::size_t size = cut.size();
    EXPECT_FALSE(decodeChange(cut, reading).has_value());
    EXPECT_TRUE(reading == before);
    EXPECT_EQ(cut.size(), size);
}

RC_GTEST_PROP(Codec, ABatchComesBackEqualWithWhatUndoNeeds, ()) {
    SeededRandom random(*rc::gen::arbitrary<std::uint64_t>());
    ReplicatedTree tree(50);
    std::vector<SharedChange> changes;
    for (int i = 0; i < 20; ++i) {
        const auto change = testing::randomGesture(random, tree, kNow + i);
        if (change && !change->operations.empty())
            changes.push_back(change);
    }
    const auto decoded = decodeBatch(encodeBatch(changes));
    RC_ASSERT(decoded.has_value());
    RC_ASSERT(decoded->size() == changes.size());
    for (std::size_t i = 0; i < changes.size(); ++i) {
        RC_ASSERT(sameContent(*(*decoded)[i], *changes[i]));
        const auto prior = decodePrior(encodePrior(changes[i]->prior));
        RC_ASSERT(prior.has_value());
        RC_ASSERT(*prior == changes[i]->prior);
    }
}

// Sizes on a connection that has seen both replicas before.
TEST(Codec, SmallGesturesAreSmallOnAConnection) {
    ReplicatedTree mine(0xAAAAAAAAAAAAAAAA);
    CodecContext context;
    const auto send = [&](Transaction& gesture) {
        const auto change = gesture.commit();
        EXPECT_TRUE(change.has_value());
        std::string bytes;
        encodeChange(**change, context, bytes);
        EXPECT_TRUE(mine.apply(**change, mine.sequence() + 1).has_value());
        return bytes.size();
    };
    std::vector<NodeHandle> steps;
    for (int i = 0; i < 3000; ++i) {
        Transaction gesture = mine.begin(kNow + i);
        steps.push_back(gesture.create(kRootHandle, steps.empty() ? kNoNode : steps.back()));
        send(gesture);
    }
    Transaction set = mine.begin(kNow + 9'000);
    set.set(steps[20], 1, "value");
    EXPECT_LE(send(set), 24U);
    Transaction again = mine.begin(kNow + 60'000);
    again.set(steps[2500], 1, "other");
    EXPECT_LE(send(again), 24U);
    Transaction move = mine.begin(kNow + 90'000);
    move.move(steps[2000], steps[7], kNoNode);
    EXPECT_LE(send(move), 24U);
    Transaction first = mine.begin(kNow + 120'000);
    first.insertText(steps[5], 0, 0, U"a");
    EXPECT_LE(send(first), 16U);
    Transaction next = mine.begin(kNow + 120'200);
    next.insertText(steps[5], 0, 1, U"b");
    EXPECT_LE(send(next), 12U);
}

}  // namespace
}  // namespace pe::crdt
