// SPDX-License-Identifier: MIT
#include "document_laws.hpp"

#include <algorithm>
#include <map>
#include <string_view>

#include "pe/yaml/render.hpp"
#include "pe/yaml/scalar.hpp"

namespace pe::simulation {
namespace {

using crdt::NodeHandle;
using document::Document;
using yaml::NodeRef;

// Registers and forms as docs/formats/op_log.md has them.
constexpr crdt::RegisterKey kValueRegister = 5;
constexpr std::string_view kPlainScalar("\x01\0\0", 3);

// What changes name, as entries of the document that the first of them made.
class Touched {
public:
    Touched(const std::vector<crdt::SharedChange>& log, const crdt::ReplicatedTree& tree)
        : tree_(tree) {
        for (std::size_t i = 1; i < log.size(); ++i)
            for (const crdt::Operation& each : log[i]->operations)
                std::visit([this](const auto& operation) { (*this)(operation); }, each);
    }

    bool isEdited(NodeRef node) const { return edited_.count(node) != 0; }
    // Something came into it.
    bool isFilled(NodeRef node) const { return filled_.count(node) != 0; }

    void operator()(const crdt::Create& op) { add(filled_, op.place.parent); }
    void operator()(const crdt::Move& op) {
        add(edited_, op.node);
        add(filled_, op.place.parent);
    }
    void operator()(const crdt::Unknown&) {}
    template <class Operation>
    void operator()(const Operation& op) {
        add(edited_, op.node);
    }

private:
    void add(std::set<NodeRef>& nodes, crdt::NodeId id) {
        if (const NodeHandle node = tree_.find(id); node != crdt::kNoNode)
            nodes.insert(node);
    }

    const crdt::ReplicatedTree& tree_;
    std::set<NodeRef> edited_;
    std::set<NodeRef> filled_;
};

bool isInBlocks(const yaml::Forest& forest, NodeRef node) {
    const NodeRef parent = forest.parent(node);
    return parent != yaml::kNoNode && yaml::isBlockCollection(forest.style(parent)) &&
           !yaml::isInlineFirst(forest, node);
}

bool isShown(const yaml::Forest& forest, NodeRef node) {
    for (; node != yaml::kStream; node = forest.parent(node)) {
        const NodeRef parent = forest.parent(node);
        if (parent == yaml::kNoNode)
            return false;
        const auto siblings = forest.children(parent);
        if (std::find(siblings.begin(), siblings.end(), node) == siblings.end())
            return false;
    }
    return true;
}

// From the key to the end of its last line.
std::string_view linesOf(const Document& document, NodeRef node) {
    const std::size_t begin = document.keySpan(node).begin;
    return std::string_view(document.text()).substr(begin, document.entrySpan(node).end - begin);
}

class UntouchedLines {
public:
    UntouchedLines(const Document& beginning, const Document& merged, const Touched& touched,
                   Verdict& verdict)
        : before_(beginning), now_(merged), touched_(touched), verdict_(verdict) {}

    // Nothing at or above `node` was edited.
    void check(NodeRef node) {
        const bool whole = isUntouched(node);
        if (whole && isInBlocks(before_.forest(), node) && isShown(now_.forest(), node) &&
            isInBlocks(now_.forest(), node))
            verdict_.require(
                linesOf(before_, node) == linesOf(now_, node),
                "lines that nobody edited have other bytes: " + std::string(linesOf(now_, node)));
        if (!whole && !touched_.isEdited(node))
            for (const NodeRef child : before_.forest().children(node))
                check(child);
    }

private:
    bool isUntouched(NodeRef node) const {
        const auto children = before_.forest().children(node);
        return !touched_.isEdited(node) && !touched_.isFilled(node) &&
               std::all_of(children.begin(), children.end(),
                           [this](NodeRef child) { return isUntouched(child); });
    }

    const Document& before_;
    const Document& now_;
    const Touched& touched_;
    Verdict& verdict_;
};

// Whose work stands where an operation did what it did: what an undo brings back is that of the one
// who had made it.
class Origins {
public:
    explicit Origins(const std::vector<crdt::SharedChange>& changes) {
        for (const crdt::SharedChange& change : changes) {
            crdt::OpId op{change->replica, change->firstCounter};
            for (const crdt::Operation& each : change->operations) {
                if (const auto* set = std::get_if<crdt::Set>(&each); set && set->restores)
                    origins_[op] = of(set->restores);
                else if (const auto* move = std::get_if<crdt::Move>(&each); move && move->restores)
                    origins_[op] = of(move->restores);
                else if (std::holds_alternative<crdt::Restore>(each) ||
                         (set && set->restoresNothing))
                    origins_[op] = {};
                op.counter += static_cast<std::uint32_t>(crdt::counterSpan(each));
            }
        }
    }

