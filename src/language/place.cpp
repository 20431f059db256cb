// SPDX-License-Identifier: MIT
#include "place.hpp"

#include <algorithm>
#include <optional>

#include "flow_place.hpp"

namespace pe::language {
namespace {

bool opensFlow(std::string_view value) {
    return !value.empty() && (value.front() == '{' || value.front() == '[');
}

PathStep stepOf(std::string_view text, const Level& level) {
    PathStep step{level.dash, level.key, level.begin, {}};
    if (level.dash)
        step.type = valueOf(keysOfItem(text, level.begin), "type");
    return step;
}

// What holds the line: found upwards, by lines that stand further left.
class Ancestors {
public:
    Ancestors(std::string_view text, std::size_t offset) : text_(text), offset_(offset) {}

    // From the line above `line`. `limit`: column of the entry; `item`: it is an item of a list,
    // which may stand right below its key.
    void find(Line line, std::size_t limit, bool item) {
        while ((limit > 0 || item) && lineAbove(text_, line) && !line.marker) {
            if (line.blank || line.indent > limit || (line.indent == limit && !item))
                continue;
            if (accept(line, limit, item) && !levels_.empty()) {
                limit = levels_.back().column;
                item = levels_.back().dash;
            }
        }
        std::reverse(levels_.begin(), levels_.end());
    }

    const std::vector<Level>& levels() const { return levels_; }
    bool inText() const { return inText_; }
    yaml::Style style() const { return style_; }
    std::size_t flowBegin() const { return flowBegin_; }

private:
    bool accept(const Line& line, std::size_t limit, bool item) {
        const auto holds = [&](const Level& level) {
            return level.column < limit || (item && !level.dash && level.column == limit);
        };
        if (line.levels.empty() || !holds(line.levels.front()))
            return false;
        if (holds(line.levels.back()))
            readValue(line);
        for (auto level = line.levels.rbegin(); level != line.levels.rend(); ++level)
            if (holds(*level))
                levels_.push_back(*level);
        return true;
    }

    // A value behind the key that holds the place: the place is in this value, and what looked
    // like structure below it is not.
    void readValue(const Line& line) {
        if (line.value.empty())
            return;
        if (opensFlow(line.value)) {
            if (!FlowScan(text_, line.valueBegin, offset_).inside())
                return;
            flowBegin_ = line.valueBegin;
            inText_ = false;
        } else {
            inText_ = true;
            style_ = styleOf(line.value);
            flowBegin_ = std::string_view::npos;
        }
        levels_.clear();
    }

    std::string_view text_;
    std::size_t offset_;
    std::vector<Level> levels_;
    bool inText_ = false;
    yaml::Style style_ = yaml::Style::Plain;  // of the text
    std::size_t flowBegin_ = std::string_view::npos;
};

// Where the entries stand that a key or a dash holds already, told by the first on a line other
// than `own`; nothing if there is none.
std::optional<std::size_t> columnBelow(std::string_view text, const Level& holder,
                                       const Line& own) {
    Line line = lineAt(text, holder.begin);
    for (const Level& each : line.levels)
        if (each.begin > holder.begin)
            return each.column;
    while (lineBelow(text, line) && !line.marker) {
        if (line.blank || line.begin == own.begin)
            continue;
        const bool item = !holder.dash && !line.levels.empty() && line.levels.front().dash;
        if (line.indent > holder.column || (item && line.indent == holder.column))
            return line.indent;
        break;
    }
    return std::nullopt;
}

class PlaceFinder {
public:
    PlaceFinder(std::string_view text, std::size_t offset)
        : text_(text), offset_(std::min(offset, text.size())), line_(lineAt(text, offset_)) {}

    Place find() {
        if (offset_ < line_.begin)
            return std::move(place_);  // before a byte order mark
        const std::size_t column = std::min(offset_ - line_.begin, line_.indent);
        const bool item = !line_.levels.empty() && line_.levels.front().dash &&
                          offset_ >= line_.begin + line_.indent;
        if (isInFlowDocument())
            return std::move(place_);
        Ancestors above(text_, offset_);
        const bool empty = line_.blank && !line_.comment;
        above.find(line_, empty ? offset_ - line_.begin : column, item);
        for (const Level& each : above.levels())
            place_.path.push_back(stepOf(text_, each));
        if (above.flowBegin() != std::string_view::npos) {
            FlowScan(text_, above.flowBegin(), offset_).describe(place_);
            return std::move(place_);
        }
        const bool ended = line_.comment && above.style() == yaml::Style::Plain;
        if (above.inText() && !ended) {
            place_.style = above.style();
            return inText(line_.begin + line_.indent);
        }
        if (inComment() ||
            (!above.levels().empty() &&
             columnBelow(text_, above.levels().back(), line_).value_or(column) != column))
            return std::move(place_);  // a comment, or beside the column of the other entries
        return onLine();
    }

private:
    // A file that is JSON, or looks like it, has no indentation to go by.
    bool isInFlowDocument() {
        Line first = lineAt(text_, 0);
        while (first.blank && lineBelow(text_, first)) {
        }
        if (!opensFlow(first.value) || !first.levels.empty())
            return false;
        const FlowScan scan(text_, first.valueBegin, offset_);
        if (scan.inside())
            scan.describe(place_);
        return scan.inside();
    }

