// SPDX-License-Identifier: MIT
#include "size_limit.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "block_text.hpp"
#include "replicated_forest.hpp"

namespace pe::document {
namespace {

constexpr const char* kCode = "document.limit";

bool isTooLarge(const yaml::Lexeme& lexeme) {
    using crdt::Limits;
    const auto beyond = [](std::string_view field) { return field.size() > Limits::kValueBytes; };
    if (yaml::isBlockScalar(lexeme.style) && lexeme.raw.size() > Limits::kInitialElements &&
        toElements(lexeme.raw, lexeme.column + lexeme.offset).size() > Limits::kInitialElements)
        return true;
    return beyond(lexeme.prefix) || beyond(lexeme.key) || beyond(lexeme.colon) ||
           beyond(lexeme.props) || beyond(lexeme.footer) || beyond(lexeme.suffix) ||
           beyond(packValue(lexeme));
}

yaml::NodeRef tooLargeEntry(const yaml::Tree& tree) {
    std::vector<yaml::NodeRef> open{yaml::kStream};
    while (!open.empty()) {
        const yaml::NodeRef node = open.back();
        open.pop_back();
        if (isTooLarge(tree.lexeme(node)))
            return node;
        const auto children = tree.children(node);
        open.insert(open.end(), children.rbegin(), children.rend());
    }
    return yaml::kNoNode;
}

}  // namespace

std::optional<yaml::Problem> beyondLimits(const yaml::Tree& tree) {
    if (tree.size() > kEntriesMax)
        return yaml::Problem{kCode, yaml::Severity::Error,
                             "The file has more than " + std::to_string(kEntriesMax) +
                                 " entries; it can be edited as text only.",
                             0, 0};
    const yaml::NodeRef node = tooLargeEntry(tree);
    if (node == yaml::kNoNode)
        return std::nullopt;
    const yaml::Span place = tree.valueSpan(node);
    return yaml::Problem{kCode, yaml::Severity::Error,
                         "This entry is larger than 1 MiB, so the file can be edited as text only; "
                         "move a long text into a file of its own.",
                         place.begin, place.end};
}

}  // namespace pe::document
