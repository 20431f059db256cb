// SPDX-License-Identifier: MIT
#include "pe/workspace/workspace.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "file_session.hpp"

namespace pe::workspace {
namespace {

constexpr std::chrono::seconds kFlushWithin{10};

class ReplicaWorkspace final : public Workspace {
public:
    ReplicaWorkspace(std::unique_ptr<storage::ReplicaStore> store, storage::FileSystem& files,
                     Clock& clock, Executor& executor)
        : store_(std::move(store)), files_(files), clock_(clock), journal_(*store_, executor) {}

    ~ReplicaWorkspace() override {
        for (const auto& session : sessions_)
            session->end(false);
    }

    Result<Session*> openFile(const std::string& path) override;
    Session* create(const std::string& text) override;
    void close(Session* session, bool discard) override;
    std::vector<Session*> sessions() const override;
    std::vector<std::string> recentFiles() const override;
    std::vector<Session*> restoreUnsaved() override;
    std::string openingNotice() const override;
    Result<void> flush() override { return journal_.flush(kFlushWithin); }
    std::string setting(const std::string& key) const override;
    void setSetting(const std::string& key, const std::string& value) override;

private:
    SessionServices services() { return {files_, *store_, journal_, clock_}; }
    bool isOpen(const storage::PipelineId& id) const;

    std::unique_ptr<storage::ReplicaStore> store_;
    storage::FileSystem& files_;
    Clock& clock_;
    storage::JournalWriter journal_;
    std::vector<std::unique_ptr<FileSession>> sessions_;
};

bool ReplicaWorkspace::isOpen(const storage::PipelineId& id) const {
    return std::any_of(sessions_.begin(), sessions_.end(),
                       [&](const auto& session) { return session->id() == id; });
}

Result<Session*> ReplicaWorkspace::openFile(const std::string& path) {
    const std::string normal = std::filesystem::absolute(path).lexically_normal().string();
    for (const auto& session : sessions_)
        if (session->path() == normal)
            return session.get();
    // Looked at before the replica remembers it: a file that is not there leaves no trace.
    PE_TRY(files_.read(normal));
    PE_TRY_ASSIGN(storage::PipelineRecord record, store_->pipelineFor(normal));
    auto session = std::make_unique<FileSession>(services(), std::move(record));
    PE_TRY(session->openFile());
    (void)store_->noteRecentFile(normal);
    sessions_.push_back(std::move(session));
    return sessions_.back().get();
}

Session* ReplicaWorkspace::create(const std::string& text) {
    auto record = store_->createPipeline("Untitled");
    // Without a place in the replica the pipeline can still be edited and saved under a name.
    auto session =
        std::make_unique<FileSession>(services(), record ? *record : storage::PipelineRecord{});
    session->openText(text);
    sessions_.push_back(std::move(session));
    return sessions_.back().get();
}

void ReplicaWorkspace::close(Session* session, bool discard) {
    const auto found = std::find_if(sessions_.begin(), sessions_.end(),
                                    [&](const auto& each) { return each.get() == session; });
    if (found == sessions_.end())
        return;
    (*found)->end(discard);
    sessions_.erase(found);
}

std::vector<Session*> ReplicaWorkspace::sessions() const {
    std::vector<Session*> all;
    for (const auto& session : sessions_)
        all.push_back(session.get());
    return all;
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
    const auto records = store_->list();
    if (!records)
        return restored;
    for (const storage::PipelineRecord& record : *records) {
        const auto draft = store_->draft(record.id);
        if (isOpen(record.id) || (record.lastPosition == 0 && !(draft && *draft)))
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
    if (!recovery)
        return {};
    return "The local replica was damaged and has been rebuilt; the damaged file is kept as " +
           recovery->movedTo.string() + ".";
}

std::string ReplicaWorkspace::setting(const std::string& key) const {
    const auto value = store_->setting(key);
    return value ? value->value_or(std::string{}) : std::string{};
}

void ReplicaWorkspace::setSetting(const std::string& key, const std::string& value) {
    (void)store_->setSetting(key, value);
}

}  // namespace

Result<std::unique_ptr<Workspace>> Workspace::open(const std::string& directory,
                                                   storage::FileSystem& files, Clock& clock,
                                                   Random& random, Executor& executor) {
    PE_TRY_ASSIGN(auto store, storage::ReplicaStore::open(directory, clock, random));
    return std::unique_ptr<Workspace>(
        std::make_unique<ReplicaWorkspace>(std::move(store), files, clock, executor));
}

}  // namespace pe::workspace
