// SPDX-License-Identifier: MIT
#include "matching.hpp"

#include <algorithm>
#include <deque>
#include <string>
#include <unordered_map>

#include "pe/yaml/value.hpp"

namespace pe::yaml {
namespace {

class Matcher {
public:
    Matcher(const std::vector<Candidate>& left, const std::vector<Candidate>& right)
        : left_(left), right_(right) {
        result_.left.assign(right.size(), kUnmatched);
        result_.displaced.assign(right.size(), 0);
        result_.matchedLeft.assign(left.size(), 0);
    }

    Matching run() {
        matchEnds();
        matchBy([](const Candidate& each) { return std::string(each.text); });
        matchBy(identity);
        matchGaps();
        findDisplaced();
        return std::move(result_);
    }

private:
    void pair(std::size_t leftIndex, std::size_t rightIndex) {
        result_.left[rightIndex] = leftIndex;
        result_.matchedLeft[leftIndex] = 1;
    }

    // What a person would call the entry: its key, or the name of the step that an item is.
    static std::string identity(const Candidate& each);

    void matchEnds();
    template <class Name>
    void matchBy(Name name);
    void matchGaps();
    void pairGap(std::size_t leftBegin, std::size_t leftEnd, std::size_t rightBegin,
                 std::size_t rightEnd);
    void findDisplaced();

    const std::vector<Candidate>& left_;
    const std::vector<Candidate>& right_;
    Matching result_;
};

std::string Matcher::identity(const Candidate& each) {
    const Lexeme lexeme = each.forest->lexeme(each.node);
    if (!lexeme.key.empty() && lexeme.key != "-")
        return keyText(*each.forest, each.node);
    if (!isMapping(lexeme.style))
        return {};
    for (const NodeRef field : each.forest->children(each.node)) {
        const std::string_view key = each.forest->lexeme(field).key;
        if (key == "name" || key == "id")
            return scalarText(*each.forest, field);
    }
    return {};
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
    std::size_t l = leftBegin;
    for (std::size_t r = rightBegin; r < rightEnd; ++r) {
        while (l < leftEnd && result_.matchedLeft[l])
            ++l;
        if (l >= leftEnd)
            return;
        const Style was = left_[l].forest->lexeme(left_[l].node).style;
        const Style is = right_[r].forest->lexeme(right_[r].node).style;
        const bool alike = isMapping(was) == isMapping(is) && isSequence(was) == isSequence(is);
        if (alike)
            pair(l++, r);
    }
}

// Of the matched, a longest run that is already in order stays; the others are displaced.
void Matcher::findDisplaced() {
    std::vector<std::size_t> tails;  // right indices, ends of increasing runs by length
    std::vector<std::size_t> before(right_.size(), kUnmatched);
    for (std::size_t i = 0; i < right_.size(); ++i) {
        if (result_.left[i] == kUnmatched)
            continue;
        const auto at = std::lower_bound(
            tails.begin(), tails.end(), result_.left[i],
            [&](std::size_t tail, std::size_t value) { return result_.left[tail] < value; });
        before[i] = at == tails.begin() ? kUnmatched : *(at - 1);
        if (at == tails.end())
            tails.push_back(i);
        else
            *at = i;
        result_.displaced[i] = 1;
    }
    for (std::size_t i = tails.empty() ? kUnmatched : tails.back(); i != kUnmatched; i = before[i])
        result_.displaced[i] = 0;
}

}  // namespace

Matching matchSiblings(const std::vector<Candidate>& left, const std::vector<Candidate>& right) {
    return Matcher(left, right).run();
}

}  // namespace pe::yaml
