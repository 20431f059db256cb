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

// A word between blanks by which conditions compare or combine, or the guides say so.
bool isConditionOperator(std::string_view word);

class TextReferences {
public:
    // `unusual` are names of steps that are more than a word; they outlive this.
    TextReferences(std::string_view text, ReferenceRole role, yaml::NodeRef at,
                   const std::vector<std::string>& unusual, std::vector<Reference>& found)
        : text_(text), role_(role), at_(at), unusual_(unusual), found_(found) {}
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
    std::size_t nameEnd(std::size_t begin, std::size_t end) const;
    std::size_t unusualEnd(std::size_t begin, std::size_t end, std::string_view behind) const;
    std::size_t pastQuote(std::size_t begin, std::size_t end, Language language);
    bool scanUnusualSource();
    void scanDataSource();
    void scanWhole();
    void add(ReferenceTarget target, std::size_t begin, std::size_t end, bool scoped = false);

    std::string_view text_;
    ReferenceRole role_;
    yaml::NodeRef at_;
    const std::vector<std::string>& unusual_;
    bool inTemplate_ = false;
    std::vector<Reference>& found_;
};

// Whether a name is more than a word for the scanner.
bool isUnusualName(std::string_view name);

// The kind of edge that a reference gives.
EdgeKind edgeKind(ReferenceRole role, ReferenceTarget target);

}  // namespace pe::format
