// SPDX-License-Identifier: MIT
// FileLanguage: what the views of an open file know about the format at a place: badges, help under
// the pointer and on F1, quick fixes, completion, definitions, uses, and renaming with a preview.
// Owned by the FileView, whose parts it connects; UI thread.
#pragma once

#include <QObject>
#include <QPointer>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "findings.hpp"
#include "pe/editor/selection.hpp"
#include "pe/language/rename.hpp"
#include "pe/language/uses.hpp"

class QMenu;
class QUrl;

namespace pe::editor {

class Canvas;
class CanvasBinder;
class FieldCompletion;
class HelpCard;
class Palette;
struct PaletteEntry;
class PropertiesPane;
class RenameDialog;
class TextCompletion;
class YamlPane;

// The parts that it connects; all outlive it.
struct LanguageParts {
    Findings& findings;
    Canvas& canvas;
    CanvasBinder& binder;
    YamlPane& text;
    PropertiesPane& properties;
    Selection& selection;
};

class FileLanguage final : public QObject {
    Q_OBJECT

public:
    // The path of the file and the texts of others in its folder, as they are shown now.
    struct Neighbourhood {
        std::string path;
        std::map<std::string, std::string> others;
    };
    using NeighbourhoodReader = std::function<Neighbourhood()>;

    FileLanguage(LanguageParts parts, NeighbourhoodReader neighbourhood, QWidget* view);
    ~FileLanguage() override;

    // Each about what has the focus: the text at its cursor, a field, or the selected entry.
    void showHelp();
    void showFixes();
    void complete();
    void goToDefinition();
    // To a step of the top level; false: there is none of that name.
    bool goToStep(const QString& name);
    void showUses();
    // Renames what the cursor of the text names.
    void renameAtCursor();
    // Asks with a preview if more than the step itself would change; false: there is nothing to
    // preview.
    bool renameStep(yaml::NodeRef step);
    // For a name that is typed already: asks with it if other files would change too or cannot take
    // it; false: the step can be renamed at once.
    bool renameStepWithOthers(yaml::NodeRef step, const QString& name);

    TextCompletion& completion() { return *completion_; }
    FieldCompletion& fieldCompletion() { return *fieldCompletion_; }
    // Problems and conflicts in the corners of the steps, as they are now.
    void showBadges();
    const HelpCard* card() const;  // null until it was first open
    RenameDialog* renaming() const;
    // The menu that showFixes() opens.
    void fillFixes(QMenu& menu);
    bool addRefactorings(QMenu& menu, std::size_t offset);

Q_SIGNALS:
    void said(const QString& sentence);
    void refused(const QString& sentence);
    void placeChosen(std::size_t offset);
    // A file that this one names, and a step in it; empty: the file alone.
    void fileRequested(const QString& path, const QString& step);
    // A byte of another file.
    void otherPlaceChosen(const QString& path, std::size_t offset);
    // Edits of other files that belong to a rename.
    void othersRenamed(const std::map<std::string, std::vector<language::TextEdit>>& files);

private:
    bool hover(std::size_t offset, const QRect& place);
    // What is wrong at a place and what is there, as rich text; empty: nothing is known.
    QString textAbout(std::size_t offset);
    void openCard(const QString& html, const QRect& anchor, bool byKey);
    void followLink(const QUrl& link);
    std::vector<check::Diagnostic> findingsOnLine(std::size_t offset) const;
    std::size_t focusOffset() const;
    std::size_t nameOffset() const;
    bool textHasFocus() const;
    QRect focusRect() const;
    std::optional<std::size_t> nameOf(yaml::NodeRef step) const;
    // Whether other files name what is to be renamed.
    bool othersName(const language::RenameRequest& request) const;
    void addUsesInOthers(std::size_t offset, std::vector<PaletteEntry>& entries);
    language::RenameRequest renameRequest(std::size_t offset) const;
    void askRename(const language::Target& target, std::size_t offset);
    void carryOutRename(const language::Target& target, const RenameDialog& dialog);
    void addToMenu(QMenu& menu, std::size_t offset);

    LanguageParts parts_;
    NeighbourhoodReader neighbourhood_;
    QWidget* view_;
    TextCompletion* completion_;
    FieldCompletion* fieldCompletion_;
    QPointer<HelpCard> card_;
    QPointer<Palette> palette_;
    QPointer<RenameDialog> dialog_;
    std::vector<check::Diagnostic> onCard_;
};

}  // namespace pe::editor
