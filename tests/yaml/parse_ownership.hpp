// SPDX-License-Identifier: MIT
// Writes the lexemes of a tree in document order, the indent as each column says, and nothing else:
// equal to the text if and only if every byte has one owner. Independent of the renderer.
#pragma once

#include <string>

#include "pe/yaml/tree.hpp"

namespace pe::yaml::testing {

class LexemeWriter {
public:
    explicit LexemeWriter(const Forest& forest) : forest_(forest) {}

    std::string write() {
        entry(kStream, false);
        return out_;
    }

private:
    bool atLineStart() const { return out_.empty() || out_.back() == '\n' || out_.back() == '\r'; }

    void entry(NodeRef node, bool isBlockEntry) {
        const Lexeme lexeme = forest_.lexeme(node);
        out_ += lexeme.prefix;
        const bool isLines =
            lexeme.style == Style::Opaque && lexeme.key.empty() && lexeme.colon.empty();
        if (isBlockEntry && !isLines && (atLineStart() || out_ == "\xEF\xBB\xBF"))
            out_.append(static_cast<std::size_t>(lexeme.column), ' ');
        out_ += lexeme.key;
        out_ += lexeme.colon;
        out_ += lexeme.props;
        const bool hasTrailingComma =
            lexeme.open.size() == 2 && lexeme.open[1] == ',' && isFlowCollection(lexeme.style);
        out_ += hasTrailingComma ? lexeme.open.substr(0, 1) : lexeme.open;
        out_ += lexeme.raw;
        const auto children = forest_.children(node);
        for (const NodeRef child : children)
            entry(child, isBlockCollection(lexeme.style));
        if (hasTrailingComma)
            out_ += ',';
        out_ += lexeme.footer;
        out_ += lexeme.suffix;
    }

    const Forest& forest_;
    std::string out_;
};

inline std::string textOf(const Forest& forest) {
    return LexemeWriter(forest).write();
}

}  // namespace pe::yaml::testing
