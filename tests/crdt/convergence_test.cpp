// SPDX-License-Identifier: MIT
// The laws: equal order means equal state, whoever looks, however it got there.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "pe/crdt/snapshot.hpp"
#include "pe/testing/sequencer.hpp"
#include "random_edits.hpp"

namespace pe::crdt {
namespace {

using pe::testing::Sequencer;

struct World {
    explicit World(std::uint64_t seed, std::size_t replicas = 3) : random(seed) {
        for (std::size_t i = 0; i < replicas; ++i)
            trees.emplace_back(100 + i);
    }

    void step() {
        ReplicatedTree& tree = trees[random.below(trees.size())];
        now += static_cast<std::int64_t>(random.below(50));
        switch (random.below(6)) {
            case 0:
                sequencer.push(tree, random.below(4) + 1);
                break;
            case 1:
                RC_ASSERT(sequencer.pull(tree, random.below(6) + 1).has_value());
                break;
            case 2:
                undoSomething(tree);
                break;
            default:
                if (auto change = testing::randomGesture(random, tree, now))
                    done.push_back(change);
        }
        (void)tree.takeEffects();
    }

    void undoSomething(ReplicatedTree& tree) {
        if (done.empty())
            return;
        const SharedChange change = done[random.below(done.size())];
        if (change->replica != tree.self() || change->operations.empty())
            return;
        auto undone = tree.undo(*change, now);
        RC_ASSERT(undone.has_value());
        done.push_back(undone->change);
    }

    void settle() {
        for (ReplicatedTree& tree : trees)
            sequencer.push(tree);
        for (ReplicatedTree& tree : trees)
            RC_ASSERT(sequencer.pull(tree).has_value());
    }

