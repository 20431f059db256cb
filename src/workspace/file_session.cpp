// SPDX-License-Identifier: MIT
#include "file_session.hpp"

#include <chrono>
#include <filesystem>

#include "pe/yaml/second_reader.hpp"
#include "pe/yaml/tree.hpp"
#include "pipeline_id.hpp"

namespace pe::workspace {
namespace {

constexpr std::chrono::seconds kArriveWithin{5};

std::string fileName(const std::string& path) {
    return std::filesystem::path(path).filename().string();
}

}  // namespace

FileSession::FileSession(const SessionServices& services, storage::PipelineRecord record)
    : services_(services),
      record_(std::move(record)),
      path_(record_.path.string()),
      journal_(services, record_.id),
      watcher_(services.files, services.clock) {}

std::string FileSession::id() const {
    return textOf(record_.id);
}

Result<void> FileSession::openFile() {
    PE_TRY_ASSIGN(storage::FileContent content, services_.files.read(path_));
    PE_TRY_ASSIGN(SavedPipeline saved, readSaved(services_.store, record_));
    known_ = content.stamp;
    watcher_.watch(path_, content.stamp);
    if (saved.isEmpty()) {
        savedText_ = content.bytes;
        openText(content.bytes);
        return {};
    }
    const auto base = saved.base;
    PE_TRY(openSaved(std::move(saved)));
    savedText_ = content.bytes;
    return meetDisk(content.bytes, base);
}

// The file may have changed since the program ended; what was unsaved then is merged into it.
Result<void> FileSession::meetDisk(const std::string& bytes,
                                   const std::optional<storage::BaseText>& base) {
    if (document_->text() == bytes) {
        if (!base || base->text != bytes)
            noteExchanged(*known_);
        else
            document_->markSynced();
        return {};
    }
    recovered_ = !base || document_->text() != base->text;
    if (!base || base->text == bytes)
        return {};
    if (!document_->mergeDisk(bytes)) {
        diskNewer_ = true;
        savedText_ = base->text;
        known_ = base->stamp;
        return {};
    }
    journal_.noteExchange({bytes, *known_});
    return {};
}

void FileSession::openText(const std::string& text) {
    document_ = document::Document::open(record_.replica | 1, text, services_.clock);
    document_->setAuthor(services_.author);
    attach({});
}

Result<void> FileSession::openJournal() {
    PE_TRY_ASSIGN(SavedPipeline saved, readSaved(services_.store, record_));
    if (saved.isEmpty())
        return fail(ErrorCode::NotFound, "The replica holds no edits of this pipeline.");
    if (saved.base) {
        savedText_ = saved.base->text;
        known_ = saved.base->stamp;
    }
    PE_TRY(openSaved(std::move(saved)));
    recovered_ = path_.empty() ? record_.exchanged < record_.lastPosition || record_.hasDraft
                               : document_->text() != savedText_;
    if (path_.empty())
        return {};
    watcher_.watch(path_, known_.value_or(storage::FileStamp{}));
    missing_ = !services_.files.exists(path_);
    return {};
}

Result<void> FileSession::openSaved(SavedPipeline saved) {
    StoredHistory known;
    known.behindSnapshot = saved.document.log.size();
    for (const std::string& each : saved.document.log)
        known.bytesBehind += each.size();
    const std::vector<std::string> waiting = saved.document.pending;
    saved.document.author = services_.author;
    PE_TRY_ASSIGN(document_, replaySaved(record_, std::move(saved.document), services_.clock));
    known.changes = static_cast<std::size_t>(document_->sequence());
    attach(known);
    // This replica is a copy: what it had made under the id of the original has names of its own.
    if (document_->pendingChanges() != waiting)
        journal_.replaceOutbox();
    if (saved.snapshotLost)
        journal_.renewSnapshot();
    return {};
}

void FileSession::attach(const StoredHistory& known) {
    std::optional<storage::BaseText> base;
    if (known.changes == 0 && known_)
        base = storage::BaseText{savedText_, *known_};
    journal_.attach(*document_, known, std::move(base));
    subscriptions_.push_back(journal_.stored.connect([this] { stateChanged.emit(); }));
    subscriptions_.push_back(
        journal_.failed.connect([this](const std::string& sentence) { message.emit(sentence); }));
    subscriptions_.push_back(
        document_->changed.connect([this](const document::ChangeSet&) { stateChanged.emit(); }));
    subscriptions_.push_back(
        document_->notice.connect([this](const std::string& sentence) { message.emit(sentence); }));
    journal_.noteName(path_, title());
}

void FileSession::keep() {
    const bool fresh = journal_.known() == 0;
    journal_.begin();
    if (fresh && document_->hasDraft())
        journal_.keepDraft();
    // What has no file has nothing to be saved to: as it was taken in, it is safe.
    if (fresh && path_.empty())
        journal_.noteExchange({document_->text(), {}});
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
    auto written = services_.files.writeAtomically(path, document_->text(), expected);
    if (!written && written.error().code == ErrorCode::Conflict)
        if (const auto own = arrivedAt(path))
            written = services_.files.writeAtomically(path, document_->text(), own);
    if (!written) {
        if (written.error().code == ErrorCode::Unwritable)
            doubtful_ = document_->text();
        return tl::unexpected(written.error());
    }
    doubtful_.reset();
    noteExchanged(*written);
    return {};
}

// The disk may fail us after the file was replaced: then what looks like somebody else's change is
// what we wrote.
std::optional<storage::FileStamp> FileSession::arrivedAt(const std::string& path) const {
    if (!doubtful_)
        return std::nullopt;
    const auto content = services_.files.read(path);
    if (!content || content->bytes != *doubtful_)
        return std::nullopt;
    return content->stamp;
}

void FileSession::noteExchanged(const storage::FileStamp& stamp) {
    known_ = stamp;
    savedText_ = document_->text();
    missing_ = false;
    diskNewer_ = false;
    recovered_ = false;
    watcher_.watch(path_, stamp);
    document_->markSynced();
    if (journal_.known() > 0 || document_->hasDraft())
        journal_.noteExchange({savedText_, stamp});
    stateChanged.emit();
}

Result<void> FileSession::save(bool overwrite) {
    if (path_.empty())
        return fail(ErrorCode::InvalidArgument, "This pipeline has no file yet; use Save As.");
    if (diskNewer_ && !overwrite)
        return fail(ErrorCode::Conflict,
                    "The file holds changes that are not in these edits. Save under another name, "
                    "or return to the file on disk.");
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
    journal_.noteName(normal, title());
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
    if (content->bytes == savedText_) {
        known_ = content->stamp;
        diskNewer_ = false;
        stateChanged.emit();
        return;
    }
    const bool hadEdits = document_->text() != savedText_;
    auto merged = document_->mergeDisk(content->bytes);
    if (merged) {
        known_ = content->stamp;
        savedText_ = content->bytes;
        diskNewer_ = false;
        if (journal_.known() > 0)
            journal_.noteExchange({savedText_, *known_});
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

Result<std::vector<NamedVersion>> FileSession::namedVersions() {
    PE_TRY_ASSIGN(const auto stored, services_.store.versions(record_.id));
    std::vector<NamedVersion> versions;
    for (const storage::NamedVersion& each : stored)
        versions.push_back(
            {each.name, static_cast<std::uint64_t>(each.position), each.author, each.madeAtMs});
    return versions;
}

// The store refuses a position that it does not hold yet, so all on its way must arrive first.
Result<void> FileSession::nameVersion(std::uint64_t position, const std::string& name) {
    keep();
    PE_TRY(services_.journal.flush(kArriveWithin));
    return services_.store.nameVersion(record_.id, {name, static_cast<std::int64_t>(position),
                                                    services_.author, services_.clock.nowMs()});
}

Result<void> FileSession::renameVersion(const std::string& from, const std::string& to) {
    return services_.store.renameVersion(record_.id, from, to);
}

Result<void> FileSession::removeVersion(const std::string& name) {
    return services_.store.removeVersion(record_.id, name);
}

void FileSession::end(bool discard) {
    const bool unwanted =
        path_.empty() && (discard || (journal_.known() == 0 && !document_->hasDraft()));
    if (discard && !path_.empty() && known_ && document_->text() != savedText_ &&
        document_->replaceText(0, document_->text().size(), savedText_, 0))
        noteExchanged(*known_);
    journal_.end();
    subscriptions_.clear();
    if (!unwanted)
        return;
    auto* store = &services_.store;
    auto* index = services_.index;
    services_.journal.cancelLater("index:" + id());
    (void)services_.journal.run(
        [store, index, id = record_.id]() -> Result<void> {
            if (index)
                (void)index->remove(id);
            return store->removePipeline(id);
        },
        [](const Result<void>&) {});
}

}  // namespace pe::workspace
