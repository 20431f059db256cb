// SPDX-License-Identifier: MIT
// Projection: the text of a forest and where each entry stands in it, kept up with changes at the
// cost of what they touch. Owned by the document.
#pragma once

#include <string>
#include <vector>

#include "pe/document/change_set.hpp"
#include "pe/document/text_patches.hpp"
#include "pe/yaml/edit.hpp"
#include "pe/yaml/render.hpp"

namespace pe::document {

// The part of the text that an edit can change: the lines of one entry, or everything (the stream).
struct RenderScope {
    yaml::NodeRef node = yaml::kStream;
    yaml::RenderContext behind;  // what it left to the text behind it before the change
};

class Projection {
public:
    // Renders everything. The patches turn the text before into the text now.
    std::vector<TextPatch> renderAll(const yaml::Forest& forest);

    // The scope of an edit that is about to be made to `forest`.
    RenderScope scopeOf(const yaml::Forest& forest, const yaml::Edit& edit) const;
    // The smallest scope with all bytes from begin to end, not counting what stands above its key.
    RenderScope scopeOf(const yaml::Forest& forest, yaml::Span bytes) const;
    RenderScope scopeOf(const yaml::Forest& forest, yaml::NodeRef node) const;
    // The smallest scope that holds all these entries; everything for none.
    RenderScope scopeOf(const yaml::Forest& forest, const std::vector<yaml::NodeRef>& nodes) const;
    // Renders the scope again after the edit.
    std::vector<TextPatch> update(const yaml::Forest& forest, const RenderScope& scope);

    const std::string& text() const { return text_; }
    const std::vector<yaml::Span>& entries() const { return entries_; }
    yaml::Span entry(yaml::NodeRef node) const { return at(entries_, node); }
    yaml::Span key(yaml::NodeRef node) const { return at(keys_, node); }
    yaml::Span value(yaml::NodeRef node) const { return at(values_, node); }
    yaml::NodeRef nodeAt(const yaml::Forest& forest, std::size_t offset) const;

private:
    static yaml::Span at(const std::vector<yaml::Span>& spans, yaml::NodeRef node) {
        return node < spans.size() ? spans[node] : yaml::Span{};
    }
    void shiftAfter(std::size_t offset, std::ptrdiff_t by);
    void placeValuesAround(const yaml::Forest& forest, yaml::NodeRef node);

    std::string text_;
    std::vector<yaml::Span> entries_;
    std::vector<yaml::Span> keys_;
    std::vector<yaml::Span> values_;
};

}  // namespace pe::document
