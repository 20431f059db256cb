// SPDX-License-Identifier: MIT
// FileSession: the Session over one file and one journal.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pe/storage/file_system.hpp"
#include "pe/storage/file_watcher.hpp"
#include "pe/storage/journal_writer.hpp"
#include "pe/storage/replica_store.hpp"
#include "pe/workspace/session.hpp"

namespace pe::workspace {

// What a session borrows from its workspace.
struct SessionServices {
    storage::FileSystem& files;
    storage::ReplicaStore& store;
    storage::JournalWriter& journal;
    Clock& clock;
};

class FileSession final : public Session {
public:
    FileSession(const SessionServices& services, storage::PipelineRecord record);

    // Binds to what the disk and the journal hold of the record's pipeline.
    Result<void> openFile();
    void openText(const std::string& text);
    // For a pipeline without a file: what the journal holds of it.
    Result<void> openJournal();

    const storage::PipelineId& id() const { return record_.id; }
    // Ends the journal: with `discard` its unsaved edits are forgotten.
    void end(bool discard);

    document::Document& document() override { return *document_; }
    const std::string& path() const override { return path_; }
    std::string title() const override;
    FileState state() const override;
    bool recovered() const override { return recovered_; }
    bool durable() const override { return *pending_ == 0; }
    Result<void> save(bool overwrite) override;
    Result<void> saveAs(const std::string& path) override;
    void pollDisk() override;
    Result<void> revert() override;

private:
    std::uint64_t replica() const;
    Result<bool> replayJournal();
    void attach();
    void journalChange(const std::string& change);
    void journalLog();
    void journalBase(std::size_t exchanged);
    void journalDraft(const std::optional<std::string>& draft);
    void writeDraft();
    void handOver(std::string change);
    void noteExchanged(const storage::FileStamp& stamp);
    void takeFromDisk();
    Result<void> readable() const;
    Result<void> writeTo(const std::string& path,
                         const std::optional<storage::FileStamp>& expected);

    SessionServices services_;
    storage::PipelineRecord record_;
    std::string path_;
    std::unique_ptr<document::Document> document_;
    storage::FileWatcher watcher_;
    std::optional<storage::FileStamp> known_;  // of the file as last seen
    std::string savedText_;                    // what the file holds, as far as we know
    bool recovered_ = false;
    bool missing_ = false;
    bool diskNewer_ = false;
    std::size_t journalled_ = 0;  // changes handed over to the journal
    // Writes under way; shared with their callbacks, which may come after the session.
    std::shared_ptr<int> pending_ = std::make_shared<int>(0);
    std::optional<std::optional<std::string>> nextDraft_;  // the newest draft not handed over yet
    bool draftUnderWay_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
    std::vector<Subscription> subscriptions_;
};

}  // namespace pe::workspace
