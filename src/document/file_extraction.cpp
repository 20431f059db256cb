// SPDX-License-Identifier: MIT
#include "pe/document/file_extraction.hpp"

#include <algorithm>
#include <memory>
#include <string_view>
#include <vector>

#include "border.hpp"
#include "border_words.hpp"
#include "extraction_check.hpp"
#include "file_inlining.hpp"
#include "grafted_forest.hpp"
#include "head_settings.hpp"
#include "kept_types.hpp"
#include "pe/document/document.hpp"
#include "pe/document/extraction.hpp"
#include "pe/format/references.hpp"
#include "pe/yaml/edit.hpp"
#include "pe/yaml/entries.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/render.hpp"
#include "pe/yaml/scalar.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::document {
namespace {

using yaml::kNoNode;
using yaml::NodeRef;

constexpr std::uint64_t kScratchReplica = 1;

using Texts = std::map<NodeRef, std::string>;

Result<std::unique_ptr<Document>> opened(const std::string& text, Clock& clock,
                                         const std::string& which) {
    auto document = Document::open(kScratchReplica, text, clock);
    if (document->hasDraft())
        return fail(ErrorCode::Unreadable,
                    "The YAML of " + which + " cannot be edited: " + obstacleText(*document));
    return document;
}

Result<void> rewrite(Document& document, const Scalars& values) {
    for (const auto& [node, value] : values)
        PE_TRY(document.execute({SetValue{node, value}, {}, 0}));
    return {};
}

Scalars scalars(const Texts& texts) {
    Scalars values;
    for (const auto& [node, text] : texts)
        values.emplace(node, yaml::Value::ofString(text));
    return values;
}

std::string quoted(const std::string& text) {
    return yaml::encodeString(text, yaml::naturalStyle(text, {}), {}).raw;
}

std::string doubleQuoted(const std::string& text) {
    return yaml::encodeString(text, yaml::Style::DoubleQuoted, {}).raw;
}

// With the line breaks of the file.
std::string inLinesOf(const yaml::Forest& forest, const std::string& text) {
    std::string out;
    for (const char c : text)
        out += c == '\n' ? std::string(yaml::lineBreakOf(forest)) : std::string(1, c);
    return out;
}

// The step that runs the file, as the only item of a list.
std::string runningStep(const StepExtraction& request, const Crossing& crossing) {
    std::string text = "steps:\n  - name: " + quoted(request.name) +
                       "\n    type: pipeline\n    pipeline_file: " + quoted(request.path) + "\n";
    if (!crossing.inputs.empty())
        text += "    inputs:\n";
    for (const auto& [name, value] : crossing.inputs)
        text += "      " + name + ": " + doubleQuoted(value) + "\n";
    if (!crossing.outputs.empty())
        text += "    outputs:\n";
    for (const std::string& each : crossing.outputs)
        text += "      - " + quoted(each) + "\n";
    return text;
}

// The definitions of these functions; null if the file has none of them.
Result<yaml::Value> definitionsOf(const yaml::Forest& forest,
                                  const std::vector<std::string>& functions) {
    yaml::Value definitions = yaml::Value::mapping();
    for (const std::string& each : functions) {
        const auto node =
            yaml::resolve(forest, "/workflow/gemini_functions/" + yaml::escapePointerToken(each));
        if (!node)
            continue;  // named, but not defined: the engine refuses it here as there
        PE_TRY_ASSIGN(yaml::Value value, yaml::valueOf(forest, *node));
        definitions.entries.emplace_back(yaml::Value::ofString(each), std::move(value));
    }
    return definitions.entries.empty() ? yaml::Value::null() : definitions;
}

// A pipeline with one item that makes its steps a list of lines.
Result<std::string> emptyFile(const std::string& text, const yaml::Value& functions, Clock& clock) {
    PE_TRY_ASSIGN(const auto document, opened(text, clock, "the new file"));
    if (!functions.isNull()) {
        PE_TRY_ASSIGN(const NodeRef after, yaml::resolve(document->forest(), "/workflow/name"));
        PE_TRY(document->execute(
            {Insert{document->forest().parent(after), after, "gemini_functions", functions},
             {},
             0}));
    }
    return document->text();
}

Result<Run> runOf(const yaml::Forest& forest, const std::string& list, std::size_t first,
                  std::size_t count) {
    PE_TRY_ASSIGN(const NodeRef node, yaml::resolve(forest, list));
    if (!yaml::isSequence(forest.style(node)))
        return fail(ErrorCode::Refused, "These are no steps in a list.", list);
    const std::size_t size = forest.children(node).size();
    if (count == 0 || first >= size || count > size - first)
        return fail(ErrorCode::InvalidArgument, "There are no such steps.", list);
    return Run{forest, node, first, count};
}

Run wholeList(const yaml::Forest& forest, NodeRef list) {
    return {forest, list, 0, forest.children(list).size()};
}

NodeRef firstOf(const Run& run) {
    return run.forest.children(run.list)[run.first];
}

// The blank lines that whole lines begin with.
std::size_t leadingWhite(std::string_view lines) {
    const std::size_t text = std::min(lines.find_first_not_of(" \t\r\n"), lines.size());
    const std::size_t line = lines.rfind('\n', text == 0 ? 0 : text - 1);
    return text == 0 || line == std::string_view::npos ? 0 : line + 1;
}

Result<void> usableName(const yaml::Forest& forest, const std::string& name,
                        const format::Catalogue& types) {
    for (const auto role : {format::ReferenceRole::Text, format::ReferenceRole::Condition})
        if (!format::canName(name, role))
            return fail(ErrorCode::InvalidArgument,
                        "'" + name +
                            "' cannot be referred to; use letters, digits and "
                            "underscores.");
    for (const format::GraphNode& each : format::deriveGraph(forest, types).nodes)
        if (each.name == name)
            return fail(ErrorCode::Conflict, "There is a step called '" + name + "' already.");
    return {};
}

Result<void> isMainListOfLines(const yaml::Forest& forest, const Run& run,
                               const format::Catalogue& types) {
    if (forest.style(run.list) != yaml::Style::BlockSequence)
        return fail(ErrorCode::Refused, "These are no steps in a list of lines.",
                    yaml::pointerTo(forest, run.list));
    PE_TRY(ExtractionCheck(forest, types).mayNest(run.list));
    if (run.list != format::deriveGraph(forest, types).steps)
        return fail(ErrorCode::Refused,
                    "Only steps of the pipeline itself can move into a file, not those of a "
                    "pipeline inside it.",
                    yaml::pointerTo(forest, run.list));
    return {};
}

std::string written(const yaml::Forest& forest, NodeRef alias) {
    const yaml::Lexeme lexeme = forest.lexeme(alias);
    return lexeme.style == yaml::Style::Alias ? "`" + std::string(lexeme.raw) + "`"
                                              : std::string("An alias");
}

// An alias and its anchor cannot be in two files.
Result<void> aliasesStay(const yaml::Forest& forest, const std::vector<NodeRef>& steps) {
    const auto leaves = [&](NodeRef node) { return isWithinOneOf(forest, node, steps); };
    std::vector<Error> complaints;
    for (const auto& [alias, anchor] : yaml::aliasTargets(forest, forest.parent(steps.front())))
        if (anchor != kNoNode && leaves(alias) != leaves(anchor))
            complaints.push_back({ErrorCode::Refused,
                                  written(forest, alias) +
                                      " and its anchor would be in two files; replace the alias by "
                                      "a copy of the value first.",
                                  yaml::pointerTo(forest, alias)});
    if (complaints.empty())
        return {};
    return refusedTogether(forest, complaints);
}

}  // namespace

