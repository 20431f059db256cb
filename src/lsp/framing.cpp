// SPDX-License-Identifier: MIT
#include "framing.hpp"

#include <cctype>
#include <charconv>
#include <istream>
#include <optional>
#include <ostream>

namespace pe::lsp {
namespace {

// One header line without its break; false at the end of the input. Longer lines are cut.
bool readHeaderLine(std::istream& in, std::string& line) {
    line.clear();
    for (int c = in.get(); c != std::istream::traits_type::eof(); c = in.get()) {
        if (c == '\n') {
            if (!line.empty() && line.back() == '\r')
                line.pop_back();
            return true;
        }
        if (line.size() < kMaxHeaderBytes)
            line += static_cast<char>(c);
    }
    return false;
}

std::optional<std::size_t> contentLength(const std::string& line) {
    static constexpr std::string_view kName = "content-length:";
    if (line.size() < kName.size())
        return std::nullopt;
    for (std::size_t i = 0; i < kName.size(); ++i)
        if (std::tolower(static_cast<unsigned char>(line[i])) != kName[i])
            return std::nullopt;
    std::size_t at = kName.size();
    while (at < line.size() && line[at] == ' ')
        ++at;
    std::size_t length = 0;
    const char* end = line.data() + line.size();
    const auto read = std::from_chars(line.data() + at, end, length);
    if (read.ec != std::errc() || read.ptr != end)
        return std::nullopt;
    return length;
}

}  // namespace

Received receive(std::istream& in, std::string& message) {
    std::optional<std::size_t> length;
    std::string line;
    bool any = false;
    for (;;) {
        if (!readHeaderLine(in, line))
            return Received::End;
        if (line.empty() && !any)
            continue;
        if (line.empty())
            break;
        any = true;
        if (const auto found = contentLength(line))
            length = found;
    }
    if (!length) {
        message = "A message needs a header Content-Length with its number of bytes.";
        return Received::Malformed;
    }
    if (*length > kMaxMessageBytes) {
        in.ignore(static_cast<std::streamsize>(*length));
        message = "The message is larger than " + std::to_string(kMaxMessageBytes) + " bytes.";
        return in ? Received::TooLarge : Received::End;
    }
    message.resize(*length);
    in.read(message.data(), static_cast<std::streamsize>(*length));
    return in.gcount() == static_cast<std::streamsize>(*length) ? Received::Message : Received::End;
}

void send(std::ostream& out, const std::string& message) {
    out << "Content-Length: " << message.size() << "\r\n\r\n" << message;
    out.flush();
}

}  // namespace pe::lsp
