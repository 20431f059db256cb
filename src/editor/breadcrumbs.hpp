// SPDX-License-Identifier: MIT
// Breadcrumbs: the way that led from pipeline to nested pipeline file, each part a link back.
// Hidden while there is none. Owned by the file's view; UI thread.
#pragma once

#include <QLabel>
#include <QStringList>

namespace pe::editor {

class Breadcrumbs final : public QLabel {
    Q_OBJECT

public:
    explicit Breadcrumbs(QWidget* parent);
    // Paths of the files above, the outermost first.
    void showTrail(const QStringList& trail, const QString& title);
    const QStringList& trail() const { return trail_; }

Q_SIGNALS:
    void chosen(const QString& path);

protected:
    void changeEvent(QEvent* event) override;

private:
    void write();

    QStringList trail_;
    QString title_;
};

}  // namespace pe::editor
