// SPDX-License-Identifier: MIT
// Server: the Language Server Protocol over the library `language`: diagnostics, hover, completion,
// definition, references, rename, outline, code actions. Messages are JSON texts in and out;
// serve() moves them over streams. Positions are UTF-16, as the protocol's default is. Formatting
// is not offered: the bytes of a file belong to its author. One thread. No input or output of its
// own: files are asked of the Host.
#pragma once

#include <functional>
#include <iosfwd>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "pe/base/clock.hpp"
#include "pe/base/result.hpp"
#include "pe/check/checker.hpp"
#include "pe/check/settings.hpp"
#include "pe/format/catalogue.hpp"

namespace pe::lsp {

// What the server asks about the world around an open file.
class Host {
public:
    virtual ~Host() = default;
    // The step types of the file's folder; an error is shown and the built-in types are used.
    virtual Result<format::Catalogue> catalogue(const std::string& path) = 0;
    virtual Result<check::Settings> settings(const std::string& path) = 0;
    // Lives as long as the file is open; null: nothing is known about other files.
    virtual std::unique_ptr<check::FileLookup> files(const std::string& path) = 0;
    // The absolute path of a file that the pipeline at `path` names; empty if it is not there.
    virtual std::string locate(const std::string& path, const std::string& named) = 0;
    // The other pipelines of the folder and of those above it in the project, path to text: where
    // a rename looks as well.
    virtual std::map<std::string, std::string> neighbours(const std::string& path) = 0;
    virtual Clock& clock() = 0;
};

class Server {
public:
    explicit Server(Host& host);
    ~Server();

    // Takes one message and gives those to send: an answer, notifications, or nothing. The findings
    // of a text that was changed wait for settle().
    std::vector<std::string> handle(const std::string& message);
    // What waits: to be called when the client pauses.
    bool waits() const;
    std::vector<std::string> settle();
    // The answer to bytes that are no message.
    std::string refuse(const std::string& reason) const;
    bool exited() const;
    // As the protocol wants it: 0 after a shutdown, else 1.
    int exitStatus() const;

private:
    struct Data;
    std::unique_ptr<Data> data_;
};

// Serves until `exit` or the end of the input. Returns the exit status. `moreComes` says, maybe
// after a moment, whether there is more input; without it nothing waits. A client that never pauses
// gets its findings all the same.
int serve(Server& server, std::istream& in, std::ostream& out,
          const std::function<bool()>& moreComes = {});

}  // namespace pe::lsp
