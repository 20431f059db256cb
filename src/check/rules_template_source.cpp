// SPDX-License-Identifier: MIT
// Where loops and transformations take their data from.
#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "fields.hpp"
#include "loop_items.hpp"
#include "pe/check/hidden_keys.hpp"
#include "pe/check/result_parts.hpp"
#include "pe/format/step_folder.hpp"
#include "pe/yaml/tree.hpp"
#include "pipeline_names.hpp"
#include "prompt_part_fix.hpp"
#include "reference_rules.hpp"
#include "source_entries.hpp"
#include "step_place.hpp"
#include "step_sight.hpp"
#include "template_rules.hpp"
#include "template_syntax.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using yaml::NodeRef;

std::string_view formsOf(SourceLanguage language) {
    switch (language) {
        case SourceLanguage::Data:
            return "`data_source` takes STEP:path, the name of a variable, or ITERATOR:path.";
        case SourceLanguage::Input:
            return "`input_source` takes previous_response:STEP, previous_response:STEP:path, or "
                   "a name.";
        default:
            return "`right_source` takes previous_response:STEP, the name of a step, or "
                   "context:results.STEP.path.";
    }
}

// Without the blanks around the words that colons separate.
std::string withoutBlanks(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(':', at), text.size());
        plain += (at == 0 ? "" : ":") + std::string(trimmed(text, {at, end}).in(text));
        at = end + 1;
    }
    return plain;
}

class SourceCheck {
public:
    SourceCheck(const StepContext& context, SourceLanguage language, Reporter& reporter)
        : context_(context), language_(language), reporter_(reporter) {}

    void check(NodeRef entry) {
        const yaml::Forest& forest = context_.pipeline.forest;
        entry_ = valueBehind(forest, entry);
        if (entry_ == yaml::kNoNode)
            return;
        if (yaml::isCollection(forest.style(entry_)))
            return reportCollection();
        const auto text = textOf(forest, entry_);
        if (!text)
            return;
        text_ = *text;
        if (wholeOf(text_).empty())
            return reportEmpty();
        syntax_ = parseSource(text_, language_);
        if (holdsSource() || namesPrevious())
            return;
        switch (syntax_.kind) {
            case SourceKind::Context:
                return checkContext();
            case SourceKind::Mixed:
                return;
            case SourceKind::Unusable:
                return reportUnusable();
            case SourceKind::Misread:
                return reportMisread();
            default:
                return withoutBlanks(text_) == text_ ? checkName() : reportBlanks();
        }
    }

private:
    std::string_view name() const { return syntax_.name.in(text_); }
    // `previous_response:path` in a loop, where a step is called so.
    bool namesPrevious() const {
        constexpr std::string_view kPrevious = "previous_response";
        return language_ == SourceLanguage::Data && text_.starts_with(kPrevious) &&
               text_.find(':') == kPrevious.size() &&
               resultSeen(context_.pipeline, kPrevious, context_.index).sight == Sight::Visible;
    }
    // A template of a variable or constant with a text: what that says is the source.
    bool holdsSource() const {
        const std::vector<TemplateSyntax> templates = templatesIn(text_);
        if (templates.size() != 1)
            return false;
        if (templates.front().kind == TemplateKind::Constant)
            return templates.front().path.empty() &&
                   isTextConstant(templates.front().name.in(text_));
        return syntax_.variable && !hasPath() && isFilledIn() && isTextVariable();
    }
    // A template for a variable is expanded earlier than a source is looked for.
    bool isFilledIn() const {
        return context_.pipeline.names.variable(name(), context_.index) == VariableSight::Set;
    }
    bool isTextVariable() const {
        const ValueShape shape = context_.pipeline.names.shapeOf(name());
        return shape == ValueShape::Text || shape == ValueShape::Templated;
    }
    bool isTextConstant(std::string_view name) const {
        const yaml::Forest& forest = context_.pipeline.forest;
        const NodeRef workflow = mappingBehind(forest, context_.pipeline.workflow);
        const NodeRef constants = mappingBehind(forest, entryOf(forest, workflow, "global_vars"));
        return textOf(forest, entryOf(forest, constants, name)).has_value();
    }
    bool hasPath() const { return !syntax_.path.empty(); }

