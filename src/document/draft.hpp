// SPDX-License-Identifier: MIT
// Draft: text that was typed and does not parse yet, with what parses of it and the way back
// through it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pe/document/change_set.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::document {

// A draft without what follows from its text.
struct DraftTrace {
    std::string text;
    std::vector<TextPatch> back;  // the way back through it, the last first to take
};

class Draft {
public:
    explicit Draft(std::string text) : tree_(yaml::parse(std::move(text))) {}
    explicit Draft(DraftTrace trace)
        : tree_(yaml::parse(std::move(trace.text))), done_(std::move(trace.back)) {}
    // A draft that begins with a patch of a text; `after` is what parses of the patched text.
    Draft(const std::string& before, const TextPatch& patch, yaml::Tree after, std::int64_t atMs)
        : tree_(std::move(after)), done_{inverse(before, patch)}, typedAtMs_(atMs) {}

    const yaml::Tree& tree() const { return tree_; }
    const std::string& text() const { return tree_.text(); }
    DraftTrace trace() const { return {text(), done_}; }
    // What redo() would do again, the last first; a draft of the same text can go on with it.
    const std::vector<TextPatch>& ahead() const { return undone_; }
    void goOnWith(std::vector<TextPatch> ahead) { undone_ = std::move(ahead); }

    // Makes a patch; `after` is what parses of the text that it gives. Typing that goes on is taken
    // back in one step.
    void replace(const TextPatch& patch, yaml::Tree after, std::int64_t atMs);
    bool canUndo() const { return !done_.empty(); }
    bool canRedo() const { return !undone_.empty(); }
    // Both return the patch that was made to the text.
    TextPatch undo() { return step(done_, undone_); }
    TextPatch redo() { return step(undone_, done_); }
    yaml::NodeRef nodeAt(std::size_t offset) const;

private:
    // The patch that takes `patch` back.
    static TextPatch inverse(const std::string& before, const TextPatch& patch);
    TextPatch step(std::vector<TextPatch>& from, std::vector<TextPatch>& to);
    bool goesOn(const TextPatch& patch, std::int64_t atMs) const;

    yaml::Tree tree_;
    std::vector<TextPatch> done_;
    std::vector<TextPatch> undone_;
    std::optional<std::int64_t> typedAtMs_;  // when the last of `done_` was made by typing
};

}  // namespace pe::document
