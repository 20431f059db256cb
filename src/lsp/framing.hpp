// SPDX-License-Identifier: MIT
// Framing: messages in a byte stream, each behind a header with its Content-Length. Every length is
// checked against a limit before anything is read for it.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>

namespace pe::lsp {

inline constexpr std::size_t kMaxHeaderBytes = 8u << 10;
inline constexpr std::size_t kMaxMessageBytes = 64u << 20;

enum class Received {
    Message,
    Malformed,  // no usable header; the stream goes on behind it
    TooLarge,   // the message was skipped
    End,
};

// Reads the next message into `message`; for Malformed and TooLarge it says what was wrong.
Received receive(std::istream& in, std::string& message);
void send(std::ostream& out, const std::string& message);

}  // namespace pe::lsp
