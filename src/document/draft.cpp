// SPDX-License-Identifier: MIT
#include "draft.hpp"

namespace pe::document {

TextPatch Draft::apply(const TextPatch& patch) {
    std::string text = tree_.text();
    TextPatch back{patch.offset, patch.inserted.size(), text.substr(patch.offset, patch.removed)};
    text.replace(patch.offset, patch.removed, patch.inserted);
    tree_ = yaml::parse(std::move(text));
    return back;
}

TextPatch Draft::step(std::vector<TextPatch>& from, std::vector<TextPatch>& to) {
    const TextPatch patch = std::move(from.back());
    from.pop_back();
    to.push_back(apply(patch));
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
