// SPDX-License-Identifier: MIT
#include "line_merge.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "line_anchors.hpp"
#include "pe/document/merge.hpp"
#include "pe/document/text_patches.hpp"

namespace pe::document {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);
// Edit distances beyond this are not worth the time: anchors alone hold the texts together then.
constexpr std::ptrdiff_t kDistanceMax = 1000;

// The shortest edit script between two runs of lines, after Myers: marks equal pairs.
class ShortestEdit {
public:
    ShortestEdit(const Lines& left, const Lines& right, const LineRange& range)
        : left_(left),
          right_(right),
          range_(range),
          n_(static_cast<std::ptrdiff_t>(range.leftEnd - range.leftBegin)),
          m_(static_cast<std::ptrdiff_t>(range.rightEnd - range.rightBegin)) {}

    // False if the texts are too far apart.
    bool run(std::vector<std::size_t>& partner) {
        const std::ptrdiff_t most = std::min(n_ + m_, kDistanceMax);
        std::vector<std::ptrdiff_t> reach(static_cast<std::size_t>(2 * most + 3), 0);
        const auto at = [&](std::ptrdiff_t k) -> std::ptrdiff_t& {
            return reach[static_cast<std::size_t>(k + most + 1)];
        };
        for (std::ptrdiff_t d = 0; d <= most; ++d) {
            trace_.push_back(reach);
            for (std::ptrdiff_t k = -d; k <= d; k += 2) {
                std::ptrdiff_t x =
                    k == -d || (k != d && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
                while (x < n_ && x - k < m_ && equal(x, x - k))
                    ++x;
                at(k) = x;
                if (x >= n_ && x - k >= m_) {
                    walkBack(d, most, partner);
                    return true;
                }
            }
        }
        return false;
    }

private:
    bool equal(std::ptrdiff_t x, std::ptrdiff_t y) const {
        return left_[range_.leftBegin + static_cast<std::size_t>(x)] ==
               right_[range_.rightBegin + static_cast<std::size_t>(y)];
    }

    void walkBack(std::ptrdiff_t d, std::ptrdiff_t most, std::vector<std::size_t>& partner) {
        std::ptrdiff_t x = n_;
        std::ptrdiff_t y = m_;
        for (; d >= 0; --d) {
            const auto& reach = trace_[static_cast<std::size_t>(d)];
            const auto at = [&](std::ptrdiff_t k) {
                return reach[static_cast<std::size_t>(k + most + 1)];
            };
            const std::ptrdiff_t k = x - y;
            const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
            const std::ptrdiff_t before = d == 0 ? 0 : (down ? at(k + 1) : at(k - 1) + 1);
            while (x > before && y > before - k) {
                --x;
                --y;
                partner[range_.leftBegin + static_cast<std::size_t>(x)] =
                    range_.rightBegin + static_cast<std::size_t>(y);
            }
            if (d == 0)
                break;
            if (down)
                --y;
            else
                --x;
        }
    }

    const Lines& left_;
    const Lines& right_;
    const LineRange& range_;
    std::ptrdiff_t n_;
    std::ptrdiff_t m_;
    std::vector<std::vector<std::ptrdiff_t>> trace_;
};

Lines part(const Lines& lines, std::size_t begin, std::size_t end) {
    return {lines.begin() + static_cast<std::ptrdiff_t>(begin),
            lines.begin() + static_cast<std::ptrdiff_t>(end)};
}

// What became of base lines [begin, end) between two lines that all three sides share.
MergeHunk hunkOf(Lines base, Lines ours, Lines theirs, Insertions insertions) {
    MergeHunk hunk;
    if (ours == base || ours == theirs) {
        hunk.lines = std::move(theirs);
    } else if (theirs == base) {
        hunk.lines = std::move(ours);
    } else if (base.empty() && insertions == Insertions::KeepBoth) {
        hunk.lines = std::move(ours);
        hunk.lines.insert(hunk.lines.end(), theirs.begin(), theirs.end());
    } else {
        hunk.settled = false;
        hunk.base = std::move(base);
        hunk.ours = std::move(ours);
        hunk.theirs = std::move(theirs);
    }
    return hunk;
}

// Takes off the lines at one end that both sides changed into the same ones, one for one.
Lines takeSameStart(MergeHunk& hunk) {
    Lines same;
    while (hunk.base.size() > 1 && !hunk.ours.empty() && !hunk.theirs.empty() &&
           hunk.ours.front() == hunk.theirs.front()) {
        same.push_back(hunk.ours.front());
        for (Lines* each : {&hunk.base, &hunk.ours, &hunk.theirs})
            each->erase(each->begin());
    }
    return same;
}

Lines takeSameEnd(MergeHunk& hunk) {
    Lines same;
    while (hunk.base.size() > 1 && !hunk.ours.empty() && !hunk.theirs.empty() &&
           hunk.ours.back() == hunk.theirs.back()) {
        same.insert(same.begin(), hunk.ours.back());
        for (Lines* each : {&hunk.base, &hunk.ours, &hunk.theirs})
            each->pop_back();
    }
    return same;
}

// Where a side can be cut before a line of the base: behind what it has for the line above, and
// before what it has for the line itself.
struct Cut {
    std::size_t above = kNone;
    std::size_t below = kNone;
    bool known() const { return above != kNone || below != kNone; }
    std::size_t first() const { return above != kNone ? above : below; }
    std::size_t last() const { return below != kNone ? below : above; }
};

Cut cutAt(const std::vector<std::size_t>& partner, std::size_t size, std::size_t at) {
    Cut cut{0, size};
    if (at > 0)
        cut.above = partner[at - 1] == kNone ? kNone : partner[at - 1] + 1;
    if (at < partner.size())
        cut.below = partner[at];
    return cut;
}

class HunkBuilder {
public:
    HunkBuilder(const Lines& base, const Lines& ours, const Lines& theirs, Insertions insertions)
        : base_(base), ours_(ours), theirs_(theirs), insertions_(insertions) {}

