// SPDX-License-Identifier: MIT
// Workspace: the set of open files over one local replica folder, and what the user did last. Owns
// its sessions. Lives on the UI thread.
#pragma once

#include <memory>
#include <string>
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
    // A new pipeline that has no path yet.
    virtual Session* create(const std::string& text) = 0;
    // Ends a session; its unsaved edits stay in the journal unless `discard`.
    virtual void close(Session* session, bool discard) = 0;
    virtual std::vector<Session*> sessions() const = 0;

    virtual std::vector<std::string> recentFiles() const = 0;
    // Opens every pipeline with edits that were never saved: after a crash.
    virtual std::vector<Session*> restoreUnsaved() = 0;
    // What the user must be told about the replica (a damaged database was moved aside); may be
    // empty.
    virtual std::string openingNotice() const = 0;
    // Waits until every edit is on disk; Unwritable if that does not succeed in time.
    virtual Result<void> flush() = 0;

    virtual std::string setting(const std::string& key) const = 0;
    virtual void setSetting(const std::string& key, const std::string& value) = 0;
};

}  // namespace pe::workspace