Result<ExtractedTexts> extractSteps(const StepExtraction& request, Clock& clock) {
    PE_TRY_ASSIGN(const auto document, opened(request.text, clock, "this file"));
    const yaml::Forest& forest = document->forest();
    PE_TRY_ASSIGN(const Run run, runOf(forest, request.list, request.first, request.count));
    const auto items = forest.children(run.list).subspan(run.first, run.count);
    const std::vector<NodeRef> steps(items.begin(), items.end());
    const format::Graph graph = format::deriveGraph(forest, *request.types);
    const StepsUnderHead moved{forest, graph, steps};
    const std::vector<std::string> notes = notesOnNesting(moved, request.name);
    if (request.path.empty()) {
        document->setStepTypes(*request.types);
        PE_TRY_ASSIGN(const Command command,
                      extractCommand(forest, steps, request.name, *request.types));
        PE_TRY(document->execute(command));
        return ExtractedTexts{document->text(), {}, notes};
    }
    PE_TRY(isMainListOfLines(forest, run, *request.types));
    PE_TRY(aliasesStay(forest, steps));
    PE_TRY(typesStay(forest, graph, steps));
    PE_TRY(usableName(forest, request.name, *request.types));
    PE_TRY_ASSIGN(const Crossing crossing,
                  Border(forest, steps, request.name, *request.types).crossing());
    PE_TRY_ASSIGN(const yaml::Value functions, definitionsOf(forest, crossing.functions));
    const std::string empty = "workflow:\n  name: " + quoted(request.name) + "\n" +
                              settingLines(moved, "  ") + "  steps:\n    - none\n";
    PE_TRY(rewrite(*document, scalars(crossing.texts)));

    const yaml::Tree step = yaml::parse(inLinesOf(forest, runningStep(request, crossing)));
    PE_TRY_ASSIGN(std::string head, emptyFile(inLinesOf(forest, empty), functions, clock));
    const yaml::Tree file = yaml::parse(std::move(head));
    PE_TRY_ASSIGN(const Run stepRun, runOf(step, "/steps", 0, 1));
    PE_TRY_ASSIGN(const Run fileRun, runOf(file, "/workflow/steps", 0, 1));
    // Blank lines above the steps part them from what stays.
    const std::string prefix(forest.lexeme(firstOf(run)).prefix);
    const std::size_t white = leadingWhite(prefix);
    ExtractedTexts texts{yaml::renderText(GraftedForest(run, stepRun, prefix.substr(0, white))),
                         yaml::renderText(GraftedForest(fileRun, run, prefix.substr(white))),
                         notes};
    const auto back = inlineFile(texts.text, request.list + "/" + std::to_string(request.first),
                                 texts.file, clock, *request.types);
    if (!back || *back != request.text)
        return fail(ErrorCode::Refused,
                    "The way back would not give the same text" +
                        (back ? std::string("; a comment or a folded text stands in the way.")
                              : ": " + back.error().message));
    return texts;
}

