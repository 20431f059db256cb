// SPDX-License-Identifier: MIT
#include <algorithm>
#include <utility>

#include "codec_tags.hpp"
#include "id_codec.hpp"
#include "pe/crdt/codec.hpp"
#include "stroke_codec.hpp"
#include "time_codec.hpp"

namespace pe::crdt {
namespace {

class ChangeReader {
public:
    ChangeReader(std::uint8_t firstByte, IdReader& ids)
        : flags_(firstByte), ids_(ids), bytes_(ids.bytes()) {}

    Change run() {
        const std::size_t count = header();
        change_.operations.reserve(std::min<std::size_t>(count, 4096));
        std::uint64_t counter = change_.firstCounter;
        for (std::size_t i = 0; i < count && bytes_.ok(); ++i) {
            here_ = {change_.replica, static_cast<std::uint32_t>(counter)};
            change_.operations.push_back(operation());
            const std::uint64_t span = counterSpan(change_.operations.back());
            counter += span;
            if (span == 0 || counter > 0xFFFFFFFF)
                bytes_.fail();
        }
        if (bytes_.ok())
            lane().nextCounter = static_cast<std::uint32_t>(counter);
        return std::move(change_);
    }

private:
    CodecContext::Lane& lane() { return ids_.context().lanes[lane_]; }

    std::size_t header() {
        const int form = flags_ & 0x0F;
        const bool isShort = form == tag::kShortForm || form == tag::kShortFormSameLabel ||
                             form == tag::kShortFormSameNames;
        if (!isShort && form != tag::kLongForm)
            bytes_.fail();
        lane_ = ids_.takeReplica(bytes_.varint());
        if (!bytes_.ok())
            return 0;
        ids_.context().lastLane = lane_;
        change_.replica = lane().replica;
        change_.firstCounter = flags_ & tag::kNamesCounter ? bytes_.varint32() : lane().nextCounter;
        takeTime(ids_, change_, !isShort);
        takeBase(ids_, change_);
        if (flags_ & tag::kOtherReducer)
            change_.reducerVersion = bytes_.varint32();
        names(form);
        if (change_.firstCounter == 0)
            bytes_.fail();
        return isShort ? 1 : bytes_.count(Limits::kOperations, 2);
    }

    // Label and author: of the context, or named, or empty.
    void names(int form) {
        CodecContext& context = ids_.context();
        const bool sameAuthor = form == tag::kShortFormSameNames;
        const bool sameLabel = sameAuthor || form == tag::kShortFormSameLabel;
        if ((sameAuthor && (flags_ & tag::kHasAuthor)) || (sameLabel && (flags_ & tag::kHasLabel)))
            bytes_.fail();
        if (sameAuthor)
            change_.author = context.author;
        else if (flags_ & tag::kHasAuthor)
            change_.author = bytes_.bytes(Limits::kAuthorBytes);
        if (sameLabel)
            change_.label = context.label;
        else if (flags_ & tag::kHasLabel)
            change_.label = bytes_.bytes(Limits::kLabelBytes);
        context.author = change_.author;
        context.label = change_.label;
    }

    Operation operation() {
        const std::uint8_t first = bytes_.byte();
        const auto flags = static_cast<std::uint8_t>(first & 0xF0);
        switch (first & 0x0F) {
            case tag::kCreate:
                return create(flags);
            case tag::kMove:
                return move(flags);
            case tag::kDelete:
                return remove(flags);
            case tag::kRestore:
                only(flags, 0);
                return Restore{ids_.takeId()};
            case tag::kSet:
                return set(flags);
            case tag::kInsert:
                return insert(flags);
            case tag::kErase:
                return erase(flags);
            case tag::kUndelete:
                return undelete(flags);
            case tag::kUnknown:
                only(flags, 0);
                return unknown();
            default:
                bytes_.fail();
                return Restore{};
        }
    }

    // Flags without a meaning are a failure, so that they can get one.
    void only(std::uint8_t flags, std::uint8_t known) {
        if ((flags & ~known) != 0)
            bytes_.fail();
    }

    Place place() {
        Place place;
        place.parent = ids_.takeId();
        place.after = ids_.takeId();
        place.before = ids_.takeId();
        return place;
    }

    Elements elements(std::size_t limit) {
        Elements elements;
        const std::size_t count = bytes_.count(limit);
        elements.reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint64_t element = bytes_.varint();
            if (element > kMaxElement)
                bytes_.fail();
            elements.push_back(static_cast<Element>(element));
        }
        return elements;
    }

    std::pair<NodeId, std::uint8_t> target(std::uint8_t flags) {
        if (!(flags & tag::kSameTarget)) {
            const NodeId node = ids_.takeId();
            const std::uint8_t key = bytes_.byte();
            lane().node = node;
            lane().key = key;
        }
        return {lane().node, lane().key};
    }

    Create create(std::uint8_t flags) {
        only(flags, tag::kCreateRegisters | tag::kCreateTexts);
        Create op;
        op.place = place();
        if (flags & tag::kCreateRegisters) {
            auto pack = RegisterPack::fromBytes(bytes_.bytes(Limits::kPackBytes));
            if (!pack || pack->empty())
                bytes_.fail();
            else
                op.registers = std::move(*pack);
        }
        if (!(flags & tag::kCreateTexts))
            return op;
        const std::size_t count = bytes_.count(256, 2);
        int last = -1;
        for (std::size_t i = 0; i < count && bytes_.ok(); ++i) {
            const std::uint8_t key = bytes_.byte();
            if (key <= last)
                bytes_.fail();
            last = key;
            op.texts.push_back({key, elements(Limits::kInitialElements)});
        }
        return op;
    }

