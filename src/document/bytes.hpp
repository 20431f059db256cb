// SPDX-License-Identifier: MIT
// Bytes: whole numbers and texts in what a document gives to its journal to keep. A reader never
// trusts a length; after the first that does not fit it is broken and gives nothing more.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pe::document {

inline void appendWhole(std::string& out, std::uint64_t number) {
    for (; number >= 0x80; number >>= 7)
        out += static_cast<char>(number | 0x80);
    out += static_cast<char>(number);
}

inline void appendBytes(std::string& out, std::string_view bytes) {
    appendWhole(out, bytes.size());
    out += bytes;
}

class BytesReader {
public:
    explicit BytesReader(std::string_view bytes) : rest_(bytes) {}

    bool broken() const { return broken_; }
    bool atEnd() const { return rest_.empty(); }
    std::string_view rest() const { return rest_; }

    std::uint64_t whole() {
        std::uint64_t number = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (rest_.empty())
                break;
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            number |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
            if (byte < 0x80)
                return number;
        }
        broken_ = true;
        rest_ = {};
        return 0;
    }

    // A count of things that take at least one byte each.
    std::size_t count() {
        const std::uint64_t number = whole();
        if (number <= rest_.size())
            return static_cast<std::size_t>(number);
        broken_ = true;
        rest_ = {};
        return 0;
    }

    std::string_view bytes() {
        const std::size_t size = count();
        const std::string_view taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }

private:
    std::string_view rest_;
    bool broken_ = false;
};

}  // namespace pe::document
