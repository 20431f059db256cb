// SPDX-License-Identifier: MIT
// ConflictBar: what two people changed at the same time, one conflict after the other: what
// happened, every version with its author and time, which one is shown, and one key for each
// answer. Hidden while there is nothing to decide. Owned by the file's view; UI thread.
#pragma once

#include <QFrame>
#include <string>
#include <vector>

#include "pe/base/clock.hpp"
#include "pe/document/document.hpp"

class QBoxLayout;
class QLabel;
class QToolButton;

namespace pe::editor {

class ConflictBar final : public QFrame {
    Q_OBJECT

public:
    explicit ConflictBar(document::Document& document, QWidget* parent = nullptr);

    // The conflict that is shown; null if there is none.
    const document::Conflict* current() const;
    int shownIndex() const { return index_; }
    void step(int by);
    void choose(std::size_t version);
    void dismiss();

Q_SIGNALS:
    void countChanged();
    void jumpRequested(yaml::NodeRef node);
    void said(const QString& sentence);
    void refused(const QString& sentence);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    void follow();
    void fill();
    QWidget* versionCard(const document::Conflict& conflict, std::size_t version);
    void paintFrame();
    void report(const Result<void>& outcome, const QString& done);

    document::Document& document_;
    SystemClock clock_;
    std::string shownId_;
    int index_ = 0;
    QLabel* sentence_ = nullptr;
    QLabel* place_ = nullptr;
    QToolButton* before_ = nullptr;
    QToolButton* next_ = nullptr;
    QBoxLayout* versions_ = nullptr;
    std::vector<QWidget*> cards_;
    std::vector<Subscription> subscriptions_;
};

}  // namespace pe::editor
