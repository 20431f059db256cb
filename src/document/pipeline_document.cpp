// SPDX-License-Identifier: MIT
#include "pipeline_document.hpp"

#include <algorithm>
#include <iterator>

#include "command_writer.hpp"
#include "mending.hpp"
#include "pe/crdt/codec.hpp"
#include "size_limit.hpp"
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

// Whether what was written reads without any problem; an error if it reads as something else.
Result<bool> prove(const yaml::Forest& forest, const Projection& projection,
                   const RenderScope& scope) {
    const std::string& text = projection.text();
    const yaml::Span lines = projection.entry(scope.node);
    if (scope.node != yaml::kStream)
        if (const auto alone = verifyRendering(forest, scope.node,
                                               text.substr(lines.begin, lines.end - lines.begin)))
            return alone->problems().empty();
    if (text.size() > kProveAllBytes && scope.node != yaml::kStream)
        return false;
    PE_TRY_ASSIGN(const yaml::Tree all, verifyRendering(forest, yaml::kStream, text));
    return all.problems().empty();
}

// Whether the change is about the values of scalars and nothing that other entries could see.
bool changesScalarsOnly(const crdt::Change& change) {
    return std::all_of(change.operations.begin(), change.operations.end(), [](const auto& each) {
        const auto* set = std::get_if<crdt::Set>(&each);
        return set != nullptr ? set->key == kValue
                              : std::holds_alternative<crdt::TextInsert>(each) ||
                                    std::holds_alternative<crdt::TextDelete>(each);
    });
}

// A key with an anchor moves or changes. A list keeps no keys, and whether an alias elsewhere needs
// that anchor is seen in the whole text only.
bool touchesKeyAnchor(const yaml::Forest& forest, const yaml::Edit& edit) {
    const auto named = [&](yaml::NodeRef node) {
        return forest.lexeme(node).key.find('&') != std::string_view::npos;
    };
    return std::any_of(edit.relocations.begin(), edit.relocations.end(),
                       [&](const auto& each) { return named(each.node); }) ||
           std::any_of(edit.patches.begin(), edit.patches.end(), [&](const auto& each) {
               return each.field == yaml::Field::Key && named(each.node);
           });
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
    } else if (tree.text() == projection_.text()) {
        problems_ = tree.problems();
        problemsVersion_ = version_;
    }
    sync_.sequence = log_.size();
}

void PipelineDocument::setDraft(std::string text) {
    openedAsDraft_ = projection_.text().empty();
    draft_.emplace(std::move(text));
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

std::optional<yaml::Problem> PipelineDocument::obstacle() const {
    if (!draft_)
        return std::nullopt;
    for (const yaml::Problem& each : problems())
        if (each.severity == yaml::Severity::Error)
            return each;
    if (auto limit = beyondLimits(draft_->tree()))
        return limit;
    return yaml::Problem{"document.form", yaml::Severity::Error,
                         "This YAML can be edited as text only.", 0, 0};
}

bool PipelineDocument::hadNoProblems() const {
    return problemsVersion_ == version_ && problems_.empty();
}

Result<void> PipelineDocument::mayEdit() const {
    if (delivering_)
        return fail(ErrorCode::Refused, "A change is being shown; try again when it is done.");
    if (const auto found = obstacle())
        return fail(ErrorCode::Refused,
                    isSyntaxError(*found)
                        ? "The text has errors. Correct the marked lines, or discard the changes "
                          "to the text."
                        : found->message);
    return {};
}

crdt::Transaction PipelineDocument::beginGesture(std::string label) {
    return tree_.begin(clock_.nowMs(), std::move(label), author_);
}

Result<void> PipelineDocument::execute(const Command& command) {
    PE_TRY(mayEdit());
    const std::string label = command.label.empty() ? defaultLabel(command) : command.label;
    const bool misfits = forest_.hasMisfits();
    crdt::Transaction transaction = beginGesture(label);
    EditWriter writer(tree_, forest_, transaction);
    CommandWriter commands(forest_, *types_, writer);
    RenderScope scope;
    int edits = 0;
    commands.onEdit = [&](const yaml::Edit& edit) {
        // The scope of several edits would have to be known before the first; then all is rendered.
        const bool alone = ++edits == 1 && !touchesKeyAnchor(forest_, edit);
        scope = alone ? projection_.scopeOf(forest_, edit) : RenderScope{};
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
    if (transaction.empty()) {
        transaction.rollback();
        return {};
    }
    for (const yaml::NodeRef node : writer.created())
        forest_.forget(node);
    if (misfits)
        scope = {};
    auto patches = projection_.update(forest_, scope);
    const auto flawless = prove(forest_, projection_, scope);
    if (!flawless) {
        rollback(transaction);
        return tl::unexpected(flawless.error());
    }
    Occasion occasion{Origin::Command, command.source, label, 0, std::nullopt, false, *flawless};
    if (const auto* typing = std::get_if<SpliceText>(&command.what))
        occasion.mergeKey = (std::uint64_t{typing->node} + 1) << 8 | (command.source & 0xff);
    return commit(transaction, std::move(patches), occasion);
}

void PipelineDocument::rollback(crdt::Transaction& transaction) {
    transaction.rollback();
    tree_.takeEffects();
    forest_.forgetAll();
    fitTogether();
    projection_.renderAll(forest_);
}

// Edits of several people may not fit together; those of one always do.
void PipelineDocument::fitTogether() {
    if (maybeMerged())
        mend(forest_);
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
    for (const crdt::Effect& effect : tree_.takeEffects()) {
        if (effect.kind == crdt::EffectKind::NoEffect)
            continue;
        forest_.forget(effect.node);
        // What was out of sight may come back with it.
        const NodeChangeKind how = kindOf(effect.kind);
        if (how == NodeChangeKind::Moved || effect.kind == crdt::EffectKind::Restored) {
            book_.noteAll(tree_, effect.node);
            forest_.noteAliases(effect.node);
        } else if (effect.kind != crdt::EffectKind::TextChanged)
            book_.noteEntry(effect.node);
        const NodeChange change{how, effect.node};
        const bool again =
            !nodes.empty() && nodes.back().node == change.node && nodes.back().kind == change.kind;
        if (!again)
            nodes.push_back(change);
    }
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
    std::vector<StepChange> made;
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
    changes.nodes = drainEffects();
    // The import is in the log; the journal writes it with the first change that follows.
    if (!change->operations.empty() && occasion.origin != Origin::Open)
        committed.emit(crdt::encodeChange(*change));
    if (occasion.flawless && changesScalarsOnly(*change) && hadNoProblems())
        problemsVersion_ = version_ + 1;
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

bool isSyntaxError(const yaml::Problem& obstacle) {
    return obstacle.code.starts_with("yaml.");
}

std::string obstacleText(const Document& document) {
    const auto obstacle = document.obstacle();
    if (!obstacle)
        return {};
    const yaml::Position at = yaml::LineIndex(document.text()).position(obstacle->begin);
    return "line " + std::to_string(at.line) + ", column " + std::to_string(at.column) + ": " +
           obstacle->message;
}

}  // namespace pe::document