    // Joins do not look at variables.
    bool namesVariable() const {
        return language_ != SourceLanguage::Right &&
               context_.pipeline.names.isSetBefore(name(), context_.index);
    }
    bool namesItem() const { return check::namesItem(context_, name(), language_); }
    bool namesResult() const {
        return resultSeen(context_.pipeline, name(), context_.index).sight == Sight::Visible;
    }

    void reportEmpty() {
        reporter_.onValue("source.unusable", entry_,
                          "An empty text is no source. " + std::string(formsOf(language_)));
    }

    void reportBlanks() {
        const std::string_view head = TextRange{0, syntax_.name.end}.in(text_);
        if (head != name() &&
            resultSeen(context_.pipeline, head, context_.index).sight == Sight::Visible)
            return;  // a step that is called so
        const std::string plain = withoutBlanks(text_);
        Diagnostic& found = reporter_.onValue(
            "source.misread", entry_,
            "Blanks around a name count, and nothing is called so: write " + quoted(plain) + ".");
        found.why = "The text is looked for with its blanks and line breaks, and the step fails.";
        syntax_ = parseSource(plain, language_);
        text_ = plain;
        const bool known = syntax_.kind == SourceKind::Name && namesVariable()
                               ? !isTextVariable()
                               : (namesItem() || namesResult()) && !isWholeResult();
        found.fixes.push_back(fixText(entry_, plain, known ? Safety::Safe : Safety::Choice));
    }

    void reportCollection() {
        Diagnostic& found =
            reporter_.onValue("source.list", entry_,
                              "A list or mapping is no source. " + std::string(formsOf(language_)));
        found.why =
            "The engine splits the source as a text; anything else raises an exception. "
            "A set_variable step can hold a list.";
        offerOnlyItem(found);
        if (auto list = yaml::valueOf(context_.pipeline.forest, entry_))
            offerVariable(found, std::move(*list));
    }

    // A list of one text that is a source.
    void offerOnlyItem(Diagnostic& found) {
        const yaml::Forest& forest = context_.pipeline.forest;
        const auto items = forest.children(entry_);
        const bool one = yaml::isSequence(forest.style(entry_)) && items.size() == 1;
        const auto text = one ? textOf(forest, items.front()) : std::nullopt;
        if (!text)
            return;
        text_ = *text;
        syntax_ = parseSource(text_, language_);
        const bool source = syntax_.kind == SourceKind::Name || syntax_.kind == SourceKind::Step;
        if (source && (namesVariable() || namesItem() || namesResult()))
            found.fixes.push_back(setValueFix("Take the only item of the list", entry_,
                                              yaml::Value::ofString(text_), Safety::Choice));
    }

    void reportUnusable() {
        Diagnostic& found =
            reporter_.onValue("source.unusable", entry_,
                              quoted(text_) + " is no source. " + std::string(formsOf(language_)));
        if (!wholeOf(text_).in(text_).starts_with('['))
            return;
        const yaml::Tree written = yaml::parse(text_);
        if (auto list = yaml::loadValue(written); list && written.problems().empty())
            offerVariable(found, std::move(*list));
    }

