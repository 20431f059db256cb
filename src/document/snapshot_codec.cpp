// SPDX-License-Identifier: MIT
#include "snapshot_codec.hpp"

#include <utility>

#include "bytes.hpp"

namespace pe::document {
namespace {

constexpr std::uint64_t kFormat = 2;

void append(std::string& out, const crdt::OpId& id) {
    appendWhole(out, id.replica);
    appendWhole(out, id.counter);
}

crdt::OpId takeId(BytesReader& reader) {
    const crdt::ReplicaId replica = reader.whole();
    return {replica, static_cast<std::uint32_t>(reader.whole())};
}

void append(std::string& out, const ConflictFacts& facts, const crdt::ReplicatedTree& tree) {
    appendWhole(out, facts.open ? 1 : 0);
    appendWhole(out, facts.deleted.size());
    for (const DeletedConflict& each : facts.deleted) {
        append(out, each.node);
        append(out, each.deletion);
        append(out, each.edit);
    }
    appendWhole(out, facts.moved.size());
    for (const MovedConflict& each : facts.moved) {
        append(out, each.node);
        appendWhole(out, each.places.size());
        for (const PlaceVersion& place : each.places) {
            append(out, place.op);
            append(out, place.parent);
            append(out, place.after);
        }
    }
    appendWhole(out, facts.renamed.size());
    for (const NameConflict& each : facts.renamed) {
        append(out, tree.id(each.step));
        appendBytes(out, each.before);
        append(out, each.rename);
    }
    appendWhole(out, facts.anchored.size());
    for (const AnchorConflict& each : facts.anchored)
        for (const crdt::OpId& id : {each.first, each.firstNamed, each.second, each.secondNamed})
            append(out, id);
    appendWhole(out, facts.tagged.size());
    for (const TagConflict& each : facts.tagged)
        for (const crdt::OpId& id : {each.node, each.tagged, each.valued})
            append(out, id);
}

MovedConflict takeMoved(BytesReader& reader) {
    MovedConflict moved{takeId(reader), {}};
    for (std::size_t left = reader.count(); left > 0 && !reader.broken(); --left) {
        PlaceVersion place;
        place.op = takeId(reader);
        place.parent = takeId(reader);
        place.after = takeId(reader);
        moved.places.push_back(place);
    }
    return moved;
}

void takeProperties(BytesReader& reader, ConflictFacts& facts) {
    for (std::size_t left = reader.count(); left > 0 && !reader.broken(); --left) {
        AnchorConflict anchored;
        for (crdt::OpId* id :
             {&anchored.first, &anchored.firstNamed, &anchored.second, &anchored.secondNamed})
            *id = takeId(reader);
        facts.anchored.insert(anchored);
    }
    for (std::size_t left = reader.count(); left > 0 && !reader.broken(); --left) {
        TagConflict tagged;
        for (crdt::OpId* id : {&tagged.node, &tagged.tagged, &tagged.valued})
            *id = takeId(reader);
        facts.tagged.insert(tagged);
    }
}

ConflictFacts takeFacts(BytesReader& reader, const crdt::ReplicatedTree& tree) {
    ConflictFacts facts;
    facts.open = reader.whole() == 1;
    for (std::size_t left = reader.count(); left > 0 && !reader.broken(); --left) {
        DeletedConflict deleted;
        deleted.node = takeId(reader);
        deleted.deletion = takeId(reader);
        deleted.edit = takeId(reader);
        facts.deleted.insert(deleted);
    }
    for (std::size_t left = reader.count(); left > 0 && !reader.broken(); --left)
        facts.moved.insert(takeMoved(reader));
    for (std::size_t left = reader.count(); left > 0 && !reader.broken(); --left) {
        NameConflict renamed;
        renamed.step = tree.find(takeId(reader));
        renamed.before = reader.bytes();
        renamed.rename = takeId(reader);
        if (renamed.step != yaml::kNoNode)
            facts.renamed.push_back(std::move(renamed));
    }
    takeProperties(reader, facts);
    return facts;
}

tl::unexpected<Error> damaged() {
    return fail(ErrorCode::Corrupt, "A stored state of this document cannot be read.");
}

// What is left of the first part behind its own hash; nothing if that is wrong.
std::string_view checked(const std::string& part) {
    BytesReader reader(part);
    const std::uint64_t hash = reader.whole();
    const std::string_view rest = reader.rest();
    return crdt::hashBytes(rest) == hash ? rest : std::string_view();
}

}  // namespace

DocumentSnapshot encodeDocumentSnapshot(crdt::Snapshot state, const ConflictFacts& facts,
                                        const crdt::ReplicatedTree& tree) {
    DocumentSnapshot snapshot{state.sequence, {{}}};
    std::string rest;
    appendWhole(rest, kFormat);
    appendWhole(rest, state.sequence);
    appendWhole(rest, state.parts.size());
    for (crdt::SnapshotPart& each : state.parts) {
        appendWhole(rest, each.hash);
        snapshot.parts.push_back(std::move(each.bytes));
    }
    append(rest, facts, tree);
    appendWhole(snapshot.parts.front(), crdt::hashBytes(rest));
    snapshot.parts.front() += rest;
    return snapshot;
}

Result<DecodedSnapshot> decodeDocumentSnapshot(DocumentSnapshot snapshot, crdt::ReplicaId self) {
    if (snapshot.parts.empty())
        return damaged();
    BytesReader reader(checked(snapshot.parts.front()));
    if (reader.whole() != kFormat || reader.whole() != snapshot.position ||
        reader.whole() != snapshot.parts.size() - 1)
        return damaged();
    crdt::Snapshot state{snapshot.position, {}};
    for (std::size_t i = 1; i < snapshot.parts.size(); ++i)
        state.parts.push_back({std::move(snapshot.parts[i]), reader.whole()});
    PE_TRY_ASSIGN(crdt::ReplicatedTree tree, crdt::decodeSnapshot(state, self));
    ConflictFacts facts = takeFacts(reader, tree);
    if (reader.broken() || !reader.atEnd())
        return damaged();
    return DecodedSnapshot{std::move(tree), std::move(facts), std::move(state)};
}

}  // namespace pe::document
