// SPDX-License-Identifier: MIT
// RenameDialog: another name for a step, a variable or a function, with every line that changes,
// in this file and in others of its folder, before anything is changed. UI thread.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "pe/base/clock.hpp"
#include "pe/format/catalogue.hpp"
#include "pe/language/rename.hpp"
#include "plan_dialog.hpp"

class QLineEdit;

namespace pe::editor {

class RenameDialog final : public PlanDialog {
    Q_OBJECT

public:
    // `request` without a name; the target's name is where it begins. `catalogue` outlives it.
    RenameDialog(language::RenameRequest request, const language::Target& target,
                 const format::Catalogue& catalogue, QWidget* parent);

    void setName(const QString& name);
    QString name() const;
    // What would be done under the name that is typed; nothing while that is refused.
    const std::optional<language::RenamePlan>& plan() const { return plan_; }

protected:
    Result<Shown> planned() override;

private:
    Shown shown(const language::RenamePlan& plan) const;

    language::RenameRequest request_;
    std::string before_;
    const format::Catalogue& catalogue_;
    SystemClock clock_;
    std::optional<language::RenamePlan> plan_;
    QLineEdit* name_;
};

}  // namespace pe::editor
