// SPDX-License-Identifier: MIT
#include "json.hpp"

#include <algorithm>
#include <charconv>

namespace pe::lsp {
namespace {

constexpr std::size_t kEscapeSize = 6;

// The number of an escape with four digits at `at`; 0 if there is none.
unsigned escapedUnit(std::string_view text, std::size_t at) {
    const std::string_view escape = text.substr(std::min(at, text.size()), kEscapeSize);
    if (escape.size() < kEscapeSize || !escape.starts_with("\\u"))
        return 0;
    unsigned unit = 0;
    const char* end = escape.data() + escape.size();
    const auto read = std::from_chars(escape.data() + 2, end, unit, 16);
    return read.ptr == end ? unit : 0;
}

bool isHigh(unsigned unit) {
    return unit >= 0xD800 && unit < 0xDC00;
}

bool isLow(unsigned unit) {
    return unit >= 0xDC00 && unit < 0xE000;
}

}  // namespace

const Json& member(const Json& object, const char* key) {
    static const Json kNull;
    if (!object.is_object())
        return kNull;
    const auto found = object.find(key);
    return found == object.end() ? kNull : *found;
}

Result<std::string> textMember(const Json& object, const char* key) {
    const Json& found = member(object, key);
    if (!found.is_string())
        return fail(ErrorCode::InvalidArgument, std::string("`") + key + "` must be a text.");
    return found.get<std::string>();
}

std::optional<std::size_t> sizeOf(const Json& number) {
    if (number.is_number_unsigned())
        return number.get<std::size_t>();
    if (number.is_number_integer())
        return std::size_t{0};  // a negative number means the beginning
    return std::nullopt;
}

Result<Position> positionOf(const Json& json) {
    const auto line = sizeOf(member(json, "line"));
    const auto character = sizeOf(member(json, "character"));
    if (!line || !character)
        return fail(ErrorCode::InvalidArgument,
                    "A position needs the numbers `line` and `character`.");
    return Position{*line, *character};
}

Json toJson(Position position) {
    return {{"line", position.line}, {"character", position.character}};
}

Json toJson(const Positions& positions, yaml::Span span) {
    return {{"start", toJson(positions.position(span.begin))},
            {"end", toJson(positions.position(span.end))}};
}

Json toJson(const Positions& positions, const std::vector<language::TextEdit>& edits) {
    Json list = Json::array();
    for (const language::TextEdit& each : edits)
        list.push_back({{"range", toJson(positions, each.span)}, {"newText", each.text}});
    return list;
}

Json markdown(const std::string& text) {
    return {{"kind", "markdown"}, {"value", text}};
}

std::string withoutHalfPairs(std::string message) {
    for (std::size_t at = message.find('\\'); at != std::string::npos;
         at = message.find('\\', at)) {
        const unsigned unit = escapedUnit(message, at);
        if (isHigh(unit) && isLow(escapedUnit(message, at + kEscapeSize))) {
            at += 2 * kEscapeSize;
        } else if (isHigh(unit) || isLow(unit)) {
            message.replace(at, kEscapeSize, "\\ufffd");
            at += kEscapeSize;
        } else {
            at += 2;
        }
    }
    return message;
}

std::string dumped(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace pe::lsp
