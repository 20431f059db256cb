// SPDX-License-Identifier: MIT
#include "source_syntax.hpp"

#include "template_syntax.hpp"

namespace pe::check {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::string_view kPrevious = "previous_response";
constexpr std::string_view kLoop = "loop.";

// NAME.path or NAME:path behind a prefix that the language does not have.
SourceSyntax misread(std::string_view text, TextRange meant, bool variable) {
    SourceSyntax syntax;
    syntax.kind = SourceKind::Misread;
    syntax.variable = variable;
    const std::size_t end = std::min(text.find_first_of(".:", meant.begin), meant.end);
    syntax.name = {meant.begin, end};
    syntax.path = end < meant.end ? TextRange{end + 1, meant.end} : TextRange{meant.end, meant.end};
    return syntax;
}

SourceSyntax templated(std::string_view text, TextRange whole) {
    const TextRange first = nextTemplate(text, 0);
    if (first != whole)
        return {SourceKind::Mixed, whole, {}, false};
    const TemplateSyntax only = templatesIn(text).front();
    switch (only.kind) {
        case TemplateKind::Step:
            return misread(text, {only.name.begin, only.expression.end}, false);
        case TemplateKind::State:
            return misread(text, {only.name.begin, only.expression.end}, true);
        case TemplateKind::Variable:
            if (only.expression.in(text).starts_with(kLoop))
                return misread(text, {only.expression.begin + kLoop.size(), only.expression.end},
                               false);
            return misread(text, only.expression, only.path.empty());
        default:
            return {SourceKind::Unusable, whole, {}, false};
    }
}

// A path into what the engine keeps for the run.
SourceSyntax contextForm(std::string_view text, TextRange path) {
    constexpr std::string_view kResults = "results.";
    if (!path.in(text).starts_with(kResults))
        return {SourceKind::Context, path, {}, false};
    const std::size_t begin = path.begin + kResults.size();
    const std::size_t end = std::min(text.find('.', begin), path.end);
    return {SourceKind::Step, {begin, end}, {std::min(end + 1, path.end), path.end}, false};
}

SourceSyntax colonForm(std::string_view text, TextRange whole, std::size_t colon,
                       SourceLanguage language) {
    const std::string_view head = text.substr(whole.begin, colon - whole.begin);
    const TextRange rest{colon + 1, whole.end};
    if (head == "context" && language != SourceLanguage::Data)
        return contextForm(text, rest);
    if (head != kPrevious) {
        const SourceKind kind =
            language == SourceLanguage::Data ? SourceKind::Step : SourceKind::Misread;
        return {kind, {whole.begin, colon}, rest, false};
    }
    SourceSyntax meant = misread(text, rest, false);
    if (language == SourceLanguage::Data)
        return meant;
    const std::size_t second = text.find(':', colon + 1);
    const std::size_t end = std::min(second, whole.end);
    // A dot belongs to the name that is looked for.
    const bool dotted = text.substr(colon + 1, end - colon - 1).find('.') != kNone;
    const bool path = end < whole.end;
    if (!dotted && !(path && language == SourceLanguage::Right))
        meant.kind = SourceKind::Step;
    return meant;
}

}  // namespace

SourceSyntax parseSource(std::string_view text, SourceLanguage language) {
    const TextRange whole = wholeOf(text);
    const std::string_view source = whole.in(text);
    if (source.find("{{") != kNone)
        return templated(text, whole);
    if (source.find_first_of("[]()") != kNone)
        return {SourceKind::Unusable, whole, {}, false};
    for (const std::string_view prefix : {std::string_view("steps."), kLoop})
        if (source.starts_with(prefix))
            return misread(text, {whole.begin + prefix.size(), whole.end}, false);
    if (source.starts_with("state."))
        return misread(text, {whole.begin + 6, whole.end}, true);
    const std::size_t colon = text.find(':', whole.begin);
    if (colon != kNone)
        return colonForm(text, whole, colon, language);
    const std::size_t dot = text.find('.', whole.begin);
    if (dot == kNone)
        return {SourceKind::Name, whole, {}, false};
    if (source.starts_with(kPrevious) && dot - whole.begin == kPrevious.size())
        return misread(text, {dot + 1, whole.end}, false);
    return misread(text, whole, false);
}

}  // namespace pe::check
