// SPDX-License-Identifier: MIT
// Conflicts: found when changes meet, settled by a person.
#include <algorithm>
#include <map>

#include "alias_settling.hpp"
#include "pe/format/references.hpp"
#include "pe/format/scope.hpp"
#include "pe/yaml/edit.hpp"
#include "pe/yaml/value.hpp"
#include "pipeline_document.hpp"
#include "step_names.hpp"
#include "verification.hpp"

namespace pe::document {
namespace {

// Settles one conflict in a transaction.
class Settler {
public:
    Settler(const crdt::ReplicatedTree& tree, ReplicatedForest& forest,
            crdt::Transaction& transaction, EditWriter& writer, std::size_t version)
        : tree_(tree),
          forest_(forest),
          transaction_(transaction),
          writer_(writer),
          version_(version) {}

    Result<void> operator()(const FieldConflict& matter) {
        settle(matter.node, matter.key);
        // What stands around the value belongs to it.
        if (matter.key == kValue)
            for (const crdt::RegisterKey key : {kColon, kProps, kSuffix})
                follow(matter.node, key, chosen_);
        return {};
    }

    Result<void> operator()(const DeletedConflict& matter) {
        if (version_ == 1)
            transaction_.restore(tree_.find(matter.node));
        return {};
    }

    Result<void> operator()(const MovedConflict& matter) {
        const PlaceVersion& place = matter.places[version_];
        const yaml::NodeRef node = tree_.find(matter.node);
        if (tree_.placedBy(node) == place.op)
            return {};
        const yaml::NodeRef parent = tree_.find(place.parent);
        if (parent == crdt::kNoNode || !tree_.isLive(parent))
            return fail(ErrorCode::Refused, "The place it was moved to is no longer there.");
        yaml::NodeRef after = place.after ? tree_.find(place.after) : crdt::kNoNode;
        if (after != crdt::kNoNode && (!tree_.isLive(after) || tree_.parent(after) != parent))
            after = tree_.lastChild(parent);
        transaction_.move(node, parent, after);
        return {};
    }

    Result<void> operator()(const KeyConflict& matter) {
        for (std::size_t i = 0; i < matter.fields.size(); ++i) {
            if (i == version_)
                continue;
            PE_TRY_ASSIGN(const yaml::Edit edit, yaml::removeEntry(forest_, matter.fields[i]));
            writer_.write(edit);
        }
        return {};
    }

    Result<void> operator()(const NameConflict& matter) {
        if (version_ == 0)
            return {};
        const std::string now = yaml::scalarText(forest_, matter.step);
        const format::Graph graph = format::deriveGraph(forest_, format::Catalogue::builtIn());
        const format::StepScope scope(graph);
        std::map<yaml::NodeRef, format::ReferenceRole> holders;
        for (const format::HeldReference& each : format::allReferences(forest_, graph))
            if (format::namesStep(each.reference.target) && each.reference.name == matter.before &&
                !scope.resolve(matter.before, each.holder))
                holders[each.reference.at] = each.reference.role;
        for (const auto& [node, role] : holders) {
            const auto text =
                format::renamed(yaml::scalarText(forest_, node), role, matter.before, now);
            if (!text)
                continue;
            PE_TRY_ASSIGN(const yaml::Edit edit,
                          yaml::setValue(forest_, node, yaml::Value::ofString(*text)));
            writer_.write(edit);
        }
        return {};
    }

    Result<void> operator()(const HiddenConflict& matter) {
        if (version_ == 0) {
            transaction_.remove(matter.node);
            return {};
        }
        const yaml::NodeRef parent = tree_.parent(matter.node);
        if (parent == yaml::kStream) {
            const yaml::NodeRef document = forest_.children(parent).back();
            transaction_.move(matter.node, document, tree_.lastChild(document));
            return {};
        }
        const yaml::Lexeme lexeme = forest_.lexeme(matter.node);
        yaml::Lexeme value;
        value.style = lexeme.key == "-" || lexeme.key.empty() ? yaml::Style::BlockSequence
                                                              : yaml::Style::BlockMapping;
        value.offset = 2;
        for (const yaml::NodeRef shown : forest_.children(parent))
            transaction_.remove(shown);
        transaction_.set(parent, kValue, packValue(value));
        return {};
    }

    Result<void> operator()(const AliasConflict& matter) { return settleNames(matter); }
    Result<void> operator()(const AnchorConflict& matter) { return settleNames(matter); }
    Result<void> operator()(const TagConflict& matter) { return settleNames(matter); }

private:
    template <class Matter>
    Result<void> settleNames(const Matter& matter) {
        pe::document::settle(matter, version_, SettlingTools{forest_, transaction_, writer_});
        return {};
    }

    void settle(yaml::NodeRef node, crdt::RegisterKey key) {
        const auto versions = tree_.versions(node, key);
        if (version_ >= versions.size())
            return;
        chosen_ = versions[version_].op;
        chosenHlc_ = versions[version_].hlc;
        take(node, key, version_, versions);
    }

