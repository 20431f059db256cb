// SPDX-License-Identifier: MIT
// CompletionPopup: the list of what could stand at the cursor, with the documentation of the chosen
// item beside it. It never takes the focus: whoever types hands it the keys it knows. A child of
// its window; UI thread.
#pragma once

#include <QFrame>
#include <QPointer>
#include <string_view>
#include <vector>

#include "pe/language/completion.hpp"

class QKeyEvent;
class QListWidget;

namespace pe::editor {

class HelpCard;

// Somebody who typed this and presses Enter means the item.
bool isMeantBy(const language::CompletionItem& item, std::string_view typed);

class CompletionPopup final : public QFrame {
    Q_OBJECT

public:
    explicit CompletionPopup(QWidget* window);
    ~CompletionPopup() override;

    // Below a place in global coordinates, or above where there is no room. No items: it closes.
    // Enter accepts only what `enterAccepts` or the arrows have made sure is meant; Tab always
    // does.
    void open(std::vector<language::CompletionItem> items, const QRect& anchor, bool enterAccepts);
    void close();
    bool isOpen() const { return isVisible(); }
    const std::vector<language::CompletionItem>& items() const { return items_; }
    // Keys that move, accept and leave; true if it was one.
    bool takeKey(const QKeyEvent& event);

Q_SIGNALS:
    void accepted(const language::CompletionItem& item);

private:
    void acceptCurrent();
    void showDocumentation();
    void move(int by);

    QListWidget* list_;
    QPointer<HelpCard> card_;
    std::vector<language::CompletionItem> items_;
    bool enterAccepts_ = true;
};

}  // namespace pe::editor
