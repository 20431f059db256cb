// SPDX-License-Identifier: MIT
#include "session_journal.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "pe/workspace/search_texts.hpp"
#include "pipeline_id.hpp"
#include "saved_pipeline.hpp"

namespace pe::workspace {
namespace {

constexpr std::chrono::milliseconds kUndoDelay{300};
constexpr std::chrono::milliseconds kIndexDelay{1000};
// After so many changes, or bytes of them, they are packed and a snapshot is taken.
constexpr std::size_t kTidyEvery = 512;
constexpr std::size_t kTidyBytes = 256U << 10;
// At the end of a session so many are worth one.
constexpr std::size_t kTidyAtEnd = 64;

}  // namespace

SessionJournal::SessionJournal(const SessionServices& services, const storage::PipelineId& id)
    : services_(services), id_(id), key_(textOf(id)) {}

void SessionJournal::attach(document::Document& document, const StoredHistory& known,
                            std::optional<storage::BaseText> base) {
    document_ = &document;
    known_ = known.changes;
    base_ = std::move(base);
    count(known.behindSnapshot, known.bytesBehind);
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
    known_ = document_->sequence();
    // A large file is encoded on the other thread: the first edit must not wait for it.
    if (known_ > 0)
        run([store = &services_.store, id = id_, log = document_->logEncoder()] {
            std::vector<storage::JournalEntry> entries;
            for (std::string& each : log())
                entries.push_back(
                    {id, {static_cast<std::int64_t>(entries.size()) + 1, std::move(each)}});
            return store->appendEntries(entries);
        });
    if (base_)
        storeExchange(*base_, std::min<std::size_t>(known_, 1));
    base_.reset();
    count(known_, document_->text().size());
}

// Counts first and looks at the session then: it may be gone.
auto SessionJournal::answered() {
    return [this, alive = alive_, pending = pending_](const auto& outcome) {
        if (outcome)
            --*pending;
        if (!*alive)
            return;
        if (!outcome)
            failed.emit(outcome.error().message);
        stored.emit();
    };
}

void SessionJournal::handOver(std::string change) {
    ++*pending_;
    ++known_;
    count(1, change.size());
    const auto taken = services_.journal.append(id_, std::move(change), answered());
    if (!taken)
        failed.emit("Your edits cannot be kept on this machine just now: " + taken.error().message +
                    " Save the file.");
}

// What opening has to replay has grown; from time to time it is put together.
void SessionJournal::count(std::size_t changes, std::size_t bytes) {
    behindSnapshot_ += changes;
    bytesBehind_ += bytes;
    if (behindSnapshot_ >= kTidyEvery || (behindSnapshot_ > 1 && bytesBehind_ >= kTidyBytes))
        snapshotLater(kSoon);
}

void SessionJournal::snapshotLater(std::chrono::milliseconds delay) {
    behindSnapshot_ = 0;
    bytesBehind_ = 0;
    services_.journal.runLater(
        "tidy:" + key_, delay,
        [store = &services_.store, id = id_, &clock = services_.clock]() -> Result<void> {
            PE_TRY(store->packChanges(id));
            return storeSnapshot(*store, id, clock);
        });
}

void SessionJournal::run(storage::JournalWriter::Task task) {
    ++*pending_;
    const auto taken = services_.journal.run(std::move(task), answered());
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
    std::size_t bytes = 0;
    for (const std::string& change : confirmed.changes)
        bytes += change.size();
    run([store = &services_.store, id = id_, entries = std::move(entries),
         waiting = document_->pendingChanges()] { return store->confirm(id, entries, waiting); });
    count(confirmed.changes.size(), bytes);
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
void SessionJournal::soon(const std::string& key, std::chrono::milliseconds delay,
                          void (SessionJournal::*action)()) {
    services_.journal.runLater(
        key, delay,
        [this, action, alive = alive_, executor = &services_.executor]() -> Result<void> {
            executor->post([this, action, alive] {
                if (*alive)
                    (this->*action)();
            });
            return {};
        });
}

// Edits themselves are stored at once; what may be lost of the stack is the way back over the very
// last of them.
void SessionJournal::saveUndoLater() {
    if (known_ > 0)
        soon("undo soon:" + key_, kUndoDelay, &SessionJournal::saveUndo);
}

void SessionJournal::saveUndo() {
    if (document_)
        services_.journal.runLater(
            "undo:" + key_, {},
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
    indexed_ = false;
    if (services_.index)
        soon("index soon:" + key_, kIndexDelay, &SessionJournal::index);
}

void SessionJournal::index() {
    if (!services_.index || !document_ || indexed_)
        return;
    indexed_ = true;
    services_.journal.runLater(
        "index:" + key_, {},
        [index = services_.index, id = id_, state = static_cast<std::int64_t>(known_),
         text = document_->text(), path = path_,
         title = title_] { return index->put(id, state, searchTexts(text, path, title)); });
}

void SessionJournal::end() {
    subscriptions_.clear();
    index();
    services_.journal.cancelLater("index soon:" + key_);
    services_.journal.cancelLater("undo soon:" + key_);
    services_.journal.cancelLater("undo:" + key_);
    if (!document_ || known_ == 0)
        return;
    if (nextDraft_)
        run([store = &services_.store, id = id_, draft = *nextDraft_] {
            return draft ? store->saveDraft(id, *draft) : store->clearDraft(id);
        });
    run([store = &services_.store, id = id_, stack = document_->undoState()] {
        return store->saveUndoStack(id, stack);
    });
    if (behindSnapshot_ >= kTidyAtEnd)
        snapshotLater({});
    document_ = nullptr;
}

}  // namespace pe::workspace