    // The version that was made in the same change, if there is one.
    void follow(yaml::NodeRef node, crdt::RegisterKey key, crdt::OpId chosen) {
        if (!tree_.hasConflict(node, key))
            return;
        const auto versions = tree_.versions(node, key);
        for (std::size_t i = 0; i < versions.size(); ++i)
            if (versions[i].op.replica == chosen.replica && versions[i].hlc == chosenHlc_)
                return take(node, key, i, versions);
        transaction_.settle(node, key);
    }

    void take(yaml::NodeRef node, crdt::RegisterKey key, std::size_t index,
              const std::vector<crdt::RegisterVersion>& versions) {
        if (index == 0)
            return transaction_.settle(node, key);
        if (!versions[index].value)
            return transaction_.clear(node, key);
        transaction_.set(node, key, std::string(*versions[index].value));
    }

    const crdt::ReplicatedTree& tree_;
    ReplicatedForest& forest_;
    crdt::Transaction& transaction_;
    EditWriter& writer_;
    std::size_t version_;
    crdt::OpId chosen_;
    crdt::Hlc chosenHlc_;
};

}  // namespace

// Before names change by what others did: what they were.
void PipelineDocument::noteRenames(std::span<const crdt::SharedChange> incoming) {
    for (const crdt::SharedChange& change : incoming) {
        if (isOwn(change->replica))
            continue;
        crdt::OpId op{change->replica, change->firstCounter};
        for (const crdt::Operation& operation : change->operations) {
            const auto* set = std::get_if<crdt::Set>(&operation);
            const yaml::NodeRef node =
                set && set->key == kValue ? tree_.find(set->node) : crdt::kNoNode;
            if (node != crdt::kNoNode && tree_.isLive(node) && isStepName(forest_, node))
                book_.noteRename(node, yaml::scalarText(forest_, node), op);
            op.counter += static_cast<std::uint32_t>(crdt::counterSpan(operation));
        }
    }
}

// `change` is in the tree and about to come into the log.
void PipelineDocument::noteConflicts(const crdt::SharedChange& change) {
    if (!isOwn(change->replica))
        book_.open();
    const std::size_t base = std::min<std::size_t>(change->base, log_.size());
    if (base >= log_.first() || ConflictBook::mayCollide(*change, tree_))
        if (const auto unseen = log_.from(base))
            book_.compare(*change, *unseen, tree_);
    if (isOwn(change->replica))
        return;
    const auto pending = tree_.pending();
    book_.compare(*change, pending, tree_);
}

void PipelineDocument::listConflicts() {
    const ConflictSources sources{tree_, forest_,
                                  [this](crdt::OpId op) { return find(op).value_or(nullptr); },
                                  [this](crdt::ReplicaId replica) { return isOwn(replica); }};
    if (book_.refresh(sources))
        conflictsChanged.emit();
}

Result<void> PipelineDocument::choose(const std::string& conflict, std::size_t version) {
    PE_TRY(mayEdit());
    const ConflictMatter* found = book_.find(conflict);
    if (!found)
        return fail(ErrorCode::NotFound, "This conflict has been settled already.");
    const auto listed = std::find_if(book_.list().begin(), book_.list().end(),
                                     [&](const Conflict& each) { return each.id == conflict; });
    if (version >= listed->versions.size())
        return fail(ErrorCode::InvalidArgument, "The conflict has no such version.");
    const bool shown = listed->versions[version].shown;
    const ConflictMatter matter = *found;
    const std::string label = "Settle conflict";
    crdt::Transaction transaction = beginGesture(label);
    EditWriter writer(tree_, forest_, transaction);
    Settler settler(tree_, forest_, transaction, writer, version);
    auto settled = std::visit(settler, matter);
    if (!settled || transaction.failed()) {
        rollback(transaction);
        return settled ? fail(ErrorCode::Refused, "This is not possible any more.") : settled;
    }
    forest_.forgetAll();
    fitTogether();
    auto patches = projection_.renderAll(forest_);
    if (auto proof = verifyRendering(forest_, yaml::kStream, projection_.text()); !proof) {
        rollback(transaction);
        return tl::unexpected(proof.error());
    }
    if (shown && !std::holds_alternative<FieldConflict>(matter))
        book_.dismiss(conflict);
    history_.seal();
    PE_TRY(commit(transaction, std::move(patches),
                  {Origin::Command, 0, label, 0, std::nullopt, false}));
    listConflicts();
    return {};
}

Result<void> PipelineDocument::dismiss(const std::string& conflict) {
    const ConflictMatter* found = book_.find(conflict);
    if (!found)
        return fail(ErrorCode::NotFound, "This conflict has been settled already.");
    if (std::holds_alternative<FieldConflict>(*found))
        return choose(conflict, 0);
    book_.dismiss(conflict);
    listConflicts();
    return {};
}

}  // namespace pe::document