    // Null if that does not follow from the changes alone.
    crdt::OpId of(crdt::OpId op) const {
        const auto found = origins_.find(op);
        return found == origins_.end() ? op : found->second;
    }

private:
    std::map<crdt::OpId, crdt::OpId> origins_;
};

}  // namespace

void checkUntouchedLines(const Document& beginning, const Document& merged,
                         const std::vector<crdt::SharedChange>& log, Verdict& verdict) {
    if (log.empty())
        return;
    crdt::ReplicatedTree first(1);
    if (!verdict.require(first.apply({log.data(), 1}, 1).has_value(), "an import does not fold"))
        return;
    const Touched touched(log, first);
    UntouchedLines lines(beginning, merged, touched, verdict);
    for (const NodeRef document : beginning.forest().children(yaml::kStream))
        for (const NodeRef entry : beginning.forest().children(document))
            lines.check(entry);
}

void checkConflictsAreListed(const crdt::ReplicatedTree& tree,
                             const std::vector<document::Conflict>& listed, Verdict& verdict) {
    std::set<std::string_view> ids;
    for (const document::Conflict& each : listed)
        ids.insert(each.id);
    std::vector<NodeHandle> open{crdt::kRootHandle};
    while (!open.empty()) {
        const NodeHandle node = open.back();
        open.pop_back();
        const auto children = tree.children(node);
        open.insert(open.end(), children.begin(), children.end());
        std::set<std::string> scalars;
        for (const crdt::RegisterVersion& each : tree.versions(node, kValueRegister))
            if (each.value && each.value->starts_with(kPlainScalar))
                scalars.insert(yaml::decodeScalar(yaml::Style::Plain, {},
                                                  each.value->substr(kPlainScalar.size()), 0));
        const crdt::OpId id = tree.id(node);
        const std::string name =
            "field5:" + std::to_string(id.replica) + ':' + std::to_string(id.counter);
        verdict.require(scalars.size() < 2 || ids.count(name) != 0,
                        "two people gave a field two values, and no conflict is listed");
    }
}

void checkUndoIsOwn(const crdt::ReplicatedTree& before,
                    const std::vector<crdt::SharedChange>& changes,
                    const std::set<crdt::ReplicaId>& own, const crdt::Change& undo,
                    Verdict& verdict) {
    const Origins origins(changes);
    const auto isOwn = [&](crdt::OpId op) {
        const crdt::OpId origin = origins.of(op);
        return !origin || own.count(origin.replica) != 0;
    };
    // What the change itself makes is nobody's before it.
    const auto stands = [&](crdt::NodeId id) { return before.find(id) != crdt::kNoNode; };
    // Where a change was refused, its undo and redo are left and say the value that is there.
    const auto isSame = [](const crdt::RegisterVersion& version, const crdt::Set& set) {
        return set.absent ? !version.value : version.value == set.value;
    };
    for (const crdt::Operation& each : undo.operations) {
        bool mine = true;
        if (const auto* set = std::get_if<crdt::Set>(&each); set && stands(set->node)) {
            const auto versions = before.versions(before.find(set->node), set->key);
            mine = versions.empty() || isOwn(versions.front().op) || isSame(versions.front(), *set);
        } else if (const auto* move = std::get_if<crdt::Move>(&each); move && stands(move->node)) {
            mine = isOwn(before.placedBy(before.find(move->node)));
        } else if (const auto* gone = std::get_if<crdt::Delete>(&each);
                   gone && stands(gone->node)) {
            mine = isOwn(before.placedBy(before.find(gone->node)));
        } else if (const auto* back = std::get_if<crdt::Restore>(&each);
                   back && stands(back->node)) {
            const auto deletion = before.deletedBy(before.find(back->node));
            mine = !deletion || isOwn(deletion);
        }
        verdict.require(mine, "an undo changed the work of somebody else");
    }
}

}  // namespace pe::simulation
