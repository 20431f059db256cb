// SPDX-License-Identifier: MIT
#include "pipeline_files.hpp"

#include <optional>
#include <utility>

#include "pe/yaml/tree.hpp"

namespace pe::check {

struct PipelineFiles::PipelineFile {
    PipelineFile(const PipelineContext& from, std::string text)
        : tree(yaml::parse(std::move(text))),
          subject(subjectOf(tree)),
          graph(format::deriveGraph(tree, from.catalogue)),
          scope(graph),
          names(tree, graph),
          context{*subject,   tree,           from.catalogue, graph,   scope,      names,
                  from.files, graph.workflow, nullptr,        nullptr, from.called} {}

    yaml::Tree tree;
    std::unique_ptr<Subject> subject;
    format::Graph graph;
    format::StepScope scope;
    PipelineNames names;
    PipelineContext context;
};

PipelineFiles::PipelineFiles() = default;
PipelineFiles::PipelineFiles(PipelineFiles&& other) noexcept = default;
PipelineFiles::~PipelineFiles() = default;

void PipelineFiles::clear() {
    read_.clear();
}

const PipelineContext* PipelineFiles::read(const PipelineContext& from, const std::string& path) {
    const auto [place, unread] = read_.try_emplace(path);
    if (unread && from.files != nullptr)
        if (auto text = from.files->text(path))
            place->second = std::make_unique<PipelineFile>(from, std::move(*text));
    return place->second == nullptr ? nullptr : &place->second->context;
}

}  // namespace pe::check
