// SPDX-License-Identifier: MIT
#include "step_facts.hpp"

#include "entry_references.hpp"
#include "preview.hpp"

namespace pe::format {
namespace {

using yaml::Lexeme;
using yaml::NodeRef;

constexpr std::size_t kPreviewLimit = 96;
constexpr const char* kArrow = " \u2192 ";

}  // namespace

StepFacts::StepFacts(const yaml::Forest& forest, NodeRef mapping) : forest_(forest) {
    entries_.fill(yaml::kNoNode);
    forEachEntry(forest, mapping, [&](NodeRef child, const Lexeme& lexeme, std::string_view key) {
        const FieldRole role = fieldRole(key);
        NodeRef& entry = entries_[static_cast<std::size_t>(role)];
        if (role == FieldRole::Other || entry != yaml::kNoNode)
            return;
        entry = child;
        if (holdsNodes(forest, role, child, lexeme))
            nested_[nestedCount_++] = {role, child};
    });
}

std::string StepFacts::shown(FieldRole role) const {
    return has(role) ? previewOf(forest_, of(role), kPreviewLimit) : std::string();
}

// The first text of the prompt; without one, the file or the step that its first part inserts.
std::string StepFacts::promptPreview() const {
    if (!has(FieldRole::Prompt))
        return {};
    const NodeRef prompt = of(FieldRole::Prompt);
    if (!yaml::isSequence(forest_.style(prompt)))
        return shown(FieldRole::Prompt);
    std::string inserted;
    for (const NodeRef part : forest_.children(prompt)) {
        const Lexeme form = forest_.lexeme(part);
        if (isScalar(form.style))
            return previewOf(forest_, part, kPreviewLimit);
        if (!yaml::isMapping(form.style))
            continue;
        NodeRef content = yaml::kNoNode;
        forEachEntry(forest_, part, [&](NodeRef child, const Lexeme&, std::string_view key) {
            if (key == "content" && content == yaml::kNoNode)
                content = child;
            if (inserted.empty() && (key == "path" || key == "step" || key == "new_prompt"))
                inserted = previewOf(forest_, child, kPreviewLimit);
        });
        if (content == yaml::kNoNode)
            continue;
        std::string preview = previewOf(forest_, content, kPreviewLimit);
        if (!preview.empty())
            return preview;
    }
    return inserted;
}

std::string StepFacts::listPreview(FieldRole role, const char* key) const {
    std::string joined;
    if (!has(role) || !yaml::isSequence(forest_.style(of(role))))
        return joined;
    for (const NodeRef item : forest_.children(of(role))) {
        const NodeRef entry = entryOf(forest_, item, key);
        if (entry == yaml::kNoNode)
            continue;
        if (!joined.empty())
            joined += ", ";
        joined += yaml::DecodedText::ofScalar(forest_, entry).view();
        if (joined.size() > kPreviewLimit)
            break;
    }
    return previewOf(joined, kPreviewLimit);
}

std::string StepFacts::mapPreview(FieldRole role, bool withValues) const {
    std::string joined;
    if (!has(role) || !yaml::isMapping(forest_.style(of(role))))
        return joined;
    forEachEntry(forest_, of(role), [&](NodeRef child, const Lexeme& lexeme, std::string_view key) {
        if (joined.size() > kPreviewLimit)
            return;
        if (!joined.empty())
            joined += ", ";
        joined += key;
        if (withValues && isScalar(lexeme.style))
            joined += " = " + previewOf(forest_, child, kPreviewLimit);
    });
    return previewOf(joined, kPreviewLimit);
}

std::string StepFacts::fallbackPreview() const {
    for (const FieldRole role :
         {FieldRole::PipelineFile, FieldRole::Operation, FieldRole::DataSource, FieldRole::Value,
          FieldRole::File, FieldRole::Description})
        if (std::string preview = shown(role); !preview.empty())
            return preview;
    return {};
}

std::string StepFacts::preview(const std::string& type) const {
    std::string preview;
    if (type == "for_loop") {
        preview = shown(FieldRole::DataSource);
        if (const std::string item = shown(FieldRole::Iterator); !item.empty())
            preview = item + (preview.empty() ? "" : " in " + preview);
    } else if (type == "while_loop" || type == "switch") {
        preview = shown(FieldRole::Condition);
    } else if (type == "set_variable") {
        preview = mapPreview(FieldRole::Variables, true);
    } else if (type == "data_transform") {
        preview = listPreview(FieldRole::Operations, "operation");
    } else if (type == "codebase_query") {
        preview = mapPreview(FieldRole::Queries, false);
    } else if (type == "checkpoint") {
        preview = shown(FieldRole::CheckpointName);
    } else if (type == "file_ops") {
        const std::string from =
            shown(has(FieldRole::Source) ? FieldRole::Source : FieldRole::Path);
        const std::string to = shown(FieldRole::Destination);
        preview = shown(FieldRole::Operation);
        if (!from.empty())
            preview += (preview.empty() ? "" : " ") + from;
        if (!to.empty())
            preview += kArrow + to;
    } else {
        preview = promptPreview();
    }
    return preview.empty() ? fallbackPreview() : preview;
}

}  // namespace pe::format
