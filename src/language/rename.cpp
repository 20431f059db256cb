// SPDX-License-Identifier: MIT
#include "pe/language/rename.hpp"

#include <algorithm>
#include <memory>

#include "caller_places.hpp"
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

// A step as other files see it.
struct Called {
    std::string name;
    bool repeats = false;  // the name stands in the paths to its result once more
};

Called calledStep(const yaml::Forest& forest, const Target& target) {
    return {target.name,
            target.kind == TargetKind::Step && format::answersUnderItsName(forest, target.node)};
}

// One edit for each name where that gives the same text.
std::vector<TextEdit> nameByName(const std::string& text, std::vector<TextEdit> edits,
                                 std::vector<yaml::Span> names, const std::string& name) {
    std::sort(names.begin(), names.end(),
              [](yaml::Span a, yaml::Span b) { return a.begin < b.begin; });
    std::vector<TextEdit> exact;
    for (const yaml::Span each : names) {
        if (!exact.empty() && each.begin < exact.back().span.end)
            return edits;
        exact.push_back({each, name});
    }
    return applied(text, exact) == applied(text, edits) ? exact : edits;
}

bool isTopLevelStep(const NameIndex& index, const Target& target) {
    return target.kind == TargetKind::Step &&
           std::any_of(index.graph().nodes.begin(), index.graph().nodes.end(),
                       [&](const format::GraphNode& each) {
                           return each.ref == target.node && each.parent == kNoGraphNode;
                       });
}

// Whether a name can stand behind another one in a path.
bool canBeChained(const std::string& name, const format::Reference& place) {
    const bool subtracts = place.role == format::ReferenceRole::Condition;
    return std::all_of(name.begin(), name.end(),
                       [&](char c) { return format::isNameByte(c) && !(c == '-' && subtracts); });
}

// The places of another file that name this step of the called one, and again where the step
// answers under its name.
CallerPlaces placesOfStep(const yaml::Forest& forest, const NameIndex& index,
                          const std::string& caller, const RenameRequest& request,
                          const Called& called) {
    CallerPlaces places;
    for (auto& [at, references] : placesInCaller(forest, index, caller, request.path))
        for (format::Reference& each : references) {
            if (each.name != called.name)
                continue;
            if (auto key = called.repeats ? format::repeatedName(forest, each) : std::nullopt)
                places[key->at].push_back(std::move(*key));
            places[at].push_back(std::move(each));
        }
    return places;
}

struct CallerEdits {
    std::vector<TextEdit> edits;
    std::size_t uses = 0;
};

// The edits of a file that runs the open one and names its step.
Result<CallerEdits> editsOfCaller(const RenameRequest& request, const std::string& path,
                                  const std::string& text, const Called& called,
                                  const format::Catalogue& catalogue, Clock& clock) {
    Scratch scratch(text, catalogue, clock);
    const auto subject = check::subjectOf(scratch.document());
    const yaml::Forest& forest = subject->forest();
    const NameIndex index(forest, catalogue);
    document::Batch batch;
    CallerEdits found;
    std::vector<yaml::Span> names;
    for (const auto& [at, references] : placesOfStep(forest, index, path, request, called)) {
        for (const format::Reference& each : references) {
            if (!canBeChained(request.name, each))
                return fail(ErrorCode::Refused,
                            "'" + request.name +
                                "' cannot stand in a path there: use letters, digits and "
                                "underscores.",
                            yaml::pointerTo(forest, at));
            names.push_back(check::partSpan(*subject, at, each.begin, each.end));
        }
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
    found.uses = names.size();
    PE_TRY_ASSIGN(auto edits, scratch.execute({std::move(batch), {}, 0}));
    found.edits = nameByName(text, std::move(edits), std::move(names), request.name);
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
    std::vector<yaml::Span> names;
    for (const Use& each : usesOf(*subject, catalogue, *target)) {
        ++plan.uses;
        if (subject->forest().style(each.node) != yaml::Style::Alias)
            names.push_back(each.span);
    }
    const Called called = calledStep(subject->forest(), *target);
    PE_TRY_ASSIGN(auto edits, scratch.execute(command));
    plan.files[request.path] =
        nameByName(request.text, std::move(edits), std::move(names), request.name);
    PE_TRY(unchangedMeaning(before, NameIndex(subject->forest(), catalogue), scratch.document(),
                            *target, request.name));
    if (!topLevel)
        return plan;
    std::string refusals;
    for (const auto& [path, text] : request.others) {
        auto found = editsOfCaller(request, path, text, called, catalogue, clock);
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
    const Called called = calledStep(subject->forest(), *target);
    std::map<std::string, std::vector<yaml::Span>> uses;
    for (const auto& [path, text] : request.others) {
        const Scratch other(text, catalogue, clock);
        const auto caller = check::subjectOf(other.document());
        const yaml::Forest& forest = caller->forest();
        std::vector<yaml::Span> spans;
        for (const auto& [at, references] :
             placesOfStep(forest, NameIndex(forest, catalogue), path, request, called))
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
