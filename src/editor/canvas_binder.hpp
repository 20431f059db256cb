// SPDX-License-Identifier: MIT
// CanvasBinder: keeps a Canvas in step with a Document and the Selection. Changes that come in one
// turn of the event loop are shown together; while somebody types in a large pipeline the graph
// follows at the pace that leaves the keystrokes alone. Holds what is personal: which containers
// are closed. Owned by the FileView; UI thread.
#pragma once

#include <QObject>
#include <QTimer>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "pe/editor/selection.hpp"
#include "scene_value.hpp"

namespace pe::editor {

class Canvas;

class CanvasBinder final : public QObject {
    Q_OBJECT

public:
    CanvasBinder(document::Document& document, Selection& selection,
                 const format::Catalogue& catalogue, Canvas& canvas, QObject* parent);

    const std::shared_ptr<const SceneValue>& scene() const { return scene_; }
    // The steps that the selection is or lies in.
    std::vector<yaml::NodeRef> shownSelection() const;
    // Shows what the document is now, at once.
    void refresh();

    void toggleCollapsed(yaml::NodeRef container);
    void setAllCollapsed(bool collapsed);
    // Pointers of the closed containers, for the settings.
    std::vector<std::string> collapsedPointers() const;
    void setCollapsedPointers(const std::vector<std::string>& pointers);
    // Opens what hides a step.
    void expandTo(yaml::NodeRef step);

Q_SIGNALS:
    void sceneChanged();
    void collapsedChanged();

private:
    void documentChanged(const document::ChangeSet& change);
    void selectionChanged(const QObject* origin);
    void showSelection(bool reveal);
    void resolveAfterReset();
    void dropRemovedSelection();
    void dropWhatIsNoStep();
    void rememberPointers();

    document::Document& document_;
    Selection& selection_;
    const format::Catalogue& catalogue_;
    Canvas& canvas_;
    std::shared_ptr<const SceneValue> scene_;
    std::set<yaml::NodeRef> collapsed_;
    std::vector<std::string> rememberedCollapsed_;  // as of the last refresh
    std::string rememberedCurrent_;
    bool hadCurrent_ = false;
    bool reset_ = false;
    QTimer timer_;
    int costMs_ = 0;
    Subscription subscription_;
};

}  // namespace pe::editor
