// SPDX-License-Identifier: MIT
#include "text_snapshot.hpp"

#include <algorithm>

#include "snapshot_layout.hpp"

namespace pe::crdt {
namespace {

using Span = TextStore::Span;
using Deletion = TextStore::Deletion;

constexpr Element kForgotten = U' ';  // stands where a final deletion left nothing

bool byFirst(const Span& left, const Span& right) {
    return left.first < right.first;
}

OpId behind(OpId id, std::int64_t distance) {
    return {id.replica, static_cast<std::uint32_t>(id.counter + distance)};
}

// Sorts ranges and joins those that touch or overlap.
void unite(std::vector<ElementRange>& ranges) {
    std::sort(ranges.begin(), ranges.end(),
              [](const ElementRange& a, const ElementRange& b) { return a.first < b.first; });
    std::vector<ElementRange> united;
    for (const ElementRange& each : ranges) {
        if (!united.empty() && united.back().first.replica == each.first.replica &&
            united.back().first.counter + united.back().count >= each.first.counter) {
            ElementRange& last = united.back();
            last.count = std::max(last.count, each.first.counter + each.count - last.first.counter);
        } else {
            united.push_back(each);
        }
    }
    ranges = std::move(united);
}

// How many of the deletions behind `at` repeat it, each with the next number and one step further.
std::uint32_t repeatsOf(const std::vector<Deletion>& all, std::size_t at, std::int64_t step) {
    std::uint32_t repeats = 0;
    while (at + repeats + 1 < all.size() && repeats < snapshot::kMostRepeats) {
        const Deletion& last = all[at + repeats];
        const Deletion& next = all[at + repeats + 1];
        if (next.op != behind(last.op, 1) || next.range.count != last.range.count ||
            next.range.first != behind(last.range.first, step))
            break;
        ++repeats;
    }
    return repeats;
}

std::int64_t stepBehind(const std::vector<Deletion>& all, std::size_t at) {
    if (at + 1 >= all.size() || all[at + 1].range.first.replica != all[at].range.first.replica)
        return 0;
    return std::int64_t{all[at + 1].range.first.counter} - all[at].range.first.counter;
}

}  // namespace

// Which deletions have become final, and what of the others is to be kept.
void TextSnapshotWriter::sortOut(const TextStore& store) {
    for (const OpId& each : store.revoked())
        if (!core_.isFinal(each))
            revoked_.push_back(each);
    for (const Deletion& each : store.deletions()) {
        if (each.op && !core_.isFinal(each.op))
            deletions_.push_back(each);
        else if (!each.op || !store.isRevoked(each.op))
            final_.push_back(each.range);
    }
    unite(final_);
}

bool TextSnapshotWriter::isFinal(OpId element) const {
    const auto behindIt =
        std::upper_bound(final_.begin(), final_.end(), element,
                         [](const OpId& id, const ElementRange& each) { return id < each.first; });
    if (behindIt == final_.begin())
        return false;
    const ElementRange& range = *(behindIt - 1);
    return range.first.replica == element.replica &&
           element.counter - range.first.counter < range.count;
}

void TextSnapshotWriter::putElements(const TextStore& store, const std::vector<Span>& spans) {
    std::vector<Span> inOrder = spans;
    std::sort(inOrder.begin(), inOrder.end(), byFirst);
    const auto authors = store.authors();
    putVarint(out_, authors.size());
    auto span = inOrder.begin();
    for (const ReplicaId author : authors) {
        putFixed64(out_, author);
        const Elements all = store.elementsBy(author);
        Elements kept;
        kept.reserve(all.size());
        std::size_t at = 0;
        for (; span != inOrder.end() && span->first.replica == author; ++span)
            for (std::uint32_t i = 0; i < span->count; ++i, ++at)
                if (final_.empty() || !isFinal(behind(span->first, i)))
                    kept.push_back(all[at]);
        putVarint(out_, kept.size());
        for (const Element each : kept)
            putVarint(out_, each);
    }
}

void TextSnapshotWriter::putSpans(const std::vector<Span>& spans) {
    putVarint(out_, spans.size());
    OpId previous;
    for (const Span& each : spans) {
        const bool own = each.leftOrigin && each.leftOrigin == behind(each.first, -1);
        const bool follows = !own && previous && each.leftOrigin == previous;
        const bool named = each.leftOrigin && !own && !follows;
        out_.push_back(static_cast<char>(
            (named ? snapshot::kLeft : 0) | (each.rightOrigin ? snapshot::kRight : 0) |
            (own ? snapshot::kLeftIsOwn : 0) | (follows ? snapshot::kLeftIsPrevious : 0)));
        if (named)
            put(columns_.left, each.leftOrigin);
        if (each.rightOrigin)
            put(columns_.right, each.rightOrigin);
        ids_.putId(each.first);
        putVarint(out_, each.count);
        previous = behind(each.first, std::int64_t{each.count} - 1);
    }
}

void TextSnapshotWriter::putFinal() {
    putVarint(out_, final_.size());
    CodecContext column{columns_.left.lanes, {}, 0, {}, {}};
    for (CodecContext::Lane& each : column.lanes)
        each.lastNamed = 0;
    for (const ElementRange& each : final_) {
        put(column, each.first);
        putVarint(out_, each.count);
    }
}

void TextSnapshotWriter::putDeletions() {
    std::size_t rows = 0;
    std::string body;
    body.swap(out_);
    for (std::size_t at = 0; at < deletions_.size(); ++rows) {
        const std::int64_t step = stepBehind(deletions_, at);
        const std::uint32_t repeats = repeatsOf(deletions_, at, step);
        put(columns_.deletion, deletions_[at].op);
        put(columns_.deleted, deletions_[at].range.first);
        putVarint(out_, deletions_[at].range.count);
        putVarint(out_, repeats);
        if (repeats > 0)
            putSigned(out_, step);
        at += repeats + 1;
    }
    body.swap(out_);
    putVarint(out_, rows);
    out_ += body;
    putVarint(out_, revoked_.size());
    for (const OpId& each : revoked_)
        put(columns_.deletion, each);
}

void TextSnapshotWriter::run(const TextStore& store) {
    sortOut(store);
    const std::vector<Span> spans = store.spans();
    putElements(store, spans);
    putSpans(spans);
    putFinal();
    putDeletions();
}

bool TextSnapshotReader::takeElements() {
    for (std::size_t i = bytes_.count(Limits::kReplicas, 9); i > 0; --i) {
        const ReplicaId author = bytes_.fixed64();
        if (!authors_.empty() && author <= authors_.back().first)
            return false;
        Elements elements;
        const std::size_t count = bytes_.count(SIZE_MAX);
        elements.reserve(count);
        for (std::size_t at = 0; at < count; ++at) {
            const std::uint64_t element = bytes_.varint();
            if (element > kMaxElement)
                bytes_.fail();
            elements.push_back(static_cast<Element>(element));
        }
        authors_.emplace_back(author, std::move(elements));
    }
    return bytes_.ok();
}

void TextSnapshotReader::takeSpans() {
    OpId previous;
    for (std::size_t i = bytes_.count(SIZE_MAX, 4); i > 0 && bytes_.ok(); --i) {
        const std::uint8_t flags = bytes_.byte();
        Span span;
        if (flags & snapshot::kLeft)
            span.leftOrigin = take(columns_.left);
        if (flags & snapshot::kRight)
            span.rightOrigin = take(columns_.right);
        span.first = ids_.takeId();
        span.count = bytes_.varint32();
        if (flags & snapshot::kLeftIsOwn)
            span.leftOrigin = behind(span.first, -1);
        if (flags & snapshot::kLeftIsPrevious)
            span.leftOrigin = previous;
        previous = behind(span.first, std::int64_t{span.count} - 1);
        spans_.push_back(span);
    }
}

bool TextSnapshotReader::takeFinal() {
    CodecContext column{columns_.left.lanes, {}, 0, {}, {}};
    for (CodecContext::Lane& each : column.lanes)
        each.lastNamed = 0;
    OpId end;
    for (std::size_t i = bytes_.count(SIZE_MAX, 3); i > 0 && bytes_.ok(); --i) {
        const OpId first = take(column);
        const std::uint32_t count = bytes_.varint32();
        if (!first || count == 0 || first < end || count > 0xFFFFFFFF - first.counter)
            return false;
        end = behind(first, count);
        deletions_.push_back({{}, {first, count}});
    }
    finals_ = deletions_.size();
    return bytes_.ok();
}

bool TextSnapshotReader::takeDeletions() {
    for (std::size_t i = bytes_.count(SIZE_MAX, 5); i > 0 && bytes_.ok(); --i) {
        Deletion deletion{take(columns_.deletion), {take(columns_.deleted), bytes_.varint32()}};
        const std::uint32_t repeats = bytes_.varint32();
        const std::int64_t step = repeats > 0 ? bytes_.signedVarint() : 0;
        if (!deletion.op || repeats > snapshot::kMostRepeats ||
            deletions_.size() + repeats >= snapshot::kMostDeletions)
            return false;
        deletions_.push_back(deletion);
        for (std::uint32_t at = 0; at < repeats; ++at) {
            deletion.op = behind(deletion.op, 1);
            deletion.range.first = behind(deletion.range.first, step);
            deletions_.push_back(deletion);
        }
    }
    for (std::size_t i = bytes_.count(SIZE_MAX, 2); i > 0 && bytes_.ok(); --i)
        revoked_.push_back(take(columns_.deletion));
    return bytes_.ok();
}

// Puts something where final deletions left nothing, so that elements and runs fit again.
bool TextSnapshotReader::fillElements() {
    if (finals_ == 0)
        return true;
    std::vector<Span> inOrder = spans_;
    std::sort(inOrder.begin(), inOrder.end(), byFirst);
    std::size_t final = 0;
    auto span = inOrder.begin();
    for (auto& [author, kept] : authors_) {
        Elements all;
        std::size_t at = 0;
        for (; span != inOrder.end() && span->first.replica == author; ++span) {
            for (std::uint64_t i = 0; i < span->count; ++i) {
                const std::uint64_t counter = span->first.counter + i;
                const auto isBehind = [counter, replica = author](const ElementRange& range) {
                    return range.first.replica < replica ||
                           (range.first.replica == replica &&
                            std::uint64_t{range.first.counter} + range.count <= counter);
                };
                while (final < finals_ && isBehind(deletions_[final].range))
                    ++final;
                const bool gone = final < finals_ &&
                                  deletions_[final].range.first.replica == author &&
                                  deletions_[final].range.first.counter <= counter;
                if ((!gone && at == kept.size()) || all.size() == snapshot::kMostElements)
                    return false;
                all.push_back(gone ? kForgotten : kept[at++]);
            }
        }
        if (at != kept.size())
            return false;
        kept = std::move(all);
    }
    return true;
}

bool TextSnapshotReader::run(TextStore& store) {
    if (!takeElements())
        return false;
    takeSpans();
    if (!bytes_.ok() || !takeFinal() || !takeDeletions() || !fillElements())
        return false;
    return store.load(authors_, spans_, deletions_, revoked_);
}

}  // namespace pe::crdt
