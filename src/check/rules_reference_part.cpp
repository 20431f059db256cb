// SPDX-License-Identifier: MIT
// Parts that a result cannot have because of what its step is.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "fields.hpp"
#include "known_data.hpp"
#include "nearest.hpp"
#include "pe/check/hidden_keys.hpp"
#include "pe/check/result_parts.hpp"
#include "pe/format/step_folder.hpp"
#include "prompt_part_fix.hpp"
#include "reference_rules.hpp"
#include "skipped_step.hpp"
#include "step_place.hpp"
#include "template_syntax.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using format::ResultKind;
using yaml::NodeRef;

bool setsVariable(const PipelineContext& context, format::GraphIndex step, std::string_view name) {
    const yaml::Forest& forest = context.forest;
    const NodeRef setter = mappingBehind(forest, context.graph.nodes[step].ref);
    return entryOf(forest, mappingBehind(forest, entryOf(forest, setter, "variables")), name) !=
           yaml::kNoNode;
}

// The result of set_variable tells what was set; the values are elsewhere.
void checkVariablePart(const StepContext& context, format::GraphIndex step, yaml::NodeRef node,
                       const std::string& text, TextRange path, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const format::GraphNode& setter = context.pipeline.graph.nodes[step];
    const format::StepType* spec = context.pipeline.catalogue.find(setter.type);
    const TextRange part{path.begin, std::min(text.find_first_of(".: ", path.begin), path.end)};
    const std::string_view word = part.in(text);
    const auto isWord = [&](const format::ResultField& each) { return each.path == word; };
    if (spec == nullptr || std::any_of(spec->results.begin(), spec->results.end(), isWord) ||
        !setsVariable(context.pipeline, step, word))
        return;
    Diagnostic& found = reporter.onPart(
        "reference.variable-part", node, part.begin, part.end,
        quoted(word) + " is a variable that " + quoted(setter.name) +
            " sets, and no part of its result; write " +
            (keyIs(forest, node, "data_source") || keyIs(forest, node, "input_source")
                 ? quoted(word) + "."
                 : "`{{state." + std::string(word) + "}}`."));
    found.why = "The result of set_variable holds variables_set, scope and variable_count only.";
}

// One place where a step names a part of the result of a step whose parts are known.
class PartCheck {
public:
    PartCheck(const StepContext& from, const ResultUse& use, Reporter& reporter)
        : from_(from),
          forest_(from.pipeline.forest),
          use_(use),
          around_(use.around(from.pipeline)),
          target_(around_.graph.nodes[use.target]),
          step_(mappingBehind(around_.forest, target_.ref)),
          reporter_(reporter) {}

    void check() {
        range_ = use_.path;
        // Templates take `result` for the whole result where there is none.
        if (!use_.isInner() && passesResult())
            range_.begin = std::min(range_.begin + kResult.size() + 1, range_.end);
        path_ = use_.part + (use_.part.empty() || range_.empty() ? "" : ".") +
                std::string(range_.in(use_.text));
        const format::StepType* type = around_.catalogue.find(target_.type);
        if (type != nullptr && path_.empty() && use_.isInner() && !type->results.empty() &&
            format::teamType(around_.catalogue, target_.type) == nullptr)
            return checkKind(ResultKind::Mapping);
        if (type == nullptr || step_ == yaml::kNoNode || path_.empty() ||
            path_.find_first_of(" []*$|+-/%") != std::string_view::npos ||
            !isNull(around_.forest, entryOf(around_.forest, step_, "streaming")))
            return;
        const std::vector<format::ResultField> parts = resultParts(around_.forest, *type, step_);
        if (std::none_of(parts.begin(), parts.end(), [&](const auto& each) { return fits(each); }))
            return checkMissing(*type, parts);
        if (checkBehind(parts))
            return;
        checkKind(partKind(around_, use_.target, path_));
    }

private:
    // The part itself, one in it, or one around it.
    bool fits(const format::ResultField& field) const {
        const bool deeper = path_.size() > field.path.size();
        const std::string_view longer = deeper ? path_ : field.path;
        const std::string_view shorter = deeper ? field.path : path_;
        return longer.starts_with(shorter) &&
               (longer.size() == shorter.size() || longer[shorter.size()] == '.');
    }

