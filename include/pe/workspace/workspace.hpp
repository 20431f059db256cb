// SPDX-License-Identifier: MIT
// Workspace: all pipelines of one local replica folder, the open ones among them, and what the user
// did last. Owns its sessions. Lives on the UI thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "pe/base/clock.hpp"
#include "pe/base/executor.hpp"
#include "pe/base/random.hpp"
#include "pe/base/result.hpp"
#include "pe/workspace/session.hpp"

namespace pe::storage {
class FileSystem;
}

namespace pe::workspace {

// A pipeline that the replica knows, open or not.
struct PipelineInfo {
    std::string id;     // 32 hexadecimal digits
    std::string title;  // of the file, or as it was made
    std::string path;   // empty if it has no file
    std::int64_t openedAtMs = 0;
    std::int64_t editedAtMs = 0;
    std::uint64_t changes = 0;  // in its history; 0 for a file that was only looked at
    std::uint64_t outbox = 0;   // own changes that no server has confirmed yet
    std::uint64_t refused = 0;
    bool unsaved = false;  // the file may not hold the newest change
    bool draft = false;    // holds text that does not parse yet
    bool shared = false;
    bool open = false;
};

// Where the excerpt of a SearchResult was found.
enum class FoundIn : std::uint8_t { Name, Step, Path, Description, Type, Text };

struct SearchResult {
    std::string id;
    std::string title;
    std::string path;
    FoundIn field = FoundIn::Name;
    std::string excerpt;  // one line
    // Bytes of the excerpt that match: begin and end.
    std::vector<std::pair<std::size_t, std::size_t>> marks;
};

class Workspace {
public:
    // `directory`: the replica folder, created if missing. Conflict if another program holds it.
    // What the storage thread has to say arrives through `executor`. All parameters outlive the
    // workspace.
    static Result<std::unique_ptr<Workspace>> open(const std::string& directory,
                                                   storage::FileSystem& files, Clock& clock,
                                                   Random& random, Executor& executor);
    virtual ~Workspace() = default;

    // Opens a file, or returns the session that already has it. The session keeps living until
    // close().
    virtual Result<Session*> openFile(const std::string& path) = 0;
    // Opens what the replica holds of a pipeline, without looking at its file before pollDisk().
    virtual Result<Session*> openPipeline(const std::string& id) = 0;
    // Like openFile(), and takes the file into the replica at once, not with its first edit.
    virtual Result<Session*> importFile(const std::string& path) = 0;
    // A new pipeline that has no path yet.
    virtual Session* create(const std::string& text) = 0;
    // The same, taken into the replica at once.
    virtual Session* importText(const std::string& title, const std::string& text) = 0;
    // Ends a session; its unsaved edits stay in the journal unless `discard`: then the pipeline
    // returns to what its file holds (as one more step of its history), and one without a file is
    // forgotten.
    virtual void close(Session* session, bool discard) = 0;
    virtual std::vector<Session*> sessions() const = 0;

    // All pipelines, the last opened first.
    virtual Result<std::vector<PipelineInfo>> pipelines() = 0;
    // The one whose id begins with these digits. NotFound; InvalidArgument if several do.
    virtual Result<PipelineInfo> pipeline(const std::string& idPrefix) = 0;
    // A copy of what the replica holds of a pipeline, for looking at: what is done to it goes
    // nowhere. Of a file that was never edited, what the file holds.
    virtual Result<std::unique_ptr<document::Document>> read(const std::string& id) = 0;
    virtual Result<std::vector<NamedVersion>> namedVersions(const std::string& id) = 0;
    // Bytes that the histories of all pipelines take on disk.
    virtual Result<std::uint64_t> storedBytes() = 0;
    // Forgets a pipeline and its history; its file stays. Refused while it is open.
    virtual Result<void> forget(const std::string& id) = 0;
    // Its file was moved or renamed. Conflict if another pipeline has that path; Refused while it
    // is open.
    virtual Result<void> rebind(const std::string& id, const std::string& path) = 0;
    // Replays the history of a pipeline from nothing, and from snapshots of it on the way. Corrupt
    // says what is wrong.
    virtual Result<void> verify(const std::string& id) = 0;
    // Reads every byte of the replica's database.
    virtual Result<void> verifyStorage() = 0;

    // Pipelines that hold all words of the query: each also as the beginning of a word, in names
    // and paths also as any part. Any text is a query. The best first.
    virtual Result<std::vector<SearchResult>> search(const std::string& query,
                                                     std::size_t limit = 20) = 0;

    // Writes a file that is not there yet, in folders that may not be either. One that holds these
    // bytes already is fine; Conflict if anything else stands there. The second reader agrees
    // before anything is written.
    virtual Result<void> writeNewFile(const std::string& path, const std::string& text) = 0;

    virtual std::vector<std::string> recentFiles() const = 0;
    // Opens every pipeline with edits that were never saved: after a crash.
    virtual std::vector<Session*> restoreUnsaved() = 0;
    // What the user must be told about the replica (a damaged database was moved aside); may be
    // empty.
    virtual std::string openingNotice() const = 0;
    // Waits until every edit is on disk; Unwritable if that does not succeed in time.
    virtual Result<void> flush() = 0;
    // Waits until the search index knows all edits, as far as that is possible in time.
    virtual void finishIndexing() = 0;

    // Under this name edits are made: the setting `author`, or what git and the system know.
    virtual std::string author() const = 0;
    virtual void setAuthor(const std::string& name) = 0;
    // The same for as long as this workspace lives, without remembering it.
    virtual void useAuthor(const std::string& name) = 0;

    virtual std::string setting(const std::string& key) const = 0;
    virtual void setSetting(const std::string& key, const std::string& value) = 0;
};

}  // namespace pe::workspace
