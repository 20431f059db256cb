// SPDX-License-Identifier: MIT
// CompletionPopup: the list of what could stand at the cursor, with the documentation of the chosen
// item beside it. It never takes the focus: whoever types hands it the keys it knows. A child of
// its window; UI thread.
#pragma once

#include <QFrame>
#include <QPointer>
#include <cstdint>
#include <string_view>
#include <vector>

#include "pe/language/completion.hpp"

class QKeyEvent;
class QListWidget;

namespace pe::editor {

class HelpCard;

// What comes of items where somebody has typed this much of the first one: nothing, where that is
// no news; a list that Enter leaves; or a list of which Enter accepts an item.
enum class Opening : std::uint8_t { None, EnterLeaves, EnterAccepts };
// `asked`: the list was asked for, and did not come by itself.
Opening openingFor(const std::vector<language::CompletionItem>& items, std::string_view typed,
                   bool asked);

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
