// SPDX-License-Identifier: MIT
#include "unified_diff.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <vector>

namespace pe::cli {
namespace {

constexpr std::size_t kContext = 3;

struct Change {
    std::size_t oldBegin, oldEnd, newBegin, newEnd;  // lines
};

std::vector<std::string_view> linesOf(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::size_t size = end == std::string_view::npos ? text.size() : end + 1;
        lines.push_back(text.substr(0, size));
        text.remove_prefix(size);
    }
    return lines;
}

// Myers' algorithm: the shortest list of removed and added lines.
class LineDifference {
public:
    using Lines = std::vector<std::string_view>;
    LineDifference(const Lines& before, const Lines& after) : before_(before), after_(after) {}

    std::vector<Change> changes() {
        const std::size_t shorter = std::min(before_.size(), after_.size());
        std::size_t head = 0;
        while (head < shorter && before_[head] == after_[head])
            ++head;
        std::size_t tail = 0;
        while (tail < shorter - head &&
               before_[before_.size() - 1 - tail] == after_[after_.size() - 1 - tail])
            ++tail;
        first_ = head;
        oldSize_ = static_cast<int>(before_.size() - head - tail);
        newSize_ = static_cast<int>(after_.size() - head - tail);
        trace();
        return merged();
    }

private:
    // Beyond this many differing lines the middle is replaced as a whole.
    static constexpr int kMaxDistance = 2000;

    bool same(int x, int y) const {
        return before_[first_ + static_cast<std::size_t>(x)] ==
               after_[first_ + static_cast<std::size_t>(y)];
    }

    void trace() {
        const int limit = std::min(oldSize_ + newSize_, kMaxDistance);
        std::vector<int> furthest(static_cast<std::size_t>(2 * limit + 3), 0);
        const auto at = [&](int k) -> int& {
            return furthest[static_cast<std::size_t>(k + limit + 1)];
        };
        for (int distance = 0; distance <= limit; ++distance) {
            history_.push_back(furthest);
            for (int k = -distance; k <= distance; k += 2) {
                const bool down = k == -distance || (k != distance && at(k - 1) < at(k + 1));
                int x = down ? at(k + 1) : at(k - 1) + 1;
                while (x < oldSize_ && x - k < newSize_ && same(x, x - k))
                    ++x;
                at(k) = x;
                if (x >= oldSize_ && x - k >= newSize_)
                    return walkBack(distance, limit);
            }
        }
        removed_.assign(static_cast<std::size_t>(oldSize_), true);
        added_.assign(static_cast<std::size_t>(newSize_), true);
    }

    void walkBack(int distance, int limit) {
        removed_.assign(static_cast<std::size_t>(oldSize_), false);
        added_.assign(static_cast<std::size_t>(newSize_), false);
        int x = oldSize_;
        int y = newSize_;
        for (int d = distance; d > 0; --d) {
            const std::vector<int>& furthest = history_[static_cast<std::size_t>(d)];
            const auto at = [&](int k) {
                return furthest[static_cast<std::size_t>(k + limit + 1)];
            };
            const int k = x - y;
            const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
            const int before = down ? k + 1 : k - 1;
            x = at(before);
            y = x - before;
            if (down)
                added_[static_cast<std::size_t>(y)] = true;
            else
                removed_[static_cast<std::size_t>(x)] = true;
        }
    }

    std::vector<Change> merged() const {
        std::vector<Change> changes;
        std::size_t x = 0;
        std::size_t y = 0;
        while (x < removed_.size() || y < added_.size()) {
            const Change start{first_ + x, 0, first_ + y, 0};
            while (x < removed_.size() && removed_[x])
                ++x;
            while (y < added_.size() && added_[y])
                ++y;
            if (first_ + x != start.oldBegin || first_ + y != start.newBegin) {
                changes.push_back({start.oldBegin, first_ + x, start.newBegin, first_ + y});
                continue;
            }
            ++x;
            ++y;
        }
        return changes;
    }

