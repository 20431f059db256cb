// SPDX-License-Identifier: MIT
// What the operations of a transformation work on: they are made for lists, and take everything
// else as one item.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fields.hpp"
#include "filter_syntax.hpp"
#include "known_data.hpp"
#include "pe/check/hidden_keys.hpp"
#include "pe/check/result_parts.hpp"
#include "pe/format/step_folder.hpp"
#include "reference_rules.hpp"
#include "source_entries.hpp"
#include "step_sight.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using format::GraphIndex;
using format::ResultKind;
using yaml::NodeRef;

// Data that is surely no list.
struct SingleItem {
    ResultKind kind = ResultKind::Mapping;
    std::string what;                // "The result of `a`"
    std::vector<std::string> parts;  // of a mapping
    bool allParts = false;           // it has no others
    std::string list;                // the path of the list in it, if there is one alone

    bool has(std::string_view path) const {
        return !allParts || std::find(parts.begin(), parts.end(), headOf(path)) != parts.end();
    }
};

// The result of a step as a whole.
std::optional<SingleItem> wholeResult(const PipelineContext& context, GraphIndex step) {
    const format::GraphNode& node = context.graph.nodes[step];
    const format::StepType* type = context.catalogue.find(node.type);
    const NodeRef mapping = mappingBehind(context.forest, node.ref);
    if (type == nullptr || mapping == yaml::kNoNode || type->results.empty() ||
        format::teamType(context.catalogue, node.type) != nullptr)
        return std::nullopt;
    SingleItem item{ResultKind::Mapping, "The result of " + quoted(node.name), {}, false, ""};
    item.allParts = (hasOnlyKnownParts(node.type) || storesHiddenKeys(node.type)) &&
                    isNull(context.forest, entryOf(context.forest, mapping, "streaming"));
    const std::string data =
        node.type == "data_transform" ? dataPart(context.forest, mapping) : std::string();
    std::vector<std::string> lists;
    for (const format::ResultField& each : resultParts(context.forest, *type, mapping)) {
        item.parts.emplace_back(headOf(each.path));
        const ResultKind kind = partKind(context, step, each.path);
        if (each.path == data ? !isNoList(kind)
                              : kind == ResultKind::List || kind == ResultKind::MappingList)
            lists.push_back(each.path);
    }
    for (const char* each : {"success", "skipped", "reason"})
        item.parts.emplace_back(each);
    if (node.type == "data_transform" && data.empty())
        item.allParts = false;
    if (lists.size() == 1)
        item.list = lists.front();
    return item;
}

std::optional<SingleItem> partOf(const PipelineContext& context, GraphIndex step,
                                 std::string_view path) {
    const ResultKind kind = partKind(context, step, path);
    if (!isNoList(kind))
        return std::nullopt;
    return SingleItem{kind,
                      quoted(path) + " in the result of " + quoted(context.graph.nodes[step].name),
                      {},
                      kind != ResultKind::Mapping,
                      ""};
}

std::optional<SingleItem> variable(const PipelineContext& context, std::string_view name) {
    SingleItem item{
        kindOf(context.names.shapeOf(name)), "The variable " + quoted(name), {}, true, ""};
    if (!isNoList(item.kind))
        return std::nullopt;
    if (item.kind != ResultKind::Mapping)
        return item;
    const NodeRef mapping = mappingBehind(context.forest, context.names.onlyEntry(name));
    item.allParts = mapping != yaml::kNoNode;
    if (item.allParts)
        for (const NodeRef each : context.forest.children(mapping))
            item.parts.push_back(keyOf(context.forest, each));
    return item;
}

class DataCheck {
public:
    DataCheck(const StepContext& context, Reporter& reporter)
        : context_(context),
          pipeline_(context.pipeline),
          forest_(context.pipeline.forest),
          reporter_(reporter) {}

    void check() {
        for (const SourceEntry& each : sourceEntries(context_)) {
            entry_ = valueBehind(forest_, each.entry);
            const auto text = textOf(forest_, entry_);
            if (!text)
                continue;
            text_ = *text;
            step_.clear();
            item_ = read(parseSource(text_, each.language), each.language);
            if (item_ && each.language == SourceLanguage::Input)
                checkOperations();
            else if (item_ && each.language == SourceLanguage::Right)
                checkPartner(forest_.parent(each.entry));
        }
    }

private:
    NodeRef field(NodeRef mapping, std::string_view key) const {
        return entryOf(forest_, mapping, key);
    }

