// SPDX-License-Identifier: MIT
#include "value_codec.hpp"

#include <zlib.h>

#include <cstdint>

namespace pe::storage {
namespace {

constexpr char kPlain = 0;
constexpr char kDeflate = 1;
constexpr std::size_t kPlainHeader = 5;
constexpr std::size_t kDeflateHeader = 9;
constexpr std::size_t kWorthCompressing = 64;
constexpr std::size_t kMaxBytes = 1ULL << 30;
constexpr std::size_t kMaxRatio = 1040;  // deflate reaches 1032

void putNumber(std::string& into, std::uint32_t number) {
    for (int shift = 0; shift < 32; shift += 8)
        into.push_back(static_cast<char>(number >> shift));
}

std::uint32_t numberAt(std::string_view bytes, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i)
        number |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
    return number;
}

std::uint32_t checksum(std::string_view bytes) {
    return static_cast<std::uint32_t>(
        ::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

// Empty where compression fails or does not help.
std::string deflated(std::string_view bytes) {
    uLongf size = ::compressBound(bytes.size());
    std::string packed(size, '\0');
    const int result =
        ::compress2(reinterpret_cast<Bytef*>(packed.data()), &size,
                    reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), Z_BEST_SPEED + 2);
    if (result != Z_OK || size + kDeflateHeader >= bytes.size() + kPlainHeader)
        return {};
    packed.resize(size);
    return packed;
}

tl::unexpected<Error> damaged() {
    return fail(ErrorCode::Corrupt, "A value in the local replica is damaged.");
}

Result<std::string> inflated(std::string_view stored) {
    if (stored.size() < kDeflateHeader)
        return damaged();
    const std::string_view packed = stored.substr(kDeflateHeader);
    uLongf size = numberAt(stored, kPlainHeader);
    if (size > kMaxBytes || size > packed.size() * kMaxRatio)
        return damaged();
    std::string bytes(size, '\0');
    const int result = ::uncompress(reinterpret_cast<Bytef*>(bytes.data()), &size,
                                    reinterpret_cast<const Bytef*>(packed.data()), packed.size());
    if (result != Z_OK || size != bytes.size())
        return damaged();
    return bytes;
}

}  // namespace

Result<std::string> encodeValue(std::string_view bytes) {
    if (bytes.size() > kMaxBytes)
        return fail(ErrorCode::LimitExceeded, "A value is larger than the local replica can hold.");
    const std::string packed = bytes.size() < kWorthCompressing ? std::string() : deflated(bytes);
    std::string stored(1, packed.empty() ? kPlain : kDeflate);
    putNumber(stored, checksum(bytes));
    if (packed.empty())
        return stored.append(bytes);
    putNumber(stored, static_cast<std::uint32_t>(bytes.size()));
    return stored.append(packed);
}

Result<std::string> decodeValue(std::string_view stored) {
    if (stored.size() < kPlainHeader)
        return damaged();
    std::string bytes;
    if (stored[0] == kPlain) {
        bytes = stored.substr(kPlainHeader);
    } else if (stored[0] == kDeflate) {
        PE_TRY_ASSIGN(bytes, inflated(stored));
    } else {
        return damaged();
    }
    if (checksum(bytes) != numberAt(stored, 1))
        return damaged();
    return bytes;
}

}  // namespace pe::storage
