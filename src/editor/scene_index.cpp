// SPDX-License-Identifier: MIT
#include "scene_index.hpp"

#include <algorithm>
#include <cmath>

namespace pe::editor {

namespace {

constexpr int kSmallestBand = 6;  // bands of the lowest class are 64 high

std::int64_t bandOf(double y, int heightClass) {
    return static_cast<std::int64_t>(std::floor(std::ldexp(y, -(heightClass + kSmallestBand))));
}

bool touches(const QRectF& a, const QRectF& b) {
    return a.left() <= b.right() && b.left() <= a.right() && a.top() <= b.bottom() &&
           b.top() <= a.bottom();
}

}  // namespace

void SceneIndex::clear() {
    for (Class& each : classes_)
        each.bands.clear();
    rects_.clear();
    bounds_ = {};
}

void SceneIndex::insert(std::uint32_t id, const QRectF& rect) {
    if (rects_.size() <= id)
        rects_.resize(id + 1);
    rects_[id] = rect;
    if (rect.isNull())
        return;
    int heightClass = 0;
    while (heightClass + 1 < kClasses &&
           std::ldexp(1.0, heightClass + kSmallestBand) < rect.height())
        ++heightClass;
    auto& bands = classes_[heightClass].bands;
    const auto last = bandOf(rect.bottom(), heightClass);
    for (auto band = bandOf(rect.top(), heightClass); band <= last; ++band)
        bands[band].push_back(id);
    bounds_ = bounds_.isNull() ? rect : bounds_.united(rect);
}

std::vector<std::uint32_t> SceneIndex::touching(const QRectF& area) const {
    std::vector<std::uint32_t> found;
    const double top = std::max(area.top(), bounds_.top());
    const double bottom = std::min(area.bottom(), bounds_.bottom());
    if (bounds_.isNull() || top > bottom)
        return found;
    for (int heightClass = 0; heightClass < kClasses; ++heightClass) {
        const auto& bands = classes_[heightClass].bands;
        if (bands.empty())
            continue;
        const auto last = bandOf(bottom, heightClass);
        for (auto band = bandOf(top, heightClass); band <= last; ++band) {
            const auto it = bands.find(band);
            if (it == bands.end())
                continue;
            for (const std::uint32_t id : it->second)
                if (touches(rects_[id], area))
                    found.push_back(id);
        }
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

}  // namespace pe::editor
