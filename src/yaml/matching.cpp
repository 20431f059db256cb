// SPDX-License-Identifier: MIT
#include "pe/yaml/matching.hpp"

#include <algorithm>
#include <deque>
#include <iterator>
#include <set>
#include <string>
#include <unordered_map>

#include "pe/yaml/value.hpp"
#include "render_entry.hpp"

namespace pe::yaml {
namespace {

// Gaps with more pairs than this are matched in order only.
constexpr std::size_t kGapPairsMax = 1024;

// Half of the fields of an item are in another too.
bool sharesFields(const Candidate& item, const Forest& forest, NodeRef other) {
    std::set<std::string_view> keys;
    for (const NodeRef field : forest.children(other))
        keys.insert(forest.key(field));
    const auto fields = item.forest->children(item.node);
    const auto shared = std::count_if(fields.begin(), fields.end(), [&](NodeRef field) {
        return keys.count(item.forest->key(field)) != 0;
    });
    return 2 * static_cast<std::size_t>(shared) >= fields.size();
}

void collectValues(const Forest& forest, NodeRef node, std::multiset<std::string_view>& values) {
    if (const std::string_view raw = forest.lexeme(node).raw; !raw.empty())
        values.insert(raw);
    for (const NodeRef child : forest.children(node))
        collectValues(forest, child, values);
}

// Two in three of the values are the same.
bool sharesValues(const Candidate& item, const Forest& forest, NodeRef other) {
    std::multiset<std::string_view> mine;
    std::multiset<std::string_view> its;
    collectValues(*item.forest, item.node, mine);
    collectValues(forest, other, its);
    std::vector<std::string_view> shared;
    std::set_intersection(mine.begin(), mine.end(), its.begin(), its.end(),
                          std::back_inserter(shared));
    return 3 * shared.size() >= 2 * std::max(mine.size(), its.size());
}

// Whether a list in an entry holds an item like this one.
bool holdsItem(const Forest& forest, NodeRef node, const Candidate& item, const std::string& name) {
    for (const NodeRef child : forest.children(node)) {
        const std::string its = itemName(forest, child);
        const bool alike = its == name ? sharesFields(item, forest, child)
                                       : !its.empty() && sharesValues(item, forest, child);
        if (alike || holdsItem(forest, child, item, name))
            return true;
    }
    return false;
}

// One of the two is an item, the other what was put around it.
bool isAround(const Candidate& outer, const Candidate& inner) {
    const std::string name = itemName(*inner.forest, inner.node);
    const std::string its = itemName(*outer.forest, outer.node);
    return !name.empty() && !its.empty() && its != name &&
           holdsItem(*outer.forest, outer.node, inner, name) &&
           !holdsItem(*inner.forest, inner.node, inner, name);
}

// Which of two entries has the break between them says nothing about either.
std::string_view linesOf(std::string_view text) {
    constexpr std::string_view kBreaks = "\r\n";
    text.remove_prefix(std::min(text.find_first_not_of(kBreaks), text.size()));
    return text.substr(0, text.find_last_not_of(kBreaks) + 1);
}

class Matcher {
public:
    Matcher(const std::vector<Candidate>& left, const std::vector<Candidate>& right)
        : left_(left), right_(right) {
        result_.left.assign(right.size(), kUnmatched);
        result_.matchedLeft.assign(left.size(), 0);
    }

    Matching run() {
        matchEnds();
        matchBy([](const Candidate& each) { return std::string(linesOf(each.text)); });
        matchBy(identity);
        matchGaps();
        result_.displaced = displacedOf(result_.left);
        return std::move(result_);
    }

private:
    void pair(std::size_t leftIndex, std::size_t rightIndex) {
        result_.left[rightIndex] = leftIndex;
        result_.matchedLeft[leftIndex] = 1;
    }

    // What a person would call the entry: its key, the name of the step that an item is, or the
    // text of an item.
    static std::string identity(const Candidate& each);

