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
const char* const kKeystrokeBytes = "45000500000000000000d00f0005020061";
const char* const kBackspaceBytes = "3664007d";

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

Change keystroke() {
    Change change;
    change.replica = 5;
    change.firstCounter = 1;
    change.hlc = Hlc::of(1000);
    change.operations.push_back(TextInsert{{5, 1}, 2, {}, {}, U"a"});
    return change;
}

TEST(Codec, AKeystrokeHasTheBytesThatWereFixed) {
    EXPECT_EQ(hex(encodeChange(keystroke())), kKeystrokeBytes);
}

TEST(Codec, ADeletionBehindAKeystrokeHasTheBytesThatWereFixed) {
    CodecContext context;
    std::string bytes;
    encodeChange(keystroke(), context, bytes);
    Change erase = keystroke();
    erase.firstCounter = 2;
    erase.hlc = Hlc::of(1050);
    erase.operations = {TextDelete{{5, 1}, 2, {{{5, 32}, 1}}}};
    bytes.clear();
    encodeChange(erase, context, bytes);
    EXPECT_EQ(hex(bytes), kBackspaceBytes);
}

// What journals of before the shorter forms hold.
TEST(Codec, TheEarlierFormsOfAKeystrokeAreReadToo) {
    for (const std::string& bytes :
         {std::string("\1\0\5\0\0\0\0\0\0\0\xd0\x0f\0\0\1\x46\1\2\2\0\1a", 22),
          std::string("\2\0\5\0\0\0\0\0\0\0\xd0\x0f\0\x46\1\2\2\0\1a", 20),
          std::string("\3\0\5\0\0\0\0\0\0\0\xd0\x0f\0\x46\1\2\2\0\1a", 20)}) {
        const auto decoded = decodeChange(bytes);
        ASSERT_TRUE(decoded.has_value());
        EXPECT_TRUE(sameContent(*decoded, keystroke()));
    }
}

TEST(Codec, LabelAndAuthorThatRepeatAreSentOnce) {
    Change change = keystroke();
    change.label = "Type a prompt";
    change.author = "Ada Lovelace";
    const Operation typed = change.operations.front();
    CodecContext context;
    CodecContext reader;
    std::vector<std::size_t> sizes;
    for (const Operation& operation :
         {typed, Operation(Set{{5, 1}, 2, false, "a", {}, {}, {}, false}), typed}) {
        change.operations = {operation};
        std::string bytes;
        encodeChange(change, context, bytes);
        ++change.firstCounter;
        sizes.push_back(bytes.size());
        std::string_view rest = bytes;
        const auto decoded = decodeChange(rest, reader);
        ASSERT_TRUE(decoded.has_value());
        EXPECT_EQ(decoded->label, change.label);
        EXPECT_EQ(decoded->author, change.author);
        EXPECT_EQ(decoded->operations, change.operations);
    }
    EXPECT_GT(sizes[0], change.label.size() + change.author.size());
    EXPECT_LT(sizes[1], 20U);
    EXPECT_LT(sizes[2], 10U);
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

// Strokes of two authors in texts of each other, at all distances, on one connection.
RC_GTEST_PROP(Codec, StrokesComeBackEqualAfterEachOther, ()) {
    SeededRandom random(*rc::gen::arbitrary<std::uint64_t>());
    const auto anyId = [&]() -> OpId {
        const auto far = static_cast<std::uint32_t>(1 + random.below(0xFFFFFFF0));
        const auto close = static_cast<std::uint32_t>(100 + random.below(8));
        return random.below(4) == 0 ? OpId{}
                                    : OpId{5 + random.below(2), random.below(4) == 0 ? far : close};
    };
    CodecContext writing;
    CodecContext reading;
    std::uint32_t next[2] = {1, 1};
    for (int i = 0; i < 40; ++i) {
        Change change;
        const std::uint64_t who = random.below(2);
        change.replica = 5 + who;
        change.firstCounter = next[who]++;
        change.hlc = Hlc::of(kNow + static_cast<std::int64_t>(random.below(100'000)));
        change.base = random.below(9);
        const NodeId node = random.below(5) == 0 ? NodeId{} : NodeId{5 + random.below(2), 7};
        OpId left = anyId();
        if (random.below(3) == 0 && change.firstCounter > 1)
            left = {change.replica, change.firstCounter - 1};
        OpId right = anyId();
        if (random.below(3) == 0 && left)
            right = {left.replica, left.counter + 1};
        if (random.below(3) == 0)
            change.operations = {
                TextDelete{node, 1, {{anyId(), random.below(2) == 0 ? 1U : 300U}}}};
        else
            change.operations = {TextInsert{node, 1, left, right, U"x"}};
        std::string bytes;
        encodeChange(change, writing, bytes);
        std::string_view rest = bytes;
        const auto decoded = decodeChange(rest, reading);
        RC_ASSERT(decoded.has_value());
        RC_ASSERT(rest.empty());
        RC_ASSERT(sameContent(change, *decoded));
        RC_ASSERT(reading == writing);
    }
}

TEST(Codec, AStrokeCutOrDamagedIsAnErrorOrAnotherChange) {
    const std::string bytes = encodeChange(keystroke());
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        EXPECT_FALSE(decodeChange(std::string_view(bytes).substr(0, at)).has_value()) << at;
        for (int flip = 1; flip < 256; ++flip) {
            std::string damaged = bytes;
            damaged[at] = static_cast<char>(damaged[at] ^ flip);
            if (const auto decoded = decodeChange(damaged)) {
                const auto again = decodeChange(encodeChange(*decoded));
                ASSERT_TRUE(again.has_value()) << at << " " << flip;
                EXPECT_TRUE(sameContent(*decoded, *again)) << at << " " << flip;
            }
        }
    }
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
    Transaction prompt = mine.begin(kNow + 120'000);
    prompt.insertText(steps[5], 0, 0, Elements(300, U'a'));
    send(prompt);
    Transaction middle = mine.begin(kNow + 190'000);
    middle.insertText(steps[5], 0, 150, U"b");
    EXPECT_LE(send(middle), 9U);
    Transaction typedOn = mine.begin(kNow + 190'200);
    typedOn.insertText(steps[5], 0, 151, U"c");
    EXPECT_LE(send(typedOn), 4U);
    Transaction backspace = mine.begin(kNow + 190'400);
    backspace.eraseText(steps[5], 0, 151, 1);
    EXPECT_LE(send(backspace), 5U);
    Transaction elsewhere = mine.begin(kNow + 250'000);
    elsewhere.insertText(steps[2000], 0, 0, U"d");
    send(elsewhere);
    Transaction between = mine.begin(kNow + 900'000);
    between.insertText(steps[5], 0, 151, U"e");
    EXPECT_LE(send(between), 16U);
}

}  // namespace
}  // namespace pe::crdt
