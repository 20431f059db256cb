// SPDX-License-Identifier: MIT
#include "pasted_anchors.hpp"

#include <algorithm>
#include <map>
#include <string_view>

#include "pe/yaml/properties.hpp"
#include "pe/yaml/tree.hpp"
#include "step_commands.hpp"

namespace pe::editor {

namespace {

using yaml::NodeRef;

constexpr std::string_view kBlanks = " \t";
constexpr std::string_view kWhite = " \t\r\n";

// One `&name` or `*name` in the text.
struct Mention {
    NodeRef node = yaml::kNoNode;
    std::size_t at = 0;  // of the mark
    std::string name;
    bool alias = false;
};

std::string nameAt(std::string_view text, std::size_t at) {
    const std::size_t end = std::min(text.find_first_of(kWhite, at), text.size());
    return std::string(text.substr(at, end - at));
}

// Where an anchor stands in the properties of a value.
std::size_t anchorIn(std::string_view props) {
    const std::string_view name = yaml::anchorOf(props);
    return name.empty() ? std::string_view::npos
                        : static_cast<std::size_t>(name.data() - props.data()) - 1;
}

// In the order of the text.
std::vector<Mention> mentionsIn(const yaml::Tree& tree) {
    std::vector<Mention> found;
    for (NodeRef node = 0; node < tree.size(); ++node) {
        const yaml::Lexeme lexeme = tree.lexeme(node);
        const std::size_t begin = tree.valueSpan(node).begin;
        if (const std::size_t at = anchorIn(lexeme.props); at != std::string_view::npos)
            found.push_back({node, begin + at, nameAt(lexeme.props, at + 1), false});
        if (lexeme.style == yaml::Style::Alias)
            found.push_back({node, begin + lexeme.props.size(), nameAt(lexeme.raw, 1), true});
    }
    return found;
}

bool hasMarkedKeys(const yaml::Tree& tree) {
    for (NodeRef node = 0; node < tree.size(); ++node)
        if (const auto key = tree.key(node); key.starts_with('&') || key.starts_with('*'))
            return true;
    return false;
}

// Takes an anchor out with the blanks that set it off.
void dropAnchor(std::string& text, const yaml::Tree& tree, const Mention& anchor) {
    const std::size_t end = anchor.at + anchor.name.size() + 1;
    const std::size_t next = std::min(text.find_first_not_of(kBlanks, end), text.size());
    if (next == text.size() || (text[next] != '\n' && text[next] != '\r')) {
        text.erase(anchor.at, next - anchor.at);
        return;
    }
    // What follows a dash may come up to it, if its other lines stand below it then.
    const std::size_t line = text.rfind('\n', anchor.at) + 1;
    const std::size_t below = text.find('\n', next) + 1;
    const std::size_t content = text.find_first_not_of(kBlanks, below);
    const bool first = anchorIn(tree.lexeme(anchor.node).props) == 0;
    if (first && tree.key(anchor.node) == "-" && content != std::string::npos &&
        text[content] != '#' && content - below == anchor.at - line) {
        text.erase(anchor.at, content - anchor.at);
        return;
    }
    std::size_t before = anchor.at;
    while (before > 0 && kBlanks.find(text[before - 1]) != std::string_view::npos)
        --before;
    text.erase(before, end - before);
}

}  // namespace

std::set<std::string> anchorsOf(const yaml::Forest& forest) {
    std::set<std::string> names;
    std::vector<NodeRef> open{yaml::kStream};
    while (!open.empty()) {
        const NodeRef node = open.back();
        open.pop_back();
        const std::string_view name = yaml::anchorOf(forest.lexeme(node).props);
        if (!name.empty())
            names.emplace(name);
        for (const NodeRef child : forest.children(node))
            open.push_back(child);
    }
    return names;
}

Result<AnchoredText> withFreeAnchors(const std::string& text, const std::set<std::string>& taken) {
    const yaml::Tree tree = yaml::parse(text);
    if (hasMarkedKeys(tree))
        return fail(ErrorCode::Refused,
                    "A key of these steps has an anchor or is an alias; paste them into the text.");
    const std::vector<Mention> mentions = mentionsIn(tree);
    std::set<std::string> inside;
    std::set<std::string> used;
    AnchoredText result{text, {}, false};
    for (const Mention& each : mentions) {
        if (!each.alias)
            inside.insert(each.name);
        else if (inside.contains(each.name))
            used.insert(each.name);
        else if (!taken.contains(each.name))
            return fail(ErrorCode::Refused,
                        "The steps use `*" + each.name +
                            "`, but nothing here is called so; copy what has `&" + each.name +
                            "` as well.");
        else
            result.outside.push_back(each.name);
    }
    std::set<std::string> names = taken;
    std::map<std::string, std::string> renamed;
    for (const std::string& name : used)
        renamed[name] = uniqueName(name, names);
    // From the end, so that the places in front stay.
    for (auto each = mentions.rbegin(); each != mentions.rend(); ++each) {
        const auto name = renamed.find(each->name);
        result.anchored = result.anchored || each->alias;
        if (name != renamed.end())
            result.text.replace(each->at + 1, each->name.size(), name->second);
        else if (!each->alias)
            dropAnchor(result.text, tree, *each);
    }
    return result;
}

}  // namespace pe::editor
