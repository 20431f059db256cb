// SPDX-License-Identifier: MIT
#include "pe/crdt/register_pack.hpp"

#include "pe/crdt/change.hpp"
#include "varint.hpp"

namespace pe::crdt {

RegisterPack::RegisterPack(std::initializer_list<Entry> entries)
    : RegisterPack(std::span<const Entry>(entries.begin(), entries.size())) {}

RegisterPack::RegisterPack(std::span<const Entry> entries) {
    std::size_t size = 0;
    for (const auto& [key, value] : entries)
        size += value.size() + (value.size() < 128 ? 2 : 6);
    bytes_.reserve(size);
    for (const auto& [key, value] : entries)
        set(key, value);
}

void RegisterPack::set(RegisterKey key, std::string_view value) {
    if (key > lastKey_) {
        append(key, value);
        return;
    }
    const std::string old = std::move(bytes_);
    bytes_.clear();
    lastKey_ = -1;
    bool placed = false;
    for (std::string_view rest = old; !rest.empty();) {
        const auto [eachKey, eachValue] = takeFront(rest);
        if (!placed && eachKey >= key) {
            append(key, value);
            placed = true;
        }
        if (eachKey != key)
            append(eachKey, eachValue);
    }
}

void RegisterPack::append(RegisterKey key, std::string_view value) {
    bytes_.push_back(static_cast<char>(key));
    putBytes(bytes_, value);
    lastKey_ = key;
}

Result<RegisterPack> RegisterPack::fromBytes(std::string_view bytes) {
    if (bytes.size() > Limits::kPackBytes)
        return fail(ErrorCode::LimitExceeded, "The registers of a node are too large.");
    ByteReader reader(bytes);
    int last = -1;
    while (reader.ok() && !reader.atEnd()) {
        const int key = reader.byte();
        reader.bytes(Limits::kValueBytes);
        if (key <= last)
            reader.fail();
        last = key;
    }
    if (!reader.ok())
        return fail(ErrorCode::Corrupt, "The registers of a node are damaged.");
    RegisterPack pack;
    pack.bytes_ = bytes;
    pack.lastKey_ = last;
    return pack;
}

std::optional<std::string_view> RegisterPack::find(std::string_view pack, RegisterKey key) {
    while (!pack.empty()) {
        const auto [eachKey, value] = takeFront(pack);
        if (eachKey == key)
            return value;
        if (eachKey > key)
            break;
    }
    return std::nullopt;
}

RegisterPack::Entry RegisterPack::takeFront(std::string_view& pack) {
    const auto key = static_cast<RegisterKey>(pack[0]);
    std::size_t at = 1;
    std::size_t size = 0;
    for (int shift = 0;; shift += 7) {
        const auto next = static_cast<unsigned char>(pack[at++]);
        size |= static_cast<std::size_t>(next & 0x7F) << shift;
        if (next < 0x80)
            break;
    }
    const std::string_view value = pack.substr(at, size);
    pack.remove_prefix(at + size);
    return {key, value};
}

}  // namespace pe::crdt
