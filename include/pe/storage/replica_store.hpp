// SPDX-License-Identifier: MIT
// ReplicaStore: the local replica of a user, one SQLite file in one folder, held by one program at
// a time. It knows pipelines, their journals and snapshots as bytes only. What a call has stored is
// on disk when the call returns. May be used from any thread; calls wait for each other, so the
// thread of the window writes through a JournalWriter. Errors: Unwritable (may work later),
// Corrupt, NotFound (no such pipeline), and what each call says.
#pragma once

#include <filesystem>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <type_traits>
#include <vector>

#include "pe/base/clock.hpp"
#include "pe/base/random.hpp"
#include "pe/storage/file_stamp.hpp"
#include "pe/storage/journal.hpp"

namespace pe::storage {

class Database;
class ReplicaLock;

struct PipelineRecord {
    PipelineId id{};
    std::filesystem::path path;  // empty for a pipeline that has no file
    std::string title;
    std::int64_t openedAtMs = 0;
    std::int64_t editedAtMs = 0;  // of the last change, or of when it was made
    std::int64_t lastPosition = 0;
    std::int64_t snapshotPosition = 0;
    std::int64_t exchanged = 0;  // so many changes its file held when last read or written
    bool hasDraft = false;
    bool shared = false;      // changes get their position from others; own ones wait for it
    std::int64_t outbox = 0;  // own changes that wait
    std::int64_t refused = 0;
    // Under this id this install writes in this pipeline; never 0. See renewReplicaIds().
    std::uint64_t replica = 0;
};

// A name that a person gave to the state after the change at `position`.
struct NamedVersion {
    std::string name;
    std::int64_t position = 0;
    std::string author;
    std::int64_t madeAtMs = 0;
    friend bool operator==(const NamedVersion&, const NamedVersion&) = default;
};

// The text last exchanged with the disk.
struct BaseText {
    std::string text;
    FileStamp stamp;
    friend bool operator==(const BaseText&, const BaseText&) = default;
};

// What a file and its pipeline have in common: see Document::syncMark().
struct Exchange {
    BaseText base;
    std::int64_t changes = 0;
    std::string mark;
};

// An own change that others did not take.
struct RefusedEntry {
    std::string body;
    std::string label;
    std::string reason;
    std::int64_t refusedAtMs = 0;
    friend bool operator==(const RefusedEntry&, const RefusedEntry&) = default;
};

// The state after the change at `position`.
struct Snapshot {
    std::int64_t position = 0;
    std::vector<std::string> parts;
    friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

// Text of the text pane that does not parse yet.
struct Draft {
    std::string body;
    std::int64_t savedAtMs = 0;
    friend bool operator==(const Draft&, const Draft&) = default;
};

struct RecentFile {
    std::filesystem::path path;
    std::int64_t openedAtMs = 0;
};

// What happened to a damaged database. The user must be told, and a server must see a new replica
// id.
struct ReplicaRecovery {
    std::filesystem::path movedTo;  // the damaged file, kept as it was
    std::string reason;
    std::int64_t pipelines = 0;  // read back into the new database
    std::int64_t changes = 0;
    bool complete = false;  // all that the damaged file claims to hold was read back
};

class ReplicaStore final : public Journal {
public:
    static constexpr std::int64_t kLastPosition = std::numeric_limits<std::int64_t>::max();

    // Makes the folder and the database where needed. Conflict, at once: another program holds it.
    // Refused: a newer program made it. A damaged database is moved aside, see recovery().
    // Clock and random must outlive the store.
    static Result<std::unique_ptr<ReplicaStore>> open(const std::filesystem::path& folder,
                                                      Clock& clock, Random& random);
    ReplicaStore(const ReplicaStore&) = delete;
    ReplicaStore& operator=(const ReplicaStore&) = delete;
    ~ReplicaStore() override;

    const std::optional<ReplicaRecovery>& recovery() const { return recovery_; }
    // The folder is a copy, or was restored from one, or its database was rebuilt: the original may
    // go on elsewhere, so this one has given itself new replica ids. Undo stacks, which belong to
    // the old ids, are gone; nothing else is.
    bool forked() const { return forked_; }

    // The pipeline of a file, made if there is none; notes the time. Paths are compared after
    // making them absolute and normal, without following links.
    Result<PipelineRecord> pipelineFor(const std::filesystem::path& path);
    // A pipeline that has no file yet.
    Result<PipelineRecord> createPipeline(const std::string& title);
    Result<PipelineRecord> pipeline(const PipelineId& id);
    Result<std::vector<PipelineRecord>> list();  // newest opened first
    // Conflict: another pipeline has that path. An empty path takes it away.
    Result<void> setPath(const PipelineId& id, const std::filesystem::path& path);
    Result<void> setTitle(const PipelineId& id, const std::string& title);
    Result<void> removePipeline(const PipelineId& id);
    // New ids for all pipelines, without their undo stacks: see forked().
    Result<void> renewReplicaIds();

