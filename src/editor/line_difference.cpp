// SPDX-License-Identifier: MIT
#include "line_difference.hpp"

#include <QStringList>
#include <algorithm>

namespace pe::editor {

namespace {

// Texts that differ in more lines than this are not worth the search for the shortest way.
constexpr int kMostDifferent = 2000;
using Kind = DifferentLine::Kind;

QStringList linesOf(const std::string& text) {
    QStringList lines = QString::fromStdString(text).split(u'\n');
    if (lines.back().isEmpty())
        lines.removeLast();
    for (QString& line : lines)
        if (line.endsWith(u'\r'))
            line.chop(1);
    return lines;
}

// Myers' greedy search over the middles of two lists of lines. Kinds of the lines in order; empty
// if there are more differences than `kMostDifferent`.
class ShortestWay {
public:
    ShortestWay(const QStringList& before, const QStringList& after, int from, int beforeEnd,
                int afterEnd)
        : before_(before),
          after_(after),
          from_(from),
          width_(beforeEnd - from),
          height_(afterEnd - from) {}

    std::vector<Kind> find() {
        const int most = std::min(width_ + height_, kMostDifferent);
        std::vector<int> reach(static_cast<std::size_t>(2 * most + 3), 0);
        const int middle = most + 1;
        const auto at = [&](int k) -> int& { return reach[static_cast<std::size_t>(middle + k)]; };
        for (int d = 0; d <= most; ++d) {
            rounds_.emplace_back(reach.begin() + middle - d - 1, reach.begin() + middle + d + 2);
            for (int k = -d; k <= d; k += 2) {
                int x = isDown(rounds_.back(), d, k) ? at(k + 1) : at(k - 1) + 1;
                while (x < width_ && x - k < height_ && same(x, x - k))
                    ++x;
                at(k) = x;
                if (x >= width_ && x - k >= height_)
                    return walkBack(d);
            }
        }
        return {};
    }

private:
    bool same(int x, int y) const { return before_[from_ + x] == after_[from_ + y]; }
    static int value(const std::vector<int>& round, int d, int k) {
        return round[static_cast<std::size_t>(k + d + 1)];
    }
    static bool isDown(const std::vector<int>& round, int d, int k) {
        return k == -d || (k != d && value(round, d, k - 1) < value(round, d, k + 1));
    }

    std::vector<Kind> walkBack(int d) {
        std::vector<Kind> way;
        int x = width_;
        int y = height_;
        for (; d >= 0; --d) {
            const std::vector<int>& round = rounds_[static_cast<std::size_t>(d)];
            const int k = x - y;
            const bool down = isDown(round, d, k);
            const int from = down ? value(round, d, k + 1) : value(round, d, k - 1);
            for (const int begin = from + (down ? 0 : 1); x > begin; --x)
                way.push_back(Kind::Same);
            if (d > 0)
                way.push_back(down ? Kind::Added : Kind::Removed);
            x = from;
            y = from - (down ? k + 1 : k - 1);
        }
        std::reverse(way.begin(), way.end());
        return way;
    }

    const QStringList& before_;
    const QStringList& after_;
    int from_;
    int width_;
    int height_;
    std::vector<std::vector<int>> rounds_;  // the reach before each round
};

}  // namespace

std::vector<DifferentLine> lineDifference(const std::string& before, const std::string& after) {
    const QStringList old = linesOf(before);
    const QStringList now = linesOf(after);
    int from = 0;
    int oldEnd = static_cast<int>(old.size());
    int nowEnd = static_cast<int>(now.size());
    while (from < oldEnd && from < nowEnd && old[from] == now[from])
        ++from;
    while (oldEnd > from && nowEnd > from && old[oldEnd - 1] == now[nowEnd - 1]) {
        --oldEnd;
        --nowEnd;
    }
    std::vector<Kind> way = ShortestWay(old, now, from, oldEnd, nowEnd).find();
    if (way.empty()) {
        way.assign(static_cast<std::size_t>(oldEnd - from), Kind::Removed);
        way.insert(way.end(), static_cast<std::size_t>(nowEnd - from), Kind::Added);
    }
    std::vector<DifferentLine> lines;
    for (int i = 0; i < from; ++i)
        lines.push_back({Kind::Same, now[i], i});
    int x = from;
    int y = from;
    for (const Kind kind : way) {
        lines.push_back({kind, kind == Kind::Removed ? old[x] : now[y], y});
        x += kind == Kind::Added ? 0 : 1;
        y += kind == Kind::Removed ? 0 : 1;
    }
    for (; y < now.size(); ++y)
        lines.push_back({Kind::Same, now[y], y});
    return lines;
}

}  // namespace pe::editor
