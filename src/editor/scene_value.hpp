// SPDX-License-Identifier: MIT
// SceneValue: everything the canvas draws of a document, as one immutable value: copied texts,
// boxes and paths, no pointer into the document. A change of the document makes a new one;
// `changedArea` says what has to be painted again. Indices are those of the derived graph. Made and
// read on the UI thread.
#pragma once

#include <QRectF>
#include <QRegion>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "pe/document/document.hpp"
#include "pe/format/catalogue.hpp"
#include "pe/format/graph.hpp"
#include "pe/format/layout.hpp"
#include "scene_index.hpp"

namespace pe::editor {

enum class Mark : std::uint8_t { None, Warning, Error };

struct SceneStep {
    yaml::NodeRef ref = yaml::kNoNode;
    format::GraphIndex parent = format::kNoGraphNode;
    format::NodeKind kind = format::NodeKind::Step;
    bool container = false;
    bool collapsed = false;
    bool visible = true;
    Mark mark = Mark::None;
    std::uint32_t depth = 0;
    std::uint32_t nested = 0;                 // nodes directly inside
    const format::StepType* style = nullptr;  // of the catalogue; null for an unknown type
    std::string name;
    std::string type;
    std::string preview;
    QRectF box;
    bool operator==(const SceneStep&) const = default;
};

struct SceneEdge {
    format::GraphIndex from = format::kNoGraphNode;
    format::GraphIndex to = format::kNoGraphNode;
    format::EdgeKind kind = format::EdgeKind::Sequence;
    yaml::NodeRef at = yaml::kNoNode;
    std::vector<format::Point> route;
    QRectF area;  // null: not drawn
};

struct SceneValue {
    std::vector<SceneStep> steps;
    std::vector<SceneEdge> edges;
    std::unordered_map<yaml::NodeRef, format::GraphIndex> byRef;
    std::vector<std::vector<std::uint32_t>> edgesOf;  // by step: reference edges that touch it
    SceneIndex stepIndex;
    SceneIndex edgeIndex;
    QRectF bounds;
    yaml::NodeRef workflow = yaml::kNoNode;
    yaml::NodeRef list = yaml::kNoNode;  // the `steps` entry of the workflow

    const SceneStep* find(yaml::NodeRef ref) const;
    format::GraphIndex indexOf(yaml::NodeRef ref) const;
    // The innermost visible node at a point; kNoGraphNode if there is none.
    format::GraphIndex at(const QPointF& point) const;
    std::vector<format::GraphIndex> childrenOf(format::GraphIndex parent) const;
};

using CollapsedTest = std::function<bool(yaml::NodeRef)>;

// Derives, lays out and copies.
std::shared_ptr<const SceneValue> buildScene(const document::Document& document,
                                             const format::Catalogue& catalogue,
                                             const CollapsedTest& collapsed);

// Where `after` looks different; one rectangle over all if it is much.
std::vector<QRectF> changedArea(const SceneValue& before, const SceneValue& after);

// The step (or task, or branch) of the scene that a node of the document is or lies in.
yaml::NodeRef stepAround(const SceneValue& scene, const yaml::Forest& forest, yaml::NodeRef node);

// Text of a node that has no name.
std::string shownName(const SceneStep& step);
std::string shownType(const SceneStep& step);

}  // namespace pe::editor