    void matchEnds();
    template <class Name>
    void matchBy(Name name);
    void matchGaps();
    void pairGap(std::size_t leftBegin, std::size_t leftEnd, std::size_t rightBegin,
                 std::size_t rightEnd);
    template <class Alike>
    void pairMostAlike(const std::vector<std::size_t>& free, std::size_t rightBegin,
                       std::size_t rightEnd, Alike alike);

    const std::vector<Candidate>& left_;
    const std::vector<Candidate>& right_;
    Matching result_;
};

std::string Matcher::identity(const Candidate& each) {
    const Lexeme lexeme = each.forest->lexeme(each.node);
    if (!lexeme.key.empty() && !isItem(lexeme))
        return keyText(*each.forest, each.node);
    if (!isMapping(lexeme.style))
        return isCollection(lexeme.style) ? std::string{}
                                          : '=' + scalarText(*each.forest, each.node);
    return itemName(*each.forest, each.node);
}

void Matcher::matchEnds() {
    std::size_t begin = 0;
    const std::size_t shorter = std::min(left_.size(), right_.size());
    while (begin < shorter && left_[begin].text == right_[begin].text) {
        pair(begin, begin);
        ++begin;
    }
    std::size_t end = 0;
    while (end < shorter - begin &&
           left_[left_.size() - 1 - end].text == right_[right_.size() - 1 - end].text) {
        pair(left_.size() - 1 - end, right_.size() - 1 - end);
        ++end;
    }
}

template <class Name>
void Matcher::matchBy(Name name) {
    std::unordered_map<std::string, std::deque<std::size_t>> byName;
    for (std::size_t i = 0; i < left_.size(); ++i)
        if (!result_.matchedLeft[i])
            if (auto key = name(left_[i]); !key.empty())
                byName[std::move(key)].push_back(i);
    if (byName.empty())
        return;
    for (std::size_t i = 0; i < right_.size(); ++i) {
        if (result_.left[i] != kUnmatched)
            continue;
        const auto found = byName.find(name(right_[i]));
        if (found == byName.end() || found->second.empty())
            continue;
        pair(found->second.front(), i);
        found->second.pop_front();
    }
}

// Between two matched neighbours, what is left on both sides is taken as changed, in order.
void Matcher::matchGaps() {
    std::size_t leftBegin = 0;
    std::size_t rightBegin = 0;
    for (std::size_t i = 0; i <= right_.size(); ++i) {
        const bool end = i == right_.size();
        if (!end && result_.left[i] == kUnmatched)
            continue;
        const std::size_t leftEnd = end ? left_.size() : result_.left[i];
        if (leftEnd >= leftBegin) {
            pairGap(leftBegin, leftEnd, rightBegin, i);
            leftBegin = leftEnd + 1;
        }
        rightBegin = i + 1;
    }
}

void Matcher::pairGap(std::size_t leftBegin, std::size_t leftEnd, std::size_t rightBegin,
                      std::size_t rightEnd) {
    std::vector<std::size_t> free;
    for (std::size_t l = leftBegin; l < leftEnd; ++l)
        if (!result_.matchedLeft[l])
            free.push_back(l);
    const std::size_t count = rightEnd - rightBegin;
    if (free.empty() || count == 0)
        return;
    const bool few = free.size() * count <= kGapPairsMax;
    // What is in an entry of the other side now was no other entry before.
    std::set<const Candidate*> held;
    for (const std::size_t l : free)
        for (std::size_t r = rightBegin; few && r < rightEnd; ++r) {
            if (isAround(right_[r], left_[l]))
                held.insert(&left_[l]);
            if (isAround(left_[l], right_[r]))
                held.insert(&right_[r]);
        }
    const auto alike = [&](std::size_t l, std::size_t r) {
        const Style was = left_[l].forest->style(left_[l].node);
        const Style is = right_[r].forest->style(right_[r].node);
        return isMapping(was) == isMapping(is) && isSequence(was) == isSequence(is) &&
               held.count(&left_[l]) == 0 && held.count(&right_[r]) == 0;
    };
    // Where there are more on one side, those that share most lines are the same.
    bool inOrder = free.size() == count;
    for (std::size_t i = 0; inOrder && i < count; ++i)
        inOrder = alike(free[i], rightBegin + i);
    if (!inOrder && few) {
        pairMostAlike(free, rightBegin, rightEnd, alike);
        return;
    }
    std::size_t next = 0;
    for (std::size_t r = rightBegin; r < rightEnd && next < free.size(); ++r)
        if (alike(free[next], r))
            pair(free[next++], r);
}

// In order, so that the sum of shared lines is the largest; then, for equal sums, the first.
template <class Alike>
void Matcher::pairMostAlike(const std::vector<std::size_t>& free, std::size_t rightBegin,
                            std::size_t rightEnd, Alike alike) {
    const std::size_t rows = free.size();
    const std::size_t columns = rightEnd - rightBegin;
    // A pair that shares nothing is still worth more than none.
    constexpr std::size_t kShared = 1000;
    std::vector<std::vector<std::size_t>> best(rows + 1, std::vector<std::size_t>(columns + 1, 0));
    std::vector<std::vector<std::size_t>> worth(rows, std::vector<std::size_t>(columns, 0));
    for (std::size_t l = rows; l-- > 0;) {
        for (std::size_t r = columns; r-- > 0;) {
            if (alike(free[l], rightBegin + r))
                worth[l][r] =
                    1 + kShared * sharedLines(left_[free[l]].text, right_[rightBegin + r].text);
            best[l][r] = std::max({best[l + 1][r], best[l][r + 1],
                                   worth[l][r] == 0 ? 0 : worth[l][r] + best[l + 1][r + 1]});
        }
    }
    for (std::size_t l = 0, r = 0; l < rows && r < columns;) {
        if (worth[l][r] != 0 && best[l][r] == worth[l][r] + best[l + 1][r + 1])
            pair(free[l++], rightBegin + r++);
        else if (best[l][r] == best[l][r + 1])
            ++r;
        else
            ++l;
    }
}

}  // namespace

std::vector<char> displacedOf(const std::vector<std::size_t>& left) {
    std::vector<char> displaced(left.size(), 0);
    std::vector<std::size_t> tails;  // right indices, ends of increasing runs by length
    std::vector<std::size_t> before(left.size(), kUnmatched);
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (left[i] == kUnmatched)
            continue;
        const auto at = std::lower_bound(
            tails.begin(), tails.end(), left[i],
            [&](std::size_t tail, std::size_t value) { return left[tail] < value; });
        before[i] = at == tails.begin() ? kUnmatched : *(at - 1);
        if (at == tails.end())
            tails.push_back(i);
        else
            *at = i;
        displaced[i] = 1;
    }
    for (std::size_t i = tails.empty() ? kUnmatched : tails.back(); i != kUnmatched; i = before[i])
        displaced[i] = 0;
    return displaced;
}

