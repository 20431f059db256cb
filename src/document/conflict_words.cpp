// SPDX-License-Identifier: MIT
#include "conflict_words.hpp"

#include <algorithm>

#include "pe/base/trimmed.hpp"
#include "pe/format/references.hpp"
#include "pe/format/scope.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/scalar.hpp"
#include "pe/yaml/value.hpp"

namespace pe::document {
namespace {

using crdt::OpId;
using yaml::NodeRef;

bool isComment(crdt::RegisterKey key) {
    return key == kPrefix || key == kSuffix || key == kFooter;
}

// What a version of a register says, as far as people care: layout is left out.
std::string said(crdt::RegisterKey key, std::string_view bytes) {
    if (key != kValue)
        return std::string(trimmed(bytes, " \t\r\n,"));
    const yaml::Lexeme value = unpackValue(bytes);
    if (yaml::isMapping(value.style))
        return "(fields)";
    if (yaml::isSequence(value.style))
        return "(a list)";
    if (yaml::isBlockScalar(value.style))
        return "(a text of several lines)";
    return yaml::decodeScalar(value.style, value.open, value.raw, 0);
}

}  // namespace

Conflict ConflictWords::begin(ConflictKind kind, const char* prefix, OpId id, NodeRef node) const {
    Conflict conflict;
    conflict.kind = kind;
    conflict.id =
        std::string(prefix) + ':' + std::to_string(id.replica) + ':' + std::to_string(id.counter);
    conflict.node = shownAncestor(node);
    conflict.pointer = yaml::pointerTo(sources_.forest, conflict.node);
    return conflict;
}

void ConflictWords::finish(Conflict conflict, ConflictMatter matter) {
    list_.push_back(std::move(conflict));
    matters_.push_back(std::move(matter));
}

NodeRef ConflictWords::shownAncestor(NodeRef node) const {
    NodeRef shown = node;
    for (NodeRef at = node; at != yaml::kStream && at != yaml::kNoNode;) {
        const NodeRef parent = sources_.forest.parent(at);
        if (parent == yaml::kNoNode)
            return yaml::kStream;
        const auto siblings = sources_.forest.children(parent);
        if (std::find(siblings.begin(), siblings.end(), at) == siblings.end())
            shown = parent;
        at = parent;
    }
    return shown;
}

ConflictVersion ConflictWords::version(std::string value, OpId op) const {
    ConflictVersion version;
    version.value = std::move(value);
    version.own = sources_.isOwn(op.replica);
    if (const auto change = sources_.changeOf(op)) {
        version.author = change->author;
        version.atMs = change->hlc.milliseconds();
    }
    return version;
}

std::string ConflictWords::who(OpId op) const {
    if (sources_.isOwn(op.replica))
        return "you";
    const auto change = sources_.changeOf(op);
    return change && !change->author.empty() ? change->author : "somebody else";
}

// `model` of step `plan`, or whatever says best which entry it is.
std::string ConflictWords::nameOf(NodeRef node) const {
    const yaml::Forest& forest = sources_.forest;
    const auto stepName = [&](NodeRef at) -> std::string {
        if (!yaml::isMapping(forest.style(at)))
            return {};
        const NodeRef name = yaml::child(forest, at, "name");
        return name == yaml::kNoNode ? std::string{} : yaml::scalarText(forest, name);
    };
    if (const std::string name = stepName(node); !name.empty())
        return "'" + name + "'";
    std::string said;
    if (const auto key = forest.key(node); !key.empty() && key != "-")
        said = "'" + yaml::keyText(forest, node) + "'";
    for (NodeRef at = forest.parent(node); at != yaml::kNoNode; at = forest.parent(at))
        if (const std::string name = stepName(at); !name.empty())
            return (said.empty() ? "an item" : said) + " of '" + name + "'";
    return said.empty() ? "an entry" : said;
}

void ConflictWords::add(const FieldConflict& matter) {
    if (!sources_.tree.isLive(matter.node))
        return;
    const ConflictKind kind = isComment(matter.key) ? ConflictKind::Comment
                              : matter.key == kKey  ? ConflictKind::FieldName
                                                    : ConflictKind::Field;
    Conflict conflict = begin(kind, ("field" + std::to_string(matter.key)).c_str(),
                              sources_.tree.id(matter.node), matter.node);
    bool differ = false;
    std::string authors;
    for (const auto& each : sources_.tree.versions(matter.node, matter.key)) {
        const std::string text = each.value ? said(matter.key, *each.value) : std::string{};
        conflict.versions.push_back(version(text, each.op));
        differ = differ || text != conflict.versions.front().value;
        authors += (authors.empty() ? "" : " and ") + who(each.op);
    }
    if (!differ)
        return;
    conflict.versions.front().shown = true;
    const char* what = kind == ConflictKind::Comment     ? "the comment of "
                       : kind == ConflictKind::FieldName ? "the name of "
                                                         : "";
    conflict.sentence = "Changed at the same time by " + authors + ": " + what +
                        nameOf(matter.node) + ". Shown is \"" + conflict.versions.front().value +
                        "\".";
    finish(std::move(conflict), matter);
}

void ConflictWords::add(const DeletedConflict& matter) {
    const NodeRef node = sources_.tree.find(matter.node);
    if (node == crdt::kNoNode || sources_.tree.deletedBy(node) != matter.deletion)
        return;
    Conflict conflict = begin(ConflictKind::DeletedEdited, "deleted", matter.node, node);
    const bool known = std::any_of(list_.begin(), list_.end(),
                                   [&](const Conflict& each) { return each.id == conflict.id; });
    if (known)
        return;
    conflict.versions.push_back(version("Leave it deleted", matter.deletion));
    conflict.versions.back().shown = true;
    conflict.versions.push_back(version("Bring it back with the edits", matter.edit));
    conflict.sentence = "Deleted by " + who(matter.deletion) + " while " + who(matter.edit) +
                        " edited it: " + nameOf(node) + ".";
    finish(std::move(conflict), matter);
}

std::string ConflictWords::placeOf(const PlaceVersion& place) const {
    const NodeRef parent = sources_.tree.find(place.parent);
    const NodeRef after = place.after ? sources_.tree.find(place.after) : crdt::kNoNode;
    std::string said = "in " + (parent == crdt::kNoNode ? "what is gone" : nameOf(parent));
    return said + (after == crdt::kNoNode ? ", first" : ", after " + nameOf(after));
}

void ConflictWords::add(const MovedConflict& matter) {
    const NodeRef node = sources_.tree.find(matter.node);
    if (node == crdt::kNoNode || !sources_.tree.isLive(node))
        return;
    const OpId placed = sources_.tree.placedBy(node);
    const bool stands = std::any_of(matter.places.begin(), matter.places.end(),
                                    [&](const PlaceVersion& each) { return each.op == placed; });
    if (!stands)
        return;
    Conflict conflict = begin(ConflictKind::MovedTwice, "moved", matter.node, node);
    std::string authors;
    for (const PlaceVersion& each : matter.places) {
        conflict.versions.push_back(version(placeOf(each), each.op));
        conflict.versions.back().shown = each.op == placed;
        authors += (authors.empty() ? "" : " and ") + who(each.op);
    }
    conflict.sentence = "Moved to two places by " + authors + ": " + nameOf(node) + ".";
    finish(std::move(conflict), matter);
}

void ConflictWords::add(const KeyConflict& matter) {
    const NodeRef first = matter.fields.front();
    Conflict conflict =
        begin(ConflictKind::SameKey, "key", sources_.tree.id(matter.fields.back()), first);
    for (const NodeRef field : matter.fields) {
        const auto style = sources_.forest.style(field);
        const std::string value = yaml::isCollection(style)
                                      ? said(kValue, sources_.tree.reg(field, kValue))
                                      : yaml::scalarText(sources_.forest, field);
        conflict.versions.push_back(version(value, sources_.tree.id(field)));
        conflict.versions.back().shown = field == first;
    }
    conflict.sentence = "Added twice at the same time: " + nameOf(first) +
                        ". The engine reads the first; keep one of them.";
    finish(std::move(conflict), matter);
}

void ConflictWords::add(const HiddenConflict& matter) {
    const OpId id = sources_.tree.id(matter.node);
    Conflict conflict = begin(ConflictKind::HiddenPart, "hidden", id, matter.node);
    const auto style = sources_.forest.style(matter.node);
    const std::string value = yaml::isCollection(style)
                                  ? nameOf(matter.node)
                                  : yaml::scalarText(sources_.forest, matter.node);
    const NodeRef parent = sources_.tree.parent(matter.node);
    conflict.versions.push_back(version("Leave it out", sources_.tree.placedBy(parent)));
    conflict.versions.back().shown = true;
    conflict.versions.push_back(version("Bring it back: " + value, id));
    conflict.sentence = "What holds it became something else while " + who(id) +
                        " worked in it: " + nameOf(matter.node) + " is not shown.";
    finish(std::move(conflict), matter);
}

void ConflictWords::addNames(const std::vector<NameConflict>& renames) {
    if (renames.empty())
        return;
    const yaml::Forest& forest = sources_.forest;
    const format::Graph graph = format::deriveGraph(forest, format::Catalogue::builtIn());
    const format::StepScope scope(graph);
    const auto references = format::allReferences(forest, graph);
    for (const NameConflict& rename : renames) {
        if (!sources_.tree.isLive(rename.step))
            continue;
        const std::string now = yaml::scalarText(forest, rename.step);
        const auto lost = std::find_if(
            references.begin(), references.end(), [&](const format::HeldReference& each) {
                return format::namesStep(each.reference.target) &&
                       each.reference.name == rename.before && now != rename.before &&
                       !scope.resolve(rename.before, each.holder);
            });
        if (lost == references.end())
            continue;
        Conflict conflict =
            begin(ConflictKind::NameReference, "name", rename.rename, lost->reference.at);
        conflict.versions.push_back(version(rename.before, sources_.tree.id(lost->reference.at)));
        conflict.versions.back().shown = true;
        conflict.versions.push_back(version(now, rename.rename));
        conflict.sentence = "'" + rename.before + "' was renamed to '" + now + "' by " +
                            who(rename.rename) +
                            " while somebody referred to it: " + nameOf(lost->reference.at) + ".";
        finish(std::move(conflict), rename);
    }
}

std::pair<std::vector<Conflict>, std::vector<ConflictMatter>> ConflictWords::take(
    const std::set<std::string>& dismissed) {
    std::pair<std::vector<Conflict>, std::vector<ConflictMatter>> kept;
    for (std::size_t i = 0; i < list_.size(); ++i) {
        if (dismissed.count(list_[i].id) != 0)
            continue;
        kept.first.push_back(std::move(list_[i]));
        kept.second.push_back(std::move(matters_[i]));
    }
    return kept;
}

}  // namespace pe::document
