// SPDX-License-Identifier: MIT
// ExtractDialog: how steps become a pipeline of their own: its name, where it goes, and what would
// change in this file and in the new one, before anything is changed. UI thread.
#pragma once

#include <map>
#include <optional>

#include "pe/base/clock.hpp"
#include "pe/document/document.hpp"
#include "pe/document/file_extraction.hpp"
#include "plan_dialog.hpp"
#include "project_files.hpp"
#include "step_extraction.hpp"

class QLineEdit;
class QRadioButton;

namespace pe::editor {

class ExtractDialog final : public PlanDialog {
    Q_OBJECT

public:
    // `document` and its step types outlive the dialog. `pipeline`: its path; empty: it has no file
    // yet, and neither can the steps get one. `others`: the files that may run it, by path.
    ExtractDialog(const document::Document& document, const format::Catalogue& types, StepRun run,
                  const QString& name, const QString& pipeline,
                  std::map<std::string, std::string> others, QWidget* parent);

    void setName(const QString& name);
    // As the new step is to name it.
    void setFile(const QString& path);
    void setIntoFile(bool into);

    // What would be done with what is typed now; nothing while that is refused.
    const std::optional<document::ExtractedTexts>& plan() const { return plan_; }
    ExtractionChoice choice() const;
    const StepRun& run() const { return run_; }
    // Where the new file goes on disk; empty for a pipeline in this file.
    QString place() const;

protected:
    Result<Shown> planned() override;

private:
    void buildFields(const QString& name);
    void buildChoices();
    void followName();
    Result<document::ExtractedTexts> texts();
    QString summary() const;

    const document::Document& document_;
    const format::Catalogue& types_;
    std::uint64_t version_;  // of the document whose steps `run_` names
    StepRun run_;
    QString pipeline_;
    ProjectFiles files_;
    std::map<std::string, std::string> others_;
    SystemClock clock_;
    std::optional<document::ExtractedTexts> plan_;
    bool fileTyped_ = false;  // by hand: the name does not lead it any more
    QLineEdit* name_;
    QRadioButton* intoFile_;
    QRadioButton* intoThis_;
    QLineEdit* file_;
};

}  // namespace pe::editor
