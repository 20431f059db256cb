// SPDX-License-Identifier: MIT
#include "yaml_traps.hpp"

#include <forward_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "fields.hpp"
#include "fixes.hpp"
#include "pe/yaml/entries.hpp"
#include "pe/yaml/line_breaks.hpp"
#include "pe/yaml/schema.hpp"

namespace pe::check {
namespace {

using yaml::Lexeme;
using yaml::NodeRef;
using yaml::Style;
using yaml::Value;

constexpr RuleInfo kInfos[] = {
    {"yaml.merge-key", Severity::Warning, "A merge key, which the engine does not merge",
     "For the engine `<<` is an ordinary key: what it points to is not taken over.", "D93"},
    {"yaml.unquoted-template", Severity::Error, "A template without quotes",
     "A value that begins with `{{` is a mapping in YAML. The engine gets no text there, and "
     "nothing is filled in.",
     ""},
    {"yaml.several-documents", Severity::Warning, "Several documents in one file",
     "The engine reads the last document of a file and ignores those before it.", "D94"},
    {"yaml.flow-anchor", Severity::Warning, "An anchor before a bracket",
     "The engine's reader ties an anchor before `{` or `[` on the same line to the first value "
     "inside. Aliases of it stand for that value only.",
     "D95"},
    {"yaml.key-not-text", Severity::Warning, "A key that is no text",
     "The engine reads the key as a number, a truth value or nothing, so that it is never found "
     "under its name.",
     ""},
    {"yaml.number-loses-zero", Severity::Information, "A number that loses its last zero",
     "Without quotes the value is a number: 1.10 and 1.1 are the same.", ""},
    {"yaml.version-1-1", Severity::Warning, "Read by the rules of YAML 1.1",
     "In a document that begins with `%YAML 1.1` the engine reads unquoted yes, no, on, off, y and "
     "n as true or false, 010 as 8, 1_000 as 1000 and 1:30 as 90. In every other document they are "
     "texts, or other numbers.",
     ""},
    {"yaml.hash-begins-comment", Severity::Warning, "Text that becomes a comment",
     "A `#` after a blank begins a comment: the value ends before it.", ""},
    {"yaml.tag-unreadable", Severity::Error, "A tag that does not fit its value",
     "The engine's reader stops at a value that is not of the type its tag says.", ""},
};

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

// 1.10, but neither 1.0 nor 1.1.
bool losesZero(std::string_view text) {
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos || dot == 0 || text.size() < dot + 3 || text.back() != '0')
        return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (i != dot && !isDigit(text[i]))
            return false;
    return text.find_first_not_of('0', dot + 1) != std::string_view::npos;
}

// Where a comment begins that looks like text: `#` before a digit, or before the digits of a
// colour.
std::size_t suspiciousHash(std::string_view rest) {
    const std::size_t at = rest.find('#');
    if (at == std::string_view::npos || rest.find_first_not_of(" \t") != at ||
        at + 1 >= rest.size())
        return std::string_view::npos;
    const std::string_view word = rest.substr(at + 1, rest.find_first_of(" \t\r\n", at) - at - 1);
    return !word.empty() && isDigit(word.front()) ? at : std::string_view::npos;
}

// The keys of a mapping by what is read for them.
class KeysSeen {
public:
    explicit KeysSeen(std::size_t most) : many_(most > kFew) { names_.reserve(most); }

    // The entry that has the key; kNoNode if none has it.
    NodeRef find(std::string_view name) const {
        if (many_) {
            const auto found = index_.find(name);
            return found == index_.end() ? yaml::kNoNode : found->second;
        }
        for (const auto& [known, entry] : names_)
            if (known == name)
                return entry;
        return yaml::kNoNode;
    }

    // `written`: the key in the text, which stays.
    void add(const yaml::DecodedText& name, std::string_view written, NodeRef entry) {
        const bool same = name.view() == written;
        const std::string_view kept = same ? written : decoded_.emplace_front(name.view());
        names_.emplace_back(kept, entry);
        if (many_)
            index_.emplace(kept, entry);
    }

private:
    static constexpr std::size_t kFew = 16;  // to be compared one by one

    bool many_;
    std::vector<std::pair<std::string_view, NodeRef>> names_;
    std::forward_list<std::string> decoded_;
    std::unordered_map<std::string_view, NodeRef> index_;
};

}  // namespace

std::span<const RuleInfo> yamlTrapInfos() {
    return kInfos;
}

