// SPDX-License-Identifier: MIT
#include "flow_place.hpp"

#include <algorithm>

namespace pe::language {
namespace {

constexpr std::size_t kMaxDepth = 64;

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isOpening(char c) {
    return c == '{' || c == '[';
}

}  // namespace

FlowScan::FlowScan(std::string_view text, std::size_t begin, std::size_t offset)
    : text_(text), offset_(std::min(offset, text.size())) {
    scan(begin);
}

void FlowScan::scan(std::size_t at) {
    while (at < offset_) {
        at = take(at);
        if (frames_.empty())
            return;
    }
}

std::size_t FlowScan::pastSpace(std::size_t at, std::size_t end) const {
    while (at < end && isSpace(text_[at]))
        ++at;
    return at;
}

std::string_view FlowScan::token(const Frame& frame, std::size_t end) const {
    const std::size_t begin = pastSpace(std::min(frame.begin, end), end);
    while (end > begin && isSpace(text_[end - 1]))
        --end;
    return text_.substr(begin, end - begin);
}

void FlowScan::closeEntry(std::size_t at) {
    Frame& frame = frames_.back();
    if (frame.mapping) {
        const std::string_view written = token(frame, at);
        if (frame.value)
            frame.keys.push_back({frame.key, written, frame.begin});
        else if (!written.empty())
            frame.keys.push_back({unquoted(written), {}, frame.begin});
    }
    frame.value = false;
    frame.entry = at + 1;
    frame.begin = at + 1;
}

// One character, or one quoted text; returns where to go on.
std::size_t FlowScan::take(std::size_t at) {
    const char c = text_[at];
    if (isOpening(c)) {
        if (frames_.size() < kMaxDepth)
            frames_.push_back({c == '{', false, at + 1, at + 1, {}, {}});
        return at + 1;
    }
    Frame& frame = frames_.back();
    if ((c == '"' || c == '\'') && token(frame, at).empty()) {
        std::size_t close = at + 1;
        while (close < offset_ && text_[close] != c)
            close += c == '"' && text_[close] == '\\' ? 2 : 1;
        if (close >= offset_)
            openQuote_ = at;
        return close + 1;
    }
    if (c == '}' || c == ']') {
        frames_.pop_back();
    } else if (c == ',') {
        closeEntry(at);
    } else if (c == ':' && frame.mapping && !frame.value &&
               (at + 1 >= text_.size() || isSpace(text_[at + 1]) || text_[at - 1] == '"')) {
        frame.key = unquoted(token(frame, at));
        frame.value = true;
        frame.begin = at + 1;
    }
    return at + 1;
}

void FlowScan::describe(Place& place) const {
    for (const Frame& each : frames_) {
        const std::size_t begin = pastSpace(each.entry, offset_);
        if (!each.mapping)
            place.path.push_back({true, {}, begin, {}});
        else if (!place.path.empty() && place.path.back().item)
            place.path.back().type = valueOf(each.keys, "type");
        if (each.mapping && (each.value || &each != &frames_.back()))
            place.path.push_back({false, each.key, begin, {}});
    }
    const Frame& last = frames_.back();
    place.flow = true;
    place.kind = last.mapping && !last.value ? PlaceKind::Key : PlaceKind::Value;
    place.keys = last.keys;
    std::size_t begin = pastSpace(std::min(last.begin, offset_), offset_);
    if (openQuote_ != std::string_view::npos) {
        begin = openQuote_ + 1;
        place.quoted = true;
        place.style = styleOf(text_.substr(openQuote_, 1));
    }
    std::size_t end = offset_;
    std::string_view stops = ",]}:\n\r #";
    if (place.quoted)
        stops = place.kind == PlaceKind::Key ? "\"'\n\r:,{}[]" : "\"'\n\r";
    while (end < text_.size() && stops.find(text_[end]) == std::string_view::npos)
        ++end;
    place.word = {begin, end};
    place.before = text_.substr(begin, offset_ - begin);
}

}  // namespace pe::language
