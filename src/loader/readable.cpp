// SPDX-License-Identifier: MIT
#include "readable.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "mending.hpp"
#include "mending_key.hpp"
#include "refusals.hpp"

namespace pe::loader {
namespace {

using yaml::Problem;
using yaml::Tree;

constexpr int kMostMends = 12;
constexpr std::size_t kLargestMended = std::size_t{4} << 20;

const Problem* firstError(const Tree& tree) {
    const auto& problems = tree.problems();
    const auto found = std::find_if(problems.begin(), problems.end(), [&](const Problem& each) {
        return each.severity == yaml::Severity::Error && !isHarmless(tree.text(), each);
    });
    return found == problems.end() ? nullptr : &*found;
}

std::string sentence(const Tree& tree, const Problem& problem) {
    const yaml::Position at = yaml::LineIndex(tree.text()).position(problem.begin);
    return problem.message + " (line " + std::to_string(at.line) + ", column " +
           std::to_string(at.column) + ")";
}

Result<yaml::Value> valueOf(const Tree& tree) {
    if (auto refusal = entryRefusal(tree))
        return fail(ErrorCode::Unreadable, std::move(refusal->sentence));
    return yaml::loadValue(tree);
}

}  // namespace

Result<yaml::Value> readable(const Tree& tree) {
    std::optional<Tree> other;
    const Tree* current = &tree;
    if (auto text = withoutMarks(tree)) {
        other = yaml::parse(std::move(*text));
        current = &*other;
    }
    const bool isSmall = tree.text().size() <= kLargestMended;
    for (int mends = 0; mends <= kMostMends; ++mends) {
        const Problem* error = firstError(*current);
        const auto tab = error ? std::nullopt : tabAsWordAt(*current);
        if (!error && !tab)
            return valueOf(*current);
        std::optional<std::string> text;
        if (isSmall)
            text = tab ? withPlainKey(current->text(), *tab) : mended(current->text(), *error);
        if (!text)
            break;
        other = yaml::parse(std::move(*text));
        current = &*other;
    }
    const Problem* error = firstError(tree);
    return fail(ErrorCode::Unreadable,
                error ? sentence(tree, *error) : "The engine's YAML reader refuses this text.");
}

}  // namespace pe::loader
