// SPDX-License-Identifier: MIT
#include "known_data.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "fields.hpp"
#include "pe/check/hidden_keys.hpp"
#include "pe/check/result_parts.hpp"
#include "source_syntax.hpp"
#include "step_sight.hpp"

namespace pe::check {
namespace {

using format::GraphIndex;
using format::ResultField;
using format::ResultKind;
using yaml::NodeRef;

constexpr std::size_t kFew = 1000;
// So many transformations are followed back, one out of the other; all of a long chain at each of
// its steps would take too long.
constexpr int kFollowed = 8;

bool isList(ResultKind kind) {
    return kind == ResultKind::List || kind == ResultKind::MappingList;
}

KnownData dataAt(const yaml::Forest& forest, NodeRef entry) {
    const NodeRef value = valueBehind(forest, entry);
    if (const ResultKind kind = kindOf(shapeAt(forest, entry)); kind != ResultKind::List)
        return {kind};
    const auto items = forest.children(value);
    const bool mappings = !items.empty() && std::all_of(items.begin(), items.end(), [&](NodeRef i) {
        return mappingBehind(forest, i) != yaml::kNoNode;
    });
    return {mappings ? ResultKind::MappingList : ResultKind::List, !items.empty(),
            items.size() <= kFew, value};
}

// Whether the part is the data of a transformation, as that came out.
bool isData(const PipelineContext& context, GraphIndex step, std::string_view path) {
    const format::GraphNode& node = context.graph.nodes[step];
    const NodeRef mapping = mappingBehind(context.forest, node.ref);
    return node.type == "data_transform" && path == dataPart(context.forest, mapping) &&
           isNull(context.forest, entryOf(context.forest, mapping, "output_format"));
}

KnownData ofPart(const ResultField& part) {
    return {part.kind, false, false, yaml::kNoNode, part.items, part.keys};
}

class Transformation {
public:
    Transformation(const PipelineContext& context, GraphIndex step, int followed)
        : context_(context),
          forest_(context.forest),
          index_(step),
          followed_(followed),
          step_(mappingBehind(forest_, context.graph.nodes[step].ref)) {}

    KnownData result() const {
        KnownData data = input();
        const NodeRef list = valueBehind(forest_, field(step_, "operations"));
        if (list == yaml::kNoNode || !isNull(forest_, field(step_, "lazy")))
            return list == yaml::kNoNode ? data : KnownData();
        if (!yaml::isSequence(forest_.style(list)))
            return {};
        for (const NodeRef item : forest_.children(list))
            data = after(data, mappingBehind(forest_, item));
        return data;
    }

private:
    NodeRef field(NodeRef mapping, std::string_view key) const {
        return entryOf(forest_, mapping, key);
    }

    KnownData input() const {
        const auto text = textOf(forest_, field(step_, "input_source"));
        if (!text)
            return {};
        const SourceSyntax source = parseSource(*text, SourceLanguage::Input);
        const std::string_view name = source.name.in(*text);
        if (source.kind == SourceKind::Name && context_.names.isSetBefore(name, index_))
            return dataAt(forest_, context_.names.onlyEntry(name));
        const SeenStep seen = resultSeen(context_, name, index_);
        // A step before, so that this ends.
        if (source.kind != SourceKind::Step || seen.sight != Sight::Visible || seen.step >= index_)
            return {};
        const std::string_view path = source.path.in(*text);
        if (isData(context_, seen.step, path))
            return followed_ == kFollowed
                       ? KnownData()
                       : Transformation(context_, seen.step, followed_ + 1).result();
        const auto part = knownPart(context_, seen.step, path);
        return part ? ofPart(*part) : KnownData();
    }

    KnownData after(const KnownData& data, NodeRef operation) const {
        const auto name = textOf(forest_, field(operation, "operation"));
        const bool whole = !isList(data.kind) || data.few;
        if (!name || data.kind == ResultKind::Any)
            return {};
        if (*name == "sort")
            return data;
        if (*name == "map")
            return {data.kind, data.filled, data.few};
        if (*name == "filter")
            return isList(data.kind)
                       ? KnownData{data.kind, false, data.few, data.list, data.items, data.keys}
                       : KnownData();
        if (!whole)
            return {};
        if (*name == "join")
            return {data.kind, data.filled, data.few};
        if (*name == "group_by")
            return {ResultKind::Mapping};
        return *name == "aggregate" ? aggregated(operation) : KnownData();
    }

    KnownData aggregated(NodeRef operation) const {
        static constexpr std::array<std::string_view, 5> kNumbers = {"sum", "average", "count",
                                                                     "max", "min"};
        const NodeRef entry = field(operation, "function");
        const auto function = textOf(forest_, entry);
        const bool number =
            function ? std::find(kNumbers.begin(), kNumbers.end(), *function) != kNumbers.end()
                     : entry == yaml::kNoNode;
        return {number ? ResultKind::Number : ResultKind::Any};
    }

    const PipelineContext& context_;
    const yaml::Forest& forest_;
    GraphIndex index_;
    int followed_;
    NodeRef step_;
};

}  // namespace

KnownData transformed(const PipelineContext& context, GraphIndex step) {
    return Transformation(context, step, 0).result();
}

std::optional<ResultField> knownPart(const PipelineContext& context, GraphIndex step,
                                     std::string_view path) {
    const format::GraphNode& node = context.graph.nodes[step];
    const format::StepType* type = context.catalogue.find(node.type);
    const NodeRef mapping = mappingBehind(context.forest, node.ref);
    if (type == nullptr || mapping == yaml::kNoNode ||
        !isNull(context.forest, entryOf(context.forest, mapping, "streaming")))
        return std::nullopt;
    std::vector<ResultField> parts = resultParts(context.forest, *type, mapping);
    const auto part = std::find_if(parts.begin(), parts.end(),
                                   [&](const auto& each) { return each.path == path; });
    if (part == parts.end())
        return std::nullopt;
    return std::move(*part);
}

KnownData knownData(const PipelineContext& context, GraphIndex step, std::string_view path) {
    const auto part = knownPart(context, step, path);
    if (!part)
        return {};
    return isData(context, step, path) ? transformed(context, step) : ofPart(*part);
}

ResultKind partKind(const PipelineContext& context, GraphIndex step, std::string_view path) {
    return knownData(context, step, path).kind;
}

ResultKind pathKind(const PipelineContext& context, std::string_view path, GraphIndex from) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    const SeenStep seen = resultSeen(context, path.substr(0, dot), from);
    return seen.sight != Sight::Visible || dot == path.size() ||
                   storesHiddenKeys(context.graph.nodes[seen.step].type)
               ? ResultKind::Any
               : partKind(context, seen.step, path.substr(dot + 1));
}

}  // namespace pe::check
