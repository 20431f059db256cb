// SPDX-License-Identifier: MIT
// When a change was made, and what its author had seen, as distances from the change before.
#pragma once

#include "id_codec.hpp"

namespace pe::crdt {

inline void putTime(IdWriter& ids, const Change& change, bool hasLogical) {
    CodecContext& context = ids.context();
    putSigned(ids.out(), change.hlc.milliseconds() - context.hlc.milliseconds());
    if (hasLogical)
        putVarint(ids.out(), change.hlc.logical());
    context.hlc = change.hlc;
}

inline void putBase(IdWriter& ids, const Change& change) {
    putSigned(ids.out(), static_cast<std::int64_t>(change.base - ids.context().base));
    ids.context().base = change.base;
}

inline void takeTime(IdReader& ids, Change& change, bool hasLogical) {
    constexpr std::int64_t kMaxMs = (std::int64_t{1} << 48) - 1;
    CodecContext& context = ids.context();
    ByteReader& bytes = ids.bytes();
    const std::int64_t distance = bytes.signedVarint();
    const std::uint64_t logical = hasLogical ? bytes.varint() : 0;
    if (distance < -kMaxMs || distance > kMaxMs || logical > 0xFFFF)
        bytes.fail();
    const std::int64_t ms = bytes.ok() ? context.hlc.milliseconds() + distance : 0;
    if (ms < 0 || ms > kMaxMs)
        bytes.fail();
    change.hlc = Hlc::of(ms, static_cast<std::uint16_t>(logical));
    context.hlc = change.hlc;
}

inline void takeBase(IdReader& ids, Change& change) {
    ids.context().base += static_cast<std::uint64_t>(ids.bytes().signedVarint());
    change.base = ids.context().base;
}

}  // namespace pe::crdt
