// SPDX-License-Identifier: MIT
#include "pe/workspace/workspace.hpp"

#include <algorithm>
#include <filesystem>

#include "author.hpp"
#include "history_check.hpp"
#include "pe/workspace/search_texts.hpp"
#include "pe/yaml/second_reader.hpp"
#include "pe/yaml/tree.hpp"
#include "pipeline_id.hpp"
#include "replica_workspace.hpp"

namespace pe::workspace {
namespace {

constexpr std::chrono::seconds kFlushWithin{10};
constexpr std::chrono::seconds kIndexWithin{60};
constexpr std::chrono::milliseconds kCatchUpDelay{2000};
constexpr const char* kAuthorSetting = "author";

std::string normal(const std::string& path) {
    return std::filesystem::absolute(path).lexically_normal().string();
}

std::string titleOf(const storage::PipelineRecord& record) {
    return record.path.empty() ? record.title : record.path.filename().string();
}

}  // namespace

ReplicaWorkspace::ReplicaWorkspace(std::unique_ptr<storage::ReplicaStore> store,
                                   std::unique_ptr<storage::SearchIndex> index,
                                   storage::FileSystem& files, Clock& clock, Executor& executor)
    : store_(std::move(store)),
      index_(std::move(index)),
      files_(files),
      clock_(clock),
      executor_(executor),
      journal_(*store_, executor) {
    if (index_)
        catchUp();
}

ReplicaWorkspace::~ReplicaWorkspace() {
    for (const auto& session : sessions_)
        session->end(false);
}

SessionServices ReplicaWorkspace::services() {
    return {files_, *store_, journal_, index_.get(), clock_, executor_, author()};
}

// What the index missed: the program was killed before it knew, or the index was lost.
void ReplicaWorkspace::catchUp() {
    const auto records = store_->list();
    auto states = index_->states();
    if (!records || !states)
        return;
    for (const storage::PipelineRecord& record : *records) {
        const auto known = states->find(record.id);
        const bool current = known != states->end() && known->second == record.lastPosition;
        if (known != states->end())
            states->erase(known);
        if (!current && (record.lastPosition > 0 || record.hasDraft))
            indexLater(record);
    }
    for (const auto& [id, state] : *states)
        journal_.runLater("index:" + textOf(id), kCatchUpDelay,
                          [index = index_.get(), gone = id] { return index->remove(gone); });
}

void ReplicaWorkspace::indexLater(const storage::PipelineRecord& record) {
    journal_.runLater(
        "index:" + textOf(record.id), kCatchUpDelay,
        [store = store_.get(), index = index_.get(), record, &clock = clock_]() -> Result<void> {
            PE_TRY_ASSIGN(SavedPipeline saved, readSaved(*store, record));
            PE_TRY_ASSIGN(const auto document,
                          replaySaved(record, std::move(saved.document), clock));
            return index->put(record.id, record.lastPosition,
                              searchTexts(document->text(), record.path.string(), titleOf(record)));
        });
}

FileSession* ReplicaWorkspace::openSession(const storage::PipelineId& id) const {
    const auto found = std::find_if(sessions_.begin(), sessions_.end(),
                                    [&](const auto& each) { return each->pipeline() == id; });
    return found == sessions_.end() ? nullptr : found->get();
}

Result<storage::PipelineRecord> ReplicaWorkspace::recordOf(const std::string& id) {
    const auto known = idIn(id);
    if (!known)
        return fail(ErrorCode::NotFound, "There is no pipeline " + id + " in the replica.", id);
    PE_TRY(settle(*known));
    return store_->pipeline(*known);
}

Result<void> ReplicaWorkspace::settle(const storage::PipelineId& id) {
    if (departed_.count(id) == 0)
        return {};
    PE_TRY(journal_.flush(kFlushWithin));
    departed_.clear();
    return {};
}

Result<storage::PipelineRecord> ReplicaWorkspace::closedPipeline(const std::string& id) {
    PE_TRY_ASSIGN(storage::PipelineRecord record, recordOf(id));
    if (openSession(record.id))
        return fail(ErrorCode::Refused, titleOf(record) + " is open. Close it first.", id);
    return record;
}

Result<FileSession*> ReplicaWorkspace::sessionOf(const std::string& path) {
    const std::string full = normal(path);
    for (const auto& session : sessions_)
        if (session->path() == full)
            return session.get();
    // Looked at before the replica remembers it: a file that is not there leaves no trace.
    PE_TRY(files_.read(full));
    PE_TRY_ASSIGN(storage::PipelineRecord record, store_->pipelineFor(full));
    if (departed_.count(record.id) != 0) {
        PE_TRY(settle(record.id));
        PE_TRY_ASSIGN(record, store_->pipeline(record.id));
    }
    auto session = std::make_unique<FileSession>(services(), std::move(record));
    PE_TRY(session->openFile());
    (void)store_->noteRecentFile(full);
    sessions_.push_back(std::move(session));
    return sessions_.back().get();
}

Result<Session*> ReplicaWorkspace::openFile(const std::string& path) {
    PE_TRY_ASSIGN(FileSession * session, sessionOf(path));
    return session;
}

Result<Session*> ReplicaWorkspace::importFile(const std::string& path) {
    PE_TRY_ASSIGN(FileSession * session, sessionOf(path));
    session->keep();
    return session;
}

Result<Session*> ReplicaWorkspace::openPipeline(const std::string& id) {
    if (const auto known = idIn(id))
        if (FileSession* session = openSession(*known))
            return session;
    PE_TRY_ASSIGN(storage::PipelineRecord record, closedPipeline(id));
    if (record.lastPosition == 0 && !record.hasDraft && record.outbox == 0 && !record.path.empty())
        return openFile(record.path.string());
    auto session = std::make_unique<FileSession>(services(), std::move(record));
    PE_TRY(session->openJournal());
    sessions_.push_back(std::move(session));
    return sessions_.back().get();
}

FileSession* ReplicaWorkspace::newSession(const std::string& title, const std::string& text) {
    auto record = store_->createPipeline(title);
    // Without a place in the replica the pipeline can still be edited and saved under a name.
    auto session =
        std::make_unique<FileSession>(services(), record ? *record : storage::PipelineRecord{});
    session->openText(text);
    sessions_.push_back(std::move(session));
    return sessions_.back().get();
}

Session* ReplicaWorkspace::create(const std::string& text) {
    return newSession("Untitled", text);
}

Session* ReplicaWorkspace::importText(const std::string& title, const std::string& text) {
    FileSession* session = newSession(title, text);
    session->keep();
    return session;
}

void ReplicaWorkspace::close(Session* session, bool discard) {
    const auto found = std::find_if(sessions_.begin(), sessions_.end(),
                                    [&](const auto& each) { return each.get() == session; });
    if (found == sessions_.end())
        return;
    (*found)->end(discard);
    departed_.insert((*found)->pipeline());
    sessions_.erase(found);
}

std::vector<Session*> ReplicaWorkspace::sessions() const {
    std::vector<Session*> all;
    for (const auto& session : sessions_)
        all.push_back(session.get());
    return all;
}

PipelineInfo ReplicaWorkspace::infoOf(const storage::PipelineRecord& record) const {
    PipelineInfo info;
    info.id = textOf(record.id);
    info.title = titleOf(record);
    info.path = record.path.string();
    info.openedAtMs = record.openedAtMs;
    info.editedAtMs = record.editedAtMs;
    info.changes = static_cast<std::uint64_t>(record.lastPosition);
    info.outbox = static_cast<std::uint64_t>(record.outbox);
    info.refused = static_cast<std::uint64_t>(record.refused);
    info.unsaved = record.exchanged < record.lastPosition || record.outbox > 0 || record.hasDraft;
    info.draft = record.hasDraft;
    info.shared = record.shared;
    info.open = openSession(record.id) != nullptr;
    return info;
}

Result<std::vector<storage::PipelineRecord>> ReplicaWorkspace::records() {
    // A list is worth having even while the disk is full.
    if (!departed_.empty())
        (void)settle(*departed_.begin());
    return store_->list();
}

Result<std::vector<PipelineInfo>> ReplicaWorkspace::pipelines() {
    PE_TRY_ASSIGN(const auto records, this->records());
    std::vector<PipelineInfo> all;
    for (const storage::PipelineRecord& record : records)
        all.push_back(infoOf(record));
    return all;
}

Result<PipelineInfo> ReplicaWorkspace::pipeline(const std::string& idPrefix) {
    PE_TRY_ASSIGN(const auto records, this->records());
    const storage::PipelineRecord* found = nullptr;
    for (const storage::PipelineRecord& record : records) {
        if (textOf(record.id).compare(0, idPrefix.size(), idPrefix) != 0)
            continue;
        if (found)
            return fail(ErrorCode::InvalidArgument,
                        "Several pipelines have an id that begins with " + idPrefix +
                            ". Give more of its digits.",
                        idPrefix);
        found = &record;
    }
    if (!found || idPrefix.empty())
        return fail(ErrorCode::NotFound,
                    "There is no pipeline with the id '" + idPrefix + "' in the replica.",
                    idPrefix);
    return infoOf(*found);
}

Result<void> ReplicaWorkspace::forget(const std::string& id) {
    PE_TRY_ASSIGN(const auto record, closedPipeline(id));
    journal_.cancelLater("index:" + id);
    PE_TRY(journal_.flush(kFlushWithin));
    if (index_)
        (void)index_->remove(record.id);
    return store_->removePipeline(record.id);
}

Result<void> ReplicaWorkspace::rebind(const std::string& id, const std::string& path) {
    PE_TRY_ASSIGN(storage::PipelineRecord record, closedPipeline(id));
    PE_TRY(store_->setPath(record.id, path.empty() ? path : normal(path)));
    PE_TRY_ASSIGN(record, store_->pipeline(record.id));
    if (index_)
        indexLater(record);
    return {};
}

Result<void> ReplicaWorkspace::verify(const std::string& id) {
    PE_TRY(journal_.flush(kFlushWithin));
    PE_TRY_ASSIGN(const auto record, recordOf(id));
    PE_TRY_ASSIGN(const SavedPipeline whole, readWhole(*store_, record));
    PE_TRY(checkHistory(record, whole, clock_));
    PE_TRY_ASSIGN(const SavedPipeline quick, readSaved(*store_, record));
    return checkSnapshot(record, quick, whole, clock_);
}

Result<void> ReplicaWorkspace::verifyStorage() {
    return store_->checkAll();
}

Result<std::unique_ptr<document::Document>> ReplicaWorkspace::read(const std::string& id) {
    PE_TRY(journal_.flush(kFlushWithin));
    PE_TRY_ASSIGN(const auto record, recordOf(id));
    PE_TRY_ASSIGN(SavedPipeline saved, readSaved(*store_, record));
    if (!saved.isEmpty() || record.path.empty())
        return replaySaved(record, std::move(saved.document), clock_);
    PE_TRY_ASSIGN(storage::FileContent content, files_.read(record.path));
    return document::Document::open(record.replica, std::move(content.bytes), clock_);
}

Result<std::vector<NamedVersion>> ReplicaWorkspace::namedVersions(const std::string& id) {
    PE_TRY_ASSIGN(const auto record, recordOf(id));
    return FileSession(services(), record).namedVersions();
}

Result<std::uint64_t> ReplicaWorkspace::storedBytes() {
    PE_TRY_ASSIGN(const auto records, store_->list());
    std::uint64_t bytes = 0;
    for (const storage::PipelineRecord& record : records) {
        PE_TRY_ASSIGN(const auto stored, store_->storedBytes(record.id));
        bytes += static_cast<std::uint64_t>(stored);
    }
    return bytes;
}

Result<std::vector<SearchResult>> ReplicaWorkspace::search(const std::string& query,
                                                           std::size_t limit) {
    if (!index_)
        return fail(ErrorCode::Unwritable, "The search index cannot be used on this disk.");
    PE_TRY_ASSIGN(const auto hits, index_->search(query, limit));
    std::vector<SearchResult> results;
    for (const storage::SearchHit& hit : hits) {
        const auto record = store_->pipeline(hit.pipeline);
        if (!record)
            continue;
        results.push_back({textOf(record->id), titleOf(*record), record->path.string(),
                           static_cast<FoundIn>(hit.field), hit.excerpt, hit.marks});
    }
    return results;
}

Result<void> ReplicaWorkspace::writeNewFile(const std::string& path, const std::string& text) {
    const std::filesystem::path file = normal(path);
    PE_TRY(yaml::agreesWithSecondReader(yaml::parse(text)));
    PE_TRY(files_.createFolders(file.parent_path()));
    const auto written = files_.writeAtomically(file, text, storage::FileStamp{});
    if (!written && written.error().code == ErrorCode::Conflict)
        return fail(
            ErrorCode::Conflict,
            "There is another file at '" + file.string() + "' already. Choose another name.",
            file.string());
    PE_TRY(written);
    return {};
}

std::vector<std::string> ReplicaWorkspace::recentFiles() const {
    std::vector<std::string> paths;
    if (const auto recent = store_->recentFiles())
        for (const storage::RecentFile& file : *recent)
            paths.push_back(file.path.string());
    return paths;
}

std::vector<Session*> ReplicaWorkspace::restoreUnsaved() {
    std::vector<Session*> restored;
    const auto records = this->records();
    if (!records)
        return restored;
    for (const storage::PipelineRecord& record : *records) {
        if (openSession(record.id) || !infoOf(record).unsaved)
            continue;
        auto session = std::make_unique<FileSession>(services(), record);
        const bool bound = !record.path.empty() && files_.exists(record.path);
        if (!(bound ? session->openFile() : session->openJournal()))
            continue;
        if (!session->recovered()) {
            session->end(false);
            continue;
        }
        restored.push_back(session.get());
        sessions_.push_back(std::move(session));
    }
    return restored;
}

std::string ReplicaWorkspace::openingNotice() const {
    const auto& recovery = store_->recovery();
    if (recovery)
        return "The local replica was damaged and has been rebuilt; the damaged file is kept as " +
               recovery->movedTo.string() + ".";
    if (store_->forked())
        return "This replica folder is a copy of another one. It goes on under an identity of its "
               "own; all edits are here, but those from before cannot be undone step by step.";
    return {};
}

Result<void> ReplicaWorkspace::flush() {
    return journal_.flush(kFlushWithin);
}

void ReplicaWorkspace::finishIndexing() {
    for (const auto& session : sessions_)
        session->index();
    (void)journal_.flush(kFlushWithin);
    journal_.finishLater(kIndexWithin);
}

std::string ReplicaWorkspace::author() const {
    if (!usedAuthor_.empty())
        return usedAuthor_;
    if (std::string chosen = setting(kAuthorSetting); !chosen.empty())
        return chosen;
    if (!defaultAuthor_)
        defaultAuthor_ = defaultAuthor(files_);
    return *defaultAuthor_;
}

void ReplicaWorkspace::setAuthor(const std::string& name) {
    setSetting(kAuthorSetting, name);
    useAuthor({});
}

void ReplicaWorkspace::useAuthor(const std::string& name) {
    usedAuthor_ = name;
    for (const auto& session : sessions_)
        session->document().setAuthor(author());
}

std::string ReplicaWorkspace::setting(const std::string& key) const {
    const auto value = store_->setting(key);
    return value ? value->value_or(std::string{}) : std::string{};
}

void ReplicaWorkspace::setSetting(const std::string& key, const std::string& value) {
    (void)store_->setSetting(key, value);
}

Result<std::unique_ptr<Workspace>> Workspace::open(const std::string& directory,
                                                   storage::FileSystem& files, Clock& clock,
                                                   Random& random, Executor& executor) {
    PE_TRY_ASSIGN(auto store, storage::ReplicaStore::open(directory, clock, random));
    // Without an index all works but the search.
    auto index = storage::SearchIndex::open(directory);
    return std::unique_ptr<Workspace>(std::make_unique<ReplicaWorkspace>(
        std::move(store), index ? std::move(*index) : nullptr, files, clock, executor));
}

}  // namespace pe::workspace
