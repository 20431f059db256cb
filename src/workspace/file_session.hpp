// SPDX-License-Identifier: MIT
// FileSession: the Session over one file and one journal.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pe/storage/file_watcher.hpp"
#include "pe/workspace/session.hpp"
#include "saved_pipeline.hpp"
#include "services.hpp"
#include "session_journal.hpp"

namespace pe::workspace {

class FileSession final : public Session {
public:
    FileSession(const SessionServices& services, storage::PipelineRecord record);

    // Binds to what the disk and the journal hold of the record's pipeline.
    Result<void> openFile();
    void openText(const std::string& text);
    // What the journal holds, without looking at the file. NotFound: nothing.
    Result<void> openJournal();

    const storage::PipelineId& pipeline() const { return record_.id; }
    // Takes the document into the replica with its first byte.
    void keep();
    // Hands over what the search index does not know yet.
    void index() { journal_.index(); }
    // Ends the journal; with `discard` the pipeline returns to what its file holds.
    void end(bool discard);

    std::string id() const override;
    document::Document& document() override { return *document_; }
    const std::string& path() const override { return path_; }
    std::string title() const override;
    FileState state() const override;
    bool recovered() const override { return recovered_; }
    bool durable() const override { return journal_.durable(); }
    Result<void> save(bool overwrite) override;
    Result<void> saveAs(const std::string& path) override;
    void pollDisk() override;
    Result<void> revert() override;
    Result<std::vector<NamedVersion>> namedVersions() override;
    Result<void> nameVersion(std::uint64_t position, const std::string& name) override;
    Result<void> renameVersion(const std::string& from, const std::string& to) override;
    Result<void> removeVersion(const std::string& name) override;

private:
    Result<void> openSaved(SavedPipeline saved);
    Result<void> meetDisk(const std::string& bytes, const std::optional<storage::BaseText>& base);
    void attach(const StoredHistory& known);
    void noteExchanged(const storage::FileStamp& stamp);
    void takeFromDisk();
    Result<void> readable() const;
    Result<void> writeTo(const std::string& path,
                         const std::optional<storage::FileStamp>& expected);
    std::optional<storage::FileStamp> arrivedAt(const std::string& path) const;

    SessionServices services_;
    storage::PipelineRecord record_;
    std::string path_;
    std::unique_ptr<document::Document> document_;
    SessionJournal journal_;
    storage::FileWatcher watcher_;
    std::optional<storage::FileStamp> known_;  // of the file when its changes were last taken over
    std::string savedText_;                    // what it held then
    std::optional<std::string> doubtful_;  // of a failed write that may have arrived all the same
    bool recovered_ = false;
    bool missing_ = false;
    bool diskNewer_ = false;
    std::vector<Subscription> subscriptions_;
};

}  // namespace pe::workspace
