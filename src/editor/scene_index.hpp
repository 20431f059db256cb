// SPDX-License-Identifier: MIT
// SceneIndex: which of many rectangles touch an area. Built for pipelines: tall, ordered, with few
// very high rectangles. Every rectangle lies in bands of its own height class (a power of two), so
// that it stands in at most two bands, and a query costs the bands it crosses plus the hits. Plain
// value.
#pragma once

#include <QRectF>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace pe::editor {

class SceneIndex {
public:
    void clear();
    // Ids are dense and given in ascending order; empty rectangles are never found.
    void insert(std::uint32_t id, const QRectF& rect);
    // Ids of the rectangles that touch the area, ascending, each once.
    std::vector<std::uint32_t> touching(const QRectF& area) const;

private:
    static constexpr int kClasses = 26;
    struct Class {
        std::unordered_map<std::int64_t, std::vector<std::uint32_t>> bands;
    };
    Class classes_[kClasses];
    std::vector<QRectF> rects_;
    QRectF bounds_;
};

}  // namespace pe::editor
