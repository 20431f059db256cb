// SPDX-License-Identifier: MIT
#include "loop_items.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "fields.hpp"
#include "known_data.hpp"
#include "source_syntax.hpp"
#include "step_place.hpp"
#include "step_sight.hpp"

namespace pe::check {
namespace {

using format::GraphIndex;
using format::ResultKind;
using yaml::NodeRef;

constexpr std::size_t kMost = 200;  // that are looked at wherever one is used

std::optional<LoopItems> writtenAt(const yaml::Forest& forest, std::vector<NodeRef> nodes) {
    LoopItems items{ResultKind::Any, std::move(nodes)};
    for (std::size_t i = 0; i < items.written.size(); ++i) {
        const ResultKind kind = kindOf(shapeAt(forest, items.written[i]));
        if (kind == ResultKind::Any)
            return std::nullopt;
        items.kind = i == 0 || kind == items.kind ? kind : ResultKind::Any;
    }
    return items;
}

// The items of all lists together.
std::optional<LoopItems> itemsIn(const yaml::Forest& forest, const std::vector<NodeRef>& lists) {
    std::vector<NodeRef> nodes;
    for (const NodeRef list : lists) {
        const NodeRef value = valueBehind(forest, list);
        if (value == yaml::kNoNode || !yaml::isSequence(forest.style(value)))
            continue;  // this round fails
        const auto items = forest.children(value);
        if (nodes.size() + items.size() > kMost)
            return std::nullopt;
        nodes.insert(nodes.end(), items.begin(), items.end());
    }
    return nodes.empty() ? std::nullopt : writtenAt(forest, std::move(nodes));
}

// A list in the items of the loop around.
std::optional<LoopItems> itemsBelow(const PipelineContext& context, GraphIndex loop,
                                    std::string_view path) {
    auto items = loopItems(context, loop);
    while (items && !items->written.empty() && !path.empty()) {
        const std::size_t dot = std::min(path.find('.'), path.size());
        items = partsOf(context.forest, *items, path.substr(0, dot));
        path.remove_prefix(std::min(dot + 1, path.size()));
    }
    return items && path.empty() ? itemsIn(context.forest, items->written) : std::nullopt;
}

std::optional<LoopItems> itemsOfStep(const PipelineContext& context, GraphIndex loop,
                                     std::string_view name, std::string_view path) {
    const GraphIndex around = placeOf(context.graph, loop).loop;
    const auto item = around == format::kNoGraphNode ? std::nullopt : itemOf(context, around);
    if (item && name == kRound && path.starts_with(*item + "."))
        return itemsBelow(context, around, path.substr(item->size() + 1));
    if (item && name == *item)
        return itemsBelow(context, around, path);
    const SeenStep seen = resultSeen(context, name, loop);
    if (seen.sight != Sight::Visible)
        return std::nullopt;
    const KnownData data = knownData(context, seen.step, path);
    if (data.list != yaml::kNoNode)
        return itemsIn(context.forest, {data.list});
    return data.items == ResultKind::Any ? std::nullopt
                                         : std::optional(LoopItems{data.items, {}, data.keys});
}

}  // namespace

std::optional<LoopItems> loopItems(const PipelineContext& context, GraphIndex loop) {
    const yaml::Forest& forest = context.forest;
    const NodeRef step = mappingBehind(forest, context.graph.nodes[loop].ref);
    const auto text = textOf(forest, entryOf(forest, step, "data_source"));
    if (!text)
        return std::nullopt;
    const SourceSyntax source = parseSource(*text, SourceLanguage::Data);
    const std::string_view name = source.name.in(*text);
    if (source.kind == SourceKind::Step)
        return itemsOfStep(context, loop, name, source.path.in(*text));
    const bool variable = source.kind == SourceKind::Name && context.names.isSetBefore(name, loop);
    return variable ? itemsIn(forest, {context.names.onlyEntry(name)}) : std::nullopt;
}

std::optional<LoopItems> partsOf(const yaml::Forest& forest, const LoopItems& items,
                                 std::string_view key) {
    std::vector<NodeRef> nodes;
    for (const NodeRef item : items.written) {
        const NodeRef part = entryOf(forest, mappingBehind(forest, item), key);
        if (part != yaml::kNoNode)
            nodes.push_back(part);
    }
    return writtenAt(forest, std::move(nodes));
}

std::optional<std::string> itemOf(const PipelineContext& context, GraphIndex loop) {
    static constexpr std::array<std::string_view, 6> kOthers = {"index", "total", "first",
                                                                "last",  "level", "parent"};
    const format::GraphNode& node = context.graph.nodes[loop];
    if (node.type != "for_loop")
        return std::nullopt;
    auto name =
        textOf(context.forest,
               entryOf(context.forest, mappingBehind(context.forest, node.ref), "iterator"));
    const bool taken = name && std::find(kOthers.begin(), kOthers.end(), *name) != kOthers.end();
    return taken ? std::nullopt : name;
}

}  // namespace pe::check
