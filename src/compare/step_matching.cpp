// SPDX-License-Identifier: MIT
#include "step_matching.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "pe/yaml/matching.hpp"
#include "pe/yaml/value.hpp"

namespace pe::compare {
namespace {

using format::GraphIndex;
using format::GraphNode;
using format::kNoGraphNode;

// Pairs of strangers that are looked at; more of them are not worth the time.
constexpr std::size_t kMostPairs = 40'000;
constexpr double kAlike = 0.5;

// What a step says in fields of its own, by which a renamed one is known again.
std::set<std::string> sayings(const Version& version, GraphIndex index) {
    std::set<std::string> said;
    const yaml::Forest& forest = version.forest();
    for (const yaml::NodeRef field : forest.children(version.node(index).ref)) {
        const std::string key = yaml::keyText(forest, field);
        if (key == "name" || version.holdsNodes(field))
            continue;
        if (yaml::isSequence(forest.style(field)))
            for (const yaml::NodeRef item : forest.children(field))
                said.insert(key + ' ' + version.meaning(item));
        else
            said.insert(key + ' ' + version.meaning(field));
    }
    for (const GraphIndex inner : version.below(index))
        said.insert("in it " + version.node(inner).name);
    return said;
}

// From 0 to 1: the part of all sayings that both share.
double likeness(const std::set<std::string>& left, const std::set<std::string>& right) {
    std::size_t common = 0;
    for (const std::string& each : left)
        common += right.count(each);
    const std::size_t all = left.size() + right.size() - common;
    return all == 0 ? 0 : static_cast<double>(common) / static_cast<double>(all);
}

class Matcher {
public:
    Matcher(const Version& before, const Version& after) : before_(before), after_(after) {
        result_.before.assign(after.graph().nodes.size(), kNoGraphNode);
        result_.after.assign(before.graph().nodes.size(), kNoGraphNode);
        result_.displaced.assign(after.graph().nodes.size(), 0);
    }

    StepMatching run() {
        matchBelow(kNoGraphNode, kNoGraphNode);
        matchNamesAnywhere();
        matchAlike();
        findDisplaced();
        return std::move(result_);
    }

private:
    using Key = std::pair<format::NodeKind, std::string>;
    static Key keyOf(const GraphNode& node) {
        const bool isBranch = node.kind == format::NodeKind::Branch;
        return {node.kind, isBranch ? node.type + ' ' + node.name : node.name};
    }
    bool isFreeBefore(GraphIndex index) const { return result_.after[index] == kNoGraphNode; }
    bool isFreeAfter(GraphIndex index) const { return result_.before[index] == kNoGraphNode; }

    void pair(GraphIndex was, GraphIndex is);
    void matchBelow(GraphIndex was, GraphIndex is);
    void matchNamesAnywhere();
    void matchAlike();
    void findDisplaced();

    const Version& before_;
    const Version& after_;
    StepMatching result_;
};

void Matcher::pair(GraphIndex was, GraphIndex is) {
    result_.before[is] = was;
    result_.after[was] = is;
    matchBelow(was, is);
}

// Equal names below a matched container; of several, in their order.
void Matcher::matchBelow(GraphIndex was, GraphIndex is) {
    std::map<Key, std::vector<GraphIndex>> byName;
    for (const GraphIndex each : before_.below(was))
        if (isFreeBefore(each) && !keyOf(before_.node(each)).second.empty())
            byName[keyOf(before_.node(each))].push_back(each);
    for (const GraphIndex each : after_.below(is)) {
        const auto found = byName.find(keyOf(after_.node(each)));
        if (!isFreeAfter(each) || found == byName.end() || found->second.empty())
            continue;
        const GraphIndex match = found->second.front();
        found->second.erase(found->second.begin());
        pair(match, each);
    }
}

void Matcher::matchNamesAnywhere() {
    std::map<Key, std::vector<GraphIndex>> byName;
    const auto isNamed = [](const GraphNode& node) {
        return node.kind != format::NodeKind::Branch && !node.name.empty();
    };
    for (GraphIndex each = 0; each < before_.graph().nodes.size(); ++each)
        if (isFreeBefore(each) && isNamed(before_.node(each)))
            byName[keyOf(before_.node(each))].push_back(each);
    for (GraphIndex each = 0; each < after_.graph().nodes.size(); ++each) {
        if (!isFreeAfter(each) || !isNamed(after_.node(each)))
            continue;
        const auto found = byName.find(keyOf(after_.node(each)));
        if (found == byName.end())
            continue;
        const auto match = std::find_if(found->second.begin(), found->second.end(),
                                        [this](GraphIndex old) { return isFreeBefore(old); });
        if (match != found->second.end())
            pair(*match, each);
    }
}

// The rest by likeness, the most alike first; neighbours in the same container before others.
void Matcher::matchAlike() {
    std::vector<GraphIndex> was;
    std::vector<GraphIndex> is;
    for (GraphIndex each = 0; each < before_.graph().nodes.size(); ++each)
        if (isFreeBefore(each))
            was.push_back(each);
    for (GraphIndex each = 0; each < after_.graph().nodes.size(); ++each)
        if (isFreeAfter(each))
            is.push_back(each);
    if (was.empty() || is.empty() || was.size() * is.size() > kMostPairs)
        return;
    std::vector<std::set<std::string>> said;
    for (const GraphIndex each : was)
        said.push_back(sayings(before_, each));
    struct Guess {
        double score;
        GraphIndex was;
        GraphIndex is;
    };
    std::vector<Guess> guesses;
    for (const GraphIndex candidate : is) {
        const auto now = sayings(after_, candidate);
        for (std::size_t i = 0; i < was.size(); ++i) {
            if (before_.node(was[i]).kind != after_.node(candidate).kind)
                continue;
            const GraphIndex parent = after_.node(candidate).parent;
            const GraphIndex parentWas =
                parent == kNoGraphNode ? kNoGraphNode : result_.before[parent];
            const bool together = parentWas == before_.node(was[i]).parent &&
                                  (parent == kNoGraphNode) == (parentWas == kNoGraphNode);
            const double score = likeness(said[i], now);
            if (score >= kAlike)
                guesses.push_back({score + (together ? 0.25 : 0), was[i], candidate});
        }
    }
    std::stable_sort(guesses.begin(), guesses.end(), [](const Guess& left, const Guess& right) {
        return left.score > right.score;
    });
    for (const Guess& guess : guesses)
        if (isFreeBefore(guess.was) && isFreeAfter(guess.is))
            pair(guess.was, guess.is);
}

// Among the nodes of one container that stood in its old self, those that left the old order.
void Matcher::findDisplaced() {
    const auto check = [this](GraphIndex was, GraphIndex is) {
        std::vector<std::size_t> left;
        for (const GraphIndex each : after_.below(is)) {
            const GraphIndex old = result_.before[each];
            const bool stayed = old != kNoGraphNode && before_.node(old).parent == was;
            left.push_back(stayed ? old : yaml::kUnmatched);
        }
        const auto displaced = yaml::displacedOf(left);
        for (std::size_t i = 0; i < displaced.size(); ++i)
            result_.displaced[after_.below(is)[i]] = displaced[i];
    };
    check(kNoGraphNode, kNoGraphNode);
    for (GraphIndex each = 0; each < after_.graph().nodes.size(); ++each)
        if (!isFreeAfter(each))
            check(result_.before[each], each);
}

}  // namespace

StepMatching matchSteps(const Version& before, const Version& after) {
    return Matcher(before, after).run();
}

}  // namespace pe::compare
