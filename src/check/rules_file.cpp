// SPDX-License-Identifier: MIT
// Other files: nested pipelines and prompt files. What a file holds is read when a step is looked
// at, and kept until the step changes or everything is checked again.
#include <algorithm>
#include <string>
#include <vector>

#include "fields.hpp"
#include "file_rules.hpp"
#include "fixes.hpp"
#include "pe/format/scope.hpp"
#include "pe/format/step_folder.hpp"
#include "pe/loader/verdict.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/tree.hpp"
#include "prompt_parts.hpp"
#include "reference_rules.hpp"
#include "rule.hpp"
#include "working_folder.hpp"

namespace pe::check {
namespace {

using yaml::NodeRef;

constexpr RuleInfo kInfos[] = {
    {"file.missing", Severity::Warning, "A file that is not there",
     "The engine looks for the file from the folder it is started in, and the run ends if it is "
     "not there when the step begins. A step before may still make it.",
     "D89"},
    {"file.beside", Severity::Warning, "A path relative to the pipeline file",
     "The file stands beside the pipeline file, but the engine looks from the folder it is started "
     "in, which one guide calls the root of the project.",
     "D89"},
    {"file.folder", Severity::Error, "A folder where a file is needed",
     "Prompt parts, batch tasks and nested pipelines take one file; folders cannot be read.", ""},
    {"file.pattern", Severity::Error, "A pattern where a file is needed",
     "The engine does not expand * and ? in paths.", ""},
    {"file.unreadable", Severity::Warning, "A file that cannot be read",
     "The file is there, but this user may not read it.", ""},
    {"file.outside", Severity::Information, "A file outside of the project",
     "Others who have the project do not have this file.", ""},
    {"file.cycle", Severity::Error, "Pipelines that run each other",
     "A pipeline file that runs itself, directly or through others, is stopped by the engine when "
     "it meets the same pipeline again.",
     "D89"},
    {"file.same-name", Severity::Error, "Nested pipelines of one name",
     "The engine recognises cycles by the names of pipelines: a nested pipeline that is called "
     "like one around it is refused as a cycle.",
     "D89"},
    {"file.output-missing", Severity::Error, "An output that the nested pipeline does not have",
     "An output begins with the name of a step of the nested pipeline; a name that is not there "
     "fails the step.",
     ""},
    {"file.refused", Severity::Error, "A nested pipeline that the loader refuses",
     "The nested file is loaded and validated when the step begins; what the loader refuses in it "
     "ends the run.",
     ""},
    {"file.other-place", Severity::Warning, "A path that leads to another place than it says",
     "Relative paths of file_ops begin in the workspace folder, also those that name it, and `~` "
     "is a name like any other. output_to_file is joined to the folder of the results, also if it "
     "is absolute or names that folder.",
     ""},
    {"file.not-pipeline", Severity::Error, "No pipeline in the file",
     "The nested file is loaded with the same loader as every pipeline and needs `workflow` with "
     "`name` and `steps`.",
     ""},
};

constexpr std::size_t kMaxChain = 16;
// So many absent files of one prompt are told one by one; more are one finding.
constexpr std::size_t kSingleFiles = 3;

bool isTemplated(std::string_view path) {
    return path.find("{{") != std::string_view::npos;
}

bool isBelow(std::string_view folder, std::string_view path) {
    const auto bare = [](std::string_view text) {
        return text.starts_with("./") ? text.substr(2) : text;
    };
    std::string_view home = bare(folder);
    if (home.ends_with('/'))
        home.remove_suffix(1);
    const std::string_view file = bare(path);
    return !home.empty() && file.starts_with(home) && file.substr(home.size()).starts_with('/');
}

// Claude works in a folder of its own, whatever that of the workflow is.
constexpr std::string_view kClaudeFolder = "./workspace";

bool isInFolderOfStep(const PipelineContext& context, std::string_view path) {
    return std::any_of(context.graph.nodes.begin(), context.graph.nodes.end(),
                       [&](const format::GraphNode& node) {
                           const auto folder = workingFolder(context.forest, node);
                           return folder && isBelow(*folder, path);
                       });
}

// In the folder that steps work in, or that of their results: what is not there yet, a step may
// write.
bool mayBeWritten(const PipelineContext& context, std::string_view path) {
    const yaml::Forest& forest = context.forest;
    const auto folder = [&](NodeRef mapping, std::string_view key, std::string_view standard) {
        return textOf(forest, entryOf(forest, mapping, key)).value_or(std::string(standard));
    };
    const NodeRef defaults = mappingBehind(forest, entryOf(forest, context.workflow, "defaults"));
    return isBelow(kClaudeFolder, path) ||
           isBelow(folder(context.workflow, "workspace_dir", kClaudeFolder), path) ||
           isBelow(folder(defaults, "output_dir", "./outputs"), path) ||
           isInFolderOfStep(context, path);
}

bool isToBeWritten(const PipelineContext& context, const std::string& path) {
    return context.files->state(path) == FileLookup::State::Missing &&
           path.find_first_of("*?") == std::string::npos && mayBeWritten(context, path);
}

// True if the path leads to something that can be read.
bool checkPath(const PipelineContext& context, NodeRef entry, const std::string& path,
               Reporter& reporter) {
    const std::string shown = "`" + shortened(path) + "`";
    switch (context.files->state(path)) {
        case FileLookup::State::Missing:
            if (path.find_first_of("*?") != std::string::npos)
                reporter.onValue("file.pattern", entry,
                                 "The engine does not expand the pattern " + shown + ".");
            else
                reporter.onValue("file.missing", entry, "There is no file " + shown + ".");
            return false;
        case FileLookup::State::Beside:
            reporter.onValue("file.beside", entry,
                             shown +
                                 " is found from this file's folder only; the engine looks "
                                 "from the folder it is started in.");
            return false;
        case FileLookup::State::Folder:
            reporter.onValue("file.folder", entry, shown + " is a folder; name a file.");
            return false;
        case FileLookup::State::Unreadable:
            reporter.onValue("file.unreadable", entry, shown + " cannot be read.");
            return false;
        case FileLookup::State::Outside:
            reporter.onValue("file.outside", entry, shown + " lies outside of the project.");
            return true;
        case FileLookup::State::Present:
            return true;
        case FileLookup::State::Unknown:
            return false;
    }
    return false;
}

// A pipeline file, as far as its nesting goes.
struct PipelineFile {
    std::string name;
    std::vector<std::string> steps;  // at the top level
    std::vector<std::string> files;  // that its steps run
    bool isPipeline = false;
    bool ofTeam = false;  // it has steps of a team's own types, which need an engine of its own
    std::string refusal = {};  // why the loader does not take it
};

void collectFiles(const yaml::Forest& forest, NodeRef node, std::vector<std::string>& files) {
    for (const NodeRef child : forest.children(node)) {
        if (keyIs(forest, child, "pipeline_file"))
            if (auto path = textOf(forest, child); path && !isTemplated(*path))
                files.push_back(std::move(*path));
        collectFiles(forest, child, files);
    }
}

std::string refusalOf(const yaml::Tree& tree) {
    const loader::Verdicts verdicts = loader::verdicts(tree);
    if (!verdicts.parses)
        return "Its YAML cannot be read.";
    if (verdicts.config.outcome == loader::Outcome::Accept)
        return {};
    return "The engine says: " + verdicts.config.message;
}

PipelineFile readPipeline(const format::Catalogue& catalogue, std::string text) {
    PipelineFile file;
    const yaml::Tree tree = yaml::parse(std::move(text));
    const NodeRef workflow =
        mappingBehind(tree, entryOf(tree, yaml::rootDocument(tree), "workflow"));
    const NodeRef steps = valueBehind(tree, entryOf(tree, workflow, "steps"));
    file.isPipeline = steps != yaml::kNoNode && yaml::isSequence(tree.style(steps));
    if (!file.isPipeline)
        return file;
    file.name = textOf(tree, entryOf(tree, workflow, "name")).value_or("");
    for (const NodeRef item : tree.children(steps)) {
        const NodeRef step = mappingBehind(tree, item);
        file.steps.push_back(textOf(tree, entryOf(tree, step, "name")).value_or(""));
        const auto type = textOf(tree, entryOf(tree, step, "type"));
        file.ofTeam = file.ofTeam || (type && format::teamType(catalogue, *type) != nullptr);
    }
    collectFiles(tree, steps, file.files);
    file.refusal = refusalOf(tree);
    return file;
}

class ChainCheck {
public:
    ChainCheck(const StepContext& context, NodeRef entry, Reporter& reporter)
        : context_(context.pipeline), entry_(entry), reporter_(reporter) {
        const yaml::Forest& forest = context_.forest;
        const auto name = textOf(forest, entryOf(forest, context_.workflow, "name"));
        if (name)
            names_.push_back(*name);
    }

