// SPDX-License-Identifier: MIT
#include "pipeline_document.hpp"

#include <iterator>

#include "command_writer.hpp"
#include "pe/crdt/codec.hpp"
#include "undo_codec.hpp"
#include "verification.hpp"

namespace pe::document {
namespace {

// Up to this size the whole text is read again to prove an edit; beyond it only the lines of the
// edit are, and the rest when the file is saved.
constexpr std::size_t kProveAllBytes = 4 << 20;

NodeChangeKind kindOf(crdt::EffectKind kind) {
    switch (kind) {
        case crdt::EffectKind::Created:
        case crdt::EffectKind::Restored:
            return NodeChangeKind::Added;
        case crdt::EffectKind::Removed:
            return NodeChangeKind::Removed;
        case crdt::EffectKind::Moved:
        case crdt::EffectKind::LiftedOut:
            return NodeChangeKind::Moved;
        default:
            return NodeChangeKind::Changed;
    }
}

Result<void> prove(const yaml::Forest& forest, const Projection& projection,
                   const RenderScope& scope) {
    const std::string& text = projection.text();
    const yaml::Span lines = projection.entry(scope.node);
    if (scope.node != yaml::kStream &&
        verifyRendering(forest, scope.node, text.substr(lines.begin, lines.end - lines.begin)))
        return {};
    if (text.size() > kProveAllBytes && scope.node != yaml::kStream)
        return {};
    return verifyRendering(forest, yaml::kStream, text);
}

}  // namespace

PipelineDocument::PipelineDocument(crdt::ReplicaId replica, Clock& clock)
    : clock_(clock), tree_(replica), forest_(tree_) {}

void PipelineDocument::begin(std::string text) {
    yaml::Tree tree = yaml::parse(std::move(text));
    const Occasion opening{Origin::Open, 0, "Open", 0, std::nullopt, false};
    if (!tree.editable() || !startOver(tree, opening)) {
        setDraft(tree.text());
        draftAtSync_ = tree.text();
    }
    sync_.sequence = log_.size();
}

void PipelineDocument::setDraft(std::string text) {
    openedAsDraft_ = projection_.text().empty();
    draft_.emplace(std::move(text));
}

Result<void> PipelineDocument::resume(SavedDocument saved) {
    shared_ = saved.shared;
    author_ = std::move(saved.author);
    PE_TRY(fold(saved.log));
    PE_TRY(resumePending(saved.pending));
    tree_.takeEffects();
    forest_.forgetAll();
    forest_.refitAll();
    projection_.renderAll(forest_);
    sync_.sequence = std::min(saved.synced, log_.size());
    if (!saved.syncMark.empty())
        sync_ = SyncPoint::decode(saved.syncMark).value_or(sync_);
    if (saved.draft)
        setDraft(std::move(*saved.draft));
    resumeUndo(saved.undo);
    book_.noteAll(tree_);
    listConflicts();
    return {};
}

Result<void> PipelineDocument::fold(const std::vector<std::string>& log) {
    for (const std::string& bytes : log) {
        PE_TRY_ASSIGN(auto change, crdt::decodeChange(bytes));
        auto shared = std::make_shared<const crdt::Change>(std::move(change));
        PE_TRY(tree_.apply(*shared, tree_.sequence() + 1));
        noteConflicts(shared, log_.size());
        log_.push(std::move(shared));
    }
    return {};
}

const yaml::Forest& PipelineDocument::forest() const {
    if (draft_)
        return draft_->tree();
    return forest_;
}

const std::string& PipelineDocument::text() const {
    return draft_ ? draft_->text() : projection_.text();
}

yaml::Span PipelineDocument::entrySpan(yaml::NodeRef node) const {
    return draft_ ? draft_->tree().entrySpan(node) : projection_.entry(node);
}

yaml::Span PipelineDocument::keySpan(yaml::NodeRef node) const {
    return draft_ ? draft_->tree().keySpan(node) : projection_.key(node);
}

yaml::Span PipelineDocument::valueSpan(yaml::NodeRef node) const {
    return draft_ ? draft_->tree().valueSpan(node) : projection_.value(node);
}

yaml::NodeRef PipelineDocument::nodeAt(std::size_t offset) const {
    return draft_ ? draft_->nodeAt(offset) : projection_.nodeAt(forest_, offset);
}

const std::vector<yaml::Problem>& PipelineDocument::problems() const {
    if (draft_)
        return draft_->tree().problems();
    if (problemsVersion_ != version_) {
        problems_ = yaml::parse(projection_.text()).problems();
        problemsVersion_ = version_;
    }
    return problems_;
}

Result<void> PipelineDocument::mayEdit() const {
    if (delivering_)
        return fail(ErrorCode::Refused, "A change is being shown; try again when it is done.");
    if (draft_)
        return fail(
            ErrorCode::Refused,
            "The text has errors. Correct the marked lines, or discard the changes to the text.");
    return {};
}

crdt::Transaction PipelineDocument::beginGesture(std::string label) {
    return tree_.begin(clock_.nowMs(), std::move(label), author_);
}

Result<void> PipelineDocument::execute(const Command& command) {
    PE_TRY(mayEdit());
    const std::string label = command.label.empty() ? defaultLabel(command) : command.label;
    crdt::Transaction transaction = beginGesture(label);
    EditWriter writer(tree_, forest_, transaction);
    CommandWriter commands(forest_, writer);
    RenderScope scope;
    int edits = 0;
    commands.onEdit = [&](const yaml::Edit& edit) {
        // The scope of several edits would have to be known before the first; then all is rendered.
        scope = ++edits == 1 ? projection_.scopeOf(forest_, edit) : RenderScope{};
    };
    if (auto written = commands.write(command); !written || transaction.failed()) {
        auto error = written ? fail(ErrorCode::Refused, "This edit is not possible here.")
                             : tl::unexpected(written.error());
        if (transaction.failed())
            if (auto result = transaction.commit(); !result)
                error = tl::unexpected(result.error());
        rollback(transaction);
        return error;
    }
    for (const yaml::NodeRef node : writer.created())
        forest_.forget(node);
    auto patches = projection_.update(forest_, scope);
    if (auto proof = prove(forest_, projection_, scope); !proof) {
        rollback(transaction);
        return proof;
    }
    Occasion occasion{Origin::Command, command.source, label, 0, std::nullopt, false};
    if (const auto* typing = std::get_if<SpliceText>(&command.what))
        occasion.mergeKey = (std::uint64_t{typing->node} + 1) << 8 | (command.source & 0xff);
    return commit(transaction, std::move(patches), occasion);
}

void PipelineDocument::rollback(crdt::Transaction& transaction) {
    transaction.rollback();
    tree_.takeEffects();
    forest_.forgetAll();
    forest_.refitAll();
    projection_.renderAll(forest_);
}

Result<void> PipelineDocument::keep(const crdt::SharedChange& change) {
    if (shared_)
        return {};
    PE_TRY(tree_.apply(*change, tree_.sequence() + 1));
    log_.push(change);
    return {};
}

std::vector<NodeChange> PipelineDocument::drainEffects() {
    std::vector<NodeChange> nodes;
    std::set<yaml::NodeRef> refit;
    for (const crdt::Effect& effect : tree_.takeEffects()) {
        if (effect.kind == crdt::EffectKind::NoEffect)
            continue;
        forest_.forget(effect.node);
        const bool register_ = effect.kind == crdt::EffectKind::RegisterChanged;
        if (effect.kind != crdt::EffectKind::TextChanged) {
            refit.insert(effect.node);
            book_.noteEntry(effect.node);
        }
        if (!register_ && effect.parent != crdt::kNoNode)
            refit.insert(effect.parent);
        if (!register_ && effect.oldParent != crdt::kNoNode)
            refit.insert(effect.oldParent);
        if (register_ && (effect.key == kKey || effect.key == kColon))
            refit.insert(tree_.parent(effect.node));
        const NodeChange change{kindOf(effect.kind), effect.node};
        const bool again =
            !nodes.empty() && nodes.back().node == change.node && nodes.back().kind == change.kind;
        if (!again)
            nodes.push_back(change);
    }
    // Where several people have worked, what fits may change far from what an effect names.
    if (book_.isOpen()) {
        forest_.refitAll();
        return nodes;
    }
    for (const yaml::NodeRef node : refit)
        if (node != crdt::kNoNode)
            forest_.refit(node);
    return nodes;
}

Result<void> PipelineDocument::commit(crdt::Transaction& transaction,
                                      std::vector<TextPatch> patches, const Occasion& occasion) {
    auto result = transaction.commit();
    if (!result) {
        rollback(transaction);
        return tl::unexpected(result.error());
    }
    const crdt::SharedChange change = *result;
    if (change->operations.empty() && patches.empty() && !occasion.leavesDraft)
        return {};
    std::vector<crdt::SharedChange> made;
    if (!change->operations.empty()) {
        PE_TRY(keep(change));
        made.push_back(change);
    }
    // Text that never parsed may become no text at all: a step without a change.
    if (occasion.origin != Origin::Open && (!made.empty() || occasion.draftBefore)) {
        draftAhead_.reset();
        history_.push({std::move(made), occasion.label, clock_.nowMs(), occasion.mergeKey,
                       occasion.draftBefore});
    }
    ChangeSet changes;
    changes.origin = occasion.origin;
    changes.source = occasion.source;
    changes.label = occasion.label;
    changes.patches = std::move(patches);
    changes.reset = occasion.leavesDraft;
    const bool misfitsBefore = forest_.hasMisfits();
    changes.nodes = drainEffects();
    // What did not fit where it is may fit now.
    if (forest_.hasMisfits() || misfitsBefore) {
        auto more = projection_.renderAll(forest_);
        changes.patches.insert(changes.patches.end(), std::make_move_iterator(more.begin()),
                               std::make_move_iterator(more.end()));
    }
    // The import is in the log; the journal writes it with the first change that follows.
    if (!change->operations.empty() && occasion.origin != Origin::Open)
        committed.emit(crdt::encodeChange(*change));
    deliver(std::move(changes));
    listConflicts();
    return {};
}

void PipelineDocument::deliver(ChangeSet changes) {
    changes.version = ++version_;
    delivering_ = true;
    changed.emit(changes);
    delivering_ = false;
}

std::vector<std::string> PipelineDocument::log() const {
    std::vector<std::string> encoded;
    encoded.reserve(log_.size());
    for (const crdt::SharedChange& change : log_.all())
        encoded.push_back(crdt::encodeChange(*change));
    return encoded;
}

std::unique_ptr<Document> Document::open(std::uint64_t replica, std::string text, Clock& clock) {
    auto document = std::make_unique<PipelineDocument>(replica, clock);
    document->begin(std::move(text));
    return document;
}

Result<std::unique_ptr<Document>> Document::replay(std::uint64_t replica,
                                                   const std::vector<std::string>& log,
                                                   std::size_t synced,
                                                   std::optional<std::string> draft, Clock& clock) {
    SavedDocument saved;
    saved.log = log;
    saved.synced = synced;
    saved.draft = std::move(draft);
    return replay(replica, std::move(saved), clock);
}

Result<std::unique_ptr<Document>> Document::replay(std::uint64_t replica, SavedDocument saved,
                                                   Clock& clock) {
    auto document = std::make_unique<PipelineDocument>(replica, clock);
    PE_TRY(document->resume(std::move(saved)));
    return std::unique_ptr<Document>(std::move(document));
}

}  // namespace pe::document
