// SPDX-License-Identifier: MIT
#include "file_session.hpp"

#include <cstring>
#include <filesystem>

#include "pe/yaml/second_reader.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::workspace {
namespace {

std::string fileName(const std::string& path) {
    return std::filesystem::path(path).filename().string();
}

// Where the store remembers how much of the journal the file holds.
std::string syncedKey(const storage::PipelineId& id) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string key = "synced:";
    for (const std::uint8_t byte : id) {
        key += kDigits[byte >> 4];
        key += kDigits[byte & 15];
    }
    return key;
}

}  // namespace

FileSession::FileSession(const SessionServices& services, storage::PipelineRecord record)
    : services_(services),
      record_(std::move(record)),
      path_(record_.path.string()),
      watcher_(services.files, services.clock) {}

// The replica id of this install for this pipeline: the pipeline's id is random and never leaves
// it.
std::uint64_t FileSession::replica() const {
    std::uint64_t id = 0;
    std::memcpy(&id, record_.id.data(), sizeof id);
    return id | 1;
}

Result<void> FileSession::openFile() {
    PE_TRY_ASSIGN(storage::FileContent content, services_.files.read(path_));
    known_ = content.stamp;
    watcher_.watch(path_, content.stamp);
    PE_TRY_ASSIGN(const bool replayed, replayJournal());
    savedText_ = content.bytes;
    if (!replayed) {
        openText(content.bytes);
        return {};
    }
    attach();
    if (document_->text() == content.bytes) {
        document_->markSynced();
        return {};
    }
    recovered_ = true;
    // The file may have changed since the program ended; what was unsaved then is merged into it.
    PE_TRY_ASSIGN(const auto base, services_.store.base(record_.id));
    if (!base || base->text == content.bytes)
        return {};
    if (!document_->mergeDisk(content.bytes))
        diskNewer_ = true;
    return {};
}

void FileSession::openText(const std::string& text) {
    document_ = document::Document::open(replica(), text, services_.clock);
    attach();
}

Result<void> FileSession::openJournal() {
    PE_TRY_ASSIGN(const bool replayed, replayJournal());
    if (!replayed)
        return fail(ErrorCode::NotFound, "There is nothing to restore.");
    recovered_ = true;
    attach();
    return {};
}

// True if the journal held edits that the file may not have; they are the document then.
Result<bool> FileSession::replayJournal() {
    PE_TRY_ASSIGN(const auto changes, services_.store.loadChanges(record_.id));
    PE_TRY_ASSIGN(const auto draft, services_.store.draft(record_.id));
    if (changes.empty() && !draft)
        return false;
    std::vector<std::string> log;
    log.reserve(changes.size());
    for (const storage::Change& change : changes)
        log.push_back(change.body);
    PE_TRY_ASSIGN(const auto synced, services_.store.meta(syncedKey(record_.id)));
    std::size_t exchanged = log.empty() ? 0 : 1;
    if (synced)
        exchanged = std::strtoull(synced->c_str(), nullptr, 10);
    std::optional<std::string> draftText;
    if (draft)
        draftText = draft->body;
    auto document =
        document::Document::replay(replica(), log, exchanged, draftText, services_.clock);
    if (!document)
        return tl::unexpected(document.error());
    document_ = std::move(*document);
    journalled_ = log.size();
    return true;
}

void FileSession::attach() {
    subscriptions_.push_back(
        document_->committed.connect([this](const std::string& change) { journalChange(change); }));
    subscriptions_.push_back(document_->draftChanged.connect(
        [this](const std::optional<std::string>& draft) { journalDraft(draft); }));
    subscriptions_.push_back(
        document_->changed.connect([this](const document::ChangeSet&) { stateChanged.emit(); }));
    subscriptions_.push_back(
        document_->notice.connect([this](const std::string& sentence) { message.emit(sentence); }));
}

void FileSession::handOver(std::string change) {
    ++*pending_;
    ++journalled_;
    auto taken = services_.journal.append(
        record_.id, std::move(change),
        [this, alive = alive_, pending = pending_](const Result<std::int64_t>& outcome) {
            if (outcome)
                --*pending;
            if (!*alive)
                return;
            if (!outcome)
                message.emit(outcome.error().message);
            stateChanged.emit();
        });
    if (taken)
        return;
    message.emit("Your edits cannot be kept on this machine just now: " + taken.error().message +
                 " Save the file.");
}

void FileSession::journalChange(const std::string& change) {
    if (journalled_ == 0)
        journalLog();
    else
        handOver(change);
}

// Nothing is written for a file that is only looked at; the first edit brings the beginning with
// it.
void FileSession::journalLog() {
    for (std::string& each : document_->log())
        handOver(std::move(each));
    if (!path_.empty() && known_)
        journalBase(1);
}

// Remembers what the file held when it was last read or written, and how much of the journal that
// is.
void FileSession::journalBase(std::size_t exchanged) {
    auto* store = &services_.store;
    ++*pending_;
    (void)services_.journal.run(
        [store, id = record_.id, base = storage::BaseText{savedText_, *known_},
         count = std::to_string(exchanged)]() -> Result<void> {
            PE_TRY(store->setBase(id, base));
            return store->setMeta(syncedKey(id), count);
        },
        [this, alive = alive_, pending = pending_](const Result<void>& outcome) {
            if (outcome)
                --*pending;
            if (*alive)
                stateChanged.emit();
        });
}

