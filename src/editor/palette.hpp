// SPDX-License-Identifier: MIT
// Palette: a field with a list below it, to find one of many things by typing: every action and
// every step (Ctrl+K), or a step type to add at a place. Appears over its window, goes on Escape, a
// choice, or when it loses the focus. UI thread.
#pragma once

#include <QFrame>
#include <QIcon>
#include <QPointer>
#include <QString>
#include <functional>
#include <vector>

class QLabel;
class QLineEdit;
class QListWidget;

namespace pe::editor {

struct PaletteEntry {
    QString title;
    QString detail;  // shown muted at the right: a shortcut, a type
    QIcon icon;
    QString keywords;  // found by, not shown
    std::function<void()> run;
};

// How well `text` answers the query: its letters in order, better together and at word starts.
// Below zero: not at all.
int paletteScore(const QString& query, const QString& text);

class Palette final : public QFrame {
    Q_OBJECT

public:
    explicit Palette(QWidget* window);

    // At the top of the window, or beside a global position.
    void open(const QString& placeholder, std::vector<PaletteEntry> entries,
              const QPoint* globalPosition = nullptr);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void filter(const QString& query);
    void choose();
    void dismiss();

    QLineEdit* field_ = nullptr;
    QListWidget* list_ = nullptr;
    QLabel* nothing_ = nullptr;
    std::vector<PaletteEntry> entries_;
    QPointer<QWidget> focusBefore_;
};

}  // namespace pe::editor
