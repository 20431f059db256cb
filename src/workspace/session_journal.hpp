// SPDX-License-Identifier: MIT
// SessionJournal: carries what happens in one document to the storage thread: its changes, draft,
// undo stack and what its file last held, and its words to the search index. Lives on the UI thread
// with its session; what the storage thread answers may come after both.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pe/base/signal.hpp"
#include "pe/document/document.hpp"
#include "services.hpp"

namespace pe::workspace {

// How far the store knows a document.
struct StoredHistory {
    std::size_t changes = 0;
    std::size_t behindSnapshot = 0;  // changes that opening has to replay
    std::size_t bytesBehind = 0;
};

class SessionJournal {
public:
    SessionJournal(const SessionServices& services, const storage::PipelineId& id);
    SessionJournal(const SessionJournal&) = delete;
    SessionJournal& operator=(const SessionJournal&) = delete;
    ~SessionJournal() { *alive_ = false; }

    // Follows a document of which the store holds `known`. The document outlives this, or end() is
    // called before it goes. `base`: what its file held when it was opened from there.
    void attach(document::Document& document, const StoredHistory& known,
                std::optional<storage::BaseText> base);
    // Stores the document from its beginning, which otherwise comes with the first edit.
    void begin();
    // The document has given what waits for its order other names than the store knows.
    void replaceOutbox();
    // The snapshot in the store is of no use: another one takes its place soon.
    void renewSnapshot() { snapshotLater(kSoon); }
    // Stores the draft that the document was opened with.
    void keepDraft() { journalDraft(document_->text()); }
    std::size_t known() const { return known_; }

    // The document, as it is now, is what the file holds.
    void noteExchange(const storage::BaseText& base);
    // The words under which the pipeline can be found have changed: it has another name or path.
    void noteName(std::string path, std::string title);

    // Hands over the words of the document, if they are others than the index was given.
    void index();

    // All that was handed over is on disk.
    bool durable() const { return *pending_ == 0; }
    // Stores the undo stack as it is now and stops following.
    void end();

    Signal<> stored;                    // durable() may have changed
    Signal<const std::string&> failed;  // one sentence for the user

private:
    static constexpr std::chrono::milliseconds kSoon{2000};

    void journalChange(const std::string& change);
    void journalConfirmed(const document::ConfirmedChanges& confirmed);
    void storeExchange(const storage::BaseText& base, std::size_t changes);
    // What the session does when one of its writes has been answered.
    auto answered();
    void handOver(std::string change);
    void count(std::size_t changes, std::size_t bytes);
    void snapshotLater(std::chrono::milliseconds delay);
    void journalDraft(const std::optional<std::string>& draft);
    void writeDraft();
    void saveUndoLater();
    void saveUndo();
    void indexLater();
    // Does it here when nothing more has happened for a while: what a keystroke must not pay for.
    void soon(const std::string& key, std::chrono::milliseconds delay,
              void (SessionJournal::*action)());
    // Runs a task of which the user hears only when it fails.
    void run(storage::JournalWriter::Task task);

    SessionServices services_;
    storage::PipelineId id_;
    std::string key_;  // of this pipeline's late tasks
    std::string path_;
    std::string title_;
    document::Document* document_ = nullptr;
    std::size_t known_ = 0;           // changes handed over
    std::size_t behindSnapshot_ = 0;  // changes since the last one, and their bytes
    std::size_t bytesBehind_ = 0;
    std::optional<storage::BaseText> base_;  // to be stored with the first change
    // Writes under way; shared with their callbacks.
    std::shared_ptr<int> pending_ = std::make_shared<int>(0);
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
    std::optional<std::optional<std::string>> nextDraft_;  // the newest draft not handed over yet
    bool draftUnderWay_ = false;
    bool indexed_ = true;
    std::vector<Subscription> subscriptions_;
};

}  // namespace pe::workspace
