// SPDX-License-Identifier: MIT
#include "file_language.hpp"

#include <QApplication>
#include <QFileInfo>
#include <QMenu>
#include <QUrl>
#include <algorithm>

#include "canvas.hpp"
#include "canvas_binder.hpp"
#include "field_completion.hpp"
#include "field_editors_group.hpp"
#include "finding_text.hpp"
#include "fix_menu.hpp"
#include "fix_preview.hpp"
#include "help_card.hpp"
#include "palette.hpp"
#include "pe/check/fixing.hpp"
#include "pe/language/hover.hpp"
#include "pe/language/refactoring.hpp"
#include "pe/yaml/entries.hpp"
#include "pe/yaml/pointer.hpp"
#include "properties_pane.hpp"
#include "rename_dialog.hpp"
#include "text_completion.hpp"
#include "yaml_edit.hpp"
#include "yaml_pane.hpp"

namespace pe::editor {

namespace {

// The field row that has the focus, or holds what has.
FieldRow* focusedRow() {
    for (QWidget* at = QApplication::focusWidget(); at != nullptr; at = at->parentWidget())
        if (auto* row = qobject_cast<FieldRow*>(at))
            return row;
    return nullptr;
}

bool covers(const check::Diagnostic& diagnostic, std::size_t offset) {
    return diagnostic.begin <= offset && offset <= std::max(diagnostic.end, diagnostic.begin + 1);
}

}  // namespace

FileLanguage::FileLanguage(LanguageParts parts, NeighbourhoodReader neighbourhood, QWidget* view)
    : QObject(view), parts_(parts), neighbourhood_(std::move(neighbourhood)), view_(view) {
    completion_ = new TextCompletion(*parts_.text.edit(), parts_.findings, this);
    fieldCompletion_ = new FieldCompletion(parts_.findings, parts_.properties, this);
    parts_.text.edit()->setHover(
        [this](std::size_t offset, const QRect& place) { return hover(offset, place); });
    connect(parts_.text.edit(), &YamlEdit::menuAboutToShow, this,
            [this](QMenu* menu, std::size_t offset) { addToMenu(*menu, offset); });
    connect(&parts_.findings, &Findings::changed, this, &FileLanguage::showBadges);
    connect(&parts_.binder, &CanvasBinder::sceneChanged, this, &FileLanguage::showBadges);
    showBadges();
}

FileLanguage::~FileLanguage() {
    delete card_;
    delete palette_;
}

const HelpCard* FileLanguage::card() const {
    return card_;
}

RenameDialog* FileLanguage::renaming() const {
    return dialog_;
}

void FileLanguage::showBadges() {
    // Entries that were found before the last change may not be there any more.
    if (parts_.findings.upToDate())
        parts_.canvas.setBadges(badgesOf(*parts_.binder.scene(),
                                         parts_.findings.document().forest(), parts_.findings.all(),
                                         parts_.findings.document().conflicts()));
}

bool FileLanguage::textHasFocus() const {
    return parts_.text.isAncestorOf(QApplication::focusWidget());
}

std::size_t FileLanguage::focusOffset() const {
    const yaml::NodeRef node = parts_.selection.current();
    if (textHasFocus() || node == yaml::kNoNode)
        return parts_.text.edit()->cursorOffset();
    const document::Document& document = parts_.findings.document();
    const yaml::Span key = document.keySpan(node);
    return key.end > key.begin ? key.begin : document.valueSpan(node).begin;
}

// Outside the text, a step is meant by its name.
std::size_t FileLanguage::nameOffset() const {
    const document::Document& document = parts_.findings.document();
    const yaml::NodeRef step = parts_.canvas.currentStep();
    const yaml::NodeRef name =
        step == yaml::kNoNode ? step : yaml::child(document.forest(), step, "name");
    return name == yaml::kNoNode ? focusOffset() : document.valueSpan(name).begin;
}

QRect FileLanguage::focusRect() const {
    if (textHasFocus())
        return parts_.text.edit()->globalRect(parts_.text.edit()->cursorOffset());
    if (const FieldRow* row = focusedRow())
        return {row->mapToGlobal(QPoint()), row->size()};
    const SceneStep* step = parts_.canvas.value().find(parts_.canvas.currentStep());
    if (step == nullptr || !parts_.canvas.isVisible()) {
        const QPoint corner = view_->mapToGlobal(QPoint(Theme::kSpace6, Theme::kSpace6));
        return {corner, QSize(1, 1)};
    }
    const QRect box = parts_.canvas.mapFromScene(step->box).boundingRect();
    return {parts_.canvas.viewport()->mapToGlobal(box.topLeft()), box.size()};
}

QString FileLanguage::textAbout(std::size_t offset) {
    const Theme& theme = Theme::of(*view_);
    QString html;
    onCard_.clear();
    for (const check::Diagnostic& each : parts_.findings.all()) {
        if (!covers(each, offset))
            continue;
        html += findingHtml(each, onCard_.size(), theme);
        onCard_.push_back(each);
    }
    const auto found = language::hoverAt(parts_.findings.subject(), parts_.findings.catalogue(),
                                         offset, &parts_.findings.files());
    if (found && !html.isEmpty())
        html += QStringLiteral("<hr>");
    if (found)
        html += markdownHtml(found->markdown, theme);
    return html;
}

bool FileLanguage::hover(std::size_t offset, const QRect& place) {
    if (completion_->popup() != nullptr && completion_->popup()->isOpen())
        return true;
    const QString html = textAbout(offset);
    if (html.isEmpty())
        return false;
    openCard(html, place, false);
    return true;
}

void FileLanguage::openCard(const QString& html, const QRect& anchor, bool byKey) {
    if (!card_) {
        card_ = new HelpCard(view_->window());
        connect(card_, &HelpCard::linkActivated, this, &FileLanguage::followLink);
    }
    card_->open(html, anchor, byKey ? HelpCard::By::Key : HelpCard::By::Pointer);
}

void FileLanguage::followLink(const QUrl& link) {
    const std::optional<FixLink> fix = fixLink(link);
    if (!fix || fix->number >= onCard_.size())
        return;
    const check::Diagnostic about = onCard_[fix->number];
    card_->dismiss();
    if (fix->preview)
        previewFix(parts_.findings, about, fix->fix, view_->window());
    else
        parts_.findings.carryOut(about, fix->fix);
}

void FileLanguage::showHelp() {
    QString html;
    if (const FieldRow* row = focusedRow(); row != nullptr && parts_.properties.isAncestorOf(row)) {
        onCard_.clear();
        html = markdownHtml(language::documentationOf(row->spec()), Theme::of(*view_));
    } else {
        html = textAbout(focusOffset());
    }
    if (html.isEmpty())
        Q_EMIT refused(tr("Nothing is known about this place."));
    else
        openCard(html, focusRect(), true);
}

std::vector<check::Diagnostic> FileLanguage::findingsOnLine(std::size_t offset) const {
    const TextOffsets& offsets = parts_.text.edit()->offsets();
    const auto lineOf = [&](std::size_t at) {
        return offsets.lineAt(std::min(at, offsets.bytes().size()));
    };
    const int line = lineOf(offset);
    const document::Document& document = parts_.findings.document();
    // A finding about a text of several lines counts on each; one about a step only where it
    // stands.
    const auto inText = [&](const check::Diagnostic& each) {
        if (!parts_.findings.upToDate() || each.node == yaml::kNoNode ||
            !yaml::isScalar(document.forest().style(each.node)))
            return false;
        const yaml::Span value = document.valueSpan(each.node);
        return lineOf(value.begin) <= line &&
               line <= lineOf(std::max(value.begin + 1, value.end) - 1);
    };
    std::vector<check::Diagnostic> found;
    for (const check::Diagnostic& each : parts_.findings.all())
        if (lineOf(each.begin) == line || inText(each))
            found.push_back(each);
    // What the cursor stands on comes first, then what can be fixed.
    std::stable_sort(found.begin(), found.end(), [&](const auto& a, const auto& b) {
        return std::pair(!covers(a, offset), a.fixes.empty()) <
               std::pair(!covers(b, offset), b.fixes.empty());
    });
    return found;
}

void FileLanguage::fillFixes(QMenu& menu) {
    parts_.findings.settle();
    std::vector<check::Diagnostic> about;
    if (textHasFocus()) {
        about = findingsOnLine(focusOffset());
    } else {
        const yaml::NodeRef selected = parts_.selection.current();
        const yaml::Forest& forest = parts_.findings.document().forest();
        for (const check::Diagnostic& each : parts_.findings.all())
            for (yaml::NodeRef at = each.node; at != yaml::kNoNode && at != yaml::kStream;
                 at = forest.parent(at))
                if (at == selected && !each.fixes.empty()) {
                    about.push_back(each);
                    break;
                }
    }
    const bool refactors = textHasFocus() && addRefactorings(menu, focusOffset());
    if (refactors && std::all_of(about.begin(), about.end(),
                                 [](const auto& each) { return each.fixes.empty(); }))
        return;
    fillFixMenu(menu, parts_.findings, about, view_->window());
}

// What can be done at the place although nothing is wrong there.
bool FileLanguage::addRefactorings(QMenu& menu, std::size_t offset) {
    const auto all = language::refactoringsAt(parts_.findings.subject(), offset);
    for (const check::Fix& each : all) {
        const QString title = QString::fromStdString(each.title);
        menu.addAction(QString(title).replace(u'&', QStringLiteral("&&")), this, [this, each] {
            auto& document = parts_.findings.document();
            if (const auto done = check::applyFix(document, each); !done)
                Q_EMIT refused(QString::fromStdString(done.error().message));
        });
    }
    return !all.empty();
}

void FileLanguage::showFixes() {
    QMenu menu(view_);
    fillFixes(menu);
    const QRect place = focusRect();
    menu.exec(QPoint(place.left(), std::min(place.bottom() + 2, place.top() + 60)));
}

void FileLanguage::complete() {
    completion_->open();
}

void FileLanguage::goToDefinition() {
    const auto found = language::definitionOf(parts_.findings.subject(),
                                              parts_.findings.catalogue(), focusOffset());
    if (!found)
        Q_EMIT refused(tr("There is no name here that is defined somewhere."));
    else if (!found->file.empty())
        Q_EMIT fileRequested(QString::fromStdString(found->file),
                             QString::fromStdString(found->step));
    else
        Q_EMIT placeChosen(found->span.begin);
}

bool FileLanguage::goToStep(const QString& name) {
    const auto found = language::stepNamed(parts_.findings.subject(), parts_.findings.catalogue(),
                                           name.toStdString());
    if (found)
        Q_EMIT placeChosen(found->begin);
    return found.has_value();
}

void FileLanguage::showUses() {
    const check::Subject& subject = parts_.findings.subject();
    const std::size_t place = textHasFocus() ? focusOffset() : nameOffset();
    const auto target = language::targetAt(subject, parts_.findings.catalogue(), place);
    if (!target) {
        Q_EMIT refused(tr("There is no name here that could be used elsewhere."));
        return;
    }
    const auto uses = language::usesOf(subject, parts_.findings.catalogue(), *target);
    const TextOffsets& offsets = parts_.text.edit()->offsets();
    std::vector<PaletteEntry> entries;
    for (const language::Use& use : uses) {
        const int line = offsets.lineAt(std::min(use.span.begin, offsets.bytes().size()));
        PaletteEntry entry;
        entry.title = offsets.shownLine(line).trimmed();
        entry.detail =
            use.definition ? tr("line %1, definition").arg(line + 1) : tr("line %1").arg(line + 1);
        entry.run = [this, at = use.span.begin] { Q_EMIT placeChosen(at); };
        entries.push_back(std::move(entry));
    }
    addUsesInOthers(place, entries);
    if (!palette_)
        palette_ = new Palette(view_->window());
    palette_->open(tr("Uses of %1").arg(QString::fromStdString(target->name)), std::move(entries));
}

void FileLanguage::addUsesInOthers(std::size_t offset, std::vector<PaletteEntry>& entries) {
    const language::RenameRequest request = renameRequest(offset);
    SystemClock clock;
    for (const auto& [path, spans] :
         language::usesInOthers(request, parts_.findings.catalogue(), clock)) {
        const QString file = QString::fromStdString(path);
        const TextOffsets offsets(request.others.at(path));
        for (const yaml::Span span : spans) {
            const int line = offsets.lineAt(span.begin);
            PaletteEntry entry;
            entry.title = offsets.shownLine(line).trimmed();
            entry.detail = tr("%1, line %2").arg(QFileInfo(file).fileName()).arg(line + 1);
            entry.run = [this, file, at = span.begin] { Q_EMIT otherPlaceChosen(file, at); };
            entries.push_back(std::move(entry));
        }
    }
}

void FileLanguage::addToMenu(QMenu& menu, std::size_t offset) {
    menu.addSeparator();
    std::vector<check::Diagnostic> about;
    for (const check::Diagnostic& each : findingsOnLine(offset))
        if (!each.fixes.empty())
            about.push_back(each);
    if (!about.empty())
        fillFixMenu(*menu.addMenu(tr("Quick fix")), parts_.findings, about, view_->window());
    addRefactorings(menu, offset);
    const check::Subject& subject = parts_.findings.subject();
    const auto target = language::targetAt(subject, parts_.findings.catalogue(), offset);
    const auto at = [this, offset](void (FileLanguage::*method)()) {
        return [this, offset, method] {
            parts_.text.goTo(offset);
            (this->*method)();
        };
    };
    if (language::definitionOf(subject, parts_.findings.catalogue(), offset))
        menu.addAction(tr("Go to the definition"), this, at(&FileLanguage::goToDefinition));
    if (!target)
        return;
    menu.addAction(tr("Show all uses"), this, at(&FileLanguage::showUses));
    if (target->kind != language::TargetKind::File)
        menu.addAction(tr("Rename everywhere…"), this, at(&FileLanguage::renameAtCursor));
}

void FileLanguage::renameAtCursor() {
    const std::size_t offset = focusOffset();
    const auto target =
        language::targetAt(parts_.findings.subject(), parts_.findings.catalogue(), offset);
    if (target && target->kind != language::TargetKind::File)
        return askRename(*target, offset);
    const auto called =
        language::definitionOf(parts_.findings.subject(), parts_.findings.catalogue(), offset);
    if (called && !called->step.empty())
        Q_EMIT refused(
            tr("%1 is a step of %2: rename it there (F12 leads to it).")
                .arg(QString::fromStdString(called->step), QString::fromStdString(called->file)));
    else
        Q_EMIT refused(tr("There is no step, variable or function here to be renamed."));
}

// The byte of the step's name; nothing if it cannot be renamed now.
std::optional<std::size_t> FileLanguage::nameOf(yaml::NodeRef step) const {
    const document::Document& document = parts_.findings.document();
    const yaml::NodeRef name =
        step == yaml::kNoNode ? step : yaml::child(document.forest(), step, "name");
    if (name == yaml::kNoNode || document.hasDraft())
        return std::nullopt;
    return document.valueSpan(name).begin;
}

bool FileLanguage::renameStep(yaml::NodeRef step) {
    const auto offset = nameOf(step);
    if (!offset)
        return false;
    const check::Subject& subject = parts_.findings.subject();
    const auto target = language::targetAt(subject, parts_.findings.catalogue(), *offset);
    if (!target)
        return false;
    const auto uses = language::usesOf(subject, parts_.findings.catalogue(), *target);
    if (uses.size() < 2 && !othersName(renameRequest(*offset)))
        return false;
    askRename(*target, *offset);
    return true;
}

bool FileLanguage::renameStepWithOthers(yaml::NodeRef step, const QString& name) {
    const auto offset = nameOf(step);
    if (!offset)
        return false;
    language::RenameRequest request = renameRequest(*offset);
    if (!othersName(request))
        return false;
    // What this file refuses is said at once.
    request.name = name.toStdString();
    request.others.clear();
    SystemClock clock;
    const auto plan = language::planRename(request, parts_.findings.catalogue(), clock);
    if (!plan)
        return false;
    askRename(plan->target, *offset);
    dialog_->setName(name);
    dialog_->replan();
    return true;
}

bool FileLanguage::othersName(const language::RenameRequest& request) const {
    SystemClock clock;
    return !language::usesInOthers(request, parts_.findings.catalogue(), clock).empty();
}

language::RenameRequest FileLanguage::renameRequest(std::size_t offset) const {
    language::RenameRequest request;
    Neighbourhood around = neighbourhood_();
    request.path = std::move(around.path);
    request.others = std::move(around.others);
    request.text = parts_.findings.document().text();
    request.offset = offset;
    return request;
}

void FileLanguage::askRename(const language::Target& target, std::size_t offset) {
    language::RenameRequest request = renameRequest(offset);
    dialog_ =
        new RenameDialog(std::move(request), target, parts_.findings.catalogue(), view_->window());
    connect(dialog_, &QDialog::accepted, this,
            [this, target, dialog = dialog_.data()] { carryOutRename(target, *dialog); });
    dialog_->open();
}

void FileLanguage::carryOutRename(const language::Target& target, const RenameDialog& dialog) {
    const std::string path = neighbourhood_().path;
    auto files = dialog.plan() ? dialog.plan()->files : decltype(dialog.plan()->files){};
    const auto command =
        language::renameCommand(parts_.findings.subject(), parts_.findings.catalogue(), target,
                                dialog.name().toStdString());
    const Result<void> done = command ? parts_.findings.document().execute(*command)
                                      : fail(command.error().code, command.error().message);
    if (!done) {
        Q_EMIT refused(QString::fromStdString(done.error().message));
        return;
    }
    parts_.binder.refresh();
    files.erase(path);
    if (!files.empty())
        Q_EMIT othersRenamed(files);
    QStringList others;
    for (const auto& [other, edits] : files)
        others << QFileInfo(QString::fromStdString(other)).fileName();
    const QString renamed =
        tr("Renamed %1 to %2").arg(QString::fromStdString(target.name), dialog.name());
    Q_EMIT said(
        others.isEmpty()
            ? renamed + u'.'
            : tr("%1, also in %2 (not saved).").arg(renamed, others.join(QStringLiteral(", "))));
}

}  // namespace pe::editor