    // A list moves into a set_variable step before this one, and the source names the variable.
    void offerVariable(Diagnostic& found, yaml::Value list) const {
        const yaml::Forest& forest = context_.pipeline.forest;
        if (language_ != SourceLanguage::Data || !context_.topLevel ||
            list.kind != yaml::Value::Kind::Sequence)
            return;
        const NodeRef step = context_.pipeline.graph.nodes[context_.index].ref;
        const NodeRef steps = forest.parent(step);
        const auto siblings = forest.children(steps);
        const auto own = std::find(siblings.begin(), siblings.end(), step);
        const std::string variable = freeVariable();
        if (own == siblings.end() || variable.empty())
            return;
        const auto text = [](std::string_view word) {
            return yaml::Value::ofString(std::string(word));
        };
        yaml::Value setter = yaml::Value::mapping(
            {{text("name"), text("set_" + variable)},
             {text("type"), text("set_variable")},
             {text("variables"), yaml::Value::mapping({{text(variable), std::move(list)}})}});
        const std::string title = "Put the list into the variable " + quoted(variable);
        document::Batch batch;
        batch.commands.push_back({document::SetValue{entry_, text(variable)}, title, 0});
        batch.commands.push_back(
            {document::Insert{steps, own == siblings.begin() ? yaml::kNoNode : *std::prev(own), "",
                              std::move(setter)},
             title, 0});
        found.fixes.push_back({title, false, document::Command{std::move(batch), title, 0}});
    }

    // `ITERATOR_list`; empty if that is taken, or no name for a variable.
    std::string freeVariable() const {
        const auto iterator = textOf(context_.pipeline.forest,
                                     entryOf(context_.pipeline.forest, context_.step, "iterator"));
        const std::string name = iterator.value_or("item") + "_list";
        const bool taken =
            context_.pipeline.names.variable(name, context_.index) != VariableSight::Unknown ||
            context_.pipeline.scope.resolve(name, context_.index) ||
            context_.pipeline.scope.resolve("set_" + name, context_.index);
        return isIdentifier(name) && !taken ? name : std::string();
    }

    // The form that the engine reads for what is meant; empty if there is none.
    std::string meant() const {
        const std::string step(name());
        if (step.empty())
            return {};
        const std::string path = hasPath() ? ":" + std::string(syntax_.path.in(text_)) : "";
        if (syntax_.variable)
            return hasPath() || language_ == SourceLanguage::Right ? std::string() : step;
        if (language_ == SourceLanguage::Data)
            return step + path;
        if (language_ == SourceLanguage::Right && hasPath())
            return "context:results." + step + "." + std::string(syntax_.path.in(text_));
        return "previous_response:" + step + path;
    }

    bool namesSplit() const {
        return splitName(context_.pipeline, std::string_view(text_).substr(syntax_.name.begin)) !=
               format::kNoGraphNode;
    }
    // A source names a variable as a whole.
    bool namesVariablePart() const {
        return hasPath() && !namesItem() && !namesResult() && !namesSplit() &&
               context_.pipeline.names.variable(name(), context_.index) != VariableSight::Unknown;
    }

    void reportVariablePart(std::string_view code) {
        reporter_.onValue(code, entry_,
                          quoted(name()) +
                              " is a variable, and a source cannot name a part of one; give the "
                              "part a variable of its own.");
    }

    // What is meant may be the result of a step, or a variable.
    void checkContext() {
        const std::string_view path = syntax_.name.in(text_);
        static constexpr std::array<std::string_view, 20> kKept = {
            "results",        "inputs",         "global_vars",        "config",
            "variable_state", "workflow_name",  "pipeline_name",      "workspace_dir",
            "output_dir",     "execution_log",  "checkpoint_dir",     "start_time",
            "step_index",     "debug_enabled",  "checkpoint_enabled", "functions",
            "providers",      "parent_context", "nesting_depth",      "safety_context"};
        const std::string_view head = headOf(path);
        if (std::find(kKept.begin(), kKept.end(), head) != kKept.end())
            return;
        syntax_.path = {std::min(syntax_.name.begin + head.size() + 1, syntax_.name.end),
                        syntax_.name.end};
        syntax_.name.end = syntax_.name.begin + head.size();
        if (namesResult())
            reportMisread();
    }

