// SPDX-License-Identifier: MIT
// Conditions that are decided before anything runs: what they compare is constant, or of another
// kind, or a part of a result that never holds the value.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "condition_entries.hpp"
#include "condition_faults.hpp"
#include "condition_syntax.hpp"
#include "effect_rules.hpp"
#include "fields.hpp"
#include "known_data.hpp"
#include "nearest.hpp"
#include "pe/check/hidden_keys.hpp"
#include "pe/check/pitfalls.hpp"
#include "pe/check/result_parts.hpp"
#include "pipeline_result.hpp"
#include "skipped_step.hpp"
#include "step_sight.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using format::GraphIndex;
using format::ResultKind;
using yaml::NodeRef;

// What is written there: a text without templates, a number, a truth value; Any for the rest.
ResultKind writtenKind(const Operand& operand, std::string_view text) {
    switch (operand.kind) {
        case OperandKind::Text:
            return operand.range.in(text).find("{{") == std::string_view::npos ? ResultKind::Text
                                                                               : ResultKind::Any;
        case OperandKind::Number:
            return ResultKind::Number;
        case OperandKind::Boolean:
            return ResultKind::Flag;
        default:
            return ResultKind::Any;
    }
}

// Without its quotes.
TextRange wordOf(const Operand& operand) {
    return operand.kind == OperandKind::Text
               ? TextRange{operand.range.begin + 1, operand.range.end - 1}
               : operand.range;
}

// One text of a condition that holds no faults.
class KnownCondition {
public:
    KnownCondition(const StepContext& context, const ConditionEntry& entry, NodeRef node,
                   const std::string& text, Reporter& reporter)
        : context_(context),
          entry_(entry),
          node_(node),
          text_(text),
          syntax_(parseCondition(text)),
          operation_(syntax_.operation.in(text)),
          reporter_(reporter) {}

    void check() {
        const Decided decided = isDecisive() ? decidedBy(text_) : Decided::No;
        if (decided == Decided::AlwaysFalse)
            reporter_.onValue("effect.never-runs", node_,
                              "The condition is always false: the step never runs.");
        if (decided == Decided::AlwaysTrue)
            reportConstant();
        if (decided == Decided::No)
            checkPart();
    }

private:
    struct Part {
        std::string_view path;
        ResultKind kind = ResultKind::Any;
        std::vector<std::string> values;
        bool mayLack = false;   // or the step may have been skipped
        bool ownField = false;  // the value of a field of the step
    };

    // The whole condition of a step, which runs or not for that alone.
    bool isDecisive() const {
        return (entry_.skips || entry_.textOnly) &&
               valueBehind(context_.pipeline.forest, entry_.entry) == node_;
    }

    void reportConstant() {
        const bool loops = entry_.textOnly;
        Diagnostic& found = reporter_.onValue(
            "effect.always-runs", node_,
            loops
                ? "The condition is always true: the loop ends after `max_iterations` rounds only."
                : "The condition is always true.");
        if (!loops)
            found.fixes.push_back(removeFix("Remove the condition", node_, Safety::Safe));
    }

    std::optional<Part> partOf(const Operand& operand) const {
        const PipelineContext& pipeline = context_.pipeline;
        if (operand.kind != OperandKind::Path || operand.name.end >= operand.range.end)
            return std::nullopt;
        const SeenStep seen = resultSeen(pipeline, operand.name.in(text_), context_.index);
        const bool own =
            seen.sight == Sight::Inner && entry_.afterBody && runsItself(context_, seen.step);
        if (seen.sight != Sight::Visible && !own)
            return std::nullopt;
        PipelineResults pipelines;
        const auto inner =
            innerResult(pipeline, seen.step,
                        TextRange{operand.name.end + 1, operand.range.end}.in(text_), pipelines);
        if (!inner)
            return std::nullopt;
        const PipelineContext& around = *inner->pipeline;
        const format::GraphNode& node = around.graph.nodes[inner->step];
        auto known = storesHiddenKeys(node.type) ? std::nullopt
                                                 : knownPart(around, inner->step, inner->path);
        if (!known || (known->values.empty() && !hasOnlyKnownParts(node.type) && !isLoop(node)))
            return std::nullopt;
        // What this condition asks for is no reason for the step to have run.
        const bool named = &around == &pipeline && inner->step == seen.step;
        const bool skipped =
            (!(named && isStoredWhenSkipped(inner->path)) &&
             mayBeSkipped(pipeline, seen.step, pipeline.graph.nodes[context_.index].parent)) ||
            (!named && node.conditional);
        const ResultKind kind =
            known->values.empty() ? partKind(around, inner->step, inner->path) : known->kind;
        return Part{operand.range.in(text_), kind, std::move(known->values),
                    known->mayLack || skipped, !known->field.empty()};
    }

