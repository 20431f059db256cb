// SPDX-License-Identifier: MIT
#include "draft.hpp"

namespace pe::document {

TextPatch Draft::inverse(const std::string& before, const TextPatch& patch) {
    return {patch.offset, patch.inserted.size(), before.substr(patch.offset, patch.removed)};
}

void Draft::replace(const TextPatch& patch, yaml::Tree after) {
    undone_.clear();
    done_.push_back(inverse(text(), patch));
    tree_ = std::move(after);
}

TextPatch Draft::step(std::vector<TextPatch>& from, std::vector<TextPatch>& to) {
    TextPatch patch = std::move(from.back());
    from.pop_back();
    to.push_back(inverse(text(), patch));
    std::string next = text();
    next.replace(patch.offset, patch.removed, patch.inserted);
    tree_ = yaml::parse(std::move(next));
    return patch;
}

yaml::NodeRef Draft::nodeAt(std::size_t offset) const {
    yaml::NodeRef node = yaml::kStream;
    for (;;) {
        yaml::NodeRef inner = yaml::kNoNode;
        for (const yaml::NodeRef child : tree_.children(node)) {
            const yaml::Span span = tree_.entrySpan(child);
            if (span.begin <= offset && offset < span.end)
                inner = child;
        }
        if (inner == yaml::kNoNode)
            return node;
        node = inner;
    }
}

}  // namespace pe::document
