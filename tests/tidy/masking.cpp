// SPDX-License-Identifier: MIT
#include "masking.hpp"

#include <algorithm>
#include <cctype>

namespace pe::tidy {

namespace {

bool isWordCharacter(char each) {
    return std::isalnum(static_cast<unsigned char>(each)) != 0 || each == '_';
}

class Masker {
public:
    explicit Masker(std::string_view text) : text_(text), code_(text) {}

    std::string run() {
        while (at_ < text_.size())
            step();
        return std::move(code_);
    }

private:
    void step() {
        if (stands("//"))
            return blankTo(endOfLine());
        if (stands("/*"))
            return blankTo(after("*/", at_ + 2));
        if (text_[at_] == '"')
            return isRaw() ? blankRaw() : blankQuoted('"');
        if (text_[at_] == '\'' && !isDigitSeparator())
            return blankQuoted('\'');
        ++at_;
    }

    bool stands(std::string_view what) const { return text_.substr(at_, what.size()) == what; }

    std::size_t after(std::string_view what, std::size_t from) const {
        const std::size_t found = text_.find(what, from);
        return found == std::string_view::npos ? text_.size() : found + what.size();
    }

    // A line comment that ends in a backslash goes on.
    std::size_t endOfLine() const {
        std::size_t end = text_.find('\n', at_);
        while (end != std::string_view::npos && end > 0 && text_[end - 1] == '\\')
            end = text_.find('\n', end + 1);
        return std::min(end, text_.size());
    }

    // R"x( behind nothing but an encoding prefix.
    bool isRaw() const {
        if (at_ == 0 || text_[at_ - 1] != 'R')
            return false;
        std::size_t start = at_ - 1;
        while (start > 0 && isWordCharacter(text_[start - 1]))
            --start;
        const std::string_view prefix = text_.substr(start, at_ - start);
        return prefix == "R" || prefix == "u8R" || prefix == "uR" || prefix == "UR" ||
               prefix == "LR";
    }

    // 1'000: an apostrophe inside a number. An encoding prefix (u8'x') is no number.
    bool isDigitSeparator() const {
        std::size_t start = at_;
        while (start > 0 && (isWordCharacter(text_[start - 1]) || text_[start - 1] == '\''))
            --start;
        return start < at_ && std::isdigit(static_cast<unsigned char>(text_[start])) != 0;
    }

    void blankRaw() {
        const std::size_t open = std::min(text_.find('(', at_), text_.size());
        const std::string_view delimiter = text_.substr(at_ + 1, open - at_ - 1);
        blankTo(after(")" + std::string(delimiter) + "\"", open));
    }

    void blankQuoted(char quote) {
        std::size_t end = at_ + 1;
        while (end < text_.size() && text_[end] != quote && text_[end] != '\n')
            end += text_[end] == '\\' ? 2 : 1;
        blankTo(std::min(end + 1, text_.size()));
    }

    void blankTo(std::size_t end) {
        for (; at_ < end; ++at_)
            if (text_[at_] != '\n')
                code_[at_] = ' ';
    }

    std::string_view text_;
    std::string code_;
    std::size_t at_ = 0;
};

}  // namespace

std::string masked(std::string_view text) {
    return Masker(text).run();
}

std::string withoutDirectives(std::string_view code) {
    std::string result(code);
    bool inside = false;
    for (std::size_t start = 0; start < result.size();) {
        const std::size_t end = std::min(result.find('\n', start), result.size());
        const std::size_t first = result.find_first_not_of(" \t", start);
        inside = inside || (first < end && result[first] == '#');
        const bool continues = inside && end > start && result[end - 1] == '\\';
        if (inside)
            std::fill(result.begin() + static_cast<std::ptrdiff_t>(start),
                      result.begin() + static_cast<std::ptrdiff_t>(end), ' ');
        inside = continues;
        start = end + 1;
    }
    return result;
}

}  // namespace pe::tidy
