// SPDX-License-Identifier: MIT
#include "shift.hpp"

#include <algorithm>

namespace pe::yaml {

Line takeLine(std::string_view& rest) {
    const std::size_t end = findBreak(rest);
    if (end == std::string_view::npos) {
        const Line line{rest, rest.substr(rest.size())};
        rest = rest.substr(rest.size());
        return line;
    }
    const bool pair = rest[end] == '\r' && end + 1 < rest.size() && rest[end + 1] == '\n';
    const std::size_t length = pair ? 2 : 1;
    const Line line{rest.substr(0, end), rest.substr(end, length)};
    rest.remove_prefix(end + length);
    return line;
}

std::string_view finalBreak(std::string_view text) {
    if (!endsWithBreak(text))
        return {};
    const bool pair = text.ends_with("\r\n");
    return text.substr(text.size() - (pair ? 2 : 1));
}

std::string_view firstBreak(std::string_view text) {
    return takeLine(text).lineBreak;
}

std::string_view withoutFinalBreak(std::string_view text) {
    return text.substr(0, text.size() - finalBreak(text).size());
}

std::string_view withoutTrailingBlanks(std::string_view text) {
    const std::size_t last = text.find_last_not_of(" \t");
    return last == std::string_view::npos ? text.substr(0, 0) : text.substr(0, last + 1);
}

namespace {

// Writes `body` with its leading spaces changed by `delta`, never below none.
void appendMoved(std::string& out, std::string_view body, int delta) {
    if (delta >= 0) {
        out.append(static_cast<std::size_t>(delta), ' ');
    } else {
        body.remove_prefix(std::min(leadingSpaces(body), static_cast<std::size_t>(-delta)));
    }
    out += body;
}

}  // namespace

void appendShiftedLine(std::string& out, Line line, int delta) {
    if (isWhite(line.body))
        out += line.body;
    else
        appendMoved(out, line.body, delta);
    out += line.lineBreak;
}

void appendShifted(std::string& out, std::string_view text, int delta) {
    if (delta == 0 || !hasBreak(text)) {
        out += text;
        return;
    }
    out += takeLine(text).whole();
    while (!text.empty()) {
        const Line line = takeLine(text);
        if (line.lineBreak.empty())
            appendMoved(out, line.body, delta);
        else
            appendShiftedLine(out, line, delta);
    }
}

void appendShiftedBlock(std::string& out, std::string_view raw, int textColumn, int delta) {
    if (delta == 0) {
        out += raw;
        return;
    }
    const auto indent = static_cast<std::size_t>(std::max(0, textColumn));
    const auto target = static_cast<std::size_t>(std::max(0, textColumn + delta));
    while (!raw.empty()) {
        const Line line = takeLine(raw);
        const std::size_t spaces = leadingSpaces(line.body);
        if (spaces == line.body.size() && spaces <= indent)
            out.append(std::min(spaces, target), ' ');
        else
            appendMoved(out, line.body, delta);
        out += line.lineBreak;
    }
}

std::string shiftedScalar(const Lexeme& scalar, int delta) {
    std::string raw;
    if (isBlockScalar(scalar.style))
        appendShiftedBlock(raw, scalar.raw, scalar.column + scalar.offset, delta);
    else
        appendShifted(raw, scalar.raw, delta);
    return raw;
}

}  // namespace pe::yaml
