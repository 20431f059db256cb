// SPDX-License-Identifier: MIT
// ChangeView: what an edit would do to texts, as lines taken away and lines put in, for reading.
// Owned by a dialog; UI thread.
#pragma once

#include <vector>

#include "reading_text.hpp"
#include "text_changes.hpp"

namespace pe::editor {

class ChangeView final : public ReadingText {
    Q_OBJECT

public:
    struct File {
        QString name;  // shown above its changes, with the line; may be empty
        std::vector<LinesChanged> changes;
    };

    explicit ChangeView(QWidget* parent);
    void showChanges(std::vector<File> files);

protected:
    void changeEvent(QEvent* event) override;

private:
    void fill();

    std::vector<File> files_;
};

}  // namespace pe::editor
