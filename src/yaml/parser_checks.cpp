// SPDX-License-Identifier: MIT
#include "parser_checks.hpp"

#include <array>
#include <deque>
#include <string>
#include <unordered_set>

#include "value_key.hpp"

namespace pe::yaml {
namespace {

std::string_view part(const ParsedText& parsed, Offset begin, Offset end) {
    return std::string_view(parsed.text).substr(begin, end - begin);
}

// Keys of one mapping seen so far: a short list is searched, a long one hashed.
class SeenKeys {
public:
    bool add(std::string_view key) {
        if (count_ < kFew) {
            for (std::size_t i = 0; i < count_; ++i)
                if (few_[i] == key)
                    return false;
            few_[count_++] = key;
            return true;
        }
        if (hashed_.empty())
            hashed_.insert(few_.begin(), few_.end());
        return hashed_.insert(key).second;
    }
    void clear() {
        count_ = 0;
        hashed_.clear();
    }

private:
    static constexpr std::size_t kFew = 12;
    std::array<std::string_view, kFew> few_;
    std::size_t count_ = 0;
    std::unordered_set<std::string_view> hashed_;
};

}  // namespace

// The entries of a mapping are found by a stack of the open collections, since nodes are in order.
void checkKeys(ParsedText& parsed, std::size_t maxProblems) {
    struct Level {
        NodeRef mapping;
        SeenKeys seen;
    };
    std::vector<Level> levels;
    std::size_t depth = 0;
    std::deque<std::string> decoded;
    std::string buffer;
    for (std::size_t i = 1; i < parsed.nodes.size(); ++i) {
        const TreeNode& node = parsed.nodes[i];
        if (!isMapping(parsed.nodes[node.parent].style) || node.keyEnd == node.begin)
            continue;
        while (depth > 0 && levels[depth - 1].mapping > node.parent)
            --depth;
        if (depth == 0 || levels[depth - 1].mapping != node.parent) {
            if (depth == levels.size())
                levels.emplace_back();
            levels[depth].mapping = node.parent;
            levels[depth++].seen.clear();
        }
        std::string_view identity = keyIdentity(part(parsed, node.begin, node.keyEnd), buffer);
        if (!identity.empty() && identity.data() == buffer.data())
            identity = decoded.emplace_back(buffer);
        if (levels[depth - 1].seen.add(identity) || identity == "<<" ||
            parsed.problems.size() >= maxProblems)
            continue;
        parsed.problems.push_back({"yaml.duplicate-key", Severity::Warning,
                                   "This key stands twice here; only the first one counts. "
                                   "Rename or delete one.",
                                   node.begin, node.keyEnd});
    }
}

void checkAliases(ParsedText& parsed, std::size_t maxProblems) {
    std::unordered_set<std::string_view> anchors;
    const auto check = [&](std::string_view name, Offset begin, Offset end) {
        if (anchors.contains(name))
            return;
        parsed.editable = false;
        if (parsed.problems.size() < maxProblems)
            parsed.problems.push_back(
                {"yaml.undefined-alias", Severity::Error,
                 "No anchor &" + std::string(name) + " stands above this alias; correct the name.",
                 begin, end});
    };
    std::deque<std::string> names;
    const auto collect = [&](std::string_view key, int column) {
        const auto tree = parseKey(key, column);
        for (NodeRef ref = 0; tree && ref < tree->size(); ++ref)
            if (const auto name = anchorOf(tree->lexeme(ref).props); !name.empty())
                anchors.insert(names.emplace_back(name));
    };
    for (const TreeNode& node : parsed.nodes) {
        if (node.parent == kStream)
            anchors.clear();
        const std::string_view key = part(parsed, node.begin, node.keyEnd);
        if (key.starts_with('*'))
            check(key.substr(1), node.begin, node.keyEnd);
        else if (!simpleKey(key).simple)
            collect(key, node.column);
        else if (const auto name = anchorOf(simpleKey(key).props); !name.empty())
            anchors.insert(name);
        if (node.propsEnd > node.colonEnd) {
            const auto name = anchorOf(part(parsed, node.colonEnd, node.propsEnd));
            if (!name.empty())
                anchors.insert(name);
        }
        if (node.style == Style::Alias)
            check(part(parsed, node.openEnd + 1, node.rawEnd), node.openEnd, node.rawEnd);
    }
}

}  // namespace pe::yaml
