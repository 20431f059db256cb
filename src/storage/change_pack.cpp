// SPDX-License-Identifier: MIT
#include "change_pack.hpp"

#include "replica_access.hpp"
#include "value_codec.hpp"

namespace pe::storage {
namespace {

constexpr std::int64_t kKeepLoose = 256;  // the newest changes stay rows
constexpr std::int64_t kWorthPacking = 256;
constexpr std::size_t kPackChanges = 4096;
constexpr std::size_t kPackBytes = 256U << 10;  // read as a whole to find one change

tl::unexpected<Error> damaged() {
    return fail(ErrorCode::Corrupt, "A pack of changes in the local replica is damaged.");
}

void putLength(std::string& into, std::uint64_t length) {
    for (; length >= 0x80; length >>= 7)
        into.push_back(static_cast<char>(length | 0x80));
    into.push_back(static_cast<char>(length));
}

std::optional<std::uint64_t> takeLength(std::string_view& bytes) {
    std::uint64_t length = 0;
    for (int shift = 0; shift < 35 && !bytes.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        length |= std::uint64_t{byte & 0x7fU} << shift;
        if (byte < 0x80)
            return length;
    }
    return std::nullopt;
}

// Gathers changes in order and stores each full pack.
class Packer {
public:
    Packer(Database& database, std::int64_t number) : database_(database), number_(number) {}

    Result<void> add(std::int64_t position, std::string body) {
        if (bodies_.empty())
            first_ = position;
        bytes_ += body.size();
        bodies_.push_back(std::move(body));
        if (bodies_.size() < kPackChanges && bytes_ < kPackBytes)
            return {};
        return store();
    }

    Result<void> store() {
        if (bodies_.empty())
            return {};
        PE_TRY_ASSIGN(const std::string stored, encodeValue(packOf(bodies_)));
        PE_TRY(runSql(database_, "insert into packs values (?, ?, ?, ?)", number_, first_,
                      first_ + static_cast<std::int64_t>(bodies_.size()) - 1,
                      std::string_view(stored)));
        bodies_.clear();
        bytes_ = 0;
        return {};
    }

private:
    Database& database_;
    std::int64_t number_;
    std::int64_t first_ = 0;
    std::size_t bytes_ = 0;
    std::vector<std::string> bodies_;
};

// Appends the changes behind `after` up to `upTo` of the pack in the row (first, last, body).
Result<void> appendPack(const Statement& row, std::int64_t after, std::int64_t upTo,
                        std::vector<Change>& changes) {
    const std::int64_t first = row.integer(0);
    if (row.integer(1) < first)
        return damaged();
    PE_TRY_ASSIGN(const std::string pack, decodeValue(row.blob(2)));
    PE_TRY_ASSIGN(auto bodies, unpack(pack, static_cast<std::size_t>(row.integer(1) - first + 1)));
    std::int64_t position = first;
    for (std::string& body : bodies) {
        if (position > after && position <= upTo)
            changes.push_back({position, std::move(body)});
        ++position;
    }
    return {};
}

}  // namespace

std::string packOf(const std::vector<std::string>& bodies) {
    std::string pack;
    for (const std::string& body : bodies) {
        putLength(pack, body.size());
        pack += body;
    }
    return pack;
}

Result<std::vector<std::string>> unpack(std::string_view pack, std::size_t count) {
    if (count > pack.size())
        return damaged();
    std::vector<std::string> bodies;
    bodies.reserve(count);
    while (!pack.empty()) {
        const auto length = takeLength(pack);
        if (!length || *length > pack.size() || bodies.size() == count)
            return damaged();
        bodies.emplace_back(pack.substr(0, *length));
        pack.remove_prefix(*length);
    }
    if (bodies.size() != count)
        return damaged();
    return bodies;
}

Result<std::vector<Change>> packedChanges(Database& database, std::int64_t number,
                                          std::int64_t after, std::int64_t upTo) {
    std::vector<Change> changes;
    Statement rows = database.prepare(
        "select first_position, last_position, body from packs "
        "where pipeline = ? and last_position > ? and first_position <= ? "
        "order by first_position");
    rows.bind(number, after, upTo);
    while (true) {
        PE_TRY_ASSIGN(const bool found, rows.next());
        if (!found)
            return changes;
        PE_TRY(appendPack(rows, after, upTo, changes));
    }
}

Result<std::optional<std::string>> packedChange(Database& database, std::int64_t number,
                                                std::int64_t position) {
    Statement row = database.prepare(
        "select first_position, last_position, body from packs "
        "where pipeline = ? and first_position <= ? and last_position >= ?");
    PE_TRY_ASSIGN(const bool found, row.bind(number, position, position).next());
    if (!found)
        return std::nullopt;
    std::vector<Change> changes;
    PE_TRY(appendPack(row, position - 1, position, changes));
    return std::move(changes.front().body);
}

Result<bool> packLooseChanges(Database& database, std::int64_t number, std::int64_t last) {
    const std::int64_t upTo = last - kKeepLoose;
    Statement count =
        database.prepare("select count(*) from changes where pipeline = ? and position <= ?");
    PE_TRY(count.bind(number, upTo).next());
    if (count.integer(0) < kWorthPacking)
        return false;
    Packer packer(database, number);
    Statement rows = database.prepare(
        "select position, body from changes where pipeline = ? and position <= ? "
        "order by position");
    rows.bind(number, upTo);
    while (true) {
        PE_TRY_ASSIGN(const bool found, rows.next());
        if (!found)
            break;
        PE_TRY_ASSIGN(std::string body, decodeValue(rows.blob(1)));
        PE_TRY(packer.add(rows.integer(0), std::move(body)));
    }
    PE_TRY(packer.store());
    PE_TRY(
        runSql(database, "delete from changes where pipeline = ? and position <= ?", number, upTo));
    return true;
}

}  // namespace pe::storage
