// SPDX-License-Identifier: MIT
#include "moves.hpp"

#include <algorithm>

#include "pe/yaml/matching.hpp"

namespace pe::yaml {
namespace {

// The words of an entry whatever its indentation and the blank lines and break around it.
std::string wordsOf(std::string_view text) {
    std::string words;
    bool lineStart = true;
    for (const char c : text) {
        if (c == '\n' || c == '\r') {
            lineStart = true;
            continue;
        }
        if (lineStart && c == ' ')
            continue;
        if (lineStart && !words.empty())
            words += '\n';
        lineStart = false;
        words += c;
    }
    return words;
}

// More pairs than this are not compared line by line.
constexpr std::size_t kPairsMax = 1024;
// Of items that all have one name, so many are looked at.
constexpr std::size_t kNamesakesMax = 32;

bool shareMost(std::string_view left, std::string_view right) {
    const std::size_t shorter = std::min(sharedLines(left, left), sharedLines(right, right));
    return 2 * sharedLines(left, right) >= shorter;
}

}  // namespace

std::vector<Move> MoveFinder::find(const std::vector<NodeRef>& gone,
                                   const std::vector<NodeRef>& newcomers) {
    if (gone.empty() || newcomers.empty())
        return {};
    findWords(gone, newcomers);
    for (const NodeRef then : newcomers)
        noteItems(then);
    if (!items_.empty())
        for (const NodeRef now : gone)
            findItem(now);
    if (gone.size() * all_.size() <= kPairsMax)
        for (const NodeRef now : gone)
            findAlike(now);
    return std::move(moves_);
}

void MoveFinder::findWords(const std::vector<NodeRef>& gone,
                           const std::vector<NodeRef>& newcomers) {
    std::unordered_map<std::string, std::vector<NodeRef>> byWords;
    for (const NodeRef then : newcomers)
        byWords[wordsOf(next_.entryText(then))].push_back(then);
    for (const NodeRef now : gone) {
        const std::string words = wordsOf(current_.entryText(now));
        // A lone word moves nowhere: it would tie together things that only look alike.
        const auto found = words.size() > 8 ? byWords.find(words) : byWords.end();
        if (found == byWords.end() || found->second.empty())
            continue;
        take(now, found->second.front());
        found->second.erase(found->second.begin());
    }
}

void MoveFinder::noteItems(NodeRef then) {
    if (takenThen_.count(then) != 0)
        return;
    if (std::string name = itemName(next_, then); !name.empty()) {
        items_[std::move(name)].push_back(then);
        all_.push_back(then);
    }
    for (const NodeRef child : next_.children(then))
        noteItems(child);
}

NodeRef MoveFinder::namesake(NodeRef now, const std::string& name) {
    const auto found = items_.find(name);
    if (found == items_.end())
        return kNoNode;
    auto& items = found->second;
    std::size_t looked = 0;
    for (auto at = items.begin(); at != items.end() && looked < kNamesakesMax;) {
        if (!isFree(*at)) {
            at = items.erase(at);
            continue;
        }
        if (shareMost(current_.entryText(now), next_.entryText(*at)))
            return *at;
        ++looked;
        ++at;
    }
    return kNoNode;
}

void MoveFinder::findItem(NodeRef now) {
    if (takenNow_.count(now) != 0)
        return;
    if (const std::string name = itemName(current_.forest, now); !name.empty()) {
        const NodeRef then = namesake(now, name);
        if (then != kNoNode)
            return take(now, then);
    }
    for (const NodeRef child : current_.forest.children(now))
        findItem(child);
}

// An item that has another name as well as another place.
void MoveFinder::findAlike(NodeRef now) {
    if (takenNow_.count(now) != 0 || itemName(current_.forest, now).empty())
        return;
    const std::string_view text = current_.entryText(now);
    NodeRef best = kNoNode;
    std::size_t most = 0;
    for (const NodeRef then : all_) {
        const std::size_t shared = sharedLines(text, next_.entryText(then));
        const std::size_t longer = std::max(
            sharedLines(text, text), sharedLines(next_.entryText(then), next_.entryText(then)));
        // Small items look alike whatever they are: two lines in three must be the same.
        if (shared <= most || 3 * shared < 2 * longer || !isFree(then))
            continue;
        most = shared;
        best = then;
    }
    if (best != kNoNode)
        take(now, best);
}

bool MoveFinder::isFree(NodeRef then) const {
    if (aroundTaken_.count(then) != 0)
        return false;
    for (NodeRef node = then; node != kNoNode; node = next_.parent(node))
        if (takenThen_.count(node) != 0)
            return false;
    return true;
}

void MoveFinder::take(NodeRef now, NodeRef then) {
    moves_.push_back({now, then});
    takenNow_.insert(now);
    takenThen_.insert(then);
    for (NodeRef node = next_.parent(then); node != kNoNode; node = next_.parent(node))
        aroundTaken_.insert(node);
}

}  // namespace pe::yaml
