// SPDX-License-Identifier: MIT
#include "codec_tags.hpp"
#include "id_codec.hpp"
#include "pe/crdt/codec.hpp"
#include "stroke_codec.hpp"
#include "time_codec.hpp"

namespace pe::crdt {
namespace {

class ChangeWriter {
public:
    ChangeWriter(const Change& change, IdWriter& ids)
        : change_(change), ids_(ids), out_(ids.out()) {}

    void run() {
        header();
        OpId op{change_.replica, change_.firstCounter};
        for (const Operation& operation : change_.operations) {
            here_ = op;
            std::visit([this](const auto& each) { put(each); }, operation);
            op.counter += static_cast<std::uint32_t>(counterSpan(operation));
        }
        lane().nextCounter = op.counter;
    }

private:
    CodecContext::Lane& lane() { return ids_.context().lanes[lane_]; }

    void header() {
        CodecContext& context = ids_.context();
        const bool isShort = change_.hlc.logical() == 0 && change_.operations.size() == 1;
        const bool sameLabel = isShort && change_.label == context.label;
        const bool sameNames =
            sameLabel && !change_.author.empty() && change_.author == context.author;
        const std::size_t start = out_.size();
        std::uint8_t flags = sameNames   ? tag::kShortFormSameNames
                             : sameLabel ? tag::kShortFormSameLabel
                             : isShort   ? tag::kShortForm
                                         : tag::kLongForm;
        if (!change_.author.empty() && !sameNames)
            flags |= tag::kHasAuthor;
        if (!change_.label.empty() && !sameLabel)
            flags |= tag::kHasLabel;
        if (change_.reducerVersion != kReducerVersion)
            flags |= tag::kOtherReducer;
        out_.push_back(0);
        lane_ = ids_.putReplica(change_.replica);
        context.lastLane = lane_;
        if (lane().nextCounter != change_.firstCounter) {
            flags |= tag::kNamesCounter;
            putVarint(out_, change_.firstCounter);
        }
        putTime(ids_, change_, !isShort);
        putBase(ids_, change_);
        if (flags & tag::kOtherReducer)
            putVarint(out_, change_.reducerVersion);
        if (flags & tag::kHasAuthor)
            putBytes(out_, change_.author);
        if (flags & tag::kHasLabel)
            putBytes(out_, change_.label);
        context.label = change_.label;
        context.author = change_.author;
        if (!isShort)
            putVarint(out_, change_.operations.size());
        out_[start] = static_cast<char>(flags);
    }

    void tagByte(std::uint8_t kind, std::uint8_t flags = 0) {
        out_.push_back(static_cast<char>(kind | flags));
    }

    void place(const Place& place) {
        ids_.putId(place.parent);
        ids_.putId(place.after);
        ids_.putId(place.before);
    }

    void elements(ElementsView elements) {
        putVarint(out_, elements.size());
        for (const Element each : elements)
            putVarint(out_, each);
    }

    // The first byte of a content operation, and its node and key unless they are as before.
    void target(std::uint8_t kind, std::uint8_t flags, NodeId node, std::uint8_t key) {
        const bool same = lane().node == node && lane().key == key;
        tagByte(kind, static_cast<std::uint8_t>(flags | (same ? tag::kSameTarget : 0)));
        if (same)
            return;
        ids_.putId(node);
        out_.push_back(static_cast<char>(key));
        lane().node = node;
        lane().key = key;
    }

    void put(const Create& op) {
        tagByte(tag::kCreate,
                static_cast<std::uint8_t>((op.registers.empty() ? 0 : tag::kCreateRegisters) |
                                          (op.texts.empty() ? 0 : tag::kCreateTexts)));
        place(op.place);
        if (!op.registers.empty())
            putBytes(out_, op.registers.bytes());
        if (op.texts.empty())
            return;
        putVarint(out_, op.texts.size());
        for (const InitialText& text : op.texts) {
            out_.push_back(static_cast<char>(text.key));
            elements(text.elements);
        }
    }

    void put(const Move& op) {
        tagByte(tag::kMove, op.restores ? tag::kMoveRestores : 0);
        ids_.putId(op.node);
        place(op.place);
        if (op.restores)
            ids_.putId(op.restores);
    }

