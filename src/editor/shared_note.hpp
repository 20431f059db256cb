// SPDX-License-Identifier: MIT
// SharedNote: the line of a form that says where else in the file a value stands, by an anchor and
// its aliases, since what is changed here changes there as well. Hidden where it stands nowhere
// else. UI thread.
#pragma once

#include <QLabel>

#include "pe/yaml/forest.hpp"

namespace pe::editor {

class SharedNote final : public QLabel {
    Q_OBJECT

public:
    explicit SharedNote(QWidget* parent);
    // The value of an entry, or something around it.
    void showAround(const yaml::Forest& forest, yaml::NodeRef entry);
    // The value of an entry itself.
    void showOf(const yaml::Forest& forest, yaml::NodeRef entry);
    // The value of an entry, or something inside it.
    void showInside(const yaml::Forest& forest, yaml::NodeRef entry);

private:
    void say(const yaml::Forest& forest, yaml::NodeRef shared);
};

}  // namespace pe::editor
