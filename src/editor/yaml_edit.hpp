// SPDX-License-Identifier: MIT
// YamlEdit: the text widget of the YAML pane. It shows the bytes of a TextOffsets and never changes
// by itself: whatever the user types becomes a byte edit that `edits` hands to the owner, and the
// text changes when the owner calls apply() with the patches that came of it. Only visible lines
// are coloured. Owned by a YamlPane; UI thread.
#pragma once

#include <QPlainTextEdit>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "pe/document/change_set.hpp"
#include "pe/yaml/tree.hpp"
#include "text_mark.hpp"
#include "text_offsets.hpp"
#include "yaml_highlighter.hpp"

class QMenu;

namespace pe::editor {

class LineGutter;
struct Theme;

class YamlEdit final : public QPlainTextEdit {
    Q_OBJECT

public:
    // Replaces bytes; true if it was taken, by which time apply() has run.
    using EditSink =
        std::function<bool(std::size_t offset, std::size_t removed, std::string_view inserted)>;

    explicit YamlEdit(QWidget* parent = nullptr);
    ~YamlEdit() override;

    void setEditSink(EditSink sink) { sink_ = std::move(sink); }
    void load(const std::string& bytes);
    // Patches in the order of ChangeSet::patches. Keeps cursor, selection and scroll position.
    void apply(const std::vector<document::TextPatch>& patches);
    const TextOffsets& offsets() const { return offsets_; }

    // Byte offset of the cursor, and the bytes of the selection.
    std::size_t cursorOffset() const;
    std::size_t anchorOffset() const;  // the end of the selection that the cursor is not at
    std::pair<std::size_t, std::size_t> selectedBytes() const;
    void setCursorOffset(std::size_t offset);
    void selectBytes(std::size_t begin, std::size_t end);
    // Scrolls only as far as it takes to show these lines, or their first.
    void revealLines(int first, int last);

    // Shown as squiggles and in the gutter; they move with the text.
    void setMarks(std::vector<TextMark> marks);
    const std::vector<TextMark>& marks() const { return marks_; }
    // The worst mark that begins on a line, or null.
    const TextMark* markOnLine(int line) const;
    // What shows when the pointer rests on the text; false: there is nothing to show. Without one,
    // the message of a mark shows.
    using Hover = std::function<bool(std::size_t offset, const QRect& globalWord)>;
    void setHover(Hover hover) { hover_ = std::move(hover); }
    // Where a byte of the text is shown, in global coordinates.
    QRect globalRect(std::size_t offset) const;
    // Lines of the selected entry; none if first is -1.
    void setSelectedLines(int first, int last);
    // Byte ranges that a search found, sorted.
    void setMatches(std::vector<yaml::Span> matches);

    void indentSelection();
    void outdentSelection();
    void toggleComment();
    // Replaces the selection, or inserts at the cursor.
    void insertText(const QString& text);
    bool edit(std::size_t offset, std::size_t removed, std::string_view inserted);

    // Its own palette has the colours that it was given, not those of the program.
    const Theme& theme() const;
    // For the gutter.
    int gutterWidth() const;
    void forVisibleLines(const std::function<void(int line, QRectF rect)>& visit) const;

Q_SIGNALS:
    void undoRequested();
    void redoRequested();
    // The user moved the cursor, or typed; not a change that came from elsewhere.
    void cursorMoved();
    void zoomed(int steps);
    // Somebody typed these characters.
    void typed(const QString& text);
    // The menu is about to show; whoever knows more can add to it.
    void menuAboutToShow(QMenu* menu, std::size_t offset);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    bool event(QEvent* event) override;
    bool canInsertFromMimeData(const QMimeData* source) const override;
    void insertFromMimeData(const QMimeData* source) override;
    QMimeData* createMimeDataFromSelection() const override;
    bool focusNextPrevChild(bool next) override;

private:
    friend class YamlEditPainter;
    void reconcile(int first, int linesAfter, int keepPrefix);
    void takeOutsideEdits();
    void restyle();
    void placeGutter();
    bool keyEdits(QKeyEvent* event);
    void newLine();
    void goHome(bool select);
    void duplicateLines();
    void moveLines(bool up);
    QString fittedToPlace(const QString& text);
    void typeText(const QString& text);
    int missingIndent();
    void deleteBy(QTextCursor::MoveOperation move);
    void backspace();
    void mapLines(const std::function<std::string(std::string_view line)>& change);
    std::pair<int, int> selectedLineRange() const;
    TextPlace placeOf(int position) const;
    int positionOf(TextPlace place) const;
    void matchBracket();

    TextOffsets offsets_;
    YamlHighlighter highlighter_;
    EditSink sink_;
    LineGutter* gutter_;
    Hover hover_;
    std::vector<TextMark> marks_;
    std::vector<yaml::Span> matches_;
    int selectedFirst_ = -1;
    int selectedLast_ = -1;
    int brackets_[2] = {-1, -1};
    bool editing_ = false;       // an edit of this widget is on its way through the sink
    int applying_ = 0;           // changes of the widget's text that are ours
    bool outsideEdits_ = false;  // somebody changed it past us, for example through accessibility
    bool tabLeaves_ = false;     // after Escape, Tab moves the focus
};

}  // namespace pe::editor
