// SPDX-License-Identifier: MIT
#include "scene_value.hpp"

#include <algorithm>
#include <unordered_set>

namespace pe::editor {

namespace {

constexpr double kEdgeMargin = 8;  // arrowheads and line width around a path

QRectF toRect(const format::Box& box) {
    return {double(box.x), double(box.y), double(box.width), double(box.height)};
}

QRectF areaOf(const std::vector<format::Point>& route) {
    if (route.size() < 2)
        return {};
    int left = route[0].x;
    int right = left;
    int top = route[0].y;
    int bottom = top;
    for (const format::Point& point : route) {
        left = std::min(left, point.x);
        right = std::max(right, point.x);
        top = std::min(top, point.y);
        bottom = std::max(bottom, point.y);
    }
    return QRectF(left, top, right - left, bottom - top)
        .adjusted(-kEdgeMargin, -kEdgeMargin, kEdgeMargin, kEdgeMargin);
}

// A lane is drawn in the colours of the step that it belongs to.
const format::StepType* styleOf(const format::GraphNode& node, const SceneValue& scene,
                                const format::Catalogue& catalogue) {
    if (node.kind == format::NodeKind::Step || node.parent == format::kNoGraphNode)
        return catalogue.find(node.type);
    return scene.steps[node.parent].style;
}

void addSteps(SceneValue& scene, format::Graph& graph, const format::Layout& layout,
              const format::Catalogue& catalogue, const CollapsedTest& collapsed) {
    scene.steps.resize(graph.nodes.size());
    scene.byRef.reserve(graph.nodes.size());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        format::GraphNode& node = graph.nodes[i];
        SceneStep& step = scene.steps[i];
        step.ref = node.ref;
        step.parent = node.parent;
        step.kind = node.kind;
        step.container = node.container;
        step.collapsed = node.container && collapsed(node.ref);
        step.visible = layout.visible[i];
        step.depth = node.depth;
        step.style = styleOf(node, scene, catalogue);
        step.name = std::move(node.name);
        step.type = std::move(node.type);
        step.preview = std::move(node.preview);
        step.box = toRect(layout.boxes[i]);
        if (node.parent != format::kNoGraphNode)
            ++scene.steps[node.parent].nested;
        scene.byRef.emplace(node.ref, static_cast<format::GraphIndex>(i));
        scene.stepIndex.insert(static_cast<std::uint32_t>(i), step.visible ? step.box : QRectF());
    }
}

void addEdges(SceneValue& scene, const format::Graph& graph, format::Layout& layout) {
    scene.edges.resize(graph.edges.size());
    scene.edgesOf.resize(scene.steps.size());
    for (std::size_t i = 0; i < graph.edges.size(); ++i) {
        const format::GraphEdge& from = graph.edges[i];
        SceneEdge& edge = scene.edges[i];
        edge.from = from.from;
        edge.to = from.to;
        edge.kind = from.kind;
        edge.at = from.at;
        edge.route = std::move(layout.routes[i]);
        edge.area = areaOf(edge.route);
        scene.edgeIndex.insert(static_cast<std::uint32_t>(i), edge.area);
        if (edge.kind == format::EdgeKind::Sequence)
            continue;
        scene.edgesOf[edge.from].push_back(static_cast<std::uint32_t>(i));
        if (edge.to != edge.from)
            scene.edgesOf[edge.to].push_back(static_cast<std::uint32_t>(i));
    }
}

void addMarks(SceneValue& scene, const document::Document& document) {
    for (const yaml::Problem& problem : document.problems()) {
        const yaml::NodeRef ref =
            stepAround(scene, document.forest(), document.nodeAt(problem.begin));
        const auto it = scene.byRef.find(ref);
        if (it == scene.byRef.end())
            continue;
        Mark& mark = scene.steps[it->second].mark;
        mark =
            std::max(mark, problem.severity == yaml::Severity::Error ? Mark::Error : Mark::Warning);
    }
}

bool sameEdge(const SceneEdge& a, const SceneEdge& b) {
    return a.from == b.from && a.to == b.to && a.kind == b.kind && a.route == b.route;
}

}  // namespace

const SceneStep* SceneValue::find(yaml::NodeRef ref) const {
    const auto it = byRef.find(ref);
    return it == byRef.end() ? nullptr : &steps[it->second];
}

format::GraphIndex SceneValue::indexOf(yaml::NodeRef ref) const {
    const auto it = byRef.find(ref);
    return it == byRef.end() ? format::kNoGraphNode : it->second;
}

format::GraphIndex SceneValue::at(const QPointF& point) const {
    const auto hits = stepIndex.touching(QRectF(point, QSizeF(0.01, 0.01)));
    return hits.empty() ? format::kNoGraphNode : hits.back();
}

std::vector<format::GraphIndex> SceneValue::childrenOf(format::GraphIndex parent) const {
    std::vector<format::GraphIndex> children;
    const std::size_t first = parent == format::kNoGraphNode ? 0 : parent + 1;
    const std::uint32_t depth = parent == format::kNoGraphNode ? 0 : steps[parent].depth;
    for (std::size_t i = first; i < steps.size(); ++i) {
        if (parent != format::kNoGraphNode && steps[i].depth <= depth)
            break;
        if (steps[i].parent == parent)
            children.push_back(static_cast<format::GraphIndex>(i));
    }
    return children;
}

std::shared_ptr<const SceneValue> buildScene(const document::Document& document,
                                             const format::Catalogue& catalogue,
                                             const CollapsedTest& collapsed) {
    format::Graph graph = format::deriveGraph(document.forest(), catalogue);
    format::LayoutOptions options;
    options.collapsed = [&](const format::GraphNode& node) { return collapsed(node.ref); };
    format::Layout layout = format::layOut(graph, options);
    auto scene = std::make_shared<SceneValue>();
    scene->workflow = graph.workflow;
    scene->list = graph.steps;
    scene->bounds = toRect(layout.bounds);
    addSteps(*scene, graph, layout, catalogue, collapsed);
    addEdges(*scene, graph, layout);
    addMarks(*scene, document);
    return scene;
}

std::vector<QRectF> changedArea(const SceneValue& before, const SceneValue& after) {
    constexpr std::size_t kMany = 48;
    const std::vector<QRectF> everything{before.bounds.united(after.bounds)};
    std::vector<QRectF> area;
    for (const SceneStep& step : after.steps) {
        const SceneStep* old = before.find(step.ref);
        if (old && *old == step)
            continue;
        area.push_back(old ? old->box.united(step.box) : step.box);
        if (area.size() > kMany)
            return everything;
    }
    for (const SceneStep& step : before.steps) {
        if (!after.find(step.ref))
            area.push_back(step.box);
        if (area.size() > kMany)
            return everything;
    }
    if (before.edges.size() != after.edges.size() ||
        !std::equal(before.edges.begin(), before.edges.end(), after.edges.begin(), sameEdge))
        return everything;
    return area;
}

yaml::NodeRef stepAround(const SceneValue& scene, const yaml::Forest& forest, yaml::NodeRef node) {
    while (node != yaml::kNoNode && node != yaml::kStream) {
        if (scene.byRef.contains(node))
            return node;
        node = forest.parent(node);
    }
    return yaml::kNoNode;
}

std::string shownName(const SceneStep& step) {
    if (!step.name.empty())
        return step.name;
    return step.kind == format::NodeKind::Step ? "(no name)" : step.type;
}

std::string shownType(const SceneStep& step) {
    if (step.kind == format::NodeKind::Step && step.style)
        return step.style->title;
    return step.type.empty() ? "no type" : step.type;
}

}  // namespace pe::editor
