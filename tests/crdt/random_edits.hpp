// SPDX-License-Identifier: MIT
// Random gestures on a tree, the same for the same seed.
#pragma once

#include <string>
#include <vector>

#include "pe/base/random.hpp"
#include "pe/crdt/tree.hpp"

namespace pe::crdt::testing {

inline std::vector<NodeHandle> liveNodes(const ReplicatedTree& tree) {
    std::vector<NodeHandle> all{kRootHandle};
    for (std::size_t i = 0; i < all.size(); ++i)
        for (const NodeHandle child : tree.children(all[i]))
            all.push_back(child);
    return all;
}

inline NodeHandle pick(Random& random, const std::vector<NodeHandle>& from) {
    return from[random.below(from.size())];
}

inline NodeHandle pickAfter(Random& random, const ReplicatedTree& tree, NodeHandle parent) {
    const auto children = tree.children(parent);
    const std::uint64_t at = random.below(children.size() + 1);
    return at == 0 ? kNoNode : children[at - 1];
}

inline void randomText(Random& random, const ReplicatedTree& tree, Transaction& gesture,
                       NodeHandle node) {
    const auto key = static_cast<TextKey>(random.below(2));
    const Text* const text = tree.text(node, key);
    const std::uint32_t length = text == nullptr ? 0 : text->length();
    if (length > 0 && random.below(3) == 0) {
        const auto at = static_cast<std::uint32_t>(random.below(length));
        const auto count = static_cast<std::uint32_t>(random.below(length - at) % 5 + 1);
        gesture.eraseText(node, key, at, count);
        return;
    }
    Elements elements;
    for (std::uint64_t i = random.below(4) + 1; i > 0; --i)
        elements.push_back(U'a' + static_cast<Element>(random.below(26)));
    if (random.below(10) == 0)
        elements.push_back(0x1F600);
    gesture.insertText(node, key, static_cast<std::uint32_t>(random.below(length + 1)), elements);
}

inline void randomOperation(Random& random, const ReplicatedTree& tree, Transaction& gesture) {
    const auto live = liveNodes(tree);
    const NodeHandle node = pick(random, live);
    const NodeHandle parent = pick(random, live);
    switch (random.below(10)) {
        case 0:
        case 1:
        case 2: {
            RegisterPack registers{{1, "name"},
                                   {2, std::string(1, static_cast<char>('a' + random.below(9)))}};
            std::vector<InitialText> texts;
            if (random.below(3) == 0)
                texts.push_back({0, U"hello"});
            gesture.create(parent, pickAfter(random, tree, parent), registers, texts);
            break;
        }
        case 3:
        case 4: {
            for (NodeHandle up = parent; up != kNoNode; up = tree.parent(up))
                if (up == node)
                    return;
            gesture.move(node, parent, pickAfter(random, tree, parent));
            break;
        }
        case 5:
            if (node != kRootHandle && live.size() > 4)
                gesture.remove(node);
            break;
        case 6:
            gesture.set(node, static_cast<RegisterKey>(random.below(3)),
                        "value " + std::to_string(random.below(100)));
            break;
        case 7:
            if (random.below(2) == 0)
                gesture.clear(node, static_cast<RegisterKey>(random.below(3)));
            else
                gesture.settle(node, static_cast<RegisterKey>(random.below(3)));
            break;
        default:
            randomText(random, tree, gesture, node);
    }
}

inline SharedChange randomGesture(Random& random, ReplicatedTree& tree, std::int64_t nowMs) {
    Transaction gesture = tree.begin(nowMs);
    for (std::uint64_t i = random.below(3) + 1; i > 0; --i)
        randomOperation(random, tree, gesture);
    auto change = gesture.commit();
    return change ? *change : nullptr;
}

}  // namespace pe::crdt::testing