    // A path that goes on behind a text, a number or a list, in which nothing has a name.
    bool checkBehind(const std::vector<format::ResultField>& parts) {
        constexpr std::string_view kLength = ".length";
        std::string_view whole = path_;
        if (use_.place == UsePlace::Condition && whole.ends_with(kLength))
            whole.remove_suffix(kLength.size());
        const auto goesOn = [&](const format::ResultField& each) {
            return whole.starts_with(each.path) && whole.substr(each.path.size()).starts_with('.');
        };
        const auto part = std::find_if(parts.begin(), parts.end(), goesOn);
        if (part == parts.end() || isSeenElsewhere())
            return false;
        // What an output hands out of is told where that stands.
        const std::size_t before = path_.size() - (range_.end - range_.begin);
        if (part->path.size() < use_.part.size())
            return true;
        const ResultKind kind = partKind(around_, use_.target, part->path);
        if (kind == ResultKind::Any || kind == ResultKind::Mapping)
            return false;
        const std::string_view rest = whole.substr(part->path.size() + 1);
        const bool item =
            !isNoList(kind) &&
            (rest == kLength.substr(1) ||
             std::all_of(rest.begin(), rest.end(), [](char c) { return isDigit(c) || c == '.'; }));
        Diagnostic& found = reporter_.onPart(
            item ? "reference.path-index" : "reference.result-part", use_.node, range_.begin,
            range_.begin + whole.size() - before,
            quoted(part->path) + " in the result of " + quoted(target_.name) + " is a " +
                std::string(kindWord(kind)) + ", and no path goes into one; end the path there.");
        found.why = use_.place == UsePlace::Condition
                        ? "Looking for a part in it raises an exception and ends the run."
                        : outcomeOfMissing(use_.place);
        return true;
    }

    // Fields of live answers have rules of their own.
    bool isSeenElsewhere() const {
        return storesHiddenKeys(target_.type) && use_.place != UsePlace::Prompt;
    }

    // What a step stores that was skipped, and how much there is of the whole.
    bool isOfAll() const {
        return path_ == "skipped" || path_ == "length" || isOfSkipped(around_, use_.target, path_);
    }

    void checkMissing(const format::StepType& type, const std::vector<format::ResultField>& parts) {
        const std::string data = type.id == "data_transform" ? dataPart(around_.forest, step_) : "";
        if (!use_.part.empty() || !hasOnlyKnownParts(type.id) || isOfAll() ||
            (type.id == "data_transform" && data.empty()) ||
            (type.id == "set_variable" && setsVariable(around_, use_.target, headOf(path_))))
            return;
        std::vector<std::string_view> heads;
        for (const format::ResultField& each : parts)
            if (heads.empty() || heads.back() != headOf(each.path))
                heads.push_back(headOf(each.path));
        const bool below = std::find(heads.begin(), heads.end(), headOf(path_)) != heads.end();
        const TextRange head{range_.begin, range_.begin + headOf(path_).size()};
        const TextRange marked = below ? range_ : head;
        Diagnostic& found = reporter_.onPart(
            "reference.result-part", use_.node, marked.begin, marked.end,
            "The result of " + quoted(target_.name) + " has no " + quoted(marked.in(use_.text)) +
                "; it has " + listed({heads.begin(), heads.end()}) + ".");
        found.why = outcomeOfMissing(use_.place);
        const std::string_view near = nearest(headOf(path_), heads);
        const std::string meant = near.empty() ? data : std::string(near);
        if (!below && !meant.empty())
            found.fixes.push_back(fixPart(use_.node, use_.text, head, meant, Safety::Choice));
    }

    void checkKind(ResultKind kind) {
        if (use_.place == UsePlace::Source)
            checkSource(kind);
        if (use_.place == UsePlace::Template && !(passesResult() && isKept()))
            checkTemplate(kind);
        if (use_.place == UsePlace::Argument)
            checkArgument(kind);
    }

    // The text names a part below a `result` that is not there.
    bool passesResult() const {
        const std::string head = "." + from_.pipeline.graph.nodes[use_.named].name + ".";
        const std::string_view written = use_.whole.in(use_.text);
        const std::size_t scope = std::min(written.find('.'), written.size());
        return use_.isTemplate() && !use_.way.starts_with("result.") &&
               written.substr(scope).starts_with(head) &&
               headOf(written.substr(scope + head.size())) == kResult &&
               (use_.isInner() || target_.type != "data_transform" ||
                dataPart(around_.forest, step_) != kResult);
    }

