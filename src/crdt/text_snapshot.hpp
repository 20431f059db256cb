// SPDX-License-Identifier: MIT
// A text in a snapshot: its elements, runs and deletions as columns, each with a context of its
// own, so that what is alike stands together.
#pragma once

#include <vector>

#include "id_codec.hpp"
#include "text_store.hpp"
#include "tree_core.hpp"

namespace pe::crdt {

// The contexts of the columns of one text.
struct TextColumns {
    explicit TextColumns(const std::vector<CodecContext::Lane>& lanes)
        : left{lanes, {}, 0, {}, {}}, right(left), deletion(left), deleted(left) {}

    CodecContext left;
    CodecContext right;
    CodecContext deletion;
    CodecContext deleted;
};

class TextSnapshotWriter {
public:
    TextSnapshotWriter(const TreeCore& core, const std::vector<CodecContext::Lane>& lanes,
                       IdWriter& ids)
        : core_(core), columns_(lanes), ids_(ids), out_(ids.out()) {}

    void run(const TextStore& store);

private:
    void sortOut(const TextStore& store);
    void putElements(const TextStore& store, const std::vector<TextStore::Span>& spans);
    void putSpans(const std::vector<TextStore::Span>& spans);
    void putFinal();
    void putDeletions();
    void put(CodecContext& column, OpId id) { IdWriter(column, out_).putId(id); }
    bool isFinal(OpId element) const;

    const TreeCore& core_;
    TextColumns columns_;
    IdWriter& ids_;
    std::string& out_;
    std::vector<ElementRange> final_;  // ascending, apart
    std::vector<TextStore::Deletion> deletions_;
    std::vector<OpId> revoked_;
};

class TextSnapshotReader {
public:
    TextSnapshotReader(const std::vector<CodecContext::Lane>& lanes, IdReader& ids)
        : columns_(lanes), ids_(ids), bytes_(ids.bytes()) {}

    bool run(TextStore& store);

private:
    bool takeElements();
    void takeSpans();
    bool takeFinal();
    bool takeDeletions();
    bool fillElements();
    OpId take(CodecContext& column) { return IdReader(column, bytes_).takeId(); }

    TextColumns columns_;
    IdReader& ids_;
    ByteReader& bytes_;
    std::vector<std::pair<ReplicaId, Elements>> authors_;
    std::vector<TextStore::Span> spans_;
    std::vector<TextStore::Deletion> deletions_;  // final ones first
    std::size_t finals_ = 0;
    std::vector<OpId> revoked_;
};

}  // namespace pe::crdt
