// SPDX-License-Identifier: MIT
#include "pe/crdt/change.hpp"

#include <algorithm>

#include "hasher.hpp"

namespace pe::crdt {
namespace {

struct OperationHash {
    Hasher& hash;

    void place(const Place& place) {
        hash.add(place.parent);
        hash.add(place.after);
        hash.add(place.before);
    }
    void operator()(const Create& op) {
        place(op.place);
        hash.addBytes(op.registers.bytes());
        hash.add(op.texts.size());
        for (const InitialText& text : op.texts) {
            hash.add(text.key);
            hash.addElements(text.elements);
        }
    }
    void operator()(const Move& op) {
        hash.add(op.node);
        place(op.place);
        hash.add(op.restores);
    }
    void operator()(const Delete& op) {
        hash.add(op.node);
        hash.add(op.baseSequence);
    }
    void operator()(const Restore& op) { hash.add(op.node); }
    void operator()(const Set& op) {
        hash.add(op.node);
        hash.add(op.key);
        hash.add((op.absent ? 1U : 0U) | (op.restoresNothing ? 2U : 0U));
        hash.addBytes(op.value);
        hash.add(op.hlc);
        hash.add(op.supersedes.size());
        for (const OpId& each : op.supersedes)
            hash.add(each);
        hash.add(op.restores);
    }
    void operator()(const TextInsert& op) {
        hash.add(op.node);
        hash.add(op.key);
        hash.add(op.leftOrigin);
        hash.add(op.rightOrigin);
        hash.addElements(op.elements);
    }
    void operator()(const TextDelete& op) {
        hash.add(op.node);
        hash.add(op.key);
        hash.add(op.ranges.size());
        for (const ElementRange& range : op.ranges) {
            hash.add(range.first);
            hash.add(range.count);
        }
    }
    void operator()(const TextUndelete& op) {
        hash.add(op.node);
        hash.add(op.key);
        hash.add(op.deletion);
    }
    void operator()(const Unknown& op) {
        hash.add(op.kind);
        hash.add(op.span);
        hash.addBytes(op.body);
    }
};

}  // namespace

std::uint64_t counterSpan(const Operation& operation) {
    if (const auto* create = std::get_if<Create>(&operation)) {
        std::uint64_t span = 1;
        for (const InitialText& text : create->texts)
            span += text.elements.size();
        return span;
    }
    if (const auto* insert = std::get_if<TextInsert>(&operation))
        return insert->elements.size();
    if (const auto* unknown = std::get_if<Unknown>(&operation))
        return unknown->span;
    return 1;
}

bool isStructural(const Operation& operation) {
    return operation.index() <= 3;
}

std::uint64_t Change::counterSpan() const {
    std::uint64_t span = 0;
    for (const Operation& operation : operations)
        span += crdt::counterSpan(operation);
    return span;
}

std::uint32_t Change::lastCounter() const {
    return static_cast<std::uint32_t>(firstCounter + counterSpan() - 1);
}

bool Change::hasStructure() const {
    return std::any_of(operations.begin(), operations.end(), isStructural);
}

bool sameContent(const Change& left, const Change& right) {
    return left.replica == right.replica && left.firstCounter == right.firstCounter &&
           left.hlc == right.hlc && left.reducerVersion == right.reducerVersion &&
           left.base == right.base && left.author == right.author && left.label == right.label &&
           left.operations == right.operations;
}

std::uint64_t contentHash(const Change& change) {
    Hasher hash;
    hash.add(change.replica);
    hash.add(change.firstCounter);
    hash.add(change.hlc);
    hash.add(change.reducerVersion);
    hash.add(change.base);
    hash.addBytes(change.author);
    hash.addBytes(change.label);
    hash.add(change.operations.size());
    for (const Operation& operation : change.operations) {
        hash.add(operation.index());
        std::visit(OperationHash{hash}, operation);
    }
    return hash.value();
}

}  // namespace pe::crdt
