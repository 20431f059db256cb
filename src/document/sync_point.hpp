// SPDX-License-Identifier: MIT
// SyncPoint: what the file on disk had seen when it was last read or written: the first changes of
// the log, and later ones of some replicas (own pending work, what the disk changed itself).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "bytes.hpp"
#include "pe/crdt/change.hpp"

namespace pe::document {

struct SyncPoint {
    crdt::Sequence sequence = 0;
    std::map<crdt::ReplicaId, std::uint32_t> counters;  // the last change seen of each
    // The text itself, where no set of changes gives it: after a merge that is not saved yet.
    std::optional<std::string> text;

    // `index`: the place of the change in log and pending, from 0.
    bool covers(const crdt::Change& change, std::size_t index) const {
        if (index < sequence)
            return true;
        const auto seen = counters.find(change.replica);
        return seen != counters.end() && change.lastCounter() <= seen->second;
    }

    std::string encode() const {
        std::string out;
        appendWhole(out, sequence);
        appendWhole(out, counters.size());
        for (const auto& [replica, counter] : counters) {
            appendWhole(out, replica);
            appendWhole(out, counter);
        }
        appendWhole(out, text ? 1 : 0);
        if (text)
            appendBytes(out, *text);
        return out;
    }

    static std::optional<SyncPoint> decode(std::string_view bytes) {
        BytesReader reader(bytes);
        SyncPoint point;
        point.sequence = reader.whole();
        for (std::size_t left = reader.count(); left > 0 && !reader.broken(); --left) {
            const crdt::ReplicaId replica = reader.whole();
            point.counters[replica] = static_cast<std::uint32_t>(reader.whole());
        }
        if (reader.whole() == 1)
            point.text = std::string(reader.bytes());
        if (reader.broken() || !reader.atEnd())
            return std::nullopt;
        return point;
    }
};

}  // namespace pe::document