// On a line of their own the brackets are what the anchor means.
bool isTiedInside(const Lexeme& lexeme) {
    const std::size_t anchor = lexeme.props.find('&');
    return anchor != std::string_view::npos && yaml::isFlowCollection(lexeme.style) &&
           !yaml::hasBreak(lexeme.props.substr(anchor));
}

void YamlTraps::documents() {
    const auto all = forest_.children(yaml::kStream);
    for (std::size_t i = 0; i + 1 < all.size(); ++i) {
        const yaml::Span span = subject_.entrySpan(all[i]);
        const std::string_view text = subject_.text().substr(span.begin, span.end - span.begin);
        const std::size_t first = std::min(text.find_first_not_of(" \r\n"), text.size());
        const std::size_t end = std::min(text.find_first_of("\r\n", first), text.size());
        Diagnostic& found =
            reporter_.onBytes("yaml.several-documents", span.begin + first, span.begin + end,
                              "The engine reads the last document of the file only, not this one.");
        const std::size_t next = subject_.entrySpan(all[i + 1]).begin;
        std::vector<document::TextPatch> patches{{span.begin, next - span.begin, ""}};
        found.fixes.push_back({"Delete this document", false, std::move(patches)});
    }
}

void YamlTraps::look(NodeRef node) {
    const Lexeme lexeme = forest_.lexeme(node);
    if (!lexeme.props.empty()) {
        if (isTiedInside(lexeme))
            reporter_.onValue("yaml.flow-anchor", node,
                              forest_.children(node).empty()
                                  ? "The engine ties this anchor to the key or value behind the "
                                    "brackets; begin these on the next line."
                                  : "The engine ties this anchor to the first value inside the "
                                    "brackets; begin these on the next line, or write the "
                                    "collection in block form.");
        if (lexeme.props.find('!') != std::string_view::npos)
            tagged(node);
    }
    if (lexeme.style == Style::FlowMapping)
        bareTemplate(node);
    else if (lexeme.style == Style::Plain || lexeme.style == Style::Empty) {
        number(node, lexeme);
        hash(node, lexeme);
        oldScalar(node, lexeme);
    }
    if (yaml::isMapping(lexeme.style))
        keys(node);
}

void YamlTraps::tagged(NodeRef node) {
    if (const auto value = yaml::valueOf(forest_, node); !value)
        reporter_
            .onValue("yaml.tag-unreadable", node,
                     "The engine cannot read this value under its tag; remove the tag or "
                     "correct the value.")
            .why = value.error().message;
}

void YamlTraps::keys(NodeRef mapping) {
    const auto entries = forest_.children(mapping);
    KeysSeen seen(entries.size());
    for (const NodeRef entry : entries) {
        const yaml::Lexeme lexeme = forest_.lexeme(entry);
        if (lexeme.style == Style::Opaque)
            continue;
        key(entry, lexeme.key);
        const auto name = yaml::DecodedText::ofKey(forest_, entry, lexeme.key);
        if (name.view() == "<<")
            merge(mapping, entry);
        else if (const NodeRef first = seen.find(name); first != yaml::kNoNode)
            duplicate(first, entry, name.string());
        else
            seen.add(name, lexeme.key, entry);
    }
}

void YamlTraps::duplicate(NodeRef first, NodeRef second, const std::string& name) {
    Diagnostic& found = reporter_.onKey(
        "yaml.duplicate-key", second,
        "`" + shortened(name) + "` stands twice here; the engine reads the first one.");
    const auto one = yaml::valueOf(forest_, first);
    const auto two = yaml::valueOf(forest_, second);
    const bool same = one && two && *one == *two;
    found.fixes.push_back(removeFix("Delete this second one, which is not read", second,
                                    same ? Safety::Safe : Safety::Choice));
    if (!same)
        found.fixes.push_back(
            removeFix("Delete the first one, so that this one counts", first, Safety::Choice));
}

void YamlTraps::key(NodeRef entry, std::string_view written) {
    if (written.empty() || written.size() > 24 || written == "-")
        return;
    if (yaml::plainKind(written) == Value::Kind::String)
        return;
    // What data_transform maps from is compared as text.
    const NodeRef mapping = forest_.parent(entry);
    if (keyIs(forest_, mapping, "mapping"))
        return;
    const std::string name(written);
    Diagnostic& found = reporter_.onKey(
        "yaml.key-not-text", entry,
        "The engine reads the key `" + name + "` as a value that is no text; put it in quotes.");
    found.fixes.push_back(renameKeyFix("Put the key in quotes", entry, name, Safety::Choice));
}

