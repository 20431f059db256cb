// SPDX-License-Identifier: MIT
#include "pe/compare/difference.hpp"

#include <utility>

#include "entry_comparison.hpp"
#include "followed_names.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/value.hpp"
#include "sentences.hpp"
#include "step_matching.hpp"
#include "version.hpp"

namespace pe::compare {
namespace {

using format::GraphIndex;
using format::GraphNode;
using format::kNoGraphNode;
using yaml::kNoNode;
using yaml::kStream;
using yaml::NodeRef;

class Comparison {
public:
    Comparison(const Version& before, const Version& after)
        : before_(before),
          after_(after),
          steps_(matchSteps(before, after)),
          names_(before, after, steps_) {}

    std::vector<Difference> run() {
        compareDocument();
        tellRemoved();
        for (GraphIndex index = 0; index < after_.graph().nodes.size(); ++index)
            tellNode(index);
        tellFollowers();
        if (found_.empty() && isFormatted_)
            tellFormatting();
        return std::move(found_);
    }

private:
    void compareDocument();
    void tellRemoved();
    void tellNode(GraphIndex is);
    void tellAdded(GraphIndex is);
    void tellPlace(GraphIndex was, GraphIndex is);
    void tellName(GraphIndex was, GraphIndex is);
    void tellType(GraphIndex was, GraphIndex is);
    void tellFollowers();
    void tellFormatting();
    Difference about(DifferenceKind kind, GraphIndex was, GraphIndex is) const;
    Report reportAbout(GraphIndex is);
    void add(Difference difference, std::string sentence);