    void put(const Delete& op) {
        const bool other = op.baseSequence != change_.base;
        tagByte(tag::kDelete, other ? tag::kDeleteOtherBase : 0);
        ids_.putId(op.node);
        if (other)
            putVarint(out_, op.baseSequence);
    }

    void put(const Restore& op) {
        tagByte(tag::kRestore);
        ids_.putId(op.node);
    }

    void put(const Set& op) {
        std::uint8_t flags = 0;
        if (op.absent)
            flags |= tag::kSetAbsent;
        if (op.hlc != change_.hlc)
            flags |= tag::kSetOtherTime;
        if (op.restores || op.restoresNothing)
            flags |= tag::kSetRestores;
        target(tag::kSet, flags, op.node, op.key);
        if (!op.absent)
            putBytes(out_, op.value);
        if (flags & tag::kSetOtherTime)
            putFixed64(out_, op.hlc.value);
        putVarint(out_, op.supersedes.size());
        for (const OpId& each : op.supersedes)
            ids_.putId(each);
        if (flags & tag::kSetRestores)
            ids_.putId(op.restoresNothing ? OpId{} : op.restores);
    }

    void put(const TextInsert& op) {
        std::uint8_t flags = 0;
        const bool follows =
            here_.counter > 1 && op.leftOrigin == OpId{here_.replica, here_.counter - 1};
        if (follows)
            flags |= tag::kInsertAfterPrevious;
        if (op.rightOrigin == lane().rightOrigin)
            flags |= tag::kInsertSameRight;
        target(tag::kInsert, flags, op.node, op.key);
        if (!follows)
            ids_.putId(op.leftOrigin);
        if (!(flags & tag::kInsertSameRight))
            ids_.putId(op.rightOrigin);
        lane().rightOrigin = op.rightOrigin;
        elements(op.elements);
    }

    void put(const TextDelete& op) {
        target(tag::kErase, 0, op.node, op.key);
        putVarint(out_, op.ranges.size());
        for (const ElementRange& range : op.ranges) {
            ids_.putId(range.first);
            putVarint(out_, range.count);
        }
    }

    void put(const TextUndelete& op) {
        target(tag::kUndelete, 0, op.node, op.key);
        ids_.putId(op.deletion);
    }

    void put(const Unknown& op) {
        tagByte(tag::kUnknown);
        putVarint(out_, op.kind);
        putVarint(out_, op.span);
        putBytes(out_, op.body);
    }

    const Change& change_;
    IdWriter& ids_;
    std::string& out_;
    std::size_t lane_ = 0;
    OpId here_;
};

}  // namespace

void encodeChange(const Change& change, CodecContext& context, std::string& out) {
    IdWriter ids(context, out);
    if (isStroke(change, context))
        putStroke(change, ids);
    else
        ChangeWriter(change, ids).run();
}

std::string encodeChange(const Change& change) {
    CodecContext context;
    std::string out;
    encodeChange(change, context, out);
    return out;
}

std::string encodeBatch(const std::vector<SharedChange>& changes) {
    CodecContext context;
    std::string out;
    out.push_back(static_cast<char>(tag::kBatchVersion));
    putVarint(out, changes.size());
    for (const SharedChange& change : changes)
        encodeChange(*change, context, out);
    return out;
}

std::string encodePrior(const std::vector<Prior>& prior) {
    CodecContext context;
    std::string out;
    IdWriter ids(context, out);
    out.push_back(static_cast<char>(tag::kPriorVersion));
    putVarint(out, prior.size());
    for (const Prior& each : prior) {
        if (const auto* value = std::get_if<PriorValue>(&each)) {
            putVarint(out, value->value ? 1 : 0);
            putVarint(out, value->operation);
            if (value->value)
                putBytes(out, *value->value);
            ids.putId(value->origin);
            continue;
        }
        const auto& place = std::get<PriorPlace>(each);
        putVarint(out, 2);
        putVarint(out, place.operation);
        ids.putId(place.place.parent);
        ids.putId(place.place.after);
        ids.putId(place.place.before);
        ids.putId(place.origin);
    }
    return out;
}

}  // namespace pe::crdt
