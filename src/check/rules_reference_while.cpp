// SPDX-License-Identifier: MIT
// The first look at the condition of a while_loop: nothing in the loop has run yet, and the engine
// looks once more before that, as at the condition of any step, where the names of loops are
// unknown.
#include <optional>
#include <string>
#include <string_view>

#include "condition_faults.hpp"
#include "condition_paths.hpp"
#include "fields.hpp"
#include "reference_rules.hpp"
#include "step_place.hpp"
#include "step_sight.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using yaml::NodeRef;

class FirstLook {
public:
    FirstLook(const StepContext& context, std::string_view text)
        : context_(context), text_(text), syntax_(parseCondition(text)) {}

    // The path that is not there then, if the condition cannot hold for that; what is called is
    // not judged.
    const Operand* failing() const {
        const Operand* left = failing(syntax_.left, syntax_.right);
        return left != nullptr ? left : failing(syntax_.right, syntax_.left);
    }

    const ConditionSyntax& syntax() const { return syntax_; }

private:
    const Operand* failing(const Operand& operand, const Operand& other) const {
        if (operand.kind == OperandKind::Arithmetic) {
            const Operand* absent = absentIn(operand);
            return absent != nullptr && !holdsForNoNumber(other) ? absent : nullptr;
        }
        if (!isAbsent(operand))
            return nullptr;
        if (isLength(operand))
            return holdsForZero(operand) ? nullptr : &operand;
        return holdsFor(other) ? nullptr : &operand;
    }

    // How much there is of null: 0.
    bool isLength(const Operand& operand) const {
        return syntax_.form != ConditionForm::Truth &&
               operand.range.in(text_).find(".length") != std::string_view::npos;
    }

    bool holdsForZero(const Operand& operand) const {
        const auto fails = [&](std::string_view operation, const Operand& bound) {
            return decidedBy("0 " + std::string(operation) + " " +
                             std::string(bound.range.in(text_))) == Decided::AlwaysFalse;
        };
        if (syntax_.form == ConditionForm::Between)
            return !fails(">=", syntax_.right) && !fails("<=", syntax_.upper);
        std::string text(text_);
        text.replace(operand.range.begin, operand.range.end - operand.range.begin, "0");
        return decidedBy(text) != Decided::AlwaysFalse;
    }

    // A path in arithmetic that is null, with which nothing is computed.
    const Operand* absentIn(const Operand& operand) const {
        if (operand.kind == OperandKind::Path)
            return isAbsent(operand) && !isLength(operand) ? &operand : nullptr;
        if (operand.kind != OperandKind::Arithmetic)
            return nullptr;
        const Operand* left = absentIn(operand.operands.front());
        return left != nullptr ? left : absentIn(operand.operands.back());
    }

    // What cannot be computed differs from all but its like; alone, it is true.
    bool holdsForNoNumber(const Operand& other) const {
        if (syntax_.form == ConditionForm::Truth)
            return true;
        const std::string_view operation = syntax_.operation.in(text_);
        return operation == "!=" || (operation == "==" && other.kind == OperandKind::Arithmetic);
    }

    // Whether null compared with this may be true.
    bool holdsFor(const Operand& other) const {
        if (syntax_.form != ConditionForm::Comparison)
            return false;
        const std::string_view operation = syntax_.operation.in(text_);
        if (operation == "==")
            return other.kind == OperandKind::Null || mayBeNull(other);
        if (operation == "!=")
            return other.kind != OperandKind::Null && !isAbsent(other);
        return other.kind == OperandKind::Call || other.kind == OperandKind::Arithmetic;
    }

    static bool mayBeNull(const Operand& other) {
        return other.kind == OperandKind::Path || other.kind == OperandKind::Template ||
               other.kind == OperandKind::Call || other.kind == OperandKind::Arithmetic;
    }

    bool isAbsent(const Operand& operand) const {
        if (operand.kind != OperandKind::Path)
            return false;
        const std::string_view name = operand.name.in(text_);
        if (name == "loop")
            return placeOf(context_.pipeline.graph, context_.index).executed();
        const SeenStep seen = resultSeen(context_.pipeline, name, context_.index);
        return seen.sight == Sight::Inner && runsItself(context_, seen.step);
    }

    const StepContext& context_;
    std::string_view text_;
    ConditionSyntax syntax_;
};

// `b.ok == true` says of what is there the same as `b.ok != false`, which null is not either.
std::optional<Fix> oppositeFix(NodeRef node, std::string_view text, const ConditionSyntax& syntax) {
    if (syntax.operation.empty() || syntax.operation.in(text) != "==" ||
        syntax.right.kind != OperandKind::Boolean)
        return std::nullopt;
    const bool wanted = syntax.right.range.in(text) == "true";
    return fixText(node,
                   std::string(syntax.left.range.in(text)) + (wanted ? " != false" : " != true"),
                   Safety::Choice);
}

}  // namespace

void checkFirstLook(const StepContext& context, Reporter& reporter) {
    if (context.type != "while_loop")
        return;
    const yaml::Forest& forest = context.pipeline.forest;
    const NodeRef node = valueBehind(forest, entryOf(forest, context.step, "condition"));
    const auto text = textOf(forest, node);
    if (!text || !conditionProblems(*text).empty())
        return;
    const FirstLook look(context, *text);
    const Operand* path = look.failing();
    if (path == nullptr)
        return;
    const bool helper = path->name.in(*text) == "loop";
    Diagnostic& found = reporter.onPart(
        "reference.first-look", node, path->range.begin, path->range.end,
        quoted(path->range.in(*text)) +
            (helper ? " is not there before the loop, which is skipped for that; use "
                      "`max_iterations` to count rounds."
                    : " is not there before the first round, and the loop is skipped; ask with "
                      "`!=` for what ends it."));
    found.why =
        "The condition is looked at before the first round, when nothing in the loop has a result. "
        "What is not there is null: it differs from every value and compares with none.";
    if (auto fix = oppositeFix(node, *text, look.syntax()))
        found.fixes.push_back(std::move(*fix));
}

}  // namespace pe::check
