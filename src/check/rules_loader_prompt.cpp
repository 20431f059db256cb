// SPDX-License-Identifier: MIT
#include <string>

#include "fields.hpp"
#include "fixes.hpp"
#include "loader_step.hpp"
#include "misspelt_key.hpp"
#include "nearest.hpp"
#include "only_item.hpp"
#include "prompt_part_fix.hpp"
#include "prompt_parts.hpp"

namespace pe::check {
namespace {

using yaml::NodeRef;
using yaml::Value;

// What a part's own fields say it is.
std::string_view typeByFields(const yaml::Forest& forest, NodeRef part) {
    constexpr PartField kTellTale[] = {{"claude_continue", "new_prompt"},
                                       {"static", "content"},
                                       {"file", "path"},
                                       {"previous_response", "step"},
                                       {"session_context", "session_id"}};
    for (const PartField& each : kTellTale)
        if (entryOf(forest, part, each.key) != yaml::kNoNode)
            return each.type;
    return "";
}

class PromptCheck {
public:
    PromptCheck(const StepContext& context, Reporter& reporter)
        : context_(context), forest_(context.pipeline.forest), reporter_(reporter) {}

    void prompt(NodeRef entry) {
        const NodeRef list = valueBehind(forest_, entry);
        if (list == yaml::kNoNode || forest_.style(list) == yaml::Style::Opaque)
            return;
        if (!yaml::isSequence(forest_.style(list)))
            return notAList(entry, list);
        for (const NodeRef item : forest_.children(list))
            part(item);
    }

private:
    void notAList(NodeRef entry, NodeRef value) {
        Diagnostic& found =
            reporter_.onValue("prompt.text", entry,
                              "A prompt must be a list of parts, not " +
                                  std::string(isMapping(value) ? "a mapping." : "plain text."));
        if (const auto text = scalarOf(forest_, entry); text && !text->isNull()) {
            // A number or truth value says what is written there.
            std::string content = text->isString()
                                      ? text->text
                                      : yaml::scalarText(forest_, valueBehind(forest_, entry));
            found.fixes.push_back(setValueFix("Make it a list with one static part", entry,
                                              Value::sequence({staticPart(std::move(content))}),
                                              Safety::Safe));
        } else if (isMapping(value) && !typeByFields(forest_, value).empty()) {
            if (auto fix = onlyItemFix("Make it a list with this part", context_.pipeline, entry))
                found.fixes.push_back(std::move(*fix));
        }
    }

    void part(NodeRef item) {
        const NodeRef mapping = mappingBehind(forest_, item);
        if (mapping == yaml::kNoNode) {
            if (forest_.style(item) != yaml::Style::Opaque)
                notAMapping(item);
            return;
        }
        const NodeRef type = entryOf(forest_, mapping, "type");
        if (isNull(forest_, type))
            return typeMissing(mapping, type);
        const auto word = textOf(forest_, type);
        for (const PartField& known : kPromptParts)
            if (word && *word == known.type)
                return incomplete(mapping, type, known);
        unknownType(mapping, type, word.value_or(""));
    }

    void notAMapping(NodeRef item) {
        Diagnostic& found = reporter_.onValue("prompt.part-kind", item,
                                              "A prompt part must be a mapping with a `type`.");
        if (const auto text = textOf(forest_, item))
            found.fixes.push_back(
                setValueFix("Make it a static part", item, staticPart(*text), Safety::Safe));
    }

    void typeMissing(NodeRef part, NodeRef type) {
        Diagnostic& found = reporter_.onKey("prompt.part-type", type == yaml::kNoNode ? part : type,
                                            "This prompt part has no `type`.");
        if (const NodeRef misspelt = misspeltKey(forest_, part, "type");
            misspelt != yaml::kNoNode) {
            found.message = "This prompt part has no `type`; nothing reads `" +
                            shortened(keyOf(forest_, misspelt)) + "` in its place.";
            return found.fixes.push_back(misspeltKeyFix(forest_, misspelt, "type"));
        }
        if (const std::string guess{typeByFields(forest_, part)}; !guess.empty())
            found.fixes.push_back(fillFix("Set the type to `" + guess + "`", part, type,
                                          yaml::kNoNode, "type", Value::ofString(guess),
                                          Safety::Safe));
    }

