// SPDX-License-Identifier: MIT
// SearchIndex: finds pipelines by the words in them. A file of its own beside the replica's, since
// all in it can be made again: a damaged one is thrown away, and a search never waits for a change
// on its way to the disk. Knows texts by what they weigh, not what they mean. May be used from any
// thread; calls wait for each other.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/storage/journal.hpp"

namespace pe::storage {

class Database;

// From what weighs most to what weighs least.
enum class SearchField : std::uint8_t { Name, Step, Path, Description, Type, Text };
inline constexpr std::size_t kSearchFieldCount = static_cast<std::size_t>(SearchField::Text) + 1;

using SearchTexts = std::array<std::string, kSearchFieldCount>;

struct SearchHit {
    PipelineId pipeline{};
    SearchField field = SearchField::Name;  // where the excerpt is from
    std::string excerpt;                    // one line around what was found
    // Bytes of the excerpt to mark: begin and end.
    std::vector<std::pair<std::size_t, std::size_t>> marks;
};

class SearchIndex {
public:
    // The folder must be there, and held by the caller's ReplicaStore.
    static Result<std::unique_ptr<SearchIndex>> open(const std::filesystem::path& folder);
    SearchIndex(const SearchIndex&) = delete;
    SearchIndex& operator=(const SearchIndex&) = delete;
    ~SearchIndex();

    // Replaces what is known of a pipeline. `state` says of which state the texts are; see
    // states().
    Result<void> put(const PipelineId& id, std::int64_t state, const SearchTexts& texts);
    Result<void> remove(const PipelineId& id);
    // The state of one pipeline's texts; none if it is not in the index.
    Result<std::optional<std::int64_t>> stateOf(const PipelineId& id);
    // What is in the index, so that a caller finds what is missing or old.
    Result<std::map<PipelineId, std::int64_t>> states();

    // Pipelines that hold all words of the query, each also as the beginning of a word (of names
    // and paths: as any part, if else too little is found); the best first. Of thousands
    // that match, only those put last are compared. Any text is a query; one without a letter or
    // digit finds nothing.
    Result<std::vector<SearchHit>> search(std::string_view query, std::size_t limit);

private:
    SearchIndex(std::filesystem::path file, Database database);
    // Damage is repaired by starting over with an empty index; the call still fails.
    template <class Work>
    auto guarded(Work work);

    std::mutex mutex_;
    std::filesystem::path file_;
    std::unique_ptr<Database> database_;
};

}  // namespace pe::storage