Result<std::string> inlinePipeline(const std::string& text, const std::string& step, Clock& clock,
                                   const format::Catalogue& types) {
    PE_TRY_ASSIGN(const auto document, opened(text, clock, "this file"));
    document->setStepTypes(types);
    PE_TRY_ASSIGN(const NodeRef node, yaml::resolve(document->forest(), step));
    PE_TRY_ASSIGN(const Command command, inlineCommand(document->forest(), node, types));
    PE_TRY(document->execute(command));
    return document->text();
}

Result<std::string> inlineFile(const std::string& text, const std::string& step,
                               const std::string& file, Clock& clock,
                               const format::Catalogue& types) {
    PE_TRY_ASSIGN(const auto outer, opened(text, clock, "this file"));
    PE_TRY_ASSIGN(const auto inner, opened(file, clock, "the other file"));
    PE_TRY_ASSIGN(const NodeRef node, yaml::resolve(outer->forest(), step));
    const FileInlining inlining(outer->forest(), node, inner->forest(), types);
    PE_TRY(inlining.check());
    PE_TRY_ASSIGN(const Scalars outerScalars, inlining.outerScalars());
    PE_TRY_ASSIGN(const Scalars innerScalars, inlining.innerScalars());
    PE_TRY(rewrite(*outer, outerScalars));
    PE_TRY(rewrite(*inner, innerScalars));
    const NodeRef list = outer->forest().parent(node);
    const auto siblings = outer->forest().children(list);
    std::size_t place = 0;
    while (siblings[place] != node)
        ++place;
    const Run steps = wholeList(inner->forest(), inlining.innerList());
    std::string prefix(outer->forest().lexeme(node).prefix);
    prefix += inner->forest().lexeme(firstOf(steps)).prefix;
    return yaml::renderText(
        GraftedForest({outer->forest(), list, place, 1}, steps, std::move(prefix)));
}

}  // namespace pe::document
