// SPDX-License-Identifier: MIT
#include "scalar_part.hpp"

#include <algorithm>

#include "pe/base/utf8.hpp"

namespace pe::check {
namespace {

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Walks the written and the decoded text side by side.
class Walk {
public:
    Walk(std::string_view shown, std::size_t start, yaml::Style style, std::string_view decoded)
        : shown_(shown), at_(start), style_(style), decoded_(decoded) {}

    // The written place of the decoded byte `target`, which lies at or after the last one asked
    // for.
    std::size_t placeOf(std::size_t target) {
        target = std::min(target, decoded_.size());
        while (read_ < target && at_ < shown_.size())
            step();
        return at_;
    }

    // As placeOf, but past line breaks and indentation that belong to no decoded byte before it.
    std::size_t beginOf(std::size_t target) {
        placeOf(target);
        if (target < decoded_.size() && !isBlank(decoded_[target]))
            skipUnwritten(decoded_[target]);
        return at_;
    }

private:
    void skipUnwritten(char wanted) {
        while (at_ < shown_.size() && isBlank(shown_[at_]) && shown_[at_] != wanted)
            ++at_;
    }

    void step() {
        const char wanted = decoded_[read_];
        if (style_ == yaml::Style::DoubleQuoted && shown_[at_] == '\\')
            return stepEscape();
        if (isBlank(wanted) && shown_[at_] != wanted && isBlank(shown_[at_]))
            return stepFold();
        if (shown_[at_] != wanted)
            skipUnwritten(wanted);
        if (at_ >= shown_.size())
            return;
        if (style_ == yaml::Style::SingleQuoted && wanted == '\'')
            ++at_;
        ++at_;
        ++read_;
    }

    // A line break that stands for a blank, or a blank line for a break.
    void stepFold() {
        ++read_;
        while (at_ < shown_.size() && shown_[at_] != '\n' && isBlank(shown_[at_]))
            ++at_;
        if (at_ < shown_.size() && shown_[at_] == '\n')
            ++at_;
    }

    void stepEscape() {
        const char kind = at_ + 1 < shown_.size() ? shown_[at_ + 1] : '\0';
        if (kind == '\n' || kind == '\r') {  // the line goes on
            at_ += 2;
            while (at_ < shown_.size() && isBlank(shown_[at_]))
                ++at_;
            return;
        }
        const std::size_t digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
        at_ = std::min(at_ + 2 + digits, shown_.size());
        read_ += utf8::decode(decoded_.substr(read_)).length;
    }

    std::string_view shown_;
    std::size_t at_;
    yaml::Style style_;
    std::string_view decoded_;
    std::size_t read_ = 0;
};

// Where the scalar's text begins: past its properties, its quote or its header line.
std::size_t textStart(std::string_view shown, const yaml::Lexeme& lexeme) {
    std::size_t start = std::min(lexeme.props.size(), shown.size());
    if (yaml::isBlockScalar(lexeme.style)) {
        const std::size_t line = shown.find('\n', start);
        return line == std::string_view::npos ? shown.size() : line + 1;
    }
    const bool quoted =
        lexeme.style == yaml::Style::SingleQuoted || lexeme.style == yaml::Style::DoubleQuoted;
    return std::min(start + (quoted ? 1 : 0), shown.size());
}

}  // namespace

yaml::Span shownPart(std::string_view shown, const yaml::Lexeme& lexeme, std::string_view decoded,
                     std::size_t begin, std::size_t end) {
    const std::size_t start = textStart(shown, lexeme);
    if (shown.substr(start, decoded.size()) == decoded &&
        lexeme.style != yaml::Style::SingleQuoted && lexeme.style != yaml::Style::DoubleQuoted)
        return {std::min(start + begin, shown.size()), std::min(start + end, shown.size())};
    Walk walk(shown, start, lexeme.style, decoded);
    const std::size_t from = walk.beginOf(begin);
    return {from, std::max(from, walk.placeOf(end))};
}

}  // namespace pe::check
