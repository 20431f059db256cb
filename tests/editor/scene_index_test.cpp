// SPDX-License-Identifier: MIT
#include "scene_index.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <vector>

namespace pe::editor {
namespace {

std::vector<std::uint32_t> byLooking(const std::vector<QRectF>& rects, const QRectF& area) {
    std::vector<std::uint32_t> found;
    for (std::size_t i = 0; i < rects.size(); ++i)
        if (!rects[i].isNull() && rects[i].left() <= area.right() &&
            area.left() <= rects[i].right() && rects[i].top() <= area.bottom() &&
            area.top() <= rects[i].bottom())
            found.push_back(static_cast<std::uint32_t>(i));
    return found;
}

QRectF anyRect() {
    return {double(*rc::gen::inRange(-5000, 5000)), double(*rc::gen::inRange(-5000, 5000)),
            double(*rc::gen::inRange(0, 400)), double(*rc::gen::inRange(0, 6000))};
}

TEST(SceneIndex, FindsWhatLookingAtEveryRectangleFinds) {
    EXPECT_TRUE(rc::check([] {
        std::vector<QRectF> rects;
        SceneIndex index;
        const int count = *rc::gen::inRange(0, 60);
        for (int i = 0; i < count; ++i) {
            rects.push_back(anyRect());
            index.insert(static_cast<std::uint32_t>(i), rects.back());
        }
        const QRectF area = anyRect();
        RC_ASSERT(index.touching(area) == byLooking(rects, area));
    }));
}

TEST(SceneIndex, NeverFindsARectangleThatWasGivenAsEmpty) {
    SceneIndex index;
    index.insert(0, QRectF());
    index.insert(1, QRectF(0, 0, 10, 10));
    EXPECT_EQ(index.touching(QRectF(-100, -100, 200, 200)), std::vector<std::uint32_t>{1});
}

}  // namespace
}  // namespace pe::editor
