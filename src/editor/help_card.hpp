// SPDX-License-Identifier: MIT
// HelpCard: rich text that floats over a window beside what it explains. Opened by the pointer it
// goes when the pointer leaves; opened by a key it takes the focus, so that it can be scrolled, and
// goes on Escape. A child of its window, so it works on every platform; UI thread.
#pragma once

#include <QFrame>
#include <QPointer>
#include <QTimer>

class QTextBrowser;
class QUrl;

namespace pe::editor {

class HelpCard final : public QFrame {
    Q_OBJECT

public:
    enum class By { Pointer, Key, Owner };  // Owner: stays until its owner closes it

    explicit HelpCard(QWidget* window);
    // `anchor` in global coordinates; the card stands below it, or above where there is no room.
    void open(const QString& html, const QRect& anchor, By by);
    // Beside something else, as high as that: right of it, or left where there is no room.
    void openBeside(const QString& html, const QRect& neighbour);
    void dismiss();
    QString text() const;

Q_SIGNALS:
    void linkActivated(const QUrl& link);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void fill(const QString& html, int width, int mostHeight);
    void show(const QRect& place);
    void watchPointer();
    void restyle();

    QTextBrowser* browser_;
    QPointer<QWidget> focusBefore_;
    QRect anchor_;
    QTimer pointerTimer_;
    By by_ = By::Owner;
};

}  // namespace pe::editor
