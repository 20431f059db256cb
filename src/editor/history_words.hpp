// SPDX-License-Identifier: MIT
// HistoryWords: what the changes between two versions of a document did, in words of the pipeline
// ("moved step `review` into `process_files`"). Reading a version of a long history takes time, so
// what was found is kept. Owned by who shows the history; UI thread.
#pragma once

#include <QString>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pe/compare/difference.hpp"
#include "pe/document/document.hpp"
#include "pe/format/catalogue.hpp"

namespace pe::editor {

class HistoryWords {
public:
    HistoryWords(const document::Document& document, const format::Catalogue& catalogue)
        : document_(document), catalogue_(catalogue) {}

    // The text after so many changes; of 0 nothing.
    Result<std::string> textAt(std::uint64_t position);
    // What the changes after `from` up to `to` did, as one line; empty where it cannot be said.
    const QString& words(std::uint64_t from, std::uint64_t to);
    const QString* known(std::uint64_t from, std::uint64_t to) const;
    // The positions mean other changes now: own ones were refused or came in another order.
    void forget();

private:
    const document::Document& document_;
    const format::Catalogue& catalogue_;
    std::list<std::pair<std::uint64_t, std::string>> texts_;  // the last ones read
    std::map<std::pair<std::uint64_t, std::uint64_t>, QString> words_;
};

// Differences as one line: the first in full, how many others there are.
QString inOneLine(const std::vector<compare::Difference>& differences);

}  // namespace pe::editor
