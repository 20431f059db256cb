// SPDX-License-Identifier: MIT
// Hasher: a 64-bit hash of values and bytes that is the same on every machine. It detects
// accidents; it does not stop an attacker.
#pragma once

#include <cstdint>
#include <string_view>

#include "pe/crdt/hlc.hpp"
#include "pe/crdt/ids.hpp"

namespace pe::crdt {

class Hasher {
public:
    void add(std::uint64_t value) {
        state_ = (state_ ^ value) * 0x9E3779B97F4A7C15ULL;
        state_ ^= state_ >> 29;
    }
    void add(const OpId& id) {
        add(id.replica);
        add(id.counter);
    }
    void add(Hlc hlc) { add(hlc.value); }
    void addBytes(std::string_view bytes) {
        add(bytes.size());
        std::size_t at = 0;
        for (; at + 8 <= bytes.size(); at += 8)
            add(word(bytes.data() + at, 8));
        if (at < bytes.size())
            add(word(bytes.data() + at, bytes.size() - at));
    }
    void addElements(ElementsView elements) {
        add(elements.size());
        for (const Element each : elements)
            add(each);
    }
    std::uint64_t value() const {
        const std::uint64_t mixed = (state_ ^ (state_ >> 32)) * 0xD6E8FEB86659FD93ULL;
        return mixed ^ (mixed >> 32);
    }

private:
    static std::uint64_t word(const char* bytes, std::size_t count) {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < count; ++i)
            value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
        return value;
    }

    std::uint64_t state_ = 0x243F6A8885A308D3ULL;
};

}  // namespace pe::crdt
