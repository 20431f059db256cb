// SPDX-License-Identifier: MIT
// FindBar: search and replace in a YamlEdit. Marks every match, walks them with Enter and
// Shift+Enter; a replacement of all is one edit. Owned by a YamlPane; UI thread.
#pragma once

#include <QString>
#include <QTimer>
#include <QWidget>
#include <vector>

#include "pe/yaml/tree.hpp"
#include "text_offsets.hpp"

class QLabel;
class QLineEdit;
class QToolButton;

namespace pe::editor {

class YamlEdit;

struct FindQuery {
    QString text;
    bool matchCase = false;
    bool pattern = false;  // a regular expression
};

struct FindMatch {
    yaml::Span span;
    QString replacement;
};

// All matches, line by line (a match never spans lines), with what each is replaced by. Empty for
// an empty or invalid query.
std::vector<FindMatch> findMatches(const TextOffsets& offsets, const FindQuery& query,
                                   const QString& replacement = {});

class FindBar final : public QWidget {
    Q_OBJECT

public:
    FindBar(YamlEdit* edit, QWidget* parent);
    // Shows the bar with the selected text in it.
    void open(bool withReplace);
    // Ends the search and gives the focus back to the text.
    void dismiss();
    // The text changed: matches are found again soon.
    void refreshSoon();

    void find(bool forward);
    void replaceOne();
    void replaceAll();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    FindQuery query() const;
    void refresh();
    void showCount();

    YamlEdit* edit_;
    QLineEdit* text_;
    QLineEdit* replacement_;
    QToolButton* matchCase_;
    QToolButton* pattern_;
    QLabel* count_;
    QWidget* replaceRow_;
    QTimer soon_;
    std::vector<FindMatch> matches_;
};

}  // namespace pe::editor
