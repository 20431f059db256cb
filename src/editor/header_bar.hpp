// SPDX-License-Identifier: MIT
// HeaderBar: the strip under the menu: name and state of the file in front, undo and redo, the view
// switch, and the door to the palette. Owned by the main window; UI thread.
#pragma once

#include <QWidget>

#include "pe/workspace/session.hpp"

class QAction;
class QHBoxLayout;
class QLabel;
class QToolButton;

namespace pe::editor {

struct FileBadge {
    QString text;
    enum class Tone { Quiet, Good, Attention, Bad } tone = Tone::Quiet;
    QString explanation;
};

// What the badge says of a file: where its edits are, or what keeps them from getting there.
FileBadge badgeOf(workspace::Session& session);

class HeaderBar final : public QWidget {
    Q_OBJECT

public:
    explicit HeaderBar(QWidget* parent = nullptr);

    void addButton(QAction* action);
    // Buttons of which one is chosen, as one piece.
    void addSwitch(const QList<QAction*>& actions);
    void addSearch(QAction* action);
    void showFile(const QString& title, const QString& path, const FileBadge& badge);
    void showNothing();
    const FileBadge& badge() const { return shown_; }

Q_SIGNALS:
    void badgeClicked();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void paintBadge();
    void arrange();

    QLabel* title_ = nullptr;
    QLabel* badge_ = nullptr;
    QToolButton* search_ = nullptr;
    QHBoxLayout* row_ = nullptr;
    QString wholeTitle_;
    FileBadge shown_;
};

}  // namespace pe::editor