    SeededRandom random;
    std::int64_t now = 1'000'000;
    std::vector<ReplicatedTree> trees;
    Sequencer sequencer;
    std::vector<SharedChange> done;
};

RC_GTEST_PROP(Convergence, EqualSequenceMeansEqualStateHash, ()) {
    World world(*rc::gen::arbitrary<std::uint64_t>());
    const int steps = *rc::gen::inRange(1, 120);
    for (int i = 0; i < steps; ++i)
        world.step();
    world.settle();
    const std::uint64_t hash = world.trees[0].stateHash();
    for (ReplicatedTree& tree : world.trees)
        RC_ASSERT(tree.stateHash() == hash);
    ReplicatedTree replayed(999);
    RC_ASSERT(world.sequencer.pull(replayed).has_value());
    RC_ASSERT(replayed.stateHash() == hash);
}

// Nodes that were ever created, by the log.
std::uint64_t created(const Sequencer& sequencer) {
    std::uint64_t count = 0;
    for (const std::string& bytes : sequencer.log()) {
        const auto change = decodeChange(bytes);
        for (const Operation& operation : change->operations)
            count += std::holds_alternative<Create>(operation) ? 1 : 0;
    }
    return count;
}

RC_GTEST_PROP(Convergence, EveryNodeIsInTheTreeOnceOrDeletedAndNeverInACycle, ()) {
    World world(*rc::gen::arbitrary<std::uint64_t>());
    const int steps = *rc::gen::inRange(1, 120);
    for (int i = 0; i < steps; ++i)
        world.step();
    world.settle();
    for (ReplicatedTree& tree : world.trees) {
        const TreeSize size = tree.size();
        RC_ASSERT(size.nodes + size.deleted == created(world.sequencer));
        auto live = testing::liveNodes(tree);
        RC_ASSERT(live.size() == size.nodes + 1);
        std::sort(live.begin(), live.end());
        RC_ASSERT(std::adjacent_find(live.begin(), live.end()) == live.end());
        for (const NodeHandle node : live)
            for (const NodeHandle child : tree.children(node))
                RC_ASSERT(tree.parent(child) == node);
    }
}

// The content of the one node that the test below edits.
std::string contentOf(const ReplicatedTree& tree, NodeId id) {
    const NodeHandle node = tree.find(id);
    std::string out;
    for (RegisterKey key = 0; key < 3; ++key) {
        for (const RegisterVersion& each : tree.versions(node, key))
            out += std::to_string(key) + std::string(each.value.value_or("-")) +
                   std::to_string(each.op.replica) + ";";
    }
    for (const Element each : tree.text(node, 0)->elements())
        out += std::to_string(each) + ",";
    return out;
}

void randomContent(Random& random, ReplicatedTree& tree, NodeHandle node) {
    for (int i = 0; i < 6; ++i) {
        Transaction gesture = tree.begin(static_cast<std::int64_t>(1000 + random.below(20)));
        const std::uint32_t length = tree.text(node, 0)->length();
        if (random.below(2) == 0)
            gesture.set(node, static_cast<RegisterKey>(random.below(3)),
                        std::to_string(random.below(50)));
        else if (length > 3 && random.below(2) == 0)
            gesture.eraseText(node, 0, static_cast<std::uint32_t>(random.below(length - 2)), 2);
        else
            gesture.insertText(node, 0, static_cast<std::uint32_t>(random.below(length + 1)),
                               Elements(2, U'a' + static_cast<Element>(random.below(26))));
        RC_ASSERT(gesture.commit().has_value());
    }
}

RC_GTEST_PROP(Convergence, ContentOperationsCommuteAndRepeatingThemDoesNothing, ()) {
    SeededRandom random(*rc::gen::arbitrary<std::uint64_t>());
    ReplicatedTree base(1);
    Transaction first = base.begin(1);
    const NodeId id =
        base.id(first.create(kRootHandle, kNoNode, RegisterPack{{1, "born"}}, {{0, U"some text"}}));
    const SharedChange creation = *first.commit();
    std::vector<ReplicatedTree> authors;
    std::vector<std::vector<SharedChange>> work;
    for (ReplicaId replica = 2; replica < 5; ++replica) {
        authors.emplace_back(replica);
        RC_ASSERT(authors.back().apply(*creation, 1).has_value());
        randomContent(random, authors.back(), authors.back().find(id));
        work.push_back(authors.back().pending());
    }
    std::vector<std::string> results;
    for (int order = 0; order < 4; ++order) {
        ReplicatedTree reader(50);
        RC_ASSERT(reader.apply(*creation, 1).has_value());
        std::vector<std::size_t> at(3, 0);
        for (Sequence sequence = 2; sequence < 20;) {
            const std::size_t who = random.below(3);
            if (at[who] == work[who].size()) {
                if (work[0].size() + work[1].size() + work[2].size() == at[0] + at[1] + at[2])
                    break;
                continue;
            }
            const SharedChange& change = work[who][at[who]++];
            RC_ASSERT(reader.apply(*change, sequence++).has_value());
            RC_ASSERT(reader.apply(*change, sequence).has_value());
        }
        results.push_back(contentOf(reader, id));
    }
    for (const std::string& result : results)
        RC_ASSERT(result == results[0]);
}

// A peer may send anything that decodes; the tree takes it or refuses it, and stays whole.
RC_GTEST_PROP(Convergence, DamagedChangesAreTakenOrRefusedButDoNoHarm, ()) {
    World world(*rc::gen::arbitrary<std::uint64_t>());
    for (int i = 0; i < 40; ++i)
        world.step();
    world.settle();
    ReplicatedTree victim(500);
    for (const std::string& bytes : world.sequencer.log()) {
        std::string damaged = bytes;
        for (int tries = 0; tries < 8; ++tries) {
            damaged = bytes;
            damaged[world.random.below(bytes.size())] ^=
                static_cast<char>(1 + world.random.below(255));
            const auto change = decodeChange(damaged);
            if (change && victim.apply(*change, victim.sequence() + 1).has_value())
                break;
        }
        const auto intact = decodeChange(bytes);
        (void)victim.apply(*intact, victim.sequence() + 1);
        if (world.random.below(4) == 0)
            (void)testing::randomGesture(world.random, victim, world.now);
    }
    auto copy = decodeSnapshot(encodeSnapshot(victim), 501);
    RC_ASSERT(copy.has_value());
    RC_ASSERT(copy->stateHash() == victim.stateHash());
}

}  // namespace
}  // namespace pe::crdt
