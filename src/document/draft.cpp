// SPDX-License-Identifier: MIT
#include "draft.hpp"

#include <algorithm>

namespace pe::document {
namespace {

// As in the history of the document: a pause begins a new step, and long typing is cut.
constexpr std::int64_t kTypingPauseMs = 1000;
constexpr std::size_t kTypedBytesMax = 40;

}  // namespace

TextPatch Draft::inverse(const std::string& before, const TextPatch& patch) {
    return {patch.offset, patch.inserted.size(), before.substr(patch.offset, patch.removed)};
}

bool Draft::goesOn(const TextPatch& patch, std::int64_t atMs) const {
    if (done_.empty() || !typedAtMs_ || atMs - *typedAtMs_ > kTypingPauseMs)
        return false;
    const TextPatch& last = done_.back();
    const bool insertsOn =
        last.inserted.empty() && patch.removed == 0 && patch.offset == last.offset + last.removed &&
        last.removed < kTypedBytesMax && patch.inserted.find('\n') == std::string::npos;
    const bool erasesOn = last.removed == 0 && patch.inserted.empty() &&
                          patch.offset + patch.removed == last.offset &&
                          last.inserted.size() < kTypedBytesMax;
    return insertsOn || erasesOn;
}

void Draft::replace(const TextPatch& patch, yaml::Tree after, std::int64_t atMs) {
    undone_.clear();
    TextPatch back = inverse(text(), patch);
    if (goesOn(patch, atMs)) {
        TextPatch& last = done_.back();
        last.offset = std::min(last.offset, back.offset);
        last.removed += back.removed;
        last.inserted.insert(0, back.inserted);
    } else {
        done_.push_back(std::move(back));
    }
    typedAtMs_ = atMs;
    tree_ = std::move(after);
}

TextPatch Draft::step(std::vector<TextPatch>& from, std::vector<TextPatch>& to) {
    typedAtMs_.reset();
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