    std::vector<MergeHunk> run() {
        const auto inOurs = alignLines(base_, ours_);
        const auto inTheirs = alignLines(base_, theirs_);
        // Neighbouring lines that were changed on one side each are two changes, not one.
        const bool between = insertions_ == Insertions::KeepBoth;
        for (std::size_t i = 0; i <= base_.size(); ++i) {
            const Cut mine = cutAt(inOurs, ours_.size(), i);
            const Cut their = cutAt(inTheirs, theirs_.size(), i);
            if (between && mine.known() && their.known()) {
                close(i, mine.first(), their.first());
                close(i, mine.last(), their.last());
                continue;
            }
            if (mine.above != kNone && their.above != kNone)
                close(i, mine.above, their.above);
            if (mine.below != kNone && their.below != kNone)
                close(i, mine.below, their.below);
        }
        return std::move(hunks_);
    }

private:
    void close(std::size_t base, std::size_t ours, std::size_t theirs) {
        if (b_ == base && o_ == ours && t_ == theirs)
            return;
        add(hunkOf(part(base_, b_, base), part(ours_, o_, ours), part(theirs_, t_, theirs),
                   insertions_));
        b_ = base;
        o_ = ours;
        t_ = theirs;
    }

    void add(MergeHunk hunk) {
        if (hunk.settled || insertions_ != Insertions::KeepBoth) {
            hunks_.push_back(std::move(hunk));
            return;
        }
        const auto settle = [this](Lines lines) {
            if (!lines.empty())
                hunks_.push_back({true, std::move(lines), {}, {}, {}});
        };
        settle(takeSameStart(hunk));
        Lines end = takeSameEnd(hunk);
        hunks_.push_back(hunkOf(std::move(hunk.base), std::move(hunk.ours), std::move(hunk.theirs),
                                insertions_));
        settle(std::move(end));
    }

    const Lines& base_;
    const Lines& ours_;
    const Lines& theirs_;
    Insertions insertions_;
    std::vector<MergeHunk> hunks_;
    std::size_t b_ = 0;
    std::size_t o_ = 0;
    std::size_t t_ = 0;
};

void append(std::string& out, const Lines& lines) {
    for (const std::string_view line : lines)
        out += line;
}

std::string joined(const Lines& lines) {
    std::string text;
    append(text, lines);
    return text;
}

}  // namespace

std::vector<std::size_t> alignLines(const Lines& left, const Lines& right) {
    std::vector<std::size_t> partner(left.size(), kNone);
    const LineRange range = differingLines(left, right);
    for (std::size_t i = 0; i < range.leftBegin; ++i)
        partner[i] = i;
    for (std::size_t i = range.leftEnd; i < left.size(); ++i)
        partner[i] = i - range.leftEnd + range.rightEnd;
    if (!ShortestEdit(left, right, range).run(partner))
        for (const auto& [l, r] : lineAnchors(left, right, range))
            partner[l] = r;
    return partner;
}

std::vector<MergeHunk> mergeHunks(const Lines& base, const Lines& ours, const Lines& theirs,
                                  Insertions insertions) {
    return HunkBuilder(base, ours, theirs, insertions).run();
}

Merged mergeLines(const std::string& base, const std::string& ours, const std::string& theirs) {
    Merged merged;
    merged.byLines = true;
    std::size_t line = 1;
    const auto put = [&](std::string_view text) {
        merged.text += text;
        line += linesOf(text).size();
    };
    const bool windows = ours.find("\r\n") != std::string::npos;
    const std::string lineBreak = windows ? "\r\n" : "\n";
    const auto putSide = [&](const Lines& lines) {
        const std::string text = joined(lines);
        put(text);
        if (!endsWhole(text))
            merged.text += lineBreak;
    };
    for (const MergeHunk& hunk :
         mergeHunks(linesOf(base), linesOf(ours), linesOf(theirs), Insertions::Conflict)) {
        if (hunk.settled) {
            put(joined(hunk.lines));
            continue;
        }
        if (!endsWhole(merged.text))
            put(lineBreak);
        merged.conflicts.push_back({{},
                                    line,
                                    "Both sides changed these lines.",
                                    joined(hunk.base),
                                    joined(hunk.ours),
                                    joined(hunk.theirs)});
        put("<<<<<<< ours" + lineBreak);
        putSide(hunk.ours);
        put("=======" + lineBreak);
        putSide(hunk.theirs);
        put(">>>>>>> theirs" + lineBreak);
    }
    return merged;
}

}  // namespace pe::document