    void checkPart() {
        if (syntax_.form == ConditionForm::Truth)
            return checkTruth();
        const bool order = operation_.starts_with('<') || operation_.starts_with('>');
        const bool equals = operation_ == "==" || operation_ == "!=";
        if (operation_ == "contains")
            return checkContains();
        if (syntax_.form != ConditionForm::Comparison || (!order && !equals))
            return;
        const bool turned = syntax_.right.kind == OperandKind::Path;
        const Operand& value = turned ? syntax_.left : syntax_.right;
        const ResultKind kind = writtenKind(value, text_);
        if (kind == ResultKind::Any)
            return;
        const auto part = partOf(turned ? syntax_.right : syntax_.left);
        if (part && part->kind != ResultKind::Any && part->kind != kind)
            return reportKinds(*part, kind);
        if (part && equals && !part->values.empty())
            checkValue(*part, wordOf(value));
    }

    void checkContains() {
        const auto part = writtenKind(syntax_.right, text_) == ResultKind::Text
                              ? partOf(syntax_.left)
                              : std::nullopt;
        const TextRange word = wordOf(syntax_.right);
        const auto holds = [&](const std::string& value) {
            return value.find(word.in(text_)) != std::string::npos;
        };
        if (part && part->kind == ResultKind::Text && !part->values.empty() &&
            std::none_of(part->values.begin(), part->values.end(), holds))
            report(false, *part, word);
    }

    // Alone, a part holds if it is there and neither false nor empty.
    void checkTruth() {
        const auto part = partOf(syntax_.left);
        if (!part || part->values.empty())
            return;
        const auto isFalse = [](const std::string& each) { return each == "false"; };
        const auto count = std::count_if(part->values.begin(), part->values.end(), isFalse);
        if (count == static_cast<std::ptrdiff_t>(part->values.size()))
            report(false, *part, {});
        else if (count == 0 && !part->mayLack)
            report(true, *part, {});
    }

    void checkValue(const Part& part, TextRange word) {
        const bool equal = operation_ == "==";
        const bool never =
            std::find(part.values.begin(), part.values.end(), word.in(text_)) == part.values.end();
        if (never)
            report(!equal, part, word);
        else if (part.values.size() == 1 && !part.mayLack)
            report(equal, part, {});
    }

    // Differing from what is not there as well.
    void reportKinds(const Part& part, ResultKind kind) {
        const bool holds = operation_ == "!=";
        decided(holds, quoted(part.path) + " is a " + std::string(kindWord(part.kind)) +
                           ", and is compared with a " + std::string(kindWord(kind)) + ".")
            .why =
            "Values of different kinds are never equal; only two numbers, or two texts, have "
            "an order.";
    }

    // `word`: the value that the part never has, in the text; empty if it has no other.
    void report(bool holds, const Part& part, TextRange word) {
        std::vector<std::string> values;
        for (const std::string& each : part.values)
            values.push_back(quoted(each));
        const bool only = values.size() == 1;
        std::string said = quoted(part.path);
        if (only)
            said += (part.mayLack ? " can only be " : " is always ") + values.front() + ".";
        else
            said +=
                " is never " + quoted(word.in(text_)) + "; it is one of " + listed(values) + ".";
        Diagnostic& found = decided(holds, said);
        found.why = part.ownField && only   ? "The step stores what its own field says."
                    : only && !part.mayLack ? "A step that fails ends the run and stores nothing."
                                            : "The engine stores nothing else there.";
        const std::string_view near =
            word.empty() ? std::string_view()
                         : nearest(word.in(text_), {part.values.begin(), part.values.end()});
        if (!near.empty())
            found.fixes.push_back(fixPart(node_, text_, word, std::string(near), Safety::Choice));
    }

    Diagnostic& decided(bool holds, const std::string& said) {
        if (!holds)
            return reporter_.onValue("effect.never-runs", node_,
                                     "The condition is always false: " + said);
        Diagnostic& found =
            reporter_.onValue("effect.always-runs", node_, "The condition is always true: " + said);
        if (isDecisive() && entry_.skips)
            found.fixes.push_back(removeFix("Remove the condition", node_, Safety::Choice));
        return found;
    }

    const StepContext& context_;
    const ConditionEntry& entry_;
    NodeRef node_;
    const std::string& text_;
    ConditionSyntax syntax_;
    std::string_view operation_;
    Reporter& reporter_;
};

}  // namespace

void checkKnownConditions(const StepContext& context, Reporter& reporter) {
    if (context.pipeline.graph.nodes[context.index].kind != format::NodeKind::Step)
        return;
    for (const ConditionEntry& entry : conditionEntries(context))
        forEachConditionText(context.pipeline.forest, entry.entry,
                             [&](NodeRef node, const std::string& text) {
                                 if (conditionProblems(text).empty())
                                     KnownCondition(context, entry, node, text, reporter).check();
                             });
}

}  // namespace pe::check