    void reportMisread() {
        if (namesVariablePart())
            return reportVariablePart("source.misread");
        Diagnostic& found = reporter_.onValue(
            "source.misread", entry_,
            quoted(text_) + " is not read as it is meant. " + std::string(formsOf(language_)));
        found.why = "The text is looked for as one name, which nothing has, and the step fails.";
        const std::string form = meant();
        if (form.empty())
            return;
        const bool lost = isWholeResult() || (syntax_.variable && isTextVariable());
        const bool known = syntax_.variable ? namesVariable() : namesItem() || namesResult();
        if (!known && !mayBeMeant())
            return;
        found.fixes.push_back(
            fixText(entry_, form, known && !lost ? Safety::Safe : Safety::Choice));
    }

    // A dotted text without prefix may be a file's name, which no source can be.
    bool mayBeMeant() const {
        return !text_.starts_with(name()) ||
               resultSeen(context_.pipeline, name(), context_.index).sight != Sight::Missing ||
               !nearestStep(context_.pipeline, name(), context_.index).empty();
    }

    // Only a part of a result is a list that a loop can run over.
    bool isWholeResult() const {
        return language_ == SourceLanguage::Data && !syntax_.variable && !hasPath() && !namesItem();
    }

    void checkName() {
        if (text_.ends_with(':'))
            return reportNoPath();
        if (syntax_.kind == SourceKind::Name && namesVariable())
            return checkVariable();
        if (syntax_.kind == SourceKind::Step && namesItem())
            return checkItem();
        const SeenStep seen = resultSeen(context_.pipeline, name(), context_.index);
        if (seen.sight != Sight::Visible && syntax_.kind == SourceKind::Step &&
            language_ == SourceLanguage::Data &&
            context_.pipeline.names.isLoopItem(name(), context_.index))
            return reportOuterItem();
        if (seen.sight == Sight::Round ||
            (seen.sight == Sight::Hidden &&
             hasRoundPart(context_, std::string(syntax_.path.in(text_)))))
            return checkRound();
        if (seen.sight == Sight::Missing)
            return reportMissing();
        if (seen.sight != Sight::Visible) {
            reporter_.onPart(sightCode(seen.sight), entry_, syntax_.name.begin, syntax_.name.end,
                             sightMessage(seen.sight, name()));
            return;
        }
        if (hasPath())
            return checkPart(seen.step);
        const std::string_view type = context_.pipeline.graph.nodes[seen.step].type;
        if (language_ == SourceLanguage::Data && syntax_.kind == SourceKind::Name &&
            type != "test_echo" && !type.empty() &&
            format::teamType(context_.pipeline.catalogue, type) == nullptr)
            reporter_.onValue("source.whole-result", entry_,
                              "The result of " + quoted(name()) +
                                  " is a mapping; name the list in it: " +
                                  quoted(std::string(name()) + ":path") + ".");
    }

    void checkItem() {
        const format::GraphIndex loop = placeOf(context_.pipeline.graph, context_.index).loop;
        if (itemOf(context_.pipeline, loop) == name())
            checkItemPart(context_,
                          {UsePlace::Source, loop, entry_, text_, syntax_.name, syntax_.path},
                          reporter_);
    }

    void checkRound() {
        if (hasPath())
            return checkRoundPart(context_, UsePlace::Source, entry_, text_, syntax_.path,
                                  reporter_);
        reporter_.onValue("source.whole-result", entry_,
                          "`loop` is the round of the loop around; name the list in it: "
                          "`loop:ITEM.path`.");
    }

    void reportNoPath() {
        reporter_.onValue("source.unusable", entry_,
                          "Nothing stands behind the last colon of " + quoted(text_) + ". " +
                              std::string(formsOf(language_)));
    }

    // A loop runs over lists only.
    void checkVariable() {
        const format::ResultKind kind = kindOf(context_.pipeline.names.shapeOf(name()));
        if (language_ != SourceLanguage::Data || !isNoList(kind))
            return;
        reporter_.onValue("source.whole-result", entry_,
                          "The variable " + quoted(name()) + " is a " +
                              std::string(kindWord(kind)) + ", and a loop needs a list.");
    }

