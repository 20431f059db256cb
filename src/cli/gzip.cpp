// SPDX-License-Identifier: MIT
#include "gzip.hpp"

#include <zlib.h>

#include <algorithm>

#include "pe/base/assert.hpp"

namespace pe::cli {
namespace {

constexpr int kGzipWindow = 15 + 16;
constexpr int kZlibWindow = 15;
constexpr std::size_t kChunk = 1 << 18;

Result<std::string> unpack(std::string_view bytes, std::size_t limit, int window) {
    z_stream stream{};
    if (inflateInit2(&stream, window) != Z_OK)
        return fail(ErrorCode::Internal, "zlib could not be started");
    std::string out;
    std::string chunk(kChunk, '\0');
    int status = Z_OK;
    while (status == Z_OK && out.size() <= limit) {
        if (stream.avail_in == 0 && !bytes.empty()) {
            const std::size_t taken = std::min(bytes.size(), kChunk);
            stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
            stream.avail_in = static_cast<uInt>(taken);
            bytes.remove_prefix(taken);
        }
        stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
        stream.avail_out = static_cast<uInt>(kChunk);
        status = inflate(&stream, Z_NO_FLUSH);
        out.append(chunk, 0, kChunk - stream.avail_out);
    }
    inflateEnd(&stream);
    if (out.size() > limit)
        return fail(ErrorCode::LimitExceeded, "the packed file is too large");
    if (status != Z_STREAM_END)
        return fail(ErrorCode::Corrupt, "the packed bytes are damaged");
    return out;
}

}  // namespace

bool isGzip(std::string_view bytes) {
    return bytes.size() > 2 && bytes[0] == '\x1f' && bytes[1] == '\x8b';
}

Result<std::string> gunzip(std::string_view bytes, std::size_t limit) {
    return unpack(bytes, limit, kGzipWindow);
}

std::string deflated(std::string_view bytes) {
    uLongf size = compressBound(static_cast<uLong>(bytes.size()));
    std::string out(size, '\0');
    const int status = compress2(reinterpret_cast<Bytef*>(out.data()), &size,
                                 reinterpret_cast<const Bytef*>(bytes.data()),
                                 static_cast<uLong>(bytes.size()), Z_DEFAULT_COMPRESSION);
    PE_ASSERT(status == Z_OK);
    out.resize(size);
    return out;
}

Result<std::string> inflated(std::string_view bytes, std::size_t limit) {
    return unpack(bytes, limit, kZlibWindow);
}

}  // namespace pe::cli
