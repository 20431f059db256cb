// SPDX-License-Identifier: MIT
// Operations: what replicas exchange. Structure (Create, Move, Delete, Restore) is folded in the
// document's one order; content (Set and the text operations) commutes.
//
// Ids are implicit: the first operation of a change has the change's first counter, and each one
// takes counterSpan() of them. The elements of a TextInsert have the counters of its span; those of
// the initial texts of a Create follow the counter of the node.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "pe/crdt/hlc.hpp"
#include "pe/crdt/ids.hpp"
#include "pe/crdt/register_pack.hpp"

namespace pe::crdt {

// A place between siblings. A null `after` means the start, a null `before` the end. When the
// siblings have gone, the traces they left tell where they were.
struct Place {
    NodeId parent;
    NodeId after;
    NodeId before;
    friend bool operator==(const Place&, const Place&) = default;
};

struct InitialText {
    TextKey key = 0;
    Elements elements;
    friend bool operator==(const InitialText&, const InitialText&) = default;
};

struct Create {
    Place place;
    RegisterPack registers;
    std::vector<InitialText> texts;
    friend bool operator==(const Create&, const Create&) = default;
};

struct Move {
    NodeId node;
    Place place;
    OpId restores;  // set by an undo: the operation whose placing this move brings back
    friend bool operator==(const Move&, const Move&) = default;
};

// Children that came in after baseSequence were not seen by the deleter and are lifted out.
struct Delete {
    NodeId node;
    Sequence baseSequence = 0;
    friend bool operator==(const Delete&, const Delete&) = default;
};

struct Restore {
    NodeId node;
    friend bool operator==(const Restore&, const Restore&) = default;
};

struct Set {
    NodeId node;
    RegisterKey key = 0;
    bool absent = false;  // takes the value away; `value` is empty then
    std::string value;
    Hlc hlc;
    std::vector<OpId> supersedes;  // the versions its author saw
    OpId restores;                 // set by an undo: the version whose value this brings back
    bool restoresNothing = false;  // set by an undo: brings back that there was no value
    friend bool operator==(const Set&, const Set&) = default;
};

// Elements between two others; a null origin is the start or the end of the text.
struct TextInsert {
    NodeId node;
    TextKey key = 0;
    OpId leftOrigin;
    OpId rightOrigin;
    Elements elements;
    friend bool operator==(const TextInsert&, const TextInsert&) = default;
};

struct ElementRange {
    OpId first;
    std::uint32_t count = 0;
    friend bool operator==(const ElementRange&, const ElementRange&) = default;
};

struct TextDelete {
    NodeId node;
    TextKey key = 0;
    std::vector<ElementRange> ranges;
    friend bool operator==(const TextDelete&, const TextDelete&) = default;
};

// Revokes one TextDelete. An element shows while no delete that covers it stands.
struct TextUndelete {
    NodeId node;
    TextKey key = 0;
    OpId deletion;
    friend bool operator==(const TextUndelete&, const TextUndelete&) = default;
};

// An operation of a newer program: counted, kept and forwarded, without effect here.
struct Unknown {
    std::uint32_t kind = 0;
    std::uint32_t span = 1;
    std::string body;
    friend bool operator==(const Unknown&, const Unknown&) = default;
};

using Operation =
    std::variant<Create, Move, Delete, Restore, Set, TextInsert, TextDelete, TextUndelete, Unknown>;

// How many counters the operation takes.
std::uint64_t counterSpan(const Operation& operation);

// True for operations whose result depends on the order of the document.
bool isStructural(const Operation& operation);

}  // namespace pe::crdt
