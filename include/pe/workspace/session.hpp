// SPDX-License-Identifier: MIT
// Session: one open file: its Document, the path it is bound to, what the disk last held, and the
// journal that makes every edit durable before it is called saved. The program without a face.
// Lives on the UI thread; disk work that may be slow goes through the storage executor.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pe/base/clock.hpp"
#include "pe/base/result.hpp"
#include "pe/base/signal.hpp"
#include "pe/document/document.hpp"

namespace pe::workspace {

// What the header's badge shows about the file.
enum class FileState : std::uint8_t {
    Unbound,    // never saved to a path
    Clean,      // the file holds exactly this text
    Modified,   // edits that are in the journal but not in the file
    DiskNewer,  // the file changed outside in a way that could not be merged
    Missing,    // the file was deleted or renamed outside
};

// A name that somebody gave to the text after the first `position` changes: see
// Document::revisions(), textAt() and restore().
struct NamedVersion {
    std::string name;
    std::uint64_t position = 0;
    std::string author;
    std::int64_t madeAtMs = 0;
};

class Session {
public:
    virtual ~Session() = default;

    // Names the pipeline for as long as the replica holds it: 32 hexadecimal digits.
    virtual std::string id() const = 0;
    virtual document::Document& document() = 0;
    virtual const std::string& path() const = 0;  // empty if Unbound
    virtual std::string title() const = 0;        // file name, or "Untitled"
    virtual FileState state() const = 0;
    // Edits were found in the journal that the file does not have (the program was killed).
    virtual bool recovered() const = 0;
    // Every edit so far is on this machine's disk, in the journal.
    virtual bool durable() const = 0;

    // Writes text() to the path. Conflict if the file on disk is not the one whose changes the
    // document has: call `pollDisk` first, or pass overwrite. The second reader agrees before
    // anything is written.
    virtual Result<void> save(bool overwrite = false) = 0;
    virtual Result<void> saveAs(const std::string& path) = 0;
    // Looks at the disk now; merges an outside change like a peer's.
    virtual void pollDisk() = 0;
    // Returns to what the disk holds; undoable.
    virtual Result<void> revert() = 0;

    // Named versions, the oldest state first.
    virtual Result<std::vector<NamedVersion>> namedVersions() = 0;
    // Gives the text after the first `position` changes a name; the newest is
    // document().revisions().back().position. Conflict: the name is taken.
    virtual Result<void> nameVersion(std::uint64_t position, const std::string& name) = 0;
    virtual Result<void> renameVersion(const std::string& from, const std::string& to) = 0;
    virtual Result<void> removeVersion(const std::string& name) = 0;

    Signal<> stateChanged;
    Signal<const std::string&>
        message;  // one sentence to show, for example after an outside change
};

}  // namespace pe::workspace