std::string itemName(const Forest& forest, NodeRef node) {
    if (!isMapping(forest.style(node)) || !isSequence(forest.style(forest.parent(node))))
        return {};
    for (const NodeRef field : forest.children(node)) {
        const std::string key = keyText(forest, field);
        if (key == "name" || key == "id")
            return scalarText(forest, field);
    }
    return {};
}

std::size_t sharedLines(std::string_view left, std::string_view right) {
    std::unordered_map<std::string_view, std::size_t> lines;
    const auto each = [](std::string_view text, auto act) {
        while (!text.empty()) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            const std::string_view line = text.substr(0, end);
            const std::size_t begin = line.find_first_not_of(" \r");
            if (begin != std::string_view::npos)
                act(line.substr(begin));
            text.remove_prefix(std::min(end + 1, text.size()));
        }
    };
    each(left, [&](std::string_view line) { ++lines[line]; });
    std::size_t shared = 0;
    each(right, [&](std::string_view line) {
        const auto found = lines.find(line);
        if (found == lines.end() || found->second == 0)
            return;
        --found->second;
        ++shared;
    });
    return shared;
}

Matching matchSiblings(const std::vector<Candidate>& left, const std::vector<Candidate>& right) {
    return Matcher(left, right).run();
}

}  // namespace pe::yaml
