// SPDX-License-Identifier: MIT
#include "preview.hpp"

#include "pe/base/utf8.hpp"

namespace pe::format {
namespace {

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

}  // namespace

std::string previewOf(std::string_view text, std::size_t limit) {
    std::string preview;
    std::size_t points = 0;
    bool gap = false;
    for (const char c : text) {
        if (isBlank(c)) {
            gap = !preview.empty();
            continue;
        }
        const bool startsPoint = !utf8::isContinuation(c);
        if (startsPoint && points + (gap ? 1 : 0) >= limit)
            return preview + "\u2026";
        if (gap) {
            preview += ' ';
            ++points;
            gap = false;
        }
        preview += c;
        points += startsPoint ? 1 : 0;
    }
    return preview;
}

std::string previewOf(const yaml::Forest& forest, yaml::NodeRef node, std::size_t limit) {
    const yaml::Lexeme lexeme = forest.lexeme(node);
    // Collapsing white space makes the raw lines of plain and block scalars as good as the decoded
    // ones.
    if (lexeme.style == yaml::Style::Plain || yaml::isBlockScalar(lexeme.style))
        return previewOf(lexeme.raw, limit);
    if (lexeme.style == yaml::Style::DoubleQuoted && lexeme.raw.size() > 2 &&
        lexeme.raw.find('\\') == std::string_view::npos)
        return previewOf(lexeme.raw.substr(1, lexeme.raw.size() - 2), limit);
    return previewOf(yaml::DecodedText::ofScalar(forest, node, lexeme), limit);
}

}  // namespace pe::format