    Result<std::int64_t> lastPosition(const PipelineId& id) override;
    Result<void> appendEntries(std::span<const JournalEntry> entries) override;
    // Appends after the last position, in one transaction; returns the position of the last one.
    Result<std::int64_t> appendChanges(const PipelineId& id, std::span<const std::string> bodies);
    // Changes with a larger position, in order, up to the last or to `upTo`. Corrupt: damaged or
    // missing ones.
    Result<std::vector<Change>> loadChanges(const PipelineId& id, std::int64_t after = 0,
                                            std::int64_t upTo = kLastPosition);
    // Puts all but the newest changes together into compressed packs, which loadChanges() opens
    // again: the same history in a fraction of the space. False: there was too little to do.
    Result<bool> packChanges(const PipelineId& id);
    // Compacts; positions go on from the last one. Refused above the snapshot: they are needed.
    Result<void> removeChangesUpTo(const PipelineId& id, std::int64_t position);
    // All changes and the snapshot: for a caller whose state is fully in the base text.
    Result<void> removePipelineChanges(const PipelineId& id);

    // Replaces the snapshot in one transaction; parts that did not change are not written again.
    // InvalidArgument: the position is behind the journal or older than the stored snapshot.
    Result<void> saveSnapshot(const PipelineId& id, const Snapshot& snapshot);
    // Corrupt: damaged or missing parts, which the next one that is saved makes good.
    Result<std::optional<Snapshot>> loadSnapshot(const PipelineId& id);

    Result<void> setBase(const PipelineId& id, const BaseText& base);
    Result<std::optional<BaseText>> base(const PipelineId& id);

    // The base together with how far the journal had come.
    Result<void> noteExchange(const PipelineId& id, const Exchange& exchange);
    Result<std::optional<std::string>> syncMark(const PipelineId& id);

    // The own changes of a shared pipeline that wait for their position, in order.
    Result<void> share(const PipelineId& id);
    Result<std::vector<std::string>> outbox(const PipelineId& id);
    // The ids under which this install wrote in the pipeline before; see renewReplicaIds().
    Result<std::vector<std::uint64_t>> formerReplicas(const PipelineId& id);
    Result<void> addToOutbox(const PipelineId& id, std::string_view body);
    Result<void> replaceOutbox(const PipelineId& id, std::span<const std::string> bodies);
    // Appends what now has a position and leaves `stillWaiting` in the outbox, in one transaction.
    Result<void> confirm(const PipelineId& id, std::span<const JournalEntry> entries,
                         std::span<const std::string> stillWaiting);
    Result<void> addRefused(const PipelineId& id, const RefusedEntry& entry);
    Result<std::vector<RefusedEntry>> refused(const PipelineId& id);

    Result<void> saveDraft(const PipelineId& id, std::string_view body);
    Result<std::optional<Draft>> draft(const PipelineId& id);
    Result<void> clearDraft(const PipelineId& id);

    Result<void> saveUndoStack(const PipelineId& id, std::string_view body);
    Result<std::optional<std::string>> undoStack(const PipelineId& id);

    // Conflict: the name is taken. InvalidArgument: an empty name, or a position not in the
    // journal.
    Result<void> nameVersion(const PipelineId& id, const NamedVersion& version);
    Result<void> renameVersion(const PipelineId& id, const std::string& from,
                               const std::string& to);
    Result<void> removeVersion(const PipelineId& id, const std::string& name);
    Result<std::vector<NamedVersion>> versions(const PipelineId& id);  // the oldest state first

    // Bytes that the journal, its packs and the snapshot of a pipeline take in the database.
    Result<std::int64_t> storedBytes(const PipelineId& id);
    // Reads every value of the database and checks its sum; Corrupt names the first damaged one.
    Result<void> checkAll();

    Result<void> noteRecentFile(const std::filesystem::path& path);
    Result<void> forgetRecentFile(const std::filesystem::path& path);
    Result<std::vector<RecentFile>> recentFiles(std::size_t limit = 20);  // newest first

    // Choices of the user, for example the window layout.
    Result<void> setSetting(const std::string& key, std::string_view value);
    Result<std::optional<std::string>> setting(const std::string& key);
    Result<void> removeSetting(const std::string& key);

    // Facts about the replica itself, for example its ids and the clock's high-water mark.
    Result<void> setMeta(const std::string& key, std::string_view value);
    Result<std::optional<std::string>> meta(const std::string& key);

private:
    ReplicaStore(std::unique_ptr<ReplicaLock> lock, std::filesystem::path file, Clock& clock,
                 Random& random);
    // Both take the database and call `work(Database&)`; write() in one transaction.
    template <class Work>
    auto write(Work work) -> std::invoke_result_t<Work, Database&>;
    template <class Work>
    auto read(Work work) -> std::invoke_result_t<Work, Database&>;
    Result<void> ensureOpen();
    Result<void> settleIdentity();
    // After a failed sync the connection may believe what the disk does not hold; the next call
    // starts on one that has read the disk again.
    void noteFailure(const Error& error);

    std::mutex mutex_;
    std::unique_ptr<ReplicaLock> lock_;
    std::filesystem::path file_;
    Clock& clock_;
    Random& random_;
    std::unique_ptr<Database> database_;
    std::optional<ReplicaRecovery> recovery_;
    bool forked_ = false;
};

}  // namespace pe::storage
