// SPDX-License-Identifier: MIT
// RegisterPack: the registers a node is born with, packed into one run of bytes (key, length,
// value), sorted by key. A document of 25,000 nodes costs one allocation each this way, in an
// operation as well as in the tree and on the wire.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "pe/base/result.hpp"
#include "pe/crdt/ids.hpp"

namespace pe::crdt {

class RegisterPack {
public:
    using Entry = std::pair<RegisterKey, std::string_view>;

    RegisterPack() = default;
    RegisterPack(std::initializer_list<Entry> entries);
    explicit RegisterPack(std::span<const Entry> entries);

    // Adds or replaces one register. Adding in the order of the keys is the fast way.
    void set(RegisterKey key, std::string_view value);

    std::optional<std::string_view> get(RegisterKey key) const { return find(bytes_, key); }
    bool empty() const { return bytes_.empty(); }

    const std::string& bytes() const { return bytes_; }
    // Checks bytes from outside: keys ascending, lengths inside, values within the limit.
    static Result<RegisterPack> fromBytes(std::string_view bytes);

    static std::optional<std::string_view> find(std::string_view pack, RegisterKey key);
    // Takes the first entry off the front of `pack`, which must not be empty and was checked
    // before.
    static Entry takeFront(std::string_view& pack);

    friend bool operator==(const RegisterPack&, const RegisterPack&) = default;

private:
    void append(RegisterKey key, std::string_view value);

    std::string bytes_;
    int lastKey_ = -1;
};

}  // namespace pe::crdt