    void reportOuterItem() {
        Diagnostic& found = reporter_.onPart(
            "reference.missing", entry_, syntax_.name.begin, syntax_.name.end,
            quoted(name()) +
                " is the item of a loop further out; a source sees the innermost loop only.");
        found.why = "The step fails when its data is looked for.";
        auto form = context_.pipeline.names.roundPath(name(), context_.index);
        if (!form)  // a while_loop in between hides it
            return;
        (*form)[form->find('.')] = ':';
        found.fixes.push_back(
            fixText(entry_, *form + "." + std::string(syntax_.path.in(text_)), Safety::Choice));
    }

    // A part that the results of such steps do not have.
    void checkPart(format::GraphIndex step) {
        const std::string& type = context_.pipeline.graph.nodes[step].type;
        const std::string_view path = syntax_.path.in(text_);
        const bool loops = language_ == SourceLanguage::Data;
        if (loops && storesHiddenKeys(type)) {
            reporter_
                .onPart("reference.answer-field", entry_, syntax_.name.begin, syntax_.path.end,
                        "A loop cannot see the fields of a live " + type + " step's answer.")
                .why = "It looks for text keys, finds none, and fails.";
            return;
        }
        if (storesHiddenKeys(type) && !isLivePart(type, path.substr(0, path.find('.'))))
            return reportNoPart(type);
        checkKnownPart(context_, step, entry_, text_, syntax_.path, reporter_);
    }

    void reportNoPart(const std::string& type) {
        const bool tasks = type == "parallel_claude";
        const std::string answer(answerOf(type));
        Diagnostic& found = reporter_.onPart(
            tasks ? "effect.parallel-extract" : "reference.answer-part", entry_, syntax_.path.begin,
            syntax_.path.end,
            "The result of a live " + type + " step has no " + quoted(syntax_.path.in(text_)) +
                (tasks ? "; it has combined_results and individual_results."
                       : "; its answer is " + quoted(answer) + "."));
        found.why = outcomeOfMissing(language_ == SourceLanguage::Right ? UsePlace::Join
                                                                        : UsePlace::Source);
        found.fixes.push_back(fixPart(entry_, text_, syntax_.path, answer, Safety::Choice));
    }

    void reportMissing() {
        if (namesVariablePart())
            return reportVariablePart("reference.missing");
        const bool variable =
            syntax_.kind == SourceKind::Name && language_ != SourceLanguage::Right;
        const VariableSight set = variable
                                      ? context_.pipeline.names.variable(name(), context_.index)
                                      : VariableSight::Unknown;
        std::string message =
            set == VariableSight::Unknown
                ? "No step" + std::string(variable ? " or variable" : "") + " is called " +
                      quoted(name()) + "."
                : "The variable " + quoted(name()) + " is not set when this step runs.";
        Diagnostic& found = reporter_.onPart("reference.missing", entry_, syntax_.name.begin,
                                             syntax_.name.end, std::move(message));
        found.why = language_ == SourceLanguage::Right
                        ? "Joins read results of steps, no variables; what is not there counts as "
                          "an empty list."
                        : "The step fails when its data is looked for.";
        if (explainSplit(context_, std::string_view(text_).substr(syntax_.name.begin), found))
            return;
        const std::string nearby = nearestStep(context_.pipeline, name(), context_.index);
        if (!nearby.empty() && set == VariableSight::Unknown)
            found.fixes.push_back(fixPart(entry_, text_, syntax_.name, nearby, Safety::Choice));
    }

    const StepContext& context_;
    SourceLanguage language_;
    Reporter& reporter_;
    NodeRef entry_ = yaml::kNoNode;
    std::string text_;
    SourceSyntax syntax_;
};

}  // namespace

void checkSources(const StepContext& context, Reporter& reporter) {
    for (const SourceEntry& each : sourceEntries(context))
        SourceCheck(context, each.language, reporter).check(each.entry);
}

}  // namespace pe::check
