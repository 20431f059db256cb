// SPDX-License-Identifier: MIT
// ReplicaWorkspace: the Workspace over one ReplicaStore.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "file_session.hpp"
#include "pe/workspace/workspace.hpp"
#include "services.hpp"

namespace pe::workspace {

class ReplicaWorkspace final : public Workspace {
public:
    // `index` may be null.
    ReplicaWorkspace(std::unique_ptr<storage::ReplicaStore> store,
                     std::unique_ptr<storage::SearchIndex> index, storage::FileSystem& files,
                     Clock& clock, Executor& executor);
    ~ReplicaWorkspace() override;

    Result<Session*> openFile(const std::string& path) override;
    Result<Session*> openPipeline(const std::string& id) override;
    Result<Session*> importFile(const std::string& path) override;
    Session* create(const std::string& text) override;
    Session* importText(const std::string& title, const std::string& text) override;
    void close(Session* session, bool discard) override;
    std::vector<Session*> sessions() const override;
    Result<std::vector<PipelineInfo>> pipelines() override;
    Result<PipelineInfo> pipeline(const std::string& idPrefix) override;
    Result<std::unique_ptr<document::Document>> read(const std::string& id) override;
    Result<std::vector<NamedVersion>> namedVersions(const std::string& id) override;
    Result<std::uint64_t> storedBytes() override;
    Result<void> forget(const std::string& id) override;
    Result<void> rebind(const std::string& id, const std::string& path) override;
    Result<void> verify(const std::string& id) override;
    Result<void> verifyStorage() override;
    Result<std::vector<SearchResult>> search(const std::string& query, std::size_t limit) override;
    Result<void> writeNewFile(const std::string& path, const std::string& text) override;
    std::vector<std::string> recentFiles() const override;
    std::vector<Session*> restoreUnsaved() override;
    std::string openingNotice() const override;
    Result<void> flush() override;
    void finishIndexing() override;
    std::string author() const override;
    void setAuthor(const std::string& name) override;
    void useAuthor(const std::string& name) override;
    std::string setting(const std::string& key) const override;
    void setSetting(const std::string& key, const std::string& value) override;

private:
    SessionServices services();
    void catchUp();
    void indexLater(const storage::PipelineRecord& record);
    FileSession* openSession(const storage::PipelineId& id) const;  // null if it is not open
    Result<std::vector<storage::PipelineRecord>> records();
    Result<storage::PipelineRecord> recordOf(const std::string& id);
    // What a closed session still had to write is on disk before its pipeline is read again.
    Result<void> settle(const storage::PipelineId& id);
    FileSession* newSession(const std::string& title, const std::string& text);
    // Refused if it is open.
    Result<storage::PipelineRecord> closedPipeline(const std::string& id);
    Result<FileSession*> sessionOf(const std::string& path);
    PipelineInfo infoOf(const storage::PipelineRecord& record) const;

    std::unique_ptr<storage::ReplicaStore> store_;
    std::unique_ptr<storage::SearchIndex> index_;
    storage::FileSystem& files_;
    Clock& clock_;
    Executor& executor_;
    std::string usedAuthor_;  // said for this workspace alone
    mutable std::optional<std::string> defaultAuthor_;
    storage::JournalWriter journal_;
    std::vector<std::unique_ptr<FileSession>> sessions_;
    std::set<storage::PipelineId> departed_;  // closed since all was on disk
};

}  // namespace pe::workspace
