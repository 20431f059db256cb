// SPDX-License-Identifier: MIT
#include "pe/storage/search_index.hpp"

#include <algorithm>
#include <type_traits>

#include "database_files.hpp"
#include "replica_access.hpp"
#include "search_words.hpp"

namespace pe::storage {
namespace {

constexpr const char* kFileName = "search.sqlite3";
constexpr std::int64_t kApplicationId = 0x50455331;  // "PES1"
constexpr std::int64_t kVersion = 2;
// A query of one letter meets nearly everything; names are what is meant then.
constexpr std::size_t kShortQuery = 2;
// Of all that match, the newest are ranked: more would take long, and nobody means one of
// thousands.
constexpr std::int64_t kRankedMax = 1000;

// How many fields, from the weightiest on, are names: those that `names` and `parts` hold.
constexpr std::size_t kNameFields = 3;

// `names` and `words` find words and their beginnings: of names alone, so that the letters of a
// name are not looked for in all prompts, and of everything. `parts` finds any part of a name.
constexpr const char* kSchema = R"sql(
create table items (number integer primary key, id blob not null unique, state integer not null);
create virtual table words using fts5 (
  name, step, path, description, type, body,
  tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3');
insert into words (words, rank) values ('rank', 'bm25(10.0, 6.0, 4.0, 4.0, 3.0, 1.0)');
create virtual table names using fts5 (
  name, step, path, tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3 4 5');
insert into names (names, rank) values ('rank', 'bm25(10.0, 6.0, 4.0)');
create virtual table parts using fts5 (
  name, step, path, tokenize = "trigram", content = '');
)sql";

Result<Database> openExisting(const std::filesystem::path& file) {
    PE_TRY_ASSIGN(Database database, Database::open(file));
    PE_TRY(
        database.execute("pragma locking_mode = exclusive; pragma journal_mode = wal; "
                         "pragma synchronous = normal; pragma journal_size_limit = 4194304"));
    PE_TRY_ASSIGN(const auto objects, database.integer("select count(*) from sqlite_schema"));
    if (objects == 0) {
        PE_TRY_ASSIGN(auto transaction, Transaction::begin(database));
        PE_TRY(database.execute(kSchema));
        PE_TRY(database.execute("pragma application_id = " + std::to_string(kApplicationId) +
                                "; pragma user_version = " + std::to_string(kVersion)));
        PE_TRY(transaction.commit());
        return database;
    }
    PE_TRY_ASSIGN(const auto application, database.integer("pragma application_id"));
    PE_TRY_ASSIGN(const auto version, database.integer("pragma user_version"));
    if (application != kApplicationId || version != kVersion)
        return fail(ErrorCode::Corrupt, "The search index is of another version.");
    return database;
}

// All in it can be made again, so whatever cannot be used is replaced.
Result<Database> openOrReplace(const std::filesystem::path& file) {
    auto opened = openExisting(file);
    if (opened || opened.error().code != ErrorCode::Corrupt)
        return opened;
    removeDatabase(file);
    return openExisting(file);
}

Result<std::int64_t> itemNumber(Database& database, const PipelineId& id) {
    Statement row = database.prepare("select number from items where id = ?");
    PE_TRY_ASSIGN(const bool found, row.bind(blobOf(id)).next());
    return found ? row.integer(0) : 0;
}

SearchTexts indexableTexts(const SearchTexts& texts) {
    SearchTexts result;
    std::transform(texts.begin(), texts.end(), result.begin(),
                   [](const std::string& text) { return indexable(text); });
    return result;
}

// A table without content forgets a row only when it is told again what was in it.
Result<void> removeParts(Database& database, std::int64_t number) {
    return runSql(database,
                  "insert into parts (parts, rowid, name, step, path) "
                  "select 'delete', rowid, name, step, path from words where rowid = ?",
                  number);
}

Result<void> removeItem(Database& database, std::int64_t number) {
    PE_TRY(removeParts(database, number));
    PE_TRY(runSql(database, "delete from names where rowid = ?", number));
    PE_TRY(runSql(database, "delete from words where rowid = ?", number));
    return runSql(database, "delete from items where number = ?", number);
}

Result<void> putItem(Database& database, const PipelineId& id, std::int64_t state,
                     const SearchTexts& texts) {
    PE_TRY_ASSIGN(const auto known, itemNumber(database, id));
    if (known != 0)
        PE_TRY(removeItem(database, known));
    PE_TRY(runSql(database, "insert into items (id, state) values (?, ?)", blobOf(id), state));
    const std::int64_t number = database.lastRow();
    const auto& [name, step, path, description, type, body] = texts;
    PE_TRY(runSql(database,
                  "insert into words (rowid, name, step, path, description, type, body) "
                  "values (?, ?, ?, ?, ?, ?, ?)",
                  number, name, step, path, description, type, body));
    PE_TRY(runSql(database, "insert into names (rowid, name, step, path) values (?, ?, ?, ?)",
                  number, name, step, path));
    return runSql(database, "insert into parts (rowid, name, step, path) values (?, ?, ?, ?)",
                  number, name, step, path);
}

Result<PipelineId> idOf(Database& database, std::int64_t number) {
    Statement row = database.prepare("select id from items where number = ?");
    PE_TRY(row.bind(number).next());
    const std::string_view bytes = row.blob(0);
    PipelineId id{};
    if (bytes.size() != id.size())
        return fail(ErrorCode::Corrupt, "The search index is damaged.");
    std::copy(bytes.begin(), bytes.end(), id.begin());
    return id;
}

bool isIn(const std::vector<std::int64_t>& numbers, std::int64_t number) {
    return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

// The excerpt of the weightiest field that has a match; the columns are those of
// findStatement().
void setExcerpt(const Statement& row, std::size_t fields, SearchHit& hit) {
    for (std::size_t field = 0; field < fields; ++field) {
        MarkedText excerpt = readMarks(row.text(static_cast<int>(field) + 1));
        if (excerpt.marks.empty())
            continue;
        hit.field = static_cast<SearchField>(field);
        hit.excerpt = std::move(excerpt.text);
        hit.marks = std::move(excerpt.marks);
        return;
    }
}

// With this order the full-text engine ranks all rows that match and makes excerpts of those that
// are wanted only.
std::string findStatement(const std::string& table, std::size_t fields) {
    std::string sql = "select rowid";
    for (std::size_t field = 0; field < fields; ++field)
        sql += ", snippet(" + table + ", " + std::to_string(field) + ", char(1), char(2), '…', 16)";
    return sql + " from " + table + " where " + table +
           " match ? and rowid >= ? order by rank limit ?";
}

// The first of the rows that are ranked.
Result<std::int64_t> firstRanked(Database& database, const std::string& table,
                                 const std::string& query) {
    Statement row = database.prepare("select min(rowid) from (select rowid from " + table +
                                     " where " + table + " match ? order by rowid desc limit ?)");
    PE_TRY(row.bind(query, kRankedMax).next());
    return row.integer(0);
}

Result<void> findWords(Database& database, const std::string& table, std::size_t fields,
                       const std::string& query, std::size_t limit,
                       std::vector<std::int64_t>& numbers, std::vector<SearchHit>& hits) {
    PE_TRY_ASSIGN(const std::int64_t first, firstRanked(database, table, query));
    Statement rows = database.prepare(findStatement(table, fields));
    rows.bind(query, first, static_cast<std::int64_t>(limit));
    while (true) {
        PE_TRY_ASSIGN(const bool found, rows.next());
        if (!found)
            return {};
        const std::int64_t number = rows.integer(0);
        if (hits.size() == limit || isIn(numbers, number))
            continue;
        SearchHit hit;
        numbers.push_back(number);
        PE_TRY_ASSIGN(hit.pipeline, idOf(database, number));
        setExcerpt(rows, fields, hit);
        hits.push_back(std::move(hit));
    }
}

// What has the words only as parts of its names shows its name.
Result<void> findParts(Database& database, const std::string& query, std::size_t limit,
                       const std::vector<std::int64_t>& numbers, std::vector<SearchHit>& hits) {
    PE_TRY_ASSIGN(const std::int64_t first, firstRanked(database, "parts", query));
    Statement rows = database.prepare(findStatement("parts", 0));
    rows.bind(query, first, static_cast<std::int64_t>(limit));
    while (hits.size() < limit) {
        PE_TRY_ASSIGN(const bool found, rows.next());
        if (!found)
            return {};
        const std::int64_t number = rows.integer(0);
        if (isIn(numbers, number))
            continue;
        SearchHit hit;
        PE_TRY_ASSIGN(hit.pipeline, idOf(database, number));
        Statement name = database.prepare("select name from words where rowid = ?");
        PE_TRY(name.bind(number).next());
        hit.excerpt = readMarks(name.text(0)).text;
        hits.push_back(std::move(hit));
    }
    return {};
}

Result<std::vector<SearchHit>> searchIn(Database& database, const std::vector<std::string>& words,
                                        std::size_t limit) {
    const std::string query = prefixQuery(words);
    std::vector<std::int64_t> numbers;
    std::vector<SearchHit> hits;
    // Names first: what is typed is most often one, and ranking all texts that hold a few letters
    // takes long. Of a query of one letter names alone can be meant.
    PE_TRY(findWords(database, "names", kNameFields, query, limit, numbers, hits));
    const bool isShort = words.size() == 1 && words.front().size() <= kShortQuery;
    if (hits.size() < limit && !isShort)
        PE_TRY(findWords(database, "words", kSearchFieldCount, query, limit, numbers, hits));
    const std::string anywhere = substringQuery(words);
    if (hits.size() < limit && !anywhere.empty())
        PE_TRY(findParts(database, anywhere, limit, numbers, hits));
    return hits;
}

}  // namespace

template <class Work>
auto SearchIndex::guarded(Work work) {
    using Outcome = std::invoke_result_t<Work, Database&>;
    const std::lock_guard guard(mutex_);
    const auto attempt = [&]() -> Outcome {
        if (!database_) {
            PE_TRY_ASSIGN(Database database, openOrReplace(file_));
            database_ = std::make_unique<Database>(std::move(database));
        }
        return work(*database_);
    };
    Outcome outcome = attempt();
    if (!outcome && (outcome.error().code == ErrorCode::Corrupt ||
                     outcome.error().code == ErrorCode::Unwritable))
        database_.reset();
    if (!outcome && outcome.error().code == ErrorCode::Corrupt)
        removeDatabase(file_);
    return outcome;
}

Result<std::unique_ptr<SearchIndex>> SearchIndex::open(const std::filesystem::path& folder) {
    const auto file = folder / kFileName;
    PE_TRY_ASSIGN(Database database, openOrReplace(file));
    return std::unique_ptr<SearchIndex>(new SearchIndex(file, std::move(database)));
}

SearchIndex::SearchIndex(std::filesystem::path file, Database database)
    : file_(std::move(file)), database_(std::make_unique<Database>(std::move(database))) {}

SearchIndex::~SearchIndex() = default;

Result<void> SearchIndex::put(const PipelineId& id, std::int64_t state, const SearchTexts& texts) {
    const SearchTexts prepared = indexableTexts(texts);
    return guarded([&](Database& database) -> Result<void> {
        PE_TRY_ASSIGN(auto transaction, Transaction::begin(database));
        PE_TRY(putItem(database, id, state, prepared));
        return transaction.commit();
    });
}

Result<void> SearchIndex::remove(const PipelineId& id) {
    return guarded([&](Database& database) -> Result<void> {
        PE_TRY_ASSIGN(auto transaction, Transaction::begin(database));
        PE_TRY_ASSIGN(const auto number, itemNumber(database, id));
        if (number != 0)
            PE_TRY(removeItem(database, number));
        return transaction.commit();
    });
}

Result<std::optional<std::int64_t>> SearchIndex::stateOf(const PipelineId& id) {
    return guarded([&](Database& database) -> Result<std::optional<std::int64_t>> {
        Statement row = database.prepare("select state from items where id = ?");
        PE_TRY_ASSIGN(const bool found, row.bind(blobOf(id)).next());
        if (!found)
            return std::nullopt;
        return row.integer(0);
    });
}

Result<std::map<PipelineId, std::int64_t>> SearchIndex::states() {
    return guarded([&](Database& database) -> Result<std::map<PipelineId, std::int64_t>> {
        std::map<PipelineId, std::int64_t> states;
        Statement rows = database.prepare("select id, state from items");
        while (true) {
            PE_TRY_ASSIGN(const bool found, rows.next());
            if (!found)
                return states;
            PipelineId id{};
            const std::string_view bytes = rows.blob(0);
            std::copy_n(bytes.begin(), std::min(bytes.size(), id.size()), id.begin());
            states[id] = rows.integer(1);
        }
    });
}

Result<std::vector<SearchHit>> SearchIndex::search(std::string_view query, std::size_t limit) {
    const std::vector<std::string> words = queryWords(query);
    if (words.empty() || limit == 0)
        return std::vector<SearchHit>{};
    return guarded([&](Database& database) { return searchIn(database, words, limit); });
}

}  // namespace pe::storage
