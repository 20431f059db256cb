// SPDX-License-Identifier: MIT
// What every edit must satisfy: the rendered text parses, says exactly the intended value, and
// differs from the old text in no more lines than the edit is about.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pe/testing/draft.hpp"
#include "pe/yaml/edit.hpp"
#include "pe/yaml/entries.hpp"
#include "pe/yaml/fit.hpp"
#include "pe/yaml/render.hpp"
#include "pe/yaml/tree.hpp"
#include "pe/yaml/value.hpp"

namespace pe::testing {

// A text, its tree and what it says.
struct Sample {
    std::string name;
    yaml::Tree tree;
    yaml::Value value;
};

inline std::optional<Sample> sampleOf(std::string name, std::string text) {
    yaml::Tree tree = yaml::parse(std::move(text));
    if (!tree.editable() || !tree.problems().empty())
        return std::nullopt;
    if (tree.children(yaml::kStream).size() != 1)
        return std::nullopt;
    auto value = yaml::loadValue(tree);
    if (!value)
        return std::nullopt;
    return Sample{std::move(name), std::move(tree), std::move(*value)};
}

// Steps from the document down: positions among the children.
inline std::vector<std::size_t> pathTo(const yaml::Forest& forest, yaml::NodeRef node) {
    std::vector<std::size_t> path;
    while (forest.parent(node) != yaml::kStream) {
        const auto siblings = forest.children(forest.parent(node));
        path.push_back(static_cast<std::size_t>(std::find(siblings.begin(), siblings.end(), node) -
                                                siblings.begin()));
        node = forest.parent(node);
    }
    std::reverse(path.begin(), path.end());
    return path;
}

inline yaml::Value& valueAt(yaml::Value& root, const std::vector<std::size_t>& path) {
    yaml::Value* at = &root;
    for (const std::size_t step : path)
        at = at->kind == yaml::Value::Kind::Mapping ? &at->entries[step].second : &at->items[step];
    return *at;
}

// Everybody is shown what an edit leaves as whoever made it: no entry has to be shown otherwise.
inline void expectFits(const yaml::Forest& forest) {
    std::vector<yaml::NodeRef> open{yaml::kStream};
    while (!open.empty()) {
        const yaml::NodeRef above = open.back();
        open.pop_back();
        const auto children = forest.children(above);
        for (const yaml::NodeRef node : children) {
            const yaml::Surroundings around{forest.style(above), node == children.front(),
                                            forest.children(node).size(),
                                            yaml::lineBreakOf(forest)};
            EXPECT_TRUE(yaml::fits(forest.lexeme(node), around)) << yaml::renderText(forest);
            open.push_back(node);
        }
    }
}

inline std::string applied(const yaml::Tree& tree, const yaml::Edit& edit) {
    Draft draft(tree);
    draft.apply(edit);
    expectFits(draft);
    return yaml::renderText(draft);
}

inline std::string withoutFinalBreaks(std::string json) {
    for (std::size_t at = json.find("\\n\""); at != std::string::npos; at = json.find("\\n\"", at))
        json.erase(at, 2);
    return json;
}

// Empty if `text` is a good text with exactly this value (entries in this order), else what is
// wrong. A text that ended the file without a line break may have got one.
inline std::string complaint(const std::string& text, const yaml::Value& intended,
                             bool mayGetBreak = false) {
    const yaml::Tree again = yaml::parse(text);
    if (!again.editable())
        return "does not parse: " + again.problems().front().message;
    for (const auto& problem : again.problems())
        if (problem.severity == yaml::Severity::Error)
            return "has an error: " + problem.message;
    if (yaml::renderText(again) != text)
        return "does not render as itself";
    const auto value = yaml::loadValue(again);
    if (!value)
        return "has no value: " + value.error().message;
    if (yaml::toJson(*value) == yaml::toJson(intended))
        return {};
    if (mayGetBreak &&
        withoutFinalBreaks(yaml::toJson(*value)) == withoutFinalBreaks(yaml::toJson(intended)))
        return {};
    return "says\n" + yaml::toJson(*value) + "\ninstead of\n" + yaml::toJson(intended);
}

struct LineChange {
    std::size_t removed = 0;
    std::size_t added = 0;
};

inline std::vector<std::string_view> linesOf(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        std::size_t end = std::min(text.find_first_of("\r\n"), text.size() - 1) + 1;
        if (text.substr(end - 1).starts_with("\r\n"))
            ++end;
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return lines;
}

// Lines between the common beginning and the common end.
inline LineChange lineChange(std::string_view before, std::string_view after) {
    const auto a = linesOf(before);
    const auto b = linesOf(after);
    std::size_t head = 0;
    while (head < a.size() && head < b.size() && a[head] == b[head])
        ++head;
    std::size_t tail = 0;
    while (tail < a.size() - head && tail < b.size() - head &&
           a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
        ++tail;
    return {a.size() - head - tail, b.size() - head - tail};
}

inline std::string withCrlf(const std::string& text) {
    std::string result;
    for (const char c : text) {
        if (c == '\n' && !result.ends_with('\r'))
            result += '\r';
        result += c;
    }
    return result;
}

inline std::string withoutFinalNewline(std::string text) {
    while (text.ends_with('\n'))
        text.pop_back();
    return text;
}

}  // namespace pe::testing
