// SPDX-License-Identifier: MIT
// LineGutter: line numbers and problem marks left of a YamlEdit, which owns it. UI thread.
#pragma once

#include <QWidget>

namespace pe::editor {

class YamlEdit;

class LineGutter final : public QWidget {
    Q_OBJECT

public:
    explicit LineGutter(YamlEdit* edit);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    int lineAt(int y) const;
    YamlEdit* edit_;
};

}  // namespace pe::editor
