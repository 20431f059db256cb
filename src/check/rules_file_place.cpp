// SPDX-License-Identifier: MIT
// Paths that lead to another place than they say: those of file_ops are looked for in the workspace
// folder, and output_to_file is always below the folder of the results.
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "field_value.hpp"
#include "fields.hpp"
#include "file_rules.hpp"
#include "pe/format/scope.hpp"
#include "step_place.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using format::GraphIndex;
using yaml::NodeRef;

// Of the pipeline that runs the step.
NodeRef workflowOf(const PipelineContext& context, GraphIndex step) {
    const GraphIndex pipeline = format::pipelineAround(context.graph, step);
    return pipeline == format::kNoGraphNode
               ? mappingBehind(context.forest, context.workflow)
               : workflowBehind(context.forest, context.graph.nodes[pipeline].ref);
}

std::string_view bare(std::string_view path) {
    while (path.starts_with("./"))
        path.remove_prefix(2);
    return path;
}

// With a slash behind it; nothing for a folder that no relative path can name.
std::optional<std::string> folderOf(const yaml::Forest& forest, NodeRef mapping,
                                    std::string_view key, std::string_view standard) {
    const NodeRef entry = entryOf(forest, mapping, key);
    const auto text = isNull(forest, entry) ? std::string(standard) : textOf(forest, entry);
    if (!text)
        return std::nullopt;
    std::string folder(bare(*text));
    if (folder.ends_with('/'))
        folder.pop_back();
    if (folder.empty() || folder.front() == '/' || folder.find("..") != std::string::npos ||
        folder.find("{{") != std::string::npos)
        return std::nullopt;
    return folder + "/";
}

std::optional<std::string> workspaceOf(const PipelineContext& context, GraphIndex step) {
    return folderOf(context.forest, workflowOf(context, step), "workspace_dir", "./workspace");
}

std::optional<std::string> outputsOf(const PipelineContext& context, GraphIndex step) {
    const yaml::Forest& forest = context.forest;
    return folderOf(forest,
                    mappingBehind(forest, entryOf(forest, workflowOf(context, step), "defaults")),
                    "output_dir", "./outputs");
}

// Paths of one file_ops step.
// The files that steps save their results in; read when it is first asked for them.
class SavedFiles {
public:
    explicit SavedFiles(const PipelineContext& context) : context_(context) {}

    bool isSavedBefore(std::string_view file, GraphIndex step) {
        if (!first_)
            read();
        const auto found = first_->find(std::string(file));
        return found != first_->end() && found->second < step;
    }

private:
    void read() {
        first_.emplace();
        for (GraphIndex i = 0; i < context_.graph.nodes.size(); ++i) {
            const format::GraphNode& node = context_.graph.nodes[i];
            if (node.kind != format::NodeKind::Step || !placeOf(context_.graph, i).executed())
                continue;
            const auto saved = textOf(
                context_.forest, entryOf(context_.forest, mappingBehind(context_.forest, node.ref),
                                         "output_to_file"));
            if (saved)
                first_->try_emplace(std::string(bare(*saved)), i);
        }
    }

    const PipelineContext& context_;
    std::optional<std::unordered_map<std::string, GraphIndex>> first_;  // the step that saves it
};

class WorkspacePaths {
public:
    WorkspacePaths(const PipelineContext& context, GraphIndex step, SavedFiles& saved,
                   Reporter& reporter)
        : context_(context),
          saved_(saved),
          forest_(context.forest),
          index_(step),
          step_(mappingBehind(forest_, context.graph.nodes[step].ref)),
          reporter_(reporter) {}

    void check() const {
        for (const std::string_view key : {"source", "destination", "path"})
            checkPath(entryOf(forest_, step_, key));
        const NodeRef files = valueBehind(forest_, entryOf(forest_, step_, "files"));
        if (files != yaml::kNoNode && yaml::isSequence(forest_.style(files)))
            for (const NodeRef item : forest_.children(files))
                checkPath(entryOf(forest_, mappingBehind(forest_, item), "path"));
    }

private:
    void checkPath(NodeRef entry) const {
        const auto text = textOf(forest_, entry);
        if (!text)
            return;
        const auto workspace = workspaceOf(context_, index_);
        const auto outputs = outputsOf(context_, index_);
        const std::string_view path = bare(*text);
        if (path.starts_with("~/"))
            report(entry, *text, "write the whole path, as `~` is a name like any other");
        else if (workspace && path.starts_with(*workspace) && !path.starts_with("test/"))
            reportTwice(entry, *text, *workspace);
        else if (outputs && path.starts_with(*outputs) &&
                 saved_.isSavedBefore(path.substr(outputs->size()), index_))
            report(entry, *text,
                   "`output_to_file` writes beside that folder, to " + quoted(path) +
                       " of the folder the engine is started in");
    }

    Diagnostic& report(NodeRef entry, const std::string& path, const std::string& remedy) const {
        return reporter_.onValue(
            "file.other-place", entry,
            quoted(path) + " is taken as a path in the workspace folder; " + remedy + ".");
    }

    void reportTwice(NodeRef entry, const std::string& path, const std::string& workspace) const {
        const std::string inside = workspace + std::string(bare(path));
        if (context_.files != nullptr &&
            context_.files->state(inside) == FileLookup::State::Present)
            return;
        const std::size_t begin = path.size() - bare(path).size();
        Diagnostic& found =
            report(entry, path, "it is found at " + quoted(inside) + ": leave that folder out");
        found.fixes.push_back(
            fixPart(entry, path, {begin, begin + workspace.size()}, "", Safety::Choice));
    }

    const PipelineContext& context_;
    SavedFiles& saved_;
    const yaml::Forest& forest_;
    GraphIndex index_;
    NodeRef step_;
    Reporter& reporter_;
};

}  // namespace

void checkWorkspacePaths(const PipelineContext& context, Reporter& reporter) {
    SavedFiles saved(context);
    for (GraphIndex i = 0; i < context.graph.nodes.size(); ++i) {
        const format::GraphNode& node = context.graph.nodes[i];
        if (node.type == "file_ops" && node.kind == format::NodeKind::Step &&
            !isUnread(context.graph, i))
            WorkspacePaths(context, i, saved, reporter).check();
    }
}

// A nested pipeline has a folder of its own, whose name may change without its steps.
void checkOutputFile(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const NodeRef entry = entryOf(forest, context.step, "output_to_file");
    const auto path = textOf(forest, entry);
    const StepPlace place = placeOf(context.pipeline.graph, context.index);
    // What is false counts as not there; loops do not save anything.
    const bool written = !isNull(forest, entry) && !isFalse(forest, entry);
    if (!path && written && scalarOf(forest, entry) && place.executed())
        reportNoText(forest, entry, "output_to_file", reporter);
    if (!path || !place.executed() || place.pipeline != format::kNoGraphNode)
        return;
    const auto outputs = outputsOf(context.pipeline, context.index);
    const bool root = path->starts_with('/');
    if (!outputs || !(root || path->starts_with("~/") || bare(*path).starts_with(*outputs)))
        return;
    reporter.onValue("file.other-place", entry,
                     quoted(*path) + " is written to " +
                         quoted(*outputs + std::string(bare(*path).substr(root ? 1 : 0))) +
                         "; name a path within the folder of the results.");
}

}  // namespace pe::check