// Takes over what the merge key points to, as its author expects.
void YamlTraps::merge(NodeRef mapping, NodeRef entry) {
    Diagnostic& found = reporter_.onKey(
        "yaml.merge-key", entry, "The engine does not merge `<<`; write the fields out here.");
    const NodeRef source = mappingBehind(forest_, entry);
    if (source == yaml::kNoNode || source == mapping)
        return;
    document::Batch batch;
    for (const NodeRef field : forest_.children(source)) {
        const std::string key = keyOf(forest_, field);
        if (key == "<<" || entryOf(forest_, mapping, key) != yaml::kNoNode)
            continue;
        auto value = yaml::valueOf(forest_, field);
        if (!value)
            return;
        batch.commands.push_back({document::SetField{mapping, key, std::move(*value)}, "", 0});
    }
    batch.commands.push_back({document::Remove{entry}, "", 0});
    const std::string title = "Write the fields out";
    found.fixes.push_back({title, true, document::Command{std::move(batch), title, 0}});
}

void YamlTraps::bareTemplate(NodeRef node) {
    const yaml::Span span = subject_.valueSpan(node);
    const std::string_view text = subject_.text().substr(span.begin, span.end - span.begin);
    if (!text.starts_with("{{") || !text.ends_with("}}") ||
        text.find('\n') != std::string_view::npos)
        return;
    Diagnostic& found =
        reporter_.onValue("yaml.unquoted-template", node,
                          "Without quotes this is a mapping, not a template; put it in quotes.");
    found.fixes.push_back(
        setValueFix("Put it in quotes", node, Value::ofString(std::string(text)), Safety::Safe));
}

void YamlTraps::number(NodeRef node, const Lexeme& lexeme) {
    const bool label = lexeme.key.find("version") != std::string_view::npos;
    if (!label || !losesZero(lexeme.raw))
        return;
    Diagnostic& found = reporter_.onValue(
        "yaml.number-loses-zero", node,
        "Without quotes this is the number " +
            std::string(lexeme.raw.substr(0, lexeme.raw.find_last_not_of('0') + 1)) + ".");
    found.fixes.push_back(setValueFix("Put it in quotes", node,
                                      Value::ofString(std::string(lexeme.raw)), Safety::Choice));
}

void YamlTraps::oldScalar(NodeRef node, const Lexeme& lexeme) {
    if (!yaml::dependsOnSchema(lexeme.raw) || yaml::schemaOf(forest_, node) != yaml::Schema::Yaml11)
        return;
    const Value value = yaml::resolvePlain(lexeme.raw, yaml::Schema::Yaml11);
    const std::string read = value.isString() ? "a text" : "`" + yaml::toJson(value) + "`";
    const std::string written(lexeme.raw);
    Diagnostic& found =
        reporter_.onValue("yaml.version-1-1", node,
                          "The engine reads `" + shortened(written) + "` as " + read +
                              " here, as the document begins with %YAML 1.1.");
    if (!value.isString())
        found.fixes.push_back(
            setValueFix("Write " + yaml::toJson(value), node, value, Safety::Choice));
    found.fixes.push_back(
        setValueFix("Put it in quotes", node, Value::ofString(written), Safety::Choice));
}

void YamlTraps::hash(NodeRef node, const Lexeme& lexeme) {
    const std::string_view rest = lexeme.style == Style::Empty && lexeme.suffix.empty()
                                      ? lexeme.colon.substr(lexeme.colon.empty() ? 0 : 1)
                                      : lexeme.suffix;
    const std::size_t at = suspiciousHash(rest);
    if (at == std::string_view::npos)
        return;
    const std::size_t line = rest.find_first_of("\r\n", at);
    const std::string_view cut = rest.substr(at, line == std::string_view::npos ? line : line - at);
    Diagnostic& found = reporter_.onValue("yaml.hash-begins-comment", node,
                                          "`" + shortened(cut) +
                                              "` is a comment here; if it belongs to the text, "
                                              "put the whole in quotes.");
    const std::string whole =
        lexeme.style == Style::Empty
            ? std::string(cut)
            : std::string(lexeme.raw) + std::string(rest.substr(0, at)) + std::string(cut);
    found.fixes.push_back(
        setValueFix("Put the whole text in quotes", node, Value::ofString(whole), Safety::Choice));
}

}  // namespace pe::check
