// SPDX-License-Identifier: MIT
#include "session_journal.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "pe/workspace/search_texts.hpp"
#include "pipeline_id.hpp"

namespace pe::workspace {
namespace {

constexpr std::chrono::milliseconds kUndoDelay{300};
constexpr std::chrono::milliseconds kIndexDelay{1000};
constexpr std::chrono::milliseconds kPackDelay{5000};
constexpr std::size_t kPackEvery = 512;  // changes

}  // namespace

SessionJournal::SessionJournal(const SessionServices& services, const storage::PipelineId& id)
    : services_(services), id_(id), key_(textOf(id)) {}

void SessionJournal::attach(document::Document& document, std::size_t known,
                            std::optional<storage::BaseText> base) {
    document_ = &document;
    known_ = known;
    base_ = std::move(base);
    subscriptions_.push_back(
        document.committed.connect([this](const std::string& change) { journalChange(change); }));
    subscriptions_.push_back(document.confirmed.connect(
        [this](const document::ConfirmedChanges& confirmed) { journalConfirmed(confirmed); }));
    subscriptions_.push_back(document.pendingReplaced.connect([this] { replaceOutbox(); }));
    subscriptions_.push_back(document.draftChanged.connect(
        [this](const std::optional<std::string>& draft) { journalDraft(draft); }));
    subscriptions_.push_back(document.changed.connect([this](const document::ChangeSet&) {
        indexLater();
        saveUndoLater();
    }));
}

void SessionJournal::begin() {
    if (known_ > 0)
        return;
    auto log = document_->log();
    const std::size_t imported = std::min<std::size_t>(log.size(), 1);
    for (std::string& each : log)
        handOver(std::move(each));
    if (base_)
        storeExchange(*base_, imported);
    base_.reset();
}

void SessionJournal::handOver(std::string change) {
    ++*pending_;
    ++known_;
    auto taken = services_.journal.append(
        id_, std::move(change),
        [this, alive = alive_, pending = pending_](const Result<std::int64_t>& outcome) {
            if (outcome)
                --*pending;
            if (!*alive)
                return;
            if (!outcome)
                failed.emit(outcome.error().message);
            stored.emit();
        });
    if (!taken)
        failed.emit("Your edits cannot be kept on this machine just now: " + taken.error().message +
                    " Save the file.");
    if (known_ % kPackEvery == 0)
        services_.journal.runLater("pack:" + key_, kPackDelay,
                                   [store = &services_.store, id = id_]() -> Result<void> {
                                       PE_TRY(store->packChanges(id));
                                       return {};
                                   });
}

void SessionJournal::run(storage::JournalWriter::Task task) {
    ++*pending_;
    auto taken = services_.journal.run(
        std::move(task), [this, alive = alive_, pending = pending_](const Result<void>& outcome) {
            if (outcome)
                --*pending;
            if (!*alive)
                return;
            if (!outcome)
                failed.emit(outcome.error().message);
            stored.emit();
        });
    if (!taken)
        failed.emit(taken.error().message);
}

// Nothing is written for a file that is only looked at; the first edit brings the beginning with
// it.
void SessionJournal::journalChange(const std::string& change) {
    if (document_->isShared())
        return run([store = &services_.store, id = id_, change] {
            return store->addToOutbox(id, change);
        });
    if (known_ == 0)
        begin();
    else
        handOver(change);
}

void SessionJournal::journalConfirmed(const document::ConfirmedChanges& confirmed) {
    std::vector<storage::JournalEntry> entries;
    auto position = static_cast<std::int64_t>(confirmed.firstSequence);
    for (const std::string& change : confirmed.changes)
        entries.push_back({id_, {position++, change}});
    known_ += entries.size();
    run([store = &services_.store, id = id_, entries = std::move(entries),
         waiting = document_->pendingChanges()] { return store->confirm(id, entries, waiting); });
}

void SessionJournal::replaceOutbox() {
    run([store = &services_.store, id = id_, waiting = document_->pendingChanges()] {
        return store->replaceOutbox(id, waiting);
    });
}

void SessionJournal::noteExchange(const storage::BaseText& base) {
    storeExchange(base, known_);
}

void SessionJournal::storeExchange(const storage::BaseText& base, std::size_t changes) {
    run([store = &services_.store, id = id_,
         exchange =
             storage::Exchange{base, static_cast<std::int64_t>(changes), document_->syncMark()}] {
        return store->noteExchange(id, exchange);
    });
}

void SessionJournal::journalDraft(const std::optional<std::string>& draft) {
    if (draft)
        begin();
    nextDraft_ = draft;
    if (!draftUnderWay_)
        writeDraft();
}

// One draft write at a time; while it is under way only the newest text waits.
void SessionJournal::writeDraft() {
    const std::optional<std::string> draft = *std::exchange(nextDraft_, std::nullopt);
    draftUnderWay_ = true;
    ++*pending_;
    auto taken = services_.journal.run(
        [store = &services_.store, id = id_, draft] {
            return draft ? store->saveDraft(id, *draft) : store->clearDraft(id);
        },
        [this, alive = alive_, pending = pending_](const Result<void>& outcome) {
            if (outcome)
                --*pending;
            if (!*alive || !outcome)
                return;
            draftUnderWay_ = false;
            if (nextDraft_)
                writeDraft();
            stored.emit();
        });
    if (!taken)
        failed.emit(taken.error().message);
}

// Edits themselves are stored at once; what may be lost of the stack is the way back over the very
// last of them.
void SessionJournal::saveUndoLater() {
    if (known_ == 0)
        return;
    services_.journal.runLater(
        "undo:" + key_, kUndoDelay,
        [store = &services_.store, id = id_, stack = document_->undoState()] {
            return store->saveUndoStack(id, stack);
        });
}

void SessionJournal::noteName(std::string path, std::string title) {
    path_ = std::move(path);
    title_ = std::move(title);
    indexLater();
}

void SessionJournal::indexLater() {
    if (!services_.index || !document_)
        return;
    services_.journal.runLater(
        "index:" + key_, kIndexDelay,
        [index = services_.index, id = id_, state = static_cast<std::int64_t>(known_),
         text = document_->text(), path = path_,
         title = title_] { return index->put(id, state, searchTexts(text, path, title)); });
}

void SessionJournal::end() {
    subscriptions_.clear();
    if (!document_ || known_ == 0)
        return;
    if (nextDraft_)
        run([store = &services_.store, id = id_, draft = *nextDraft_] {
            return draft ? store->saveDraft(id, *draft) : store->clearDraft(id);
        });
    services_.journal.cancelLater("undo:" + key_);
    run([store = &services_.store, id = id_, stack = document_->undoState()] {
        return store->saveUndoStack(id, stack);
    });
    document_ = nullptr;
}

}  // namespace pe::workspace
