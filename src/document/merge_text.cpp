// SPDX-License-Identifier: MIT
#include "merge_text.hpp"

#include <algorithm>

#include "block_text.hpp"
#include "pe/base/trimmed.hpp"
#include "pe/document/text_patches.hpp"
#include "pe/yaml/scalar.hpp"
#include "pe/yaml/value.hpp"

namespace pe::document {

std::string shiftedLines(std::string_view text, int delta, bool startsLine) {
    if (delta == 0)
        return std::string(text);
    std::string out;
    bool first = !startsLine;
    for (std::string_view line : linesOf(text)) {
        const bool white = trimmed(line).empty();
        if (!first && !white && delta > 0)
            out.append(static_cast<std::size_t>(delta), ' ');
        if (!first && delta < 0) {
            const std::size_t blanks = std::min(line.find_first_not_of(' '), line.size());
            line.remove_prefix(std::min(blanks, static_cast<std::size_t>(-delta)));
        }
        out += line;
        first = false;
    }
    return out;
}

std::size_t blankLinesOf(std::string_view text) {
    std::size_t end = 0;
    for (const std::string_view line : linesOf(text)) {
        if (!trimmed(line).empty())
            break;
        end += line.size();
    }
    return end;
}

std::string blockAt(std::string_view raw, int from, int to) {
    return from == to ? std::string(raw) : toRaw(toElements(raw, from), to);
}

std::string valueText(const yaml::Lexeme& lexeme) {
    switch (classOf(lexeme.style)) {
        case ValueClass::Mapping:
            return "(fields)";
        case ValueClass::Sequence:
            return "(a list)";
        case ValueClass::Scalar:
            return yaml::decodeScalar(lexeme.style, lexeme.open, lexeme.raw,
                                      lexeme.column + lexeme.offset);
    }
    return {};
}

ValueClass classOf(yaml::Style style) {
    return yaml::isMapping(style)    ? ValueClass::Mapping
           : yaml::isSequence(style) ? ValueClass::Sequence
                                     : ValueClass::Scalar;
}

bool sameEntry(const yaml::Entry& left, const yaml::Entry& right) {
    const auto same = [](std::string_view a, std::string_view b) {
        return trimmed(a) == trimmed(b);
    };
    if (left.style != right.style || left.key != right.key || !same(left.props, right.props) ||
        !same(left.open, right.open) || !same(left.prefix, right.prefix) ||
        left.carried != right.carried || left.children.size() != right.children.size())
        return false;
    if (valueText(lexemeOf(left)) != valueText(lexemeOf(right)) || !same(left.suffix, right.suffix))
        return false;
    return std::equal(left.children.begin(), left.children.end(), right.children.begin(),
                      sameEntry);
}

std::string identityOf(const yaml::Entry& entry) {
    if (!entry.key.empty() && entry.key != "-")
        return yaml::keyText(trimmed(entry.key), entry.column);
    if (!yaml::isMapping(entry.style))
        return {};
    for (const yaml::Entry& field : entry.children)
        if (const std::string key = yaml::keyText(field.key, field.column);
            key == "name" || key == "id")
            return valueText(lexemeOf(field));
    return {};
}

}  // namespace pe::document