    void unknownType(NodeRef part, NodeRef type, const std::string& word) {
        std::vector<std::string_view> known;
        known.reserve(std::size(kPromptParts));
        for (const PartField& each : kPromptParts)
            known.push_back(each.type);
        const std::string near{nearest(word, known)};
        const std::string guess{typeByFields(forest_, part)};
        const std::string& meant = near.empty() ? guess : near;
        Diagnostic& found = reporter_.onValue(
            "prompt.part-type", type,
            (word.empty() ? std::string("The type of a prompt part must be a word")
                          : "There is no prompt part of type `" + shortened(word) + "`") +
                (meant.empty() ? "." : "; did you mean `" + meant + "`?"));
        if (!meant.empty())
            found.fixes.push_back(
                setValueFix("Change to `" + meant + "`", type, Value::ofString(meant),
                            isSlip(word, meant) && meant == guess ? Safety::Safe : Safety::Choice));
    }

    void incomplete(NodeRef part, NodeRef type, const PartField& known) {
        const NodeRef field = entryOf(forest_, part, known.key);
        if (!isNull(forest_, field)) {
            if (known.type == "previous_response" && context_.topLevel)
                stepName(field);
            return;
        }
        Diagnostic& found = reporter_.onValue(
            "prompt.part-incomplete", field == yaml::kNoNode ? type : field,
            "A `" + std::string(known.type) + "` part needs `" + std::string(known.key) + "`.");
        if (const NodeRef misspelt = misspeltKey(forest_, part, known.key);
            misspelt != yaml::kNoNode) {
            found.message.back() = ';';
            found.message +=
                " nothing reads `" + shortened(keyOf(forest_, misspelt)) + "` in its place.";
            return found.fixes.push_back(misspeltKeyFix(forest_, misspelt, known.key));
        }
        if (known.type == "static")
            found.fixes.push_back(fillFix("Give it empty content", part, field, type, "content",
                                          Value::ofString(""), Safety::Choice));
        if (auto fix = staticPartFix(forest_, part))
            found.fixes.push_back(std::move(*fix));
    }

    // Names that are ordinary texts are looked up by the rules about references.
    void stepName(NodeRef field) {
        const auto name = scalarOf(forest_, field);
        const bool ordinary = name && name->isString() && !name->text.empty() &&
                              name->text.find("{{") == std::string::npos;
        if (ordinary || (name && isStep(*name)))
            return;
        reporter_.onValue("prompt.step-name", field,
                          "`step` must be the name of a step, as it is written there.");
    }

    bool isStep(const Value& name) const {
        for (const format::GraphNode& node : context_.pipeline.graph.nodes) {
            if (node.parent != format::kNoGraphNode)
                continue;
            const auto own =
                scalarOf(forest_, entryOf(forest_, mappingBehind(forest_, node.ref), "name"));
            if (own && *own == name)
                return true;
        }
        return false;
    }

    bool isMapping(NodeRef node) const { return yaml::isMapping(forest_.style(node)); }

    const StepContext& context_;
    const yaml::Forest& forest_;
    Reporter& reporter_;
};

}  // namespace

void checkLoadedPrompt(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const NodeRef prompt = entryOf(forest, context.step, "prompt");
    const NodeRef list = valueBehind(forest, prompt);
    // Of these the loader only looks for previous_response parts, which plain text makes it crash.
    if (mayLackPrompt(context.type) && list != yaml::kNoNode &&
        yaml::isSequence(forest.style(list))) {
        for (const NodeRef item : forest.children(list))
            if (mappingBehind(forest, item) == yaml::kNoNode)
                reporter.onValue("prompt.part-kind", item,
                                 "A prompt part must be a mapping with a `type`.");
        return;
    }
    PromptCheck(context, reporter).prompt(prompt);
}

void checkTaskPrompt(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const format::Graph& graph = context.pipeline.graph;
    const NodeRef prompt = entryOf(forest, context.step, "prompt");
    if (isNull(forest, prompt))
        return;
    const NodeRef value = valueBehind(forest, prompt);
    const bool batch = graph.nodes[graph.nodes[context.index].parent].type == "claude_batch";
    if (!batch || (value != yaml::kNoNode && yaml::isSequence(forest.style(value))))
        return PromptCheck(context, reporter).prompt(prompt);
    if (value == yaml::kNoNode || forest.style(value) == yaml::Style::Opaque ||
        textOf(forest, value))
        return;
    Diagnostic& found = reporter.onValue(
        "prompt.text", prompt, "The prompt of a batch task must be a list of parts or a text.");
    found.why = "The engine takes anything else for no prompt at all.";
    if (const auto scalar = scalarOf(forest, prompt))
        found.fixes.push_back(
            setValueFix("Make it a text", prompt, Value::ofString(scalar->text), Safety::Choice));
}

}  // namespace pe::check
