// SPDX-License-Identifier: MIT
#include "conflict_book.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "alias_settling.hpp"
#include "conflict_words.hpp"
#include "pe/yaml/properties.hpp"
#include "pe/yaml/value.hpp"

namespace pe::document {
namespace {

using crdt::Change;
using crdt::NodeId;
using crdt::OpId;
using yaml::NodeRef;

struct IdHash {
    std::size_t operator()(const OpId& id) const {
        return std::hash<std::uint64_t>()(id.replica * 0x9e3779b97f4a7c15ULL ^ id.counter);
    }
};

// Calls act(operation, id) for each operation.
template <class Act>
void forEach(const Change& change, Act act) {
    OpId op{change.replica, change.firstCounter};
    for (const crdt::Operation& operation : change.operations) {
        act(operation, op);
        op.counter += static_cast<std::uint32_t>(crdt::counterSpan(operation));
    }
}

// The node whose content an operation changes.
NodeId contentTarget(const crdt::Operation& operation) {
    if (const auto* set = std::get_if<crdt::Set>(&operation))
        return set->node;
    if (const auto* insert = std::get_if<crdt::TextInsert>(&operation))
        return insert->node;
    if (const auto* erase = std::get_if<crdt::TextDelete>(&operation))
        return erase->node;
    return {};
}

// The deleted entry that hides a node; kNoNode if none does.
NodeRef hidingEntry(const crdt::ReplicatedTree& tree, NodeRef node) {
    for (; node != crdt::kNoNode && node != crdt::ReplicatedTree::root(); node = tree.parent(node))
        if (tree.deletedBy(node))
            return node;
    return crdt::kNoNode;
}

// An anchor that an operation gave to an entry.
struct Naming {
    NodeId node;
    OpId op;
};

// What a change does that others could collide with.
struct Deeds {
    std::unordered_map<NodeId, OpId, IdHash> deletes;
    std::unordered_map<NodeId, PlaceVersion, IdHash> moves;
    std::unordered_map<NodeId, OpId, IdHash> contents;
    std::unordered_map<NodeId, OpId, IdHash> values;
    std::unordered_map<NodeId, OpId, IdHash> tags;
    std::multimap<std::string, Naming, std::less<>> anchors;

    void add(const Change& change) {
        forEach(change, [this](const crdt::Operation& operation, OpId op) {
            addProperties(operation, op);
            if (const auto* remove = std::get_if<crdt::Delete>(&operation))
                deletes[remove->node] = op;
            else if (const auto* move = std::get_if<crdt::Move>(&operation))
                moves[move->node] = {op, move->place.parent, move->place.after};
            else if (const NodeId node = contentTarget(operation))
                contents[node] = op;
        });
    }

    void addProperties(const crdt::Operation& operation, OpId op) {
        if (const auto* create = std::get_if<crdt::Create>(&operation))
            return addAnchor(create->registers.get(kProps).value_or(""), {op, op});
        const auto* set = std::get_if<crdt::Set>(&operation);
        if (!set)
            return;
        if (set->key == kValue)
            values[set->node] = op;
        if (set->key != kProps)
            return;
        addAnchor(set->value, {set->node, op});
        if (!yaml::tagOf(set->value).empty())
            tags[set->node] = op;
    }

    void addAnchor(std::string_view props, const Naming& naming) {
        if (const auto name = yaml::anchorOf(props); !name.empty())
            anchors.emplace(name, naming);
    }