    // Follows the file and what it runs; reports the first name that comes again.
    void follow(const std::string& path, const PipelineFile& file) {
        if (reported_ || paths_.size() >= kMaxChain)
            return;
        if (std::find(paths_.begin(), paths_.end(), path) != paths_.end())
            return report("file.cycle",
                          "This pipeline runs itself through `" + shortened(path) + "`.");
        if (!file.name.empty() &&
            std::find(names_.begin(), names_.end(), file.name) != names_.end()) {
            return report("file.same-name",
                          "`" + shortened(path) + "` is called `" + shortened(file.name) +
                              "` like a pipeline around it; the engine takes that for a cycle.");
        }
        paths_.push_back(path);
        names_.push_back(file.name);
        for (const std::string& inner : file.files)
            if (auto text = context_.files->text(inner))
                followText(inner, std::move(*text));
        paths_.pop_back();
        names_.pop_back();
    }

private:
    void followText(const std::string& path, std::string text) {
        if (text == context_.subject.text())
            return report("file.cycle",
                          "This pipeline runs itself through `" + shortened(paths_.back()) + "`.");
        follow(path, readPipeline(context_.catalogue, std::move(text)));
    }

    void report(std::string_view code, std::string message) {
        if (reported_)
            return;
        reported_ = true;
        reporter_.onValue(code, entry_, std::move(message));
    }

