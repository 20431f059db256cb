// SPDX-License-Identifier: MIT
#include "shared_note.hpp"

#include <algorithm>
#include <string_view>

#include "pe/yaml/edit.hpp"
#include "pe/yaml/properties.hpp"
#include "theme.hpp"

namespace pe::editor {
namespace {

using yaml::kNoNode;
using yaml::NodeRef;

std::string_view anchorOf(const yaml::Forest& forest, NodeRef entry) {
    return yaml::anchorOf(forest.lexeme(entry).props);
}

// How many aliases repeat the value of an entry.
int repetitions(const yaml::Forest& forest, NodeRef entry) {
    if (anchorOf(forest, entry).empty())
        return 0;
    const auto targets = yaml::aliasTargets(forest, entry);
    return static_cast<int>(std::count_if(targets.begin(), targets.end(),
                                          [&](const auto& each) { return each.second == entry; }));
}

NodeRef sharedInside(const yaml::Forest& forest, NodeRef entry) {
    if (repetitions(forest, entry) > 0)
        return entry;
    for (const NodeRef child : forest.children(entry))
        if (const NodeRef found = sharedInside(forest, child); found != kNoNode)
            return found;
    return kNoNode;
}

}  // namespace

SharedNote::SharedNote(QWidget* parent) : QLabel(parent) {
    setFont(Theme::smallFont());
    setForegroundRole(QPalette::PlaceholderText);
    setWordWrap(true);
    setTextFormat(Qt::PlainText);
    hide();
}

void SharedNote::showAround(const yaml::Forest& forest, NodeRef entry) {
    while (entry != kNoNode && entry != yaml::kStream && repetitions(forest, entry) == 0)
        entry = forest.parent(entry);
    say(forest, entry);
}

void SharedNote::showOf(const yaml::Forest& forest, NodeRef entry) {
    say(forest, entry);
}

void SharedNote::showInside(const yaml::Forest& forest, NodeRef entry) {
    say(forest, entry == kNoNode ? kNoNode : sharedInside(forest, entry));
}

void SharedNote::say(const yaml::Forest& forest, NodeRef shared) {
    const bool somewhere = shared != kNoNode && shared != yaml::kStream;
    const int count = somewhere ? repetitions(forest, shared) : 0;
    setVisible(count > 0);
    if (count == 0)
        return;
    const std::string_view anchor = anchorOf(forest, shared);
    const auto name = QString::fromUtf8(anchor.data(), static_cast<qsizetype>(anchor.size()));
    setText(count == 1
                ? tr("Used once more in the file, as *%1, and changes there as well.").arg(name)
                : tr("Used %1 more times in the file, as *%2, and changes there as well.")
                      .arg(QString::number(count), name));
}

}  // namespace pe::editor