    // Then it stays as it is written, or keeps its type where it stands alone in `inputs`.
    bool isKept() const {
        return !isInput(from_, use_.node) || nextTemplate(use_.text, 0) == wholeOf(use_.text);
    }

    void checkSource(ResultKind kind) {
        if (!isNoList(kind) || !keyIs(forest_, use_.node, "data_source") ||
            (storesHiddenKeys(target_.type) && !path_.empty()))
            return;
        const TextRange marked = range_.empty() ? use_.whole : range_;
        const std::string result = "result of " + quoted(target_.name);
        reporter_.onPart("source.whole-result", use_.node, marked.begin, marked.end,
                         (path_.empty() ? "The " + result : quoted(path_) + " in the " + result) +
                             " is no list, and a loop needs one.");
    }

    void checkArgument(ResultKind kind) {
        if (kind == ResultKind::Any || kind == ResultKind::Number || kind == ResultKind::Text)
            return;
        const std::string result = "result of " + quoted(target_.name);
        reporter_
            .onPart("template.not-computed", use_.node, use_.whole.begin, use_.whole.end,
                    (path_.empty() ? "The " + result : quoted(path_) + " in the " + result) +
                        " is a " + std::string(kindWord(kind)) + ", which counts as 0 in a call.")
            .why = "Functions compute with numbers, and with texts that are numbers.";
    }

    // As `extract` takes it, of the step that the text names.
    std::string wayToPart() const {
        const std::string part(range_.in(use_.text));
        return use_.way.empty() || part.empty() ? use_.way + part : use_.way + "." + part;
    }

    // At the top level a template becomes text. In a nested pipeline one that stands alone keeps
    // its type, and becomes text when the prompt is built.
    void checkTemplate(ResultKind kind) {
        const bool plain = kind == ResultKind::List;
        if (!plain && kind != ResultKind::Mapping && kind != ResultKind::MappingList)
            return;
        TextRange range = nextTemplate(use_.text, 0);
        const bool alone = range == wholeOf(use_.text);
        const bool source =
            keyIs(forest_, use_.node, "data_source") || keyIs(forest_, use_.node, "input_source");
        const bool typed = alone && !keyIs(forest_, use_.node, "content");
        if (alone && (source || (typed && placeOf(from_.pipeline.graph, from_.index).pipeline !=
                                              format::kNoGraphNode)))
            return;
        while (!range.empty() && range.end < use_.whole.end)
            range = nextTemplate(use_.text, range.end);
        if (range.empty())
            return;
        const std::string shown = quoted(range.in(use_.text));
        Diagnostic& found = reporter_.onPart(
            plain   ? "template.whole-list"
            : typed ? "template.whole-result-alone"
                    : "template.whole-mapping",
            use_.node, range.begin, range.end,
            shown +
                (plain ? " is a list, which becomes text without anything between its items; "
                 : kind == ResultKind::Mapping
                     ? " is a mapping, which cannot become text; "
                     : " is a list of mappings, which cannot become text; ") +
                "a `data_source` or a previous_response part takes it as it is.");
        found.why = plain
                        ? "Whole numbers in it become the characters of these codes, and mappings "
                          "end the run."
                        : "Turning a mapping into text raises an exception and ends the run.";
        if (auto fix = resultPartFix(forest_, use_.node, use_.text, range,
                                     from_.pipeline.graph.nodes[use_.named].name, wayToPart()))
            found.fixes.push_back(std::move(*fix));
    }

    const StepContext& from_;
    const yaml::Forest& forest_;
    const ResultUse& use_;
    const PipelineContext& around_;  // the target, which may be in another file
    const format::GraphNode& target_;
    NodeRef step_;
    Reporter& reporter_;
    TextRange range_;   // what the text names of the result
    std::string path_;  // the same from the result of the target on
};

}  // namespace

void checkResultPart(const StepContext& from, const ResultUse& use, Reporter& reporter) {
    PartCheck(from, use, reporter).check();
}

void checkKnownPart(const StepContext& context, format::GraphIndex step, yaml::NodeRef node,
                    const std::string& text, TextRange path, Reporter& reporter) {
    if (path.empty())
        return;
    if (context.pipeline.graph.nodes[step].type == "set_variable")
        checkVariablePart(context, step, node, text, path, reporter);
    else
        checkLoopPart(context, step, node, text, path, reporter);
}

}  // namespace pe::check