    const Lines& before_;
    const Lines& after_;
    std::size_t first_ = 0;
    int oldSize_ = 0;
    int newSize_ = 0;
    std::vector<std::vector<int>> history_;
    std::vector<bool> removed_;
    std::vector<bool> added_;
};

class DiffWriter {
public:
    DiffWriter(const std::vector<std::string_view>& before,
               const std::vector<std::string_view>& after)
        : before_(before), after_(after) {}

    // Changes that are near each other, with the lines around them.
    void hunk(const Change* first, const Change* last) {
        const std::size_t lead = std::min(kContext, first->oldBegin);
        const std::size_t trail = std::min(kContext, before_.size() - last->oldEnd);
        const std::size_t oldBegin = first->oldBegin - lead;
        const std::size_t newBegin = first->newBegin - lead;
        const std::size_t oldLines = last->oldEnd + trail - oldBegin;
        const std::size_t newLines = last->newEnd + trail - newBegin;
        out += "@@ -" + range(oldBegin, oldLines) + " +" + range(newBegin, newLines) + " @@\n";
        std::size_t at = oldBegin;
        for (const Change* each = first; each <= last; ++each) {
            for (; at < each->oldBegin; ++at)
                line(' ', before_[at]);
            for (; at < each->oldEnd; ++at)
                line('-', before_[at]);
            for (std::size_t y = each->newBegin; y < each->newEnd; ++y)
                line('+', after_[y]);
        }
        for (; at < last->oldEnd + trail; ++at)
            line(' ', before_[at]);
    }

    std::string out;

private:
    static std::string range(std::size_t begin, std::size_t count) {
        return std::to_string(count == 0 ? begin : begin + 1) + "," + std::to_string(count);
    }

    void line(char mark, std::string_view text) {
        out += mark;
        out += text;
        if (!text.ends_with('\n'))
            out += "\n\\ No newline at end of file\n";
    }

    const std::vector<std::string_view>& before_;
    const std::vector<std::string_view>& after_;
};

// As `git apply` wants it: from the working folder, without detours.
std::string nameFromHere(std::string_view path) {
    std::filesystem::path name = std::filesystem::path(path).lexically_normal();
    std::error_code failed;
    if (name.is_absolute()) {
        const auto here = std::filesystem::current_path(failed);
        const auto relative = failed ? name : name.lexically_relative(here);
        const bool below = !relative.empty() && *relative.begin() != "..";
        name = below ? relative : name.relative_path();
    }
    return name.string();
}

// In quotes, as git writes it, where a name has signs that end it.
std::string inQuotes(const std::string& name) {
    constexpr std::string_view kSigns = "\n\t\r\"\\";
    constexpr std::string_view kLetters = "ntr\"\\";
    if (name.find_first_of(kSigns) == std::string::npos)
        return name;
    std::string out = "\"";
    for (const char c : name) {
        const std::size_t sign = kSigns.find(c);
        if (sign == std::string_view::npos)
            out += c;
        else
            out.append(1, '\\').append(1, kLetters[sign]);
    }
    return out + '"';
}

}  // namespace

std::string unifiedDiff(std::string_view before, std::string_view after, std::string_view path) {
    if (before == after)
        return {};
    const auto oldLines = linesOf(before);
    const auto newLines = linesOf(after);
    const std::vector<Change> changes = LineDifference(oldLines, newLines).changes();
    DiffWriter writer(oldLines, newLines);
    const std::string name = nameFromHere(path);
    writer.out = "--- " + inQuotes("a/" + name) + "\n+++ " + inQuotes("b/" + name) + "\n";
    for (std::size_t first = 0; first < changes.size();) {
        std::size_t last = first;
        while (last + 1 < changes.size() &&
               changes[last + 1].oldBegin - changes[last].oldEnd <= 2 * kContext)
            ++last;
        writer.hunk(&changes[first], &changes[last]);
        first = last + 1;
    }
    return std::move(writer.out);
}

}  // namespace pe::cli
