// SPDX-License-Identifier: MIT
// VersionView: an earlier version of a pipeline, for reading: as text with the changed lines
// marked, as graph, and what it differs in from another version, by meaning. From here it can be
// brought back or given a name. Stands in place of graph and text while it is open. Owned by the
// file's view; UI thread.
#pragma once

#include <QWidget>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "history_words.hpp"
#include "pe/base/clock.hpp"
#include "pe/editor/selection.hpp"
#include "pe/format/catalogue.hpp"
#include "pe/workspace/session.hpp"

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace pe::editor {

class Canvas;
class CanvasBinder;
class VersionText;
struct HistoryRow;

class VersionView final : public QWidget {
    Q_OBJECT

public:
    VersionView(workspace::Session& session, const format::Catalogue& catalogue,
                HistoryWords& words, QWidget* parent = nullptr);
    ~VersionView() override;

    // The version after the changes of a row, beside the one before them.
    void showVersion(const HistoryRow& row);
    // The version `to` beside the version `from`.
    void compare(const HistoryRow& from, const HistoryRow& to);
    // Compares with what the document is now.
    void compareWithNow();
    void setGraphShown(bool graph);
    std::uint64_t position() const { return position_; }
    const std::vector<compare::Difference>& differences() const { return differences_; }
    VersionText& text() const { return *text_; }
    // Undoable; false, with `refused`, if that cannot be.
    bool restore();
    bool giveName(const QString& name);
    void askForName();

Q_SIGNALS:
    void closed();
    void named();
    void said(const QString& sentence);
    void refused(const QString& sentence);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum Against { AgainstBefore, AgainstNow, AgainstChosen };
    QWidget* makeTitleBar();
    QWidget* makeCompareBar();
    void open(const HistoryRow& row);
    void load();
    void arrange();
    void fillDifferences();
    void showDifference(int index);
    void showGraph();
    Result<std::string> otherText();

    workspace::Session& session_;
    document::Document& document_;
    const format::Catalogue& catalogue_;
    HistoryWords& words_;
    SystemClock clock_;
    std::uint64_t position_ = 0;
    std::uint64_t before_ = 0;  // the version that the row began with
    std::uint64_t chosen_ = 0;  // what two selected rows are about
    std::string shown_;         // text of the version
    std::vector<compare::Difference> differences_;
    QLabel* title_ = nullptr;
    QLabel* when_ = nullptr;
    QLabel* counts_ = nullptr;
    QLabel* againstLabel_ = nullptr;
    QComboBox* against_ = nullptr;
    QPushButton* restore_ = nullptr;
    QPushButton* name_ = nullptr;
    QLineEdit* nameField_ = nullptr;
    QToolButton* asGraph_ = nullptr;
    QListWidget* list_ = nullptr;
    QStackedWidget* stack_ = nullptr;
    VersionText* text_ = nullptr;
    Canvas* canvas_ = nullptr;
    // What the graph shows: a copy that nothing is done to.
    std::unique_ptr<document::Document> copy_;
    std::unique_ptr<Selection> selection_;
    std::unique_ptr<CanvasBinder> binder_;
};

}  // namespace pe::editor
