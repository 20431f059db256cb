// SPDX-License-Identifier: MIT
#include "parser.hpp"

#include <algorithm>

#include "parser_checks.hpp"

namespace pe::yaml {
namespace {

// Recursion is bounded whatever a caller asks for, since it uses the thread's stack.
constexpr std::size_t kDeepest = 2000;

// A text that is too large stays one Opaque document.
ParsedText keepWhole(std::string text, const ParseLimits& limits) {
    ParsedText parsed;
    TreeNode stream;
    stream.style = Style::Stream;
    parsed.nodes.push_back(stream);
    parsed.nodes[0].footerEnd = parsed.nodes[0].suffixEnd =
        static_cast<Offset>(std::min<std::size_t>(text.size(), 0xffffffff));
    parsed.problems.push_back({"yaml.too-large", Severity::Error,
                               "The text is larger than " + std::to_string(limits.maxBytes) +
                                   " bytes, which is more than can be read; split it.",
                               0, 0});
    parsed.editable = false;
    parsed.text = std::move(text);
    return parsed;
}

}  // namespace

Tree parse(std::string text, const ParseLimits& limits) {
    ParseLimits bounded = limits;
    bounded.maxDepth = std::min(limits.maxDepth, kDeepest);
    bounded.maxBytes = std::min<std::size_t>(limits.maxBytes, 0x7fffffff);
    if (text.size() > bounded.maxBytes)
        return TreeBuilder::build(keepWhole(std::move(text), bounded));
    ParsedText parsed;
    parsed.text = std::move(text);
    Parser parser(parsed.text, bounded);
    parser.run();
    parsed.nodes = std::move(parser.nodes);
    parsed.problems = std::move(parser.problems);
    parsed.editable = parser.editable;
    checkBytes(parsed, bounded.maxProblems);
    checkKeys(parsed, bounded.maxProblems);
    if (parser.hasAliases && !parser.isTooDeep)
        checkAliases(parsed, bounded.maxProblems);
    std::stable_sort(parsed.problems.begin(), parsed.problems.end(),
                     [](const Problem& a, const Problem& b) { return a.begin < b.begin; });
    return TreeBuilder::build(std::move(parsed));
}

}  // namespace pe::yaml
