// SPDX-License-Identifier: MIT
// BlockTextEdit: a text box of several lines that grows with its text up to a bound. It reports
// each change as a splice in code points, so that only changed characters travel; text set from
// outside is merged in where it differs, and the cursor stays. Undo is the document's. UI thread.
#pragma once

#include <QPlainTextEdit>
#include <string>

namespace pe::editor {

class BlockTextEdit final : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit BlockTextEdit(QWidget* parent = nullptr);
    // Shows a text without reporting it.
    void showText(const QString& text);
    // What the box holds now, with LF between lines.
    const QString& shown() const { return shown_; }

    // The one stretch in which two texts differ, in code points of the first.
    struct Change {
        qsizetype at = 0;
        qsizetype removed = 0;
        QString inserted;
    };
    static Change change(const QString& before, const QString& after);
    void setLineBounds(int fewest, int most);
    void setMonospaced(bool monospaced);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    // Positions in code points of the text before the change.
    void spliced(qsizetype at, qsizetype removed, const QString& inserted);
    void undoRequested();
    void redoRequested();
    void left();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void onTextChanged();
    void fitHeight();

    QString shown_;
    int fewest_ = 2;
    int most_ = 14;
    bool showing_ = false;
};

}  // namespace pe::editor
