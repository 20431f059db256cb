// SPDX-License-Identifier: MIT
#include "record.hpp"

#include <algorithm>

namespace pe::simulation {

std::string numberField(std::uint64_t value) {
    std::string out;
    for (int i = 0; i < 8; ++i)
        out.push_back(static_cast<char>(value >> (8 * i)));
    return out;
}

std::uint64_t numberOf(const Record& record, std::size_t field) {
    std::uint64_t value = 0;
    if (field >= record.fields.size())
        return value;
    const std::string& bytes = record.fields[field];
    for (std::size_t i = 0; i < std::min<std::size_t>(8, bytes.size()); ++i)
        value |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    return value;
}

std::string toBytes(const Record& record) {
    std::string out(1, static_cast<char>(record.kind));
    for (const std::string& each : record.fields)
        out += numberField(each.size()) + each;
    return out;
}

Record recordFrom(std::string_view bytes) {
    Record record;
    if (bytes.empty())
        return record;
    record.kind = static_cast<RecordKind>(bytes.front());
    bytes.remove_prefix(1);
    while (bytes.size() >= 8) {
        const Record size{RecordKind::Identity, {std::string(bytes.substr(0, 8))}};
        const std::uint64_t length = std::min<std::uint64_t>(numberOf(size, 0), bytes.size() - 8);
        record.fields.emplace_back(bytes.substr(8, length));
        bytes.remove_prefix(8 + length);
    }
    return record;
}

}  // namespace pe::simulation