    const PipelineContext& context_;
    NodeRef entry_;
    Reporter& reporter_;
    std::vector<std::string> paths_;
    std::vector<std::string> names_;
    bool reported_ = false;
};

void checkOutputs(const StepContext& context, const PipelineFile& file, Reporter& reporter) {
    const auto isStep = [&](const std::string& name) {
        return std::find(file.steps.begin(), file.steps.end(), name) != file.steps.end();
    };
    forEachOutput(context, [&](NodeRef entry) {
        const auto path = textOf(context.pipeline.forest, entry);
        if (!path || path->empty() || isTemplated(*path))
            return;
        const std::string step = path->substr(0, path->find('.'));
        const bool whole = !keyIs(context.pipeline.forest, entry, "path");
        // An output that is a text is looked up as a whole.
        if (whole && isStep(*path))
            return;
        if (!isStep(step))
            reporter.onValue("file.output-missing", entry,
                             "The nested pipeline has no step `" + shortened(step) + "`.");
        else if (whole)
            reporter
                .onValue("file.output-missing", entry,
                         "An output that is a text names a step, and none is called `" +
                             shortened(*path) + "`; a part of a result needs `path`.")
                .fixes.push_back(outputPathFix(entry, *path));
    });
}

void checkPipelineFile(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const NodeRef entry = entryOf(forest, context.step, "pipeline_file");
    const auto path = textOf(forest, entry);
    if (!path || path->empty() || isTemplated(*path) || isToBeWritten(context.pipeline, *path) ||
        !checkPath(context.pipeline, entry, *path, reporter))
        return;
    auto text = context.pipeline.files->text(*path);
    if (!text)
        return;
    if (*text == context.pipeline.subject.text()) {
        reporter.onValue("file.cycle", entry, "This pipeline runs itself.");
        return;
    }
    const PipelineFile file = readPipeline(context.pipeline.catalogue, std::move(*text));
    if (!file.isPipeline) {
        reporter.onValue("file.not-pipeline", entry,
                         "`" + shortened(*path) +
                             "` holds no pipeline: it has no "
                             "`workflow` with `steps`.");
        return;
    }
    if (!file.refusal.empty() && !file.ofTeam)
        reporter
            .onValue("file.refused", entry,
                     "The loader refuses `" + shortened(*path) +
                         "` when this step runs; correct "
                         "that file.")
            .why = file.refusal;
    ChainCheck(context, entry, reporter).follow(*path, file);
    checkOutputs(context, file, reporter);
}

void checkPromptFiles(const StepContext& context, NodeRef prompt, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    std::vector<std::pair<NodeRef, std::string>> paths;
    std::size_t missing = 0;
    forEachPromptPart(forest, prompt, [&](NodeRef part) {
        if (textOf(forest, entryOf(forest, part, "type")) != "file")
            return;
        const NodeRef entry = entryOf(forest, part, "path");
        auto path = textOf(forest, entry);
        if (!path || path->empty() || isTemplated(*path) || isToBeWritten(context.pipeline, *path))
            return;
        missing += context.pipeline.files->state(*path) == FileLookup::State::Missing ? 1 : 0;
        paths.emplace_back(entry, std::move(*path));
    });
    for (const auto& [entry, path] : paths)
        if (missing <= kSingleFiles ||
            context.pipeline.files->state(path) != FileLookup::State::Missing)
            checkPath(context.pipeline, entry, path, reporter);
    if (missing > kSingleFiles)
        reporter.onKey("file.missing", prompt,
                       std::to_string(missing) + " of the " + std::to_string(paths.size()) +
                           " files of this prompt are not there.");
}

// The file of a batch task is read if the task has no prompt.
void checkTaskFile(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const format::Graph& graph = context.pipeline.graph;
    const NodeRef entry = entryOf(forest, context.step, "file");
    const auto path = textOf(forest, entry);
    if (graph.nodes[graph.nodes[context.index].parent].type != "claude_batch" || !path ||
        path->empty() || isTemplated(*path) ||
        !isNull(forest, entryOf(forest, context.step, "prompt")))
        return;
    if (!isToBeWritten(context.pipeline, *path))
        checkPath(context.pipeline, entry, *path, reporter);
}

// What the engine calls a pipeline without a name: one that it starts, and one around that.
constexpr std::string_view kUnnamed = "unnamed_nested_pipeline";
constexpr std::string_view kUnnamedAround = "parent_pipeline";

NodeRef nameOf(const yaml::Forest& forest, NodeRef pipeline) {
    return entryOf(forest, workflowBehind(forest, pipeline), "name");
}

// Whether a pipeline around the step has the name. Of those around one that has none the engine
// knows nothing.
bool isNameAround(const StepContext& context, const std::string& name) {
    const yaml::Forest& forest = context.pipeline.forest;
    const format::Graph& graph = context.pipeline.graph;
    for (format::GraphIndex at = format::pipelineAround(graph, context.index);
         at != format::kNoGraphNode; at = format::pipelineAround(graph, at)) {
        const NodeRef own = nameOf(forest, graph.nodes[at].ref);
        if (isNull(forest, own))
            return name == kUnnamedAround;
        if (textOf(forest, own) == name)
            return true;
    }
    return textOf(forest, entryOf(forest, context.pipeline.workflow, "name")) == name;
}

void checkInlineName(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    const NodeRef pipeline = entryOf(forest, context.step, "pipeline");
    const NodeRef workflow = workflowBehind(forest, pipeline);
    if (context.type != "pipeline" || workflow == yaml::kNoNode ||
        entryOf(forest, context.step, "pipeline_file") != yaml::kNoNode)
        return;
    const NodeRef entry = nameOf(forest, pipeline);
    const std::string name =
        isNull(forest, entry) ? std::string(kUnnamed) : textOf(forest, entry).value_or("");
    if (name.empty() || isTemplated(name) || !isNameAround(context, name))
        return;
    const bool given = name != kUnnamed && name != kUnnamedAround;
    const std::string message =
        given ? "This pipeline is called `" + shortened(name) +
                    "` like one around it; the engine takes that for a cycle."
              : "To the engine this pipeline and one around it are both called `" + name +
                    "`, which it takes for a cycle.";
    Diagnostic& found = entry == yaml::kNoNode ? reporter.onKey("file.same-name", pipeline, message)
                                               : reporter.onValue("file.same-name", entry, message);
    found.why = "The run stops before the first step of the nested pipeline.";
    const std::string own = context.pipeline.graph.nodes[context.index].name;
    if (!own.empty() && !isNameAround(context, own))
        found.fixes.push_back(fillFix("Name it `" + shortened(own) + "`, like the step", workflow,
                                      entry, yaml::kNoNode, "name", yaml::Value::ofString(own),
                                      Safety::Choice));
}

void checkFiles(const StepContext& context, Reporter& reporter) {
    if (context.pipeline.files == nullptr || context.step == yaml::kNoNode)
        return;
    if (context.type == "pipeline")
        checkPipelineFile(context, reporter);
    if (context.type == "task")
        checkTaskFile(context, reporter);
    checkPromptFiles(context, entryOf(context.pipeline.forest, context.step, "prompt"), reporter);
}

}  // namespace

const RuleSet& fileRules() {
    static const RuleSet kSet{
        kInfos, {checkFiles, checkInlineName, checkOutputFile}, {checkWorkspacePaths}};
    return kSet;
}

}  // namespace pe::check
