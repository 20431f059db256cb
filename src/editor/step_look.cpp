// SPDX-License-Identifier: MIT
#include "step_look.hpp"

#include "icons.hpp"

namespace pe::editor {

namespace {

constexpr QRgb kPlainAccent = 0xff4a6785;

}  // namespace

QString iconNameOf(const format::StepType& type) {
    return type.icon.empty() ? QStringLiteral("custom") : QString::fromStdString(type.icon);
}

QColor accentOf(const format::StepType& type) {
    const QColor given(QString::fromStdString(type.color));
    return given.isValid() ? given : QColor(kPlainAccent);
}

QIcon stepIcon(const format::StepType& type) {
    return accentIcon(iconNameOf(type), accentOf(type));
}

}  // namespace pe::editor