    Move move(std::uint8_t flags) {
        only(flags, tag::kMoveRestores);
        Move op;
        op.node = ids_.takeId();
        op.place = place();
        if (flags & tag::kMoveRestores)
            op.restores = ids_.takeId();
        return op;
    }

    Delete remove(std::uint8_t flags) {
        only(flags, tag::kDeleteOtherBase);
        Delete op{ids_.takeId(), change_.base};
        if (flags & tag::kDeleteOtherBase)
            op.baseSequence = bytes_.varint();
        return op;
    }

    Set set(std::uint8_t flags) {
        Set op;
        std::tie(op.node, op.key) = target(flags);
        op.absent = (flags & tag::kSetAbsent) != 0;
        if (!op.absent)
            op.value = bytes_.bytes(Limits::kValueBytes);
        op.hlc = flags & tag::kSetOtherTime ? Hlc{bytes_.fixed64()} : change_.hlc;
        const std::size_t count = bytes_.count(Limits::kSupersedes, 2);
        op.supersedes.reserve(count);
        for (std::size_t i = 0; i < count && bytes_.ok(); ++i)
            op.supersedes.push_back(ids_.takeId());
        if (flags & tag::kSetRestores) {
            op.restores = ids_.takeId();
            op.restoresNothing = !op.restores;
        }
        return op;
    }

    TextInsert insert(std::uint8_t flags) {
        only(flags, tag::kSameTarget | tag::kInsertAfterPrevious | tag::kInsertSameRight);
        TextInsert op;
        std::tie(op.node, op.key) = target(flags);
        const bool follows = (flags & tag::kInsertAfterPrevious) != 0;
        if (follows && here_.counter < 2)
            bytes_.fail();
        op.leftOrigin = follows ? OpId{here_.replica, here_.counter - 1} : ids_.takeId();
        op.rightOrigin = flags & tag::kInsertSameRight ? lane().rightOrigin : ids_.takeId();
        lane().rightOrigin = op.rightOrigin;
        op.elements = elements(Limits::kInsertElements);
        return op;
    }

    TextDelete erase(std::uint8_t flags) {
        only(flags, tag::kSameTarget);
        TextDelete op;
        std::tie(op.node, op.key) = target(flags);
        const std::size_t count = bytes_.count(Limits::kRanges, 3);
        op.ranges.reserve(count);
        for (std::size_t i = 0; i < count && bytes_.ok(); ++i) {
            const OpId first = ids_.takeId();
            op.ranges.push_back({first, bytes_.varint32()});
        }
        return op;
    }

    TextUndelete undelete(std::uint8_t flags) {
        only(flags, tag::kSameTarget);
        TextUndelete op;
        std::tie(op.node, op.key) = target(flags);
        op.deletion = ids_.takeId();
        return op;
    }

    Unknown unknown() {
        Unknown op;
        op.kind = bytes_.varint32();
        op.span = bytes_.varint32();
        op.body = bytes_.bytes(Limits::kUnknownBytes);
        return op;
    }

    std::uint8_t flags_;
    Change change_;
    IdReader& ids_;
    ByteReader& bytes_;
    std::size_t lane_ = 0;
    OpId here_;
};

tl::unexpected<Error> damaged() {
    return fail(ErrorCode::Corrupt, "The bytes of a change are damaged.");
}

}  // namespace

Result<Change> decodeChange(std::string_view& bytes, CodecContext& context) {
    CodecContext after = context;
    ByteReader reader(bytes);
    IdReader ids(after, reader);
    const std::uint8_t first = reader.byte();
    Change change = isStroke(first) ? takeStroke(first, ids) : ChangeReader(first, ids).run();
    if (!reader.ok())
        return damaged();
    bytes.remove_prefix(reader.position());
    context = std::move(after);
    return change;
}

Result<Change> decodeChange(std::string_view bytes) {
    CodecContext context;
    PE_TRY_ASSIGN(Change change, decodeChange(bytes, context));
    if (!bytes.empty())
        return damaged();
    return change;
}

Result<std::vector<SharedChange>> decodeBatch(std::string_view bytes) {
    CodecContext context;
    ByteReader reader(bytes);
    if (reader.byte() != tag::kBatchVersion)
        return damaged();
    const std::size_t count = reader.count(Limits::kOperations, 3);
    if (!reader.ok())
        return damaged();
    bytes.remove_prefix(reader.position());
    std::vector<SharedChange> changes;
    changes.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        PE_TRY_ASSIGN(Change change, decodeChange(bytes, context));
        changes.push_back(std::make_shared<const Change>(std::move(change)));
    }
    if (!bytes.empty())
        return damaged();
    return changes;
}

Result<std::vector<Prior>> decodePrior(std::string_view bytes) {
    CodecContext context;
    ByteReader reader(bytes);
    IdReader ids(context, reader);
    if (reader.byte() != tag::kPriorVersion)
        return damaged();
    std::vector<Prior> all;
    const std::size_t count = reader.count(Limits::kOperations, 3);
    for (std::size_t i = 0; i < count && reader.ok(); ++i) {
        const std::uint64_t kind = reader.varint();
        const std::uint32_t operation = reader.varint32();
        if (kind < 2) {
            PriorValue value{operation, std::nullopt, {}};
            if (kind == 1)
                value.value = std::string(reader.bytes(Limits::kValueBytes));
            value.origin = ids.takeId();
            all.emplace_back(std::move(value));
        } else if (kind == 2) {
            PriorPlace place;
            place.operation = operation;
            place.place.parent = ids.takeId();
            place.place.after = ids.takeId();
            place.place.before = ids.takeId();
            place.origin = ids.takeId();
            all.emplace_back(place);
        } else {
            reader.fail();
        }
    }
    if (!reader.ok() || !reader.atEnd())
        return damaged();
    return all;
}

}  // namespace pe::crdt