    bool inComment() const {
        if (line_.comment)
            return offset_ > line_.begin + line_.indent;
        const std::size_t valueEnd = line_.valueBegin + line_.value.size();
        const std::size_t hash = text_.substr(0, line_.end).find('#', valueEnd);
        return !line_.blank && hash < offset_;
    }

    Place inText(std::size_t begin) {
        place_.kind = PlaceKind::Text;
        begin = std::min(begin, offset_);
        place_.before = text_.substr(begin, offset_ - begin);
        place_.word = {offset_, offset_};
        return std::move(place_);
    }

    Place onLine() {
        std::size_t contentBegin = line_.begin + line_.indent;
        for (const Level& each : line_.levels) {
            if (each.begin == offset_)
                break;
            if (each.begin > offset_)
                return std::move(place_);  // in the blanks before it nothing can stand
            if (!each.dash)
                return onKeyLine(each);
            place_.path.push_back(stepOf(text_, each));
            place_.afterDash = true;
            contentBegin = each.begin + 1;
        }
        while (contentBegin < offset_ && text_[contentBegin] == ' ')
            ++contentBegin;
        if (opensFlow(line_.value) && line_.valueBegin < offset_ && !line_.hasKey())
            return inFlow();
        return atKey(std::min(contentBegin, offset_));
    }

    Place onKeyLine(const Level& key) {
        const std::size_t colon = text_.find(':', key.begin + key.key.size());
        if (offset_ <= colon)
            return atKey(key.begin);
        place_.path.push_back(stepOf(text_, key));
        if (line_.value.empty() && columnBelow(text_, key, line_))
            return std::move(place_);  // the value stands on the lines below
        readKeys(line_, key.column, key.begin);
        if (opensFlow(line_.value) && line_.valueBegin < offset_)
            return inFlow();
        return atValue();
    }

    Place inFlow() {
        const FlowScan scan(text_, line_.valueBegin, offset_);
        if (scan.inside())
            scan.describe(place_);
        return std::move(place_);
    }

    Place atValue() {
        place_.kind = PlaceKind::Value;
        std::size_t begin = std::min(line_.valueBegin, offset_);
        std::size_t end = std::max(line_.valueBegin + line_.value.size(), offset_);
        const std::string_view value = text_.substr(begin, end - begin);
        if (!value.empty() && begin < offset_ && (value.front() == '"' || value.front() == '\'')) {
            const bool closed = value.size() > 1 && value.back() == value.front();
            if (closed && end == offset_) {
                place_.kind = PlaceKind::Comment;
                return std::move(place_);
            }
            place_.quoted = true;
            place_.style = styleOf(value);
            end -= closed ? 1 : 0;
            ++begin;
        }
        place_.word = {begin, end};
        place_.before = text_.substr(begin, offset_ - begin);
        return std::move(place_);
    }

    Place atKey(std::size_t begin) {
        place_.kind = PlaceKind::Key;
        place_.column = begin - line_.begin;
        if (place_.afterDash && text_[begin - 1] == '-')
            ++place_.column;  // for the blank that is still to come
        Line here = line_;
        if (line_.blank)
            here.indent = place_.column;
        readKeys(here, place_.column, begin);
        place_.beforeItem =
            std::any_of(line_.levels.begin(), line_.levels.end(),
                        [&](const Level& each) { return each.dash && each.begin == offset_; });
        if (place_.beforeItem) {
            place_.word = {offset_, offset_};
            return std::move(place_);
        }
        place_.quoted = begin < offset_ && (text_[begin] == '"' || text_[begin] == '\'');
        if (place_.quoted)
            place_.style = styleOf(text_.substr(begin, 1));
        const std::string ends = place_.quoted ? std::string(1, text_[begin++]) + ":#," : " :#,";
        std::size_t end = offset_;
        while (end < line_.end && ends.find(text_[end]) == std::string::npos)
            ++end;
        place_.word = {begin, end};
        place_.before = text_.substr(begin, offset_ - begin);
        return std::move(place_);
    }

    void readKeys(const Line& line, std::size_t column, std::size_t own) {
        place_.keys = keysAround(text_, line, column);
        std::erase_if(place_.keys, [&](const KeyLine& each) { return each.begin == own; });
    }

    std::string_view text_;
    std::size_t offset_;
    Line line_;
    Place place_;
};

}  // namespace

Place placeAt(std::string_view text, std::size_t offset) {
    return PlaceFinder(text, offset).find();
}

}  // namespace pe::language
