// SPDX-License-Identifier: MIT
// PlanDialog: asks for something and shows every line that would change, anew when typing pauses,
// before anything is changed. UI thread.
#pragma once

#include <QDialog>
#include <vector>

#include "change_view.hpp"
#include "pe/base/result.hpp"

class QLabel;
class QPushButton;
class QTimer;
class QVBoxLayout;

namespace pe::editor {

class PlanDialog : public QDialog {
    Q_OBJECT

public:
    // Makes the plan for what is typed now, without waiting for a pause.
    void replan();
    QString message() const;

protected:
    struct Shown {
        QString summary;
        std::vector<ChangeView::File> files;
        bool applicable = true;
    };

    // Closed, the dialog deletes itself.
    explicit PlanDialog(QWidget* parent);
    // What would be done with what is typed now; an error says why not.
    virtual Result<Shown> planned() = 0;
    // The column of the dialog. The fields come first, then the preview with the buttons.
    QVBoxLayout* column() const { return column_; }
    void addPreview(const QString& apply);
    void replanSoon();
    // Enter does not wait for the pause after typing.
    void keyPressEvent(QKeyEvent* event) override;

private:
    QVBoxLayout* column_;
    QTimer* soon_;
    QLabel* summary_ = nullptr;
    ChangeView* view_ = nullptr;
    QPushButton* apply_ = nullptr;
};

}  // namespace pe::editor