    std::optional<SingleItem> read(const SourceSyntax& source, SourceLanguage language) {
        if (source.kind != SourceKind::Name && source.kind != SourceKind::Step)
            return std::nullopt;
        const std::string_view name = source.name.in(text_);
        if (source.kind == SourceKind::Name && language == SourceLanguage::Input &&
            pipeline_.names.isSetBefore(name, context_.index))
            return variable(pipeline_, name);
        const SeenStep seen = resultSeen(pipeline_, name, context_.index);
        if (seen.sight != Sight::Visible)
            return std::nullopt;
        const std::string_view path = source.path.in(text_);
        if (!path.empty())
            return partOf(pipeline_, seen.step, path);
        step_ = name;
        return wholeResult(pipeline_, seen.step);
    }

    // The first that does something else than it is written for.
    void checkOperations() {
        const NodeRef list = valueBehind(forest_, field(context_.step, "operations"));
        if (list == yaml::kNoNode || !yaml::isSequence(forest_.style(list)) ||
            !isNull(forest_, field(context_.step, "lazy")))
            return;
        for (const NodeRef each : forest_.children(list)) {
            const NodeRef operation = mappingBehind(forest_, each);
            const auto name = textOf(forest_, field(operation, "operation"));
            const std::string outcome = name ? outcomeOf(*name, operation) : std::string();
            if (!outcome.empty())
                return report(*name, outcome);
            // What these make is something else; a field that a map adds is there from then on.
            if (!name || *name == "aggregate" || *name == "group_by")
                return;
            if (*name == "map" || *name == "join")
                item_->allParts = false;
        }
    }

    // Empty where that is what is wanted of one item.
    std::string outcomeOf(std::string_view operation, NodeRef fields) const {
        if (operation == "group_by")
            return "Grouping what is no list puts all of it below `default`.";
        if (operation == "sort")
            return "Sorting what is no list changes nothing.";
        if (operation == "filter" && !isAsked(fields, "field") && !isFiltered(fields))
            return "A filter keeps all of what is no list, or leaves nothing.";
        if (operation == "aggregate" && !isAsked(fields, "field"))
            return "Of what is no list one value is taken, if it has the field.";
        if (operation == "join" && !isAsked(fields, "left_field") && !isAsked(fields, "join_key"))
            return "A join looks for one partner of what is no list.";
        return {};
    }

    bool isAsked(NodeRef fields, std::string_view key) const {
        const auto path = textOf(forest_, field(fields, key));
        return path && item_->has(*path);
    }

    bool isFiltered(NodeRef fields) const {
        const auto condition = textOf(forest_, field(fields, "condition"));
        if (!condition)
            return false;
        const std::string_view asked = parseFilter(*condition).left.in(*condition);
        return asked == "value" ? isNull(forest_, field(fields, "field")) : item_->has(asked);
    }

    void report(const std::string& operation, const std::string& outcome) {
        Diagnostic& found = reporter_.onValue(
            "source.single-item", entry_,
            item_->what + " is " + kind() + ", which `" + operation + "` takes as a single item" +
                remedy(step_.empty() ? std::string() : "previous_response:" + step_ + ":"));
        found.why = outcome;
        if (!item_->list.empty())
            found.fixes.push_back(
                fixText(entry_, "previous_response:" + step_ + ":" + item_->list, Safety::Choice));
    }

    // What a join takes from: one mapping is taken if its own field has the value.
    void checkPartner(NodeRef operation) {
        const auto key = textOf(forest_, field(operation, "join_key"));
        if (!key || item_->has(*key))
            return;
        Diagnostic& found =
            reporter_.onValue("source.single-item", entry_,
                              item_->what + " is " + kind() + " without " + quoted(*key) +
                                  ": nothing is joined" + remedy("context:results." + step_ + "."));
        found.why =
            "A join takes a mapping as a single item. `right_source` has no path but with "
            "`context:results.`, which leads into the results of all steps.";
        if (!item_->list.empty())
            found.fixes.push_back(
                fixText(entry_, "context:results." + step_ + "." + item_->list, Safety::Choice));
    }

    std::string kind() const { return "a " + std::string(kindWord(item_->kind)); }

    // `form`: what stands in front of the path of a list.
    std::string remedy(const std::string& form) const {
        if (form.empty() || item_->kind != ResultKind::Mapping)
            return "; name a list.";
        return "; name the list in it: " +
               quoted(form + (item_->list.empty() ? "path" : item_->list)) + ".";
    }

    const StepContext& context_;
    const PipelineContext& pipeline_;
    const yaml::Forest& forest_;
    Reporter& reporter_;
    NodeRef entry_ = yaml::kNoNode;
    std::string text_;
    std::string step_;  // whose result it is; empty for a variable
    std::optional<SingleItem> item_;
};

}  // namespace

void checkTransformedData(const StepContext& context, Reporter& reporter) {
    if (context.type == "data_transform")
        DataCheck(context, reporter).check();
}

}  // namespace pe::check
