// SPDX-License-Identifier: MIT
// FixPreview: shows which lines a fix would change before it is applied. A dialog that deletes
// itself; UI thread.
#pragma once

#include <QDialog>
#include <vector>

#include "findings.hpp"
#include "pe/language/text_edit.hpp"

namespace pe::editor {

// What a fix would change in the text of the document, tried on a copy of it. Refused if the copy
// does not have the finding.
Result<std::vector<language::TextEdit>> editsOfFix(const Findings& findings,
                                                   const check::Diagnostic& diagnostic,
                                                   std::size_t fix);
// The same for all safe fixes of a kind.
std::vector<language::TextEdit> editsOfAll(const Findings& findings, const std::string& code);

class FixPreview final : public QDialog {
    Q_OBJECT

public:
    FixPreview(const QString& title, std::string_view text,
               const std::vector<language::TextEdit>& edits, QWidget* parent);
};

// Opens a preview whose Apply carries the fix out. The findings outlive the window.
void previewFix(Findings& findings, const check::Diagnostic& diagnostic, std::size_t fix,
                QWidget* parent);
void previewAll(Findings& findings, const std::string& code, QWidget* parent);

}  // namespace pe::editor
