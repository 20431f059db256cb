// SPDX-License-Identifier: MIT
// How a step type looks wherever it is shown: its icon and its accent. A type that a team describes
// need not say either; it looks like an extension then. UI thread.
#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

#include "pe/format/catalogue.hpp"

namespace pe::editor {

// Name of the icon as a resource.
QString iconNameOf(const format::StepType& type);
// On light; Theme::adapted() makes it fit the others.
QColor accentOf(const format::StepType& type);
QIcon stepIcon(const format::StepType& type);

}  // namespace pe::editor
