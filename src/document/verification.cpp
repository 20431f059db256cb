// SPDX-License-Identifier: MIT
#include "verification.hpp"

#include <algorithm>

#include "pe/yaml/pointer.hpp"
#include "pe/yaml/value.hpp"

namespace pe::document {
namespace {

using yaml::Forest;
using yaml::Lexeme;
using yaml::NodeRef;
using yaml::Style;

// Anything but a collection, an alias or text that is kept as it is.
bool isScalar(Style style) {
    return !yaml::isCollection(style) && style != Style::Alias && style != Style::Opaque &&
           style != Style::Stream;
}

bool lacksFinalBreak(const Lexeme& lexeme) {
    return yaml::isBlockScalar(lexeme.style) && !lexeme.raw.empty() && lexeme.raw.back() != '\n' &&
           lexeme.raw.back() != '\r';
}

bool sameScalar(const Forest& left, NodeRef a, const Lexeme& x, const Forest& right, NodeRef b,
                const Lexeme& y) {
    if (x.style == y.style && x.raw == y.raw && x.open == y.open && x.column == y.column &&
        x.offset == y.offset)
        return true;
    // Only a plain scalar can be anything but text, so quoting may change where the text is the
    // same.
    const bool xTyped = x.style == Style::Plain || x.style == Style::Empty;
    const bool yTyped = y.style == Style::Plain || y.style == Style::Empty;
    const std::string xText = yaml::scalarText(left, a);
    const std::string yText = yaml::scalarText(right, b);
    if (xTyped && yTyped)
        return yaml::resolvePlain(xText) == yaml::resolvePlain(yText);
    if (xTyped != yTyped) {
        const auto value = yaml::resolvePlain(xTyped ? xText : yText);
        return value.isString() && xText == yText;
    }
    // A block text that ended the file got the line break that was missing; see yaml/render.hpp.
    if (lacksFinalBreak(x) && !lacksFinalBreak(y) && xText + "\n" == yText)
        return true;
    return xText == yText;
}

bool sameChildren(const Forest& left, NodeRef a, const Forest& right, NodeRef b, bool keyed) {
    const auto x = left.children(a);
    const auto y = right.children(b);
    if (x.size() != y.size())
        return false;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const bool sameKey = !keyed || left.key(x[i]) == right.key(y[i]) ||
                             yaml::keyText(left, x[i]) == yaml::keyText(right, y[i]);
        if (!sameKey || !sameMeaning(left, x[i], right, y[i]))
            return false;
    }
    return true;
}

// The one entry of a text that holds the lines of one entry and nothing else; kNoNode otherwise.
NodeRef onlyEntry(const yaml::Tree& tree) {
    const auto documents = tree.children(yaml::kStream);
    if (documents.size() != 1)
        return yaml::kNoNode;
    const auto entries = tree.children(documents[0]);
    return entries.size() == 1 ? entries[0] : yaml::kNoNode;
}

bool isOnlyEntry(const yaml::Tree& tree, const Forest& forest, NodeRef scope) {
    const NodeRef entry = onlyEntry(tree);
    return entry != yaml::kNoNode && tree.key(entry) == forest.key(scope) &&
           sameMeaning(forest, scope, tree, entry);
}

Error mismatch() {
    return {ErrorCode::Internal,
            "This edit would not have been written as intended, so it was not made. Please edit "
            "the text "
            "directly, and report this with the file.",
            {}};
}

}  // namespace

bool sameMeaning(const Forest& left, NodeRef a, const Forest& right, NodeRef b) {
    const Lexeme x = left.lexeme(a);
    const Lexeme y = right.lexeme(b);
    if (isScalar(x.style) && isScalar(y.style))
        return sameScalar(left, a, x, right, b, y);
    const bool emptied = left.children(a).empty() && right.children(b).empty();
    if (yaml::isMapping(x.style) && yaml::isMapping(y.style))
        return emptied || sameChildren(left, a, right, b, true);
    if (yaml::isSequence(x.style) && yaml::isSequence(y.style))
        return emptied || sameChildren(left, a, right, b, false);
    if (x.style != y.style)
        return false;
    if (x.style == Style::Stream)
        return sameChildren(left, a, right, b, false);
    return x.raw == y.raw;
}

Result<yaml::Tree> verifyRendering(const Forest& forest, NodeRef scope, std::string lines) {
    yaml::Tree tree = yaml::parse(std::move(lines));
    const bool same = scope == yaml::kStream
                          ? sameMeaning(forest, yaml::kStream, tree, yaml::kStream)
                          : isOnlyEntry(tree, forest, scope);
    if (!tree.editable() || !same)
        return tl::unexpected(mismatch());
    return tree;
}

bool meansAlone(const Forest& forest, NodeRef scope, std::string lines) {
    const yaml::Tree tree = yaml::parse(std::move(lines));
    const auto& problems = tree.problems();
    const bool readable =
        std::all_of(problems.begin(), problems.end(), [](const yaml::Problem& each) {
            return each.severity != yaml::Severity::Error || each.code == "yaml.undefined-alias";
        });
    return readable && isOnlyEntry(tree, forest, scope);
}

}  // namespace pe::document
