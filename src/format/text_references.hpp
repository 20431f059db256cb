// SPDX-License-Identifier: MIT
// TextReferences: finds the references in one decoded text. It is a scanner of words, not a parser
// of the engine's languages: a text that the engine cannot read still shows what it means to refer
// to.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "pe/format/references.hpp"

namespace pe::format {

class TextReferences {
public:
    TextReferences(std::string_view text, ReferenceRole role, yaml::NodeRef at,
                   std::vector<Reference>& found)
        : text_(text), role_(role), at_(at), found_(found) {}
    void scan();

private:
    enum class Language { Template, Condition };

    void scanTemplates(std::size_t begin);
    std::size_t scanTemplate(std::size_t open);
    void scanWords(std::size_t begin, std::size_t end, Language language);
    std::size_t scanWord(std::size_t begin, std::size_t end, Language language);
    std::size_t scanScoped(std::string_view head, std::size_t next, std::size_t end, bool& known);
    std::size_t skipPath(std::size_t begin, std::size_t end, Language language) const;
    std::size_t wordEnd(std::size_t begin, std::size_t end) const;
    std::size_t pastQuote(std::size_t begin, std::size_t end) const;
    void scanDataSource();
    void scanWhole();
    void add(ReferenceTarget target, std::size_t begin, std::size_t end);

    std::string_view text_;
    ReferenceRole role_;
    yaml::NodeRef at_;
    std::vector<Reference>& found_;
};

// The kind of edge that a reference gives.
EdgeKind edgeKind(ReferenceRole role, ReferenceTarget target);

}  // namespace pe::format
