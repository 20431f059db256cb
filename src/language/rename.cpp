// SPDX-License-Identifier: MIT
#include "pe/language/rename.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>

#include "called_names.hpp"
#include "name_index.hpp"
#include "nodes.hpp"
#include "pe/document/document.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/value.hpp"

namespace pe::language {
namespace {

using format::kNoGraphNode;
using yaml::kNoNode;
using yaml::NodeRef;

constexpr std::uint64_t kScratchReplica = 1;

// A document that only serves to find out what a command does to a text.
class Scratch {
public:
    Scratch(const std::string& text, const format::Catalogue& catalogue, Clock& clock)
        : text_(text), document_(document::Document::open(kScratchReplica, text, clock)) {
        document_->setStepTypes(catalogue);
    }

    bool editable() const { return !document_->hasDraft(); }
    const document::Document& document() const { return *document_; }

    Result<std::vector<TextEdit>> execute(const document::Command& command) {
        std::vector<document::TextPatch> patches;
        const Subscription kept =
            document_->changed.connect([&](const document::ChangeSet& change) {
                patches.insert(patches.end(), change.patches.begin(), change.patches.end());
            });
        PE_TRY(document_->execute(command));
        return editsOf(text_, patches);
    }

private:
    std::string text_;
    std::unique_ptr<document::Document> document_;
};

std::string lineOf(const document::Document& document, NodeRef node) {
    const yaml::LineIndex lines(document.text());
    return std::to_string(lines.position(document.valueSpan(node).begin).line);
}

// Names before and after mean the same nodes, one for one.
Result<void> unchangedMeaning(const NameIndex& before, const NameIndex& after,
                              const document::Document& document, const Target& target,
                              const std::string& name) {
    const NodeRef renamed =
        target.kind == TargetKind::Step ? entryOf(document.forest(), target.node, "name") : kNoNode;
    const NodeRef changed =
        format::changedMeaning(before.references(), after.references(), renamed);
    if (changed == yaml::kStream)
        return fail(ErrorCode::Conflict, "'" + name +
                                             "' would be read as something else than a name in "
                                             "one of the places. Choose another name.");
    if (changed != kNoNode)
        return fail(ErrorCode::Conflict, "With the name '" + name + "', line " +
                                             lineOf(document, changed) +
                                             " would mean something else than now. Choose another "
                                             "name.");
    return {};
}

bool isTopLevelStep(const NameIndex& index, const Target& target) {
    return target.kind == TargetKind::Step &&
           std::any_of(index.graph().nodes.begin(), index.graph().nodes.end(),
                       [&](const format::GraphNode& each) {
                           return each.ref == target.node && each.parent == kNoGraphNode;
                       });
}

// Whether a path written in the file `from` means `to`. The engine starts at the folder it runs in,
// which is not known here: the folder of the file and every folder above `to` are tried.
bool leadsTo(const std::string& path, const std::string& from, const std::string& to) {
    if (path.empty() || path.find("{{") != std::string::npos)
        return false;
    const auto target = std::filesystem::path(to).lexically_normal();
    const auto written = std::filesystem::path(path).lexically_normal();
    const auto beside = (std::filesystem::path(from).parent_path() / written).lexically_normal();
    const std::string tail = "/" + written.generic_string();
    return beside == target || written == target || target.generic_string().ends_with(tail);
}

// The places of another file that name a step of the open one: what a step that runs it hands back,
// and the paths that lead through such a step.
std::map<NodeRef, std::vector<format::Reference>> placesInCaller(const yaml::Forest& forest,
                                                                 const NameIndex& index,
                                                                 const std::string& caller,
                                                                 const std::string& called,
                                                                 const std::string& name) {
    std::map<NodeRef, std::vector<format::Reference>> places;
    for (CalledName& each : calledNames(forest, index))
        if (each.reference.name == name && leadsTo(each.file, caller, called))
            places[each.reference.at].push_back(std::move(each.reference));
    return places;
}

// Whether a name can stand behind another one in a path.
bool canBeChained(const std::string& name, const format::Reference& place) {
    const bool subtracts = place.role == format::ReferenceRole::Condition;
    return std::all_of(name.begin(), name.end(),
                       [&](char c) { return format::isNameByte(c) && !(c == '-' && subtracts); });
}

struct CallerEdits {
    std::vector<TextEdit> edits;
    std::size_t uses = 0;
};

// The edits of a file that runs the open one and names its step.
Result<CallerEdits> editsOfCaller(const RenameRequest& request, const std::string& path,
                                  const std::string& text, const std::string& name,
                                  const format::Catalogue& catalogue, Clock& clock) {
    Scratch scratch(text, catalogue, clock);
    const yaml::Forest& forest = scratch.document().forest();
    const NameIndex index(forest, catalogue);
    document::Batch batch;
    CallerEdits found;
    for (const auto& [at, references] : placesInCaller(forest, index, path, request.path, name)) {
        for (const format::Reference& each : references)
            if (!canBeChained(request.name, each))
                return fail(ErrorCode::Refused,
                            "'" + request.name +
                                "' cannot stand in a path there: use letters, digits and "
                                "underscores.",
                            yaml::pointerTo(forest, at));
        found.uses += references.size();
        batch.commands.push_back(
            {document::SetValue{at, yaml::Value::ofString(format::withName(
                                        yaml::scalarText(forest, at), references, request.name))},
             {},
             0,
             yaml::Sharing::Everywhere});
    }
    if (batch.commands.empty())
        return found;
    if (!scratch.editable())
        return fail(ErrorCode::Refused,
                    "This file names the step too, but its YAML cannot be edited: " +
                        document::obstacleText(scratch.document()),
                    path);
    PE_TRY_ASSIGN(found.edits, scratch.execute({std::move(batch), {}, 0}));
    return found;
}

}  // namespace

Result<RenamePlan> planRename(const RenameRequest& request, const format::Catalogue& catalogue,
                              Clock& clock) {
    Scratch scratch(request.text, catalogue, clock);
    if (!scratch.editable())
        return fail(ErrorCode::Refused,
                    "The YAML cannot be edited: " + document::obstacleText(scratch.document()),
                    request.path);
    const auto subject = check::subjectOf(scratch.document());
    const auto target = targetAt(*subject, catalogue, request.offset);
    if (!target)
        return fail(ErrorCode::NotFound,
                    "There is no name of a step, a variable or a function here.");
    RenamePlan plan;
    plan.target = *target;
    const NameIndex before(subject->forest(), catalogue);
    const bool topLevel = isTopLevelStep(before, *target);
    PE_TRY_ASSIGN(const document::Command command,
                  renameCommand(*subject, catalogue, *target, request.name));
    if (target->name == request.name)
        return plan;
    plan.uses = usesOf(*subject, catalogue, *target).size();
    PE_TRY_ASSIGN(plan.files[request.path], scratch.execute(command));
    PE_TRY(unchangedMeaning(before, NameIndex(subject->forest(), catalogue), scratch.document(),
                            *target, request.name));
    if (!topLevel)
        return plan;
    std::string refusals;
    for (const auto& [path, text] : request.others) {
        auto found = editsOfCaller(request, path, text, target->name, catalogue, clock);
        if (!found) {
            refusals += (refusals.empty() ? "" : "\n") + path + ": " + found.error().message;
        } else if (!found->edits.empty()) {
            plan.files[path] = std::move(found->edits);
            plan.uses += found->uses;
        }
    }
    if (!refusals.empty())
        return fail(ErrorCode::Refused, refusals, request.path);
    return plan;
}

std::map<std::string, std::vector<yaml::Span>> usesInOthers(const RenameRequest& request,
                                                            const format::Catalogue& catalogue,
                                                            Clock& clock) {
    const Scratch scratch(request.text, catalogue, clock);
    const auto subject = check::subjectOf(scratch.document());
    const auto target = targetAt(*subject, catalogue, request.offset);
    if (!target || !isTopLevelStep(NameIndex(subject->forest(), catalogue), *target))
        return {};
    std::map<std::string, std::vector<yaml::Span>> uses;
    for (const auto& [path, text] : request.others) {
        const Scratch other(text, catalogue, clock);
        const auto caller = check::subjectOf(other.document());
        const yaml::Forest& forest = caller->forest();
        std::vector<yaml::Span> spans;
        for (const auto& [at, references] :
             placesInCaller(forest, NameIndex(forest, catalogue), path, request.path, target->name))
            for (const format::Reference& each : references)
                spans.push_back(check::partSpan(*caller, at, each.begin, each.end));
        std::sort(spans.begin(), spans.end(),
                  [](yaml::Span a, yaml::Span b) { return a.begin < b.begin; });
        if (!spans.empty())
            uses[path] = std::move(spans);
    }
    return uses;
}

}  // namespace pe::language
