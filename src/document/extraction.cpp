// SPDX-License-Identifier: MIT
#include "pe/document/extraction.hpp"

#include "command_writer.hpp"
#include "extraction_check.hpp"
#include "head_settings.hpp"
#include "pe/yaml/entries.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/scalar.hpp"

namespace pe::document {
namespace {

using yaml::kNoNode;
using yaml::NodeRef;

// The new step with one item that only makes its list a list of lines. Its lines stand two columns
// apart, whatever the file's habits are: the moved steps bring their own.
std::string pipelineStep(const std::string& name, const std::string& settings) {
    const std::string text = yaml::encodeString(name, yaml::naturalStyle(name, {}), {}).raw;
    return "- name: " + text + "\n  type: pipeline\n  pipeline:\n    name: " + text + "\n" +
           settings + "    steps:\n      - none\n";
}

// Moves and nothing else: no field of the steps is touched, so that moving back gives every byte.
yaml::Edit relocated(const std::vector<NodeRef>& steps, NodeRef list, NodeRef after) {
    yaml::Edit edit;
    for (const NodeRef each : steps) {
        edit.relocations.push_back({each, list, after});
        after = each;
    }
    return edit;
}

}  // namespace

Result<Command> extractCommand(const yaml::Forest& forest, const std::vector<NodeRef>& steps,
                               const std::string& name, const format::Catalogue& types) {
    PE_TRY(ExtractionCheck(forest, types).extraction(steps, name));
    return Command{ExtractSteps{steps, name}, {}, 0};
}

Result<Command> inlineCommand(const yaml::Forest& forest, NodeRef step,
                              const format::Catalogue& types) {
    PE_TRY(ExtractionCheck(forest, types).inlining(step));
    return Command{InlinePipeline{step}, {}, 0};
}

Result<void> CommandWriter::operator()(const ExtractSteps& command) {
    for (const NodeRef each : command.steps)
        PE_TRY(known(each));
    PE_TRY(ExtractionCheck(forest_, types_).extraction(command.steps, command.name));
    const std::string settings =
        settingLines({forest_, format::deriveGraph(forest_, types_), command.steps}, "    ");
    const NodeRef first = command.steps.front();
    const NodeRef list = forest_.parent(first);
    PE_TRY_ASSIGN(yaml::Edit insertion,
                  yaml::insertItems(forest_, list, yaml::previousOf(forest_, first),
                                    pipelineStep(command.name, settings)));
    insertion.patches.clear();  // which would give the first step a blank line above it
    PE_TRY(make(std::move(insertion)));
    const NodeRef made = yaml::previousOf(forest_, first);
    const NodeRef body = made == kNoNode ? kNoNode : yaml::child(forest_, made, "pipeline");
    const NodeRef inner = body == kNoNode ? kNoNode : yaml::child(forest_, body, "steps");
    if (inner == kNoNode)
        return fail(ErrorCode::Refused,
                    "A pipeline cannot be put in front of these steps; move them apart first.");
    yaml::Edit edit = relocated(command.steps, inner, kNoNode);
    edit.removals.assign(forest_.children(inner).begin(), forest_.children(inner).end());
    return make(std::move(edit));
}

Result<void> CommandWriter::operator()(const InlinePipeline& command) {
    PE_TRY(known(command.step));
    const ExtractionCheck check(forest_, types_);
    PE_TRY(check.inlining(command.step));
    const auto children = forest_.children(check.innerSteps(command.step));
    const std::vector<NodeRef> steps(children.begin(), children.end());
    const NodeRef list = forest_.parent(command.step);
    PE_TRY(make(relocated(steps, list, command.step)));
    yaml::Edit removal;
    removal.removals.push_back(command.step);
    return make(std::move(removal));
}

}  // namespace pe::document
