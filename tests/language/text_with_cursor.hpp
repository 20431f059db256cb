// SPDX-License-Identifier: MIT
// A pipeline with a cursor in it, written as `^`.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "pe/check/checker.hpp"
#include "pe/language/completion.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::testing {

class TextWithCursor {
public:
    explicit TextWithCursor(std::string marked)
        : offset_(marked.find('^')),
          tree_(yaml::parse(marked.erase(offset_, 1))),
          subject_(check::subjectOf(tree_)) {}

    std::size_t offset() const { return offset_; }
    const std::string& text() const { return tree_.text(); }
    const yaml::Tree& tree() const { return tree_; }
    const check::Subject& subject() const { return *subject_; }
    std::string at(yaml::Span span) const {
        return tree_.text().substr(span.begin, span.end - span.begin);
    }

private:
    std::size_t offset_;
    yaml::Tree tree_;
    std::unique_ptr<check::Subject> subject_;
};

inline std::vector<language::CompletionItem> completions(const TextWithCursor& text,
                                                         const check::FileLookup* files = nullptr) {
    return language::completionsAt(text.subject(), format::Catalogue::builtIn(), text.offset(),
                                   files);
}

inline std::vector<std::string> labels(const std::string& marked,
                                       const check::FileLookup* files = nullptr) {
    std::vector<std::string> labels;
    for (const auto& each : completions(TextWithCursor(marked), files))
        labels.push_back(each.label);
    return labels;
}

// The text after the item of that label was taken; empty if there is none.
inline std::string completed(const std::string& marked, const std::string& label,
                             const check::FileLookup* files = nullptr) {
    const TextWithCursor text(marked);
    for (const auto& each : completions(text, files)) {
        if (each.label != label)
            continue;
        std::string result = text.text();
        return result.replace(each.replaced.begin, each.replaced.end - each.replaced.begin,
                              each.insert);
    }
    return {};
}

}  // namespace pe::testing
