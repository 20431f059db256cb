// SPDX-License-Identifier: MIT
#include "disk.hpp"

#include <optional>

#include "pe/crdt/snapshot.hpp"

namespace pe::simulation {
namespace {

constexpr std::size_t kHeader = 12;  // four bytes length, eight bytes hash

void putNumber(std::string& out, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i)
        out.push_back(static_cast<char>(value >> (8 * i)));
}

std::uint64_t numberAt(std::string_view bytes, std::size_t at, std::size_t count) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < count; ++i)
        value |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
    return value;
}

// The record at the front, if all of it is there.
std::optional<std::string_view> front(std::string_view bytes, bool trusting) {
    if (bytes.size() < kHeader)
        return std::nullopt;
    const std::uint64_t size = numberAt(bytes, 0, 4);
    if (size > bytes.size() - kHeader)
        return trusting ? std::optional(bytes.substr(kHeader)) : std::nullopt;
    const std::string_view record = bytes.substr(kHeader, size);
    if (!trusting && numberAt(bytes, 4, 8) != crdt::hashBytes(record))
        return std::nullopt;
    return record;
}

}  // namespace

void Disk::append(std::string_view record) {
    putNumber(bytes_, record.size(), 4);
    putNumber(bytes_, crdt::hashBytes(record), 8);
    bytes_.append(record);
}

void Disk::replace(const std::vector<std::string>& records) {
    bytes_.clear();
    for (const std::string& each : records)
        append(each);
    sync();
}

bool Disk::crash(Random& random) {
    const std::size_t unsure = bytes_.size() - synced_;
    if (unsure == 0)
        return false;
    const std::size_t kept = random.below(unsure + 1);
    bytes_.resize(synced_ + kept);
    const bool torn = kept > 0 && random.below(3) == 0;
    if (torn)
        bytes_.back() = static_cast<char>(bytes_.back() ^ 0x55);
    return kept < unsure || torn;
}

std::vector<std::string> Disk::records(bool trusting) const {
    std::vector<std::string> all;
    std::string_view rest = bytes_;
    while (const auto record = front(rest, trusting)) {
        all.emplace_back(*record);
        rest.remove_prefix(kHeader + record->size());
    }
    return all;
}

void Disk::repair() {
    std::string_view rest = bytes_;
    while (const auto record = front(rest, false))
        rest.remove_prefix(kHeader + record->size());
    bytes_.resize(bytes_.size() - rest.size());
    sync();
}

}  // namespace pe::simulation
