// SPDX-License-Identifier: MIT
// MessageBar: a strip over the content that says what went wrong or what was found, and what can be
// done, until it is answered or closed. Nothing is blocked meanwhile. UI thread.
#pragma once

#include <QFrame>
#include <functional>
#include <vector>

class QHBoxLayout;
class QLabel;

namespace pe::editor {

class MessageBar final : public QFrame {
    Q_OBJECT

public:
    enum class Kind { Info, Warning, Error };
    struct Choice {
        QString text;
        std::function<void()> run;
    };

    explicit MessageBar(QWidget* parent = nullptr);
    void showMessage(Kind kind, const QString& text, std::vector<Choice> choices = {});
    QString text() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void paintKind();

    Kind kind_ = Kind::Info;
    QLabel* picture_ = nullptr;
    QLabel* text_ = nullptr;
    QHBoxLayout* row_ = nullptr;
    std::vector<QWidget*> buttons_;
};

}  // namespace pe::editor