void FileSession::journalDraft(const std::optional<std::string>& draft) {
    if (draft && journalled_ == 0)
        journalLog();
    nextDraft_ = draft;
    if (!draftUnderWay_)
        writeDraft();
}

// One draft write at a time; while it is under way only the newest text waits.
void FileSession::writeDraft() {
    const std::optional<std::string> draft = *std::exchange(nextDraft_, std::nullopt);
    draftUnderWay_ = true;
    ++*pending_;
    auto* store = &services_.store;
    auto taken = services_.journal.run(
        [store, id = record_.id, draft] {
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
            stateChanged.emit();
        });
    if (!taken)
        message.emit(taken.error().message);
}

std::string FileSession::title() const {
    return path_.empty() ? (record_.title.empty() ? "Untitled" : record_.title) : fileName(path_);
}

FileState FileSession::state() const {
    if (path_.empty())
        return FileState::Unbound;
    if (missing_)
        return FileState::Missing;
    if (diskNewer_)
        return FileState::DiskNewer;
    return document_->text() == savedText_ ? FileState::Clean : FileState::Modified;
}

// The independent reader must read what we mean before anything reaches the file.
Result<void> FileSession::readable() const {
    if (document_->hasDraft())
        return {};
    return yaml::agreesWithSecondReader(yaml::parse(document_->text()));
}

Result<void> FileSession::writeTo(const std::string& path,
                                  const std::optional<storage::FileStamp>& expected) {
    PE_TRY(readable());
    PE_TRY_ASSIGN(const storage::FileStamp stamp,
                  services_.files.writeAtomically(path, document_->text(), expected));
    noteExchanged(stamp);
    return {};
}

void FileSession::noteExchanged(const storage::FileStamp& stamp) {
    known_ = stamp;
    savedText_ = document_->text();
    missing_ = false;
    diskNewer_ = false;
    recovered_ = false;
    watcher_.watch(path_, stamp);
    document_->markSynced();
    if (journalled_ > 0 || document_->hasDraft())
        journalBase(journalled_);
    stateChanged.emit();
}

Result<void> FileSession::save(bool overwrite) {
    if (path_.empty())
        return fail(ErrorCode::InvalidArgument, "This pipeline has no file yet; use Save As.");
    std::optional<storage::FileStamp> expected;
    if (!overwrite)
        expected = missing_ || !known_ ? storage::FileStamp{} : *known_;
    return writeTo(path_, expected);
}

Result<void> FileSession::saveAs(const std::string& path) {
    const std::string normal = std::filesystem::absolute(path).lexically_normal().string();
    const std::string before = std::exchange(path_, normal);
    auto bound = services_.store.setPath(record_.id, normal);
    // Another pipeline may remember that path; its file is about to be replaced by this one.
    if (!bound && bound.error().code == ErrorCode::Conflict)
        if (auto other = services_.store.pipelineFor(normal)) {
            PE_TRY(services_.store.setPath(other->id, {}));
            bound = services_.store.setPath(record_.id, normal);
        }
    auto written = bound ? writeTo(normal, std::nullopt) : bound;
    if (!written) {
        path_ = before;
        (void)services_.store.setPath(record_.id, before);
        return written;
    }
    if (!before.empty())
        watcher_.unwatch(before);
    record_.path = normal;
    (void)services_.store.noteRecentFile(normal);
    return {};
}

void FileSession::pollDisk() {
    if (path_.empty())
        return;
    for (const storage::FileEvent& event : watcher_.poll()) {
        if (event.kind == storage::FileEventKind::Deleted) {
            missing_ = true;
            message.emit(title() + " was deleted or renamed outside. Save to write it again.");
            stateChanged.emit();
        } else {
            takeFromDisk();
        }
    }
}

void FileSession::takeFromDisk() {
    auto content = services_.files.read(path_);
    if (!content) {
        message.emit(content.error().message);
        return;
    }
    missing_ = false;
    known_ = content->stamp;
    if (content->bytes == savedText_) {
        stateChanged.emit();
        return;
    }
    const bool hadEdits = document_->text() != savedText_;
    auto merged = document_->mergeDisk(content->bytes);
    if (merged) {
        savedText_ = content->bytes;
        diskNewer_ = false;
        message.emit(hadEdits ? title() + " changed on disk; the change was merged with your edits."
                              : title() + " changed on disk and was loaded again.");
    } else {
        diskNewer_ = true;
        message.emit(merged.error().message);
    }
    stateChanged.emit();
}

Result<void> FileSession::revert() {
    PE_TRY_ASSIGN(const storage::FileContent content, services_.files.read(path_));
    PE_TRY(document_->replaceText(0, document_->text().size(), content.bytes, 0));
    noteExchanged(content.stamp);
    return {};
}

void FileSession::end(bool discard) {
    *alive_ = false;
    subscriptions_.clear();
    const bool clean = !path_.empty() && document_->text() == savedText_;
    if (!discard && !clean)
        return;
    auto* store = &services_.store;
    const auto forget = [store, id = record_.id, key = syncedKey(record_.id),
                         unbound = path_.empty()]() -> Result<void> {
        if (unbound)
            return store->removePipeline(id);
        PE_TRY(store->removePipelineChanges(id));
        PE_TRY(store->clearDraft(id));
        // A new journal begins with the import, which is what the file holds.
        return store->setMeta(key, "1");
    };
    (void)services_.journal.run(forget, [](const Result<void>&) {});
}

}  // namespace pe::workspace
