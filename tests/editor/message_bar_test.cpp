// SPDX-License-Identifier: MIT
#include "message_bar.hpp"

#include <gtest/gtest.h>

#include <QApplication>

namespace pe::editor {
namespace {

TEST(MessageBar, ASecondMessageReplacesTheFirst) {
    QWidget window;
    MessageBar bar(&window);
    window.show();
    bar.showMessage(MessageBar::Kind::Error, QStringLiteral("one"));
    QApplication::processEvents();
    bar.showMessage(MessageBar::Kind::Info, QStringLiteral("two"));
    QApplication::processEvents();
    EXPECT_EQ(bar.text(), QStringLiteral("two"));
    EXPECT_TRUE(bar.isVisible());
}

}  // namespace
}  // namespace pe::editor
