// SPDX-License-Identifier: MIT
#include "gestures.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace pe::simulation {
namespace {

using crdt::NodeHandle;

constexpr std::size_t kManyNodes = 120;
constexpr std::uint32_t kLongText = 400;
constexpr crdt::RegisterKey kName = 1;
constexpr crdt::RegisterKey kType = 2;
constexpr crdt::RegisterKey kFields = 6;  // keys 1 to 6
constexpr std::array<const char*, 5> kTypes = {"prompt", "loop", "parallel", "function", "branch"};
constexpr std::array<const char32_t*, 6> kWords = {U"summarise ",     U"{{previous_response}} ",
                                                   U"the findings\n", U"- r\u00e9sum\u00e9\n",
                                                   U"\U0001F600",     U"\n\n"};

class Gestures {
public:
    Gestures(Random& random, const crdt::ReplicatedTree& tree, crdt::Transaction& gesture)
        : random_(random), tree_(tree), gesture_(gesture) {}

    void one() {
        live_ = liveNodes(tree_);
        const bool crowded = live_.size() > kManyNodes;
        const std::uint64_t drawn = random_.below(100);
        if (drawn < (crowded ? 4U : 14U))
            addStep();
        else if (drawn < 24)
            moveStep();
        else if (drawn < (crowded ? 36U : 28U))
            removeStep();
        else if (drawn < 30)
            restoreSomething();
        else if (drawn < 48)
            fillField();
        else
            write();
    }

private:
    NodeHandle any() { return live_[random_.below(live_.size())]; }
    NodeHandle anyStep() {
        return live_.size() < 2 ? crdt::kNoNode : live_[1 + random_.below(live_.size() - 1)];
    }
    NodeHandle anyChild(NodeHandle parent) {
        const auto children = tree_.children(parent);
        const std::uint64_t at = random_.below(children.size() + 1);
        return at == 0 ? crdt::kNoNode : children[at - 1];
    }
    bool isInside(NodeHandle node, NodeHandle ancestor) const {
        for (; node != crdt::kNoNode; node = tree_.parent(node))
            if (node == ancestor)
                return true;
        return false;
    }

    void addStep() {
        const NodeHandle parent = random_.below(2) == 0 ? crdt::kRootHandle : any();
        crdt::RegisterPack registers{{kName, "step " + std::to_string(random_.below(1000))},
                                     {kType, kTypes[random_.below(kTypes.size())]}};
        std::vector<crdt::InitialText> texts;
        if (random_.below(2) == 0)
            texts.push_back({0, words()});
        gesture_.create(parent, anyChild(parent), std::move(registers), std::move(texts));
    }

    void moveStep() {
        const NodeHandle node = anyStep();
        const NodeHandle parent = any();
        if (node != crdt::kNoNode && !isInside(parent, node))
            gesture_.move(node, parent, anyChild(parent));
    }

    void removeStep() {
        if (const NodeHandle node = anyStep(); node != crdt::kNoNode)
            gesture_.remove(node);
    }

    void restoreSomething() {
        const crdt::NodeId near = tree_.id(any());
        for (std::uint32_t counter = near.counter; counter < near.counter + 40; ++counter) {
            const NodeHandle node = tree_.find({near.replica, counter});
            if (node != crdt::kNoNode && node != crdt::kRootHandle && tree_.deletedBy(node)) {
                gesture_.restore(node);
                return;
            }
        }
    }

    void fillField() {
        const NodeHandle node = any();
        const auto key = static_cast<crdt::RegisterKey>(1 + random_.below(kFields));
        const std::uint64_t drawn = random_.below(10);
        if (drawn == 0)
            gesture_.clear(node, key);
        else if (drawn == 1)
            gesture_.settle(node, key);
        else
            gesture_.set(node, key, "value " + std::to_string(random_.below(200)));
    }

    crdt::Elements words() {
        crdt::Elements all;
        for (std::uint64_t i = random_.below(4); i > 0; --i)
            all += kWords[random_.below(kWords.size())];
        return all;
    }

    void write() {
        const NodeHandle node = any();
        const auto key = static_cast<crdt::TextKey>(random_.below(2));
        const crdt::Text* const text = tree_.text(node, key);
        const std::uint32_t length = text == nullptr ? 0 : text->length();
        const auto at = static_cast<std::uint32_t>(random_.below(length + 1));
        const bool erase = random_.below(length > kLongText ? 2 : 4) == 0;
        if (erase && at < length) {
            const std::uint64_t most = length > kLongText ? 150 : 8;
            gesture_.eraseText(node, key, at,
                               static_cast<std::uint32_t>(
                                   1 + random_.below(std::min<std::uint64_t>(most, length - at))));
            return;
        }
        if (random_.below(6) == 0) {
            gesture_.insertText(node, key, at, words());
            return;
        }
        const crdt::Elements letter(1, U'a' + static_cast<crdt::Element>(random_.below(26)));
        const std::uint64_t count = 1 + random_.below(4);
        for (std::uint32_t i = 0; i < count; ++i)
            gesture_.insertText(node, key, at + i, letter);
    }

    Random& random_;
    const crdt::ReplicatedTree& tree_;
    crdt::Transaction& gesture_;
    std::vector<NodeHandle> live_;
};

}  // namespace

std::vector<NodeHandle> liveNodes(const crdt::ReplicatedTree& tree) {
    std::vector<NodeHandle> all{crdt::kRootHandle};
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto children = tree.children(all[i]);
        all.insert(all.end(), children.begin(), children.end());
    }
    return all;
}

void makeGesture(Random& random, const crdt::ReplicatedTree& tree, crdt::Transaction& gesture) {
    Gestures gestures(random, tree, gesture);
    const std::uint64_t edits = random.below(4) == 0 ? 1 + random.below(3) : 1;
    for (std::uint64_t i = 0; i < edits && !gesture.failed(); ++i)
        gestures.one();
}

}  // namespace pe::simulation