    bool mayCollide(const crdt::ReplicatedTree& tree) const {
        return !deletes.empty() || !moves.empty() || !anchors.empty() || !tags.empty() ||
               std::any_of(values.begin(), values.end(),
                           [&](const auto& each) {
                               const NodeRef node = tree.find(each.first);
                               return node != crdt::kNoNode &&
                                      !yaml::tagOf(tree.reg(node, kProps)).empty();
                           }) ||
               std::any_of(contents.begin(), contents.end(), [&](const auto& each) {
                   return hidingEntry(tree, tree.find(each.first)) != crdt::kNoNode;
               });
    }
};

void collideTags(const Deeds& tagging, const Deeds& setting, std::set<TagConflict>& facts) {
    for (const auto& [node, op] : tagging.tags)
        if (const auto found = setting.values.find(node); found != setting.values.end())
            facts.insert({node, op, found->second});
}

void collideAnchors(const Deeds& mine, const Deeds& theirs, std::set<AnchorConflict>& facts) {
    for (const auto& [name, first] : mine.anchors) {
        const auto [begin, end] = theirs.anchors.equal_range(name);
        for (auto second = begin; second != end; ++second) {
            const Naming& other = second->second;
            if (first.node == other.node)
                continue;
            AnchorConflict found{first.node, first.op, other.node, other.op};
            if (found.second < found.first) {
                std::swap(found.first, found.second);
                std::swap(found.firstNamed, found.secondNamed);
            }
            facts.insert(found);
        }
    }
}

}  // namespace

void ConflictBook::noteRename(NodeRef nameField, std::string before, OpId rename) {
    std::erase_if(facts_.renamed, [&](const NameConflict& each) {
        return each.step == nameField && each.before == before;
    });
    facts_.renamed.push_back({nameField, std::move(before), rename});
}

bool ConflictBook::mayCollide(const Change& change, const crdt::ReplicatedTree& tree) {
    Deeds deeds;
    deeds.add(change);
    return deeds.mayCollide(tree);
}

void ConflictBook::compare(const Change& change, std::span<const crdt::SharedChange> unseen,
                           const crdt::ReplicatedTree& tree) {
    if (unseen.empty())
        return;
    Deeds mine;
    mine.add(change);
    if (!mine.mayCollide(tree))
        return;
    Deeds theirs;
    for (const crdt::SharedChange& each : unseen)
        if (each->replica != change.replica)
            theirs.add(*each);
    const auto collide = [&](const Deeds& deleting, const Deeds& editing) {
        for (const auto& [node, op] : editing.contents) {
            const NodeRef hiding = hidingEntry(tree, tree.find(node));
            if (hiding == crdt::kNoNode)
                continue;
            const auto found = deleting.deletes.find(tree.id(hiding));
            if (found != deleting.deletes.end())
                facts_.deleted.insert({tree.id(hiding), found->second, op});
        }
    };
    collide(mine, theirs);
    collide(theirs, mine);
    collideTags(mine, theirs, facts_.tagged);
    collideTags(theirs, mine, facts_.tagged);
    collideAnchors(mine, theirs, facts_.anchored);
    for (const auto& [node, place] : mine.moves) {
        const auto other = theirs.moves.find(node);
        if (other == theirs.moves.end() ||
            (other->second.parent == place.parent && other->second.after == place.after))
            continue;
        MovedConflict moved{node, {place, other->second}};
        std::sort(moved.places.begin(), moved.places.end());
        facts_.moved.insert(std::move(moved));
    }
}

void ConflictBook::noteAll(const crdt::ReplicatedTree& tree, NodeRef top) {
    std::vector<NodeRef> open{top};
    while (!open.empty()) {
        const NodeRef node = open.back();
        open.pop_back();
        touched_.insert(node);
        const auto children = tree.children(node);
        open.insert(open.end(), children.begin(), children.end());
    }
}

bool ConflictBook::refresh(const ConflictSources& sources) {
    std::set<NodeRef> parents;
    for (const NodeRef node : touched_) {
        for (const crdt::RegisterKey key : {kPrefix, kKey, kProps, kValue, kFooter, kSuffix})
            if (sources.tree.hasConflict(node, key))
                fields_.insert({node, key});
        const NodeRef parent = sources.tree.parent(node);
        if (sources.tree.isLive(node) && parent != crdt::kNoNode)
            parents.insert(parent);
    }
    touched_.clear();
    keyed_.insert(parents.begin(), parents.end());
    std::erase_if(keyed_, [&](NodeRef mapping) { return sameKeys(sources, mapping).empty(); });
    std::erase_if(fields_, [&](const FieldConflict& each) {
        return !sources.tree.hasConflict(each.node, each.key);
    });
    ConflictWords words(sources);
    for (const FieldConflict& each : fields_)
        words.add(each);
    for (const NodeRef mapping : keyed_)
        for (auto& fields : sameKeys(sources, mapping))
            words.add(KeyConflict{std::move(fields)});
    for (const DeletedConflict& each : facts_.deleted)
        words.add(each);
    for (const MovedConflict& each : facts_.moved)
        words.add(each);
    for (const NodeRef node : sources.forest.hidden())
        words.add(HiddenConflict{node});
    for (const AliasConflict& each : aliasConflicts(sources.forest))
        words.add(each);
    for (const AnchorConflict& each : facts_.anchored)
        words.add(each);
    for (const TagConflict& each : facts_.tagged)
        words.add(each);
    words.addNames(facts_.renamed);
    auto [list, matters] = words.take(dismissed_);
    const auto same = [](const Conflict& a, const Conflict& b) {
        return a.id == b.id && a.sentence == b.sentence && a.node == b.node &&
               a.versions.size() == b.versions.size();
    };
    const bool changed = !std::equal(list.begin(), list.end(), list_.begin(), list_.end(), same);
    list_ = std::move(list);
    matters_ = std::move(matters);
    return changed;
}

const ConflictMatter* ConflictBook::find(const std::string& id) const {
    for (std::size_t i = 0; i < list_.size(); ++i)
        if (list_[i].id == id)
            return &matters_[i];
    return nullptr;
}

std::vector<std::vector<NodeRef>> sameKeys(const ConflictSources& sources, NodeRef mapping) {
    std::vector<std::vector<NodeRef>> all;
    if (!sources.tree.isLive(mapping) || !yaml::isMapping(sources.forest.style(mapping)))
        return all;
    const auto author = [&](NodeRef field) {
        const OpId named = sources.tree.shownBy(field, kKey);
        return named ? named.replica : sources.tree.id(field).replica;
    };
    const auto entries = sources.forest.children(mapping);
    const auto byOthers = [&](NodeRef field) { return author(field) != author(entries.front()); };
    if (std::none_of(entries.begin(), entries.end(), byOthers))
        return all;
    std::map<std::string, std::vector<NodeRef>> byKey;
    for (const NodeRef field : entries)
        byKey[yaml::keyText(sources.forest, field)].push_back(field);
    for (auto& [key, fields] : byKey) {
        const auto first = author(fields.front());
        const bool several = std::any_of(fields.begin(), fields.end(),
                                         [&](NodeRef field) { return author(field) != first; });
        if (several)
            all.push_back(std::move(fields));
    }
    return all;
}

}  // namespace pe::document