    const Version& before_;
    const Version& after_;
    StepMatching steps_;
    FollowedNames names_;
    std::vector<std::pair<std::size_t, GraphIndex>> renames_;  // place in found_, the old step
    std::vector<Difference> found_;
    bool isFormatted_ = false;
};

void Comparison::add(Difference difference, std::string sentence) {
    difference.sentence = std::move(sentence);
    found_.push_back(std::move(difference));
}

Difference Comparison::about(DifferenceKind kind, GraphIndex was, GraphIndex is) const {
    Difference difference;
    difference.kind = kind;
    if (was != kNoGraphNode) {
        difference.pathBefore = yaml::pointerTo(before_.forest(), before_.node(was).ref);
        difference.step = before_.node(was).name;
    }
    if (is != kNoGraphNode) {
        difference.pathAfter = yaml::pointerTo(after_.forest(), after_.node(is).ref);
        difference.step = after_.node(is).name;
    }
    return difference;
}

Report Comparison::reportAbout(GraphIndex is) {
    if (is == kNoGraphNode)
        return {found_, isFormatted_, "", "the workflow"};
    return {found_, isFormatted_, after_.node(is).name, called(after_, is)};
}

// The workflow's own fields by their names, and whatever stands beside the workflow.
void Comparison::compareDocument() {
    const NodeRef was = yaml::rootDocument(before_.forest());
    const NodeRef is = yaml::rootDocument(after_.forest());
    EntryComparison entries(before_, after_, names_, reportAbout(kNoGraphNode));
    const bool bothThere = was != kNoNode && is != kNoNode;
    const bool bothWorkflows =
        before_.graph().workflow != kNoNode && after_.graph().workflow != kNoNode;
    if (bothThere && bothWorkflows && before_.graph().workflow != was &&
        after_.graph().workflow != is) {
        entries.compareEntries(was, is, "", {"workflow"});
        entries.compare(before_.graph().workflow, after_.graph().workflow, "");
    } else if (bothThere) {
        entries.compare(was, is, "");
    }
    if ((was == kNoNode) != (is == kNoNode)) {
        Difference difference;
        const bool isNew = was == kNoNode;
        difference.kind = isNew ? DifferenceKind::FieldAdded : DifferenceKind::FieldRemoved;
        (isNew ? difference.after : difference.before) =
            isNew ? after_.meaning(is) : before_.meaning(was);
        add(std::move(difference),
            isNew ? "added everything: there was nothing" : "removed everything");
    }
    const auto streamWas = before_.forest().lexeme(kStream);
    const auto streamIs = after_.forest().lexeme(kStream);
    isFormatted_ =
        isFormatted_ || streamWas.open != streamIs.open || streamWas.footer != streamIs.footer ||
        before_.forest().children(kStream).size() != after_.forest().children(kStream).size();
}

// What went with its container needs no word of its own.
void Comparison::tellRemoved() {
    for (GraphIndex was = 0; was < before_.graph().nodes.size(); ++was) {
        const GraphNode& node = before_.node(was);
        const bool wentAlong =
            node.parent != kNoGraphNode && steps_.after[node.parent] == kNoGraphNode;
        if (steps_.after[was] != kNoGraphNode || wentAlong)
            continue;
        Difference difference = about(DifferenceKind::StepRemoved, was, kNoGraphNode);
        difference.before = before_.meaning(node.ref);
        const std::string place =
            node.parent == kNoGraphNode ? "" : " from " + called(before_, node.parent);
        add(std::move(difference), "removed " + called(before_, was) + place);
    }
}

void Comparison::tellAdded(GraphIndex is) {
    const GraphNode& node = after_.node(is);
    if (node.parent != kNoGraphNode && steps_.before[node.parent] == kNoGraphNode)
        return;
    Difference difference = about(DifferenceKind::StepAdded, kNoGraphNode, is);
    difference.after = after_.meaning(node.ref);
    const std::string type =
        node.kind == format::NodeKind::Step && !node.type.empty() ? " (" + node.type + ')' : "";
    const std::string into = node.parent == kNoGraphNode ? "" : placeIn(after_, is);
    add(std::move(difference),
        "added " + called(after_, is) + type + into + placeAmong(after_, is));
}

void Comparison::tellPlace(GraphIndex was, GraphIndex is) {
    const GraphIndex parent = after_.node(is).parent;
    const GraphIndex parentWas = parent == kNoGraphNode ? kNoGraphNode : steps_.before[parent];
    const bool sameContainer = parentWas == before_.node(was).parent &&
                               (parent == kNoGraphNode) == (parentWas == kNoGraphNode);
    if (sameContainer && !steps_.displaced[is])
        return;
    const std::string into = sameContainer ? "" : placeIn(after_, is);
    add(about(DifferenceKind::StepMoved, was, is),
        "moved " + called(after_, is) + into + placeAmong(after_, is));
}

void Comparison::tellName(GraphIndex was, GraphIndex is) {
    if (before_.node(was).name == after_.node(is).name)
        return;
    renames_.emplace_back(found_.size(), was);
    Difference difference = about(DifferenceKind::StepRenamed, was, is);
    difference.field = "name";
    difference.before = yaml::toJson(yaml::Value::ofString(before_.node(was).name));
    difference.after = yaml::toJson(yaml::Value::ofString(after_.node(is).name));
    add(std::move(difference),
        "renamed " + called(before_, was) + " to `" + after_.node(is).name + '`');
}

void Comparison::tellType(GraphIndex was, GraphIndex is) {
    const GraphNode& node = after_.node(is);
    const std::string& typeWas = before_.node(was).type;
    if (node.kind != format::NodeKind::Step || typeWas == node.type)
        return;
    Difference difference = about(DifferenceKind::StepTypeChanged, was, is);
    difference.field = "type";
    difference.before = yaml::toJson(yaml::Value::ofString(typeWas));
    difference.after = yaml::toJson(yaml::Value::ofString(node.type));
    add(std::move(difference),
        "changed the type of " + called(after_, is) + " from " + typeWas + " to " + node.type);
}

void Comparison::tellNode(GraphIndex is) {
    const GraphIndex was = steps_.before[is];
    if (was == kNoGraphNode) {
        tellAdded(is);
        return;
    }
    tellPlace(was, is);
    tellName(was, is);
    tellType(was, is);
    EntryComparison entries(before_, after_, names_, reportAbout(is));
    const NodeRef refWas = before_.node(was).ref;
    const NodeRef ref = after_.node(is).ref;
    const bool isStep = after_.node(is).kind == format::NodeKind::Step;
    const bool bothMappings = yaml::isMapping(before_.forest().style(refWas)) &&
                              yaml::isMapping(after_.forest().style(ref));
    if (isStep && bothMappings)
        entries.compareEntries(refWas, ref, "", {"name", "type"});
    else
        entries.compare(refWas, ref, "");
}

// References stand before and behind the step that they name, so they are known at the end only.
void Comparison::tellFollowers() {
    for (const auto& [place, was] : renames_) {
        Difference& rename = found_[place];
        rename.references = names_.noted(was);
        const std::size_t count = rename.references.size();
        if (count > 0)
            rename.sentence += ", and " + std::to_string(count) +
                               (count == 1 ? " reference" : " references") + " with it";
    }
}

void Comparison::tellFormatting() {
    Difference difference;
    difference.kind = DifferenceKind::FormattingChanged;
    add(std::move(difference), "only the formatting changed");
}

}  // namespace

std::string_view kindName(DifferenceKind kind) {
    switch (kind) {
        case DifferenceKind::StepAdded:
            return "step-added";
        case DifferenceKind::StepRemoved:
            return "step-removed";
        case DifferenceKind::StepMoved:
            return "step-moved";
        case DifferenceKind::StepRenamed:
            return "step-renamed";
        case DifferenceKind::StepTypeChanged:
            return "step-type-changed";
        case DifferenceKind::FieldAdded:
            return "field-added";
        case DifferenceKind::FieldRemoved:
            return "field-removed";
        case DifferenceKind::FieldChanged:
            return "field-changed";
        case DifferenceKind::FieldMoved:
            return "field-moved";
        case DifferenceKind::CommentChanged:
            return "comment-changed";
        case DifferenceKind::FormattingChanged:
            return "formatting-changed";
    }
    return "field-changed";
}

std::vector<Difference> differences(const yaml::Forest& before, const yaml::Forest& after,
                                    const format::Catalogue& catalogue) {
    const Version was(before, catalogue);
    const Version is(after, catalogue);
    return Comparison(was, is).run();
}

}  // namespace pe::compare
