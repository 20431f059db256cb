// SPDX-License-Identifier: MIT
#include "pe/yaml/second_reader.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <optional>

#include "pe/yaml/pointer.hpp"
#include "pe/yaml/value.hpp"
#include "resolve.hpp"
#include "value_key.hpp"

namespace pe::yaml {
namespace {

bool hasErrors(const Tree& tree) {
    return std::any_of(tree.problems().begin(), tree.problems().end(),
                       [](const Problem& each) { return each.severity == Severity::Error; });
}

bool hasLoneReturn(std::string_view text) {
    for (auto at = text.find('\r'); at != text.npos; at = text.find('\r', at + 1))
        if (at + 1 == text.size() || text[at + 1] != '\n')
            return true;
    return false;
}

std::string_view withoutBreaks(std::string_view text) {
    return text.substr(0, text.find_last_not_of('\n') + 1);
}

class Comparison {
public:
    explicit Comparison(const Tree& tree) : tree_(tree) {}

    Result<void> documents(const std::vector<YAML::Node>& theirs) const;

private:
    Result<void> node(NodeRef ours, const YAML::Node& theirs) const;
    Result<void> sequence(NodeRef ours, const YAML::Node& theirs) const;
    Result<void> mapping(NodeRef ours, const YAML::Node& theirs) const;
    Result<void> scalar(NodeRef ours, const Lexeme& lexeme, const YAML::Node& theirs) const;
    tl::unexpected<Error> differs(NodeRef ours, const std::string& how) const {
        return fail(ErrorCode::Refused, "A second reading of this text finds " + how + ".",
                    pointerTo(tree_, ours));
    }

    const Tree& tree_;
};

Result<void> Comparison::documents(const std::vector<YAML::Node>& theirs) const {
    const auto ours = tree_.children(kStream);
    for (const NodeRef document : ours)
        if (isBlockScalar(tree_.style(document)))
            return {};
    const auto isNull = [](const YAML::Node& each) { return each.IsNull(); };
    const auto isEmpty = [this](NodeRef each) { return tree_.style(each) == Style::Empty; };
    if (std::all_of(ours.begin(), ours.end(), isEmpty) &&
        std::all_of(theirs.begin(), theirs.end(), isNull))
        return {};
    if (ours.size() != theirs.size())
        return differs(kStream, std::to_string(theirs.size()) + " documents instead of " +
                                    std::to_string(ours.size()));
    for (std::size_t i = 0; i < ours.size(); ++i)
        PE_TRY(node(ours[i], theirs[i]));
    return {};
}

Result<void> Comparison::node(NodeRef ours, const YAML::Node& theirs) const {
    const Lexeme lexeme = tree_.lexeme(ours);
    if (lexeme.style == Style::Alias)
        return {};
    if (isSequence(lexeme.style))
        return sequence(ours, theirs);
    if (isMapping(lexeme.style))
        return mapping(ours, theirs);
    return scalar(ours, lexeme, theirs);
}

Result<void> Comparison::sequence(NodeRef ours, const YAML::Node& theirs) const {
    const auto children = tree_.children(ours);
    if (!theirs.IsSequence() || theirs.size() != children.size())
        return differs(ours, "no list of " + std::to_string(children.size()) + " items here");
    auto item = theirs.begin();
    for (const NodeRef child : children)
        PE_TRY(node(child, *item++));
    return {};
}

// Both keep duplicate keys, in the order of the text.
Result<void> Comparison::mapping(NodeRef ours, const YAML::Node& theirs) const {
    const auto children = tree_.children(ours);
    if (!theirs.IsMap())
        return differs(ours, "no mapping here");
    auto entry = theirs.begin();
    for (const NodeRef child : children) {
        if (entry == theirs.end())
            return differs(child, "the mapping ended before this key");
        const SimpleKey key = simpleKey(tree_.key(child));
        const bool isText = key.simple && key.style != Style::Empty && entry->first.IsScalar();
        if (isText && entry->first.Scalar() != keyText(tree_, child))
            return differs(child, "the key \"" + entry->first.Scalar() + "\" instead of this one");
        PE_TRY(node(child, entry->second));
        ++entry;
    }
    if (entry != theirs.end())
        return differs(ours, "more keys in this mapping");
    return {};
}

Result<void> Comparison::scalar(NodeRef ours, const Lexeme& lexeme,
                                const YAML::Node& theirs) const {
    const std::string text = scalarText(tree_, ours);
    const bool isQuoted =
        lexeme.style == Style::SingleQuoted || lexeme.style == Style::DoubleQuoted;
    const bool isTagged = !lexeme.props.empty() && !tagOf(lexeme.props).empty();
    if (theirs.IsNull()) {
        const bool isNull = !isBlockScalar(lexeme.style) && !isQuoted && isNullText(text);
        return isNull || isTagged ? Result<void>{} : differs(ours, "no text here");
    }
    if (!theirs.IsScalar())
        return differs(ours, "no single value here");
    const std::string& found = theirs.Scalar();
    const bool onlyBreaks = isQuoted && text.find_first_not_of(" \n") == text.npos;
    const bool endsFile =
        isBlockScalar(lexeme.style) && !lexeme.raw.empty() && lexeme.raw.back() != '\n';
    if (found == text || onlyBreaks || (text.empty() && isTagged) ||
        ((endsFile || lexeme.style == Style::Folded) &&
         withoutBreaks(found) == withoutBreaks(text)))
        return {};
    return differs(ours, "another text here: \"" + found.substr(0, 80) + "\"");
}

// Nothing if yaml-cpp refuses the text.
std::optional<std::vector<YAML::Node>> readAll(const std::string& text) {
    try {
        return YAML::LoadAll(text);
    } catch (const YAML::Exception&) {
        return std::nullopt;
    }
}

}  // namespace

Result<void> agreesWithSecondReader(const Tree& tree) {
    if (hasErrors(tree) || hasLoneReturn(tree.text()))
        return {};
    const auto theirs = readAll(tree.text());
    if (!theirs)
        return {};
    try {
        return Comparison(tree).documents(*theirs);
    } catch (const YAML::Exception& exception) {
        return fail(ErrorCode::Internal, std::string("yaml-cpp failed: ") + exception.what());
    }
}

}  // namespace pe::yaml
