// SPDX-License-Identifier: MIT
#include "pattern_syntax.hpp"

#include <charconv>

#include "text_range.hpp"

namespace pe::check {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

class PatternReader {
public:
    explicit PatternReader(std::string_view pattern) : pattern_(pattern) {}

    std::string_view fault() {
        while (at_ < pattern_.size() && fault_.empty())
            step();
        if (fault_.empty() && depth_ > 0)
            fault_ = "a ( is not closed";
        return fault_;
    }

private:
    char peek(std::size_t ahead = 0) const {
        return at_ + ahead < pattern_.size() ? pattern_[at_ + ahead] : '\0';
    }

    void step() {
        switch (peek()) {
            case '\\':
                return readEscape();
            case '[':
                return readClass();
            case '(':
                return openGroup();
            case ')':
                if (depth_-- == 0)
                    fault_ = "a ) closes nothing";
                repeatable_ = true;
                ++at_;
                return;
            case '|':
                repeatable_ = false;
                ++at_;
                return;
            case '*':
            case '+':
            case '?':
                return repeat(1);
            case '{':
                return readCount();
            default:
                repeatable_ = true;
                ++at_;
        }
    }

    void readEscape() {
        if (at_ + 1 == pattern_.size())
            fault_ = "nothing stands behind the last \\";
        repeatable_ = true;
        at_ += 2;
    }

    // `(`, `(?:`, `(?=` or `(?!`.
    void openGroup() {
        ++depth_;
        ++at_;
        repeatable_ = false;
        if (peek() == '?')
            at_ += 2;
    }

    void repeat(std::size_t length) {
        if (!repeatable_)
            fault_ = "a * + ? or {} repeats nothing";
        at_ += length;
        if (peek() == '?' || peek() == '+')
            ++at_;
        repeatable_ = false;
    }

    // `{2}`, `{2,}`, `{2,5}`; any other brace stands for itself.
    void readCount() {
        const std::size_t close = pattern_.find('}', at_);
        const std::string_view inside =
            close == kNone ? std::string_view() : pattern_.substr(at_ + 1, close - at_ - 1);
        const std::size_t comma = std::min(inside.find(','), inside.size());
        const std::string_view least = inside.substr(0, comma);
        const std::string_view most = inside.substr(std::min(comma + 1, inside.size()));
        if (!isCount(least) || !(most.empty() || isCount(most))) {
            repeatable_ = true;
            ++at_;
            return;
        }
        if (!most.empty() && numberIn(most) < numberIn(least))
            fault_ = "the numbers in {} are in the wrong order";
        repeat(inside.size() + 2);
    }

    static bool isCount(std::string_view text) {
        return text.size() < 5 && isNumber(text, false) && text.front() != '-';
    }

    static int numberIn(std::string_view text) {
        int number = 0;
        std::from_chars(text.data(), text.data() + text.size(), number);
        return number;
    }

    // The length of `[:alpha:]`; 0 for anything else.
    std::size_t namedClass(std::size_t at) const {
        if (pattern_.substr(at, 2) != "[:")
            return 0;
        std::size_t end = at + 2;
        while (end < pattern_.size() && (isWordCharacter(pattern_[end]) || pattern_[end] == '^'))
            ++end;
        return pattern_.substr(end, 2) == ":]" ? end + 2 - at : 0;
    }

    // The first ] may stand for itself.
    void readClass() {
        std::size_t end = at_ + 1;
        if (end < pattern_.size() && pattern_[end] == '^')
            ++end;
        for (bool first = true; end < pattern_.size() && (first || pattern_[end] != ']');
             first = false) {
            if (pattern_[end] == '\\')
                end += 2;
            else if (const std::size_t named = namedClass(end); named != 0)
                end += named;
            else
                ++end;
        }
        if (end >= pattern_.size())
            fault_ = "a [ is not closed";
        repeatable_ = true;
        at_ = end + 1;
    }

    std::string_view pattern_;
    std::size_t at_ = 0;
    std::size_t depth_ = 0;
    bool repeatable_ = false;
    std::string_view fault_;
};

// `(?x)`, `(?#...)`, `(?<name>`, `(*VERB)`, `\Q...\E`, `\x{..}` and the like.
bool isJudged(std::string_view pattern) {
    for (std::size_t at = 0; at + 1 < pattern.size(); ++at) {
        const char next = pattern[at + 1];
        if (pattern[at] == '\\' && std::string_view("QEcgkpPxoNKG").find(next) != kNone)
            return false;
        if (pattern[at] == '(' && next == '*')
            return false;
        if (pattern[at] == '(' && next == '?' &&
            (at + 2 >= pattern.size() || std::string_view(":=!").find(pattern[at + 2]) == kNone))
            return false;
        if (pattern[at] == '\\')
            ++at;
    }
    return true;
}

}  // namespace

std::string_view patternFault(std::string_view pattern) {
    return isJudged(pattern) ? PatternReader(pattern).fault() : std::string_view();
}

}  // namespace pe::check
