// SPDX-License-Identifier: MIT
// Varints: seven bits a byte, lowest first, in the shortest form only, so that equal values have
// equal bytes. ByteReader never reads past its end; after the first failure everything it returns
// is zero.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pe::crdt {

inline void putVarint(std::string& out, std::uint64_t value) {
    while (value >= 0x80) {
        out.push_back(static_cast<char>(value | 0x80));
        value >>= 7;
    }
    out.push_back(static_cast<char>(value));
}

inline std::uint64_t zigzag(std::int64_t value) {
    return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}
inline std::int64_t unzigzag(std::uint64_t value) {
    return static_cast<std::int64_t>((value >> 1) ^ (~(value & 1) + 1));
}
inline void putSigned(std::string& out, std::int64_t value) {
    putVarint(out, zigzag(value));
}

inline void putFixed64(std::string& out, std::uint64_t value) {
    for (int i = 0; i < 8; ++i)
        out.push_back(static_cast<char>(value >> (8 * i)));
}

inline void putBytes(std::string& out, std::string_view bytes) {
    putVarint(out, bytes.size());
    out.append(bytes);
}

class ByteReader {
public:
    explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

    bool ok() const { return ok_; }
    void fail() { ok_ = false; }
    bool atEnd() const { return at_ == bytes_.size(); }
    std::size_t left() const { return ok_ ? bytes_.size() - at_ : 0; }
    std::size_t position() const { return at_; }

    std::uint8_t byte() {
        if (left() == 0)
            return failed();
        return static_cast<std::uint8_t>(bytes_[at_++]);
    }
    std::uint64_t varint() {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            const std::uint64_t next = byte();
            if (!ok_)
                return 0;
            if (shift == 63 && next > 1)
                return failed();
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
                return next == 0 && shift > 0 ? failed() : value;
        }
        return failed();
    }
    std::int64_t signedVarint() { return unzigzag(varint()); }
    std::uint32_t varint32() {
        const std::uint64_t value = varint();
        return value > 0xFFFFFFFFULL ? failed() : static_cast<std::uint32_t>(value);
    }
    std::uint64_t fixed64() {
        if (left() < 8)
            return failed();
        std::uint64_t value = 0;
        for (int i = 0; i < 8; ++i)
            value |= static_cast<std::uint64_t>(byte()) << (8 * i);
        return value;
    }
    // A count of things of which each takes at least `bytesEach`; more than can follow is a
    // failure.
    std::size_t count(std::size_t limit, std::size_t bytesEach = 1) {
        const std::uint64_t value = varint();
        if (value > limit || value > left() / bytesEach)
            return failed();
        return static_cast<std::size_t>(value);
    }
    std::string_view bytes(std::size_t limit) {
        const std::size_t size = count(limit);
        if (!ok_)
            return {};
        at_ += size;
        return bytes_.substr(at_ - size, size);
    }

private:
    std::uint8_t failed() {
        ok_ = false;
        return 0;
    }

    std::string_view bytes_;
    std::size_t at_ = 0;
    bool ok_ = true;
};

}  // namespace pe::crdt
