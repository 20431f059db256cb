// SPDX-License-Identifier: MIT
#include "content_oracle.hpp"

#include <algorithm>

namespace pe::simulation {
namespace {

using crdt::OpId;

}  // namespace

// FugueMax on single elements: between the two origins stand only elements the author did not know.
// One that hangs further left ends the search; of those with the same left origin the one whose
// right origin is further away goes in front, and equals go by id.
void ContentOracle::insert(Letters& letters, const Letter& letter) {
    auto& order = letters.order;
    const auto indexOf = [&](OpId id, std::ptrdiff_t otherwise) {
        if (!id)
            return otherwise;
        const auto at = std::find_if(order.begin(), order.end(),
                                     [&](const Letter& each) { return each.id == id; });
        return at - order.begin();
    };
    const auto end = static_cast<std::ptrdiff_t>(order.size());
    const std::ptrdiff_t left = indexOf(letter.left, -1);
    const std::ptrdiff_t right = indexOf(letter.right, end);
    std::ptrdiff_t found = left + 1;
    bool passing = false;
    for (std::ptrdiff_t at = left + 1;; ++at) {
        if (!passing)
            found = at;
        if (at == right)
            break;
        const Letter& other = order[static_cast<std::size_t>(at)];
        const std::ptrdiff_t otherLeft = indexOf(other.left, -1);
        const std::ptrdiff_t otherRight = indexOf(other.right, end);
        if (otherLeft < left)
            break;
        if (otherLeft > left)
            continue;
        if (otherRight == right) {
            if (letter.id < other.id)
                break;
            passing = false;
        } else {
            passing = otherRight < right;
        }
    }
    order.insert(order.begin() + found, letter);
}

void ContentOracle::apply(const crdt::Operation& operation, OpId op, crdt::Hlc hlc) {
    if (const auto* create = std::get_if<crdt::Create>(&operation)) {
        ++created_;
        for (std::string_view pack = create->registers.bytes(); !pack.empty();) {
            const auto [key, value] = crdt::RegisterPack::takeFront(pack);
            versions_[{op, key}].push_back({std::string(value), hlc, op});
        }
        OpId id{op.replica, op.counter + 1};
        for (const crdt::InitialText& text : create->texts) {
            OpId left;
            for (const crdt::Element each : text.elements) {
                texts_[{op, text.key}].order.push_back({id, left, {}, each});
                left = id;
                ++id.counter;
            }
        }
    } else if (const auto* set = std::get_if<crdt::Set>(&operation)) {
        auto& versions = versions_[{set->node, set->key}];
        std::erase_if(versions, [set](const OracleVersion& each) {
            return std::find(set->supersedes.begin(), set->supersedes.end(), each.op) !=
                   set->supersedes.end();
        });
        versions.push_back({set->absent ? std::nullopt : std::optional(set->value), set->hlc, op});
    } else if (const auto* insertion = std::get_if<crdt::TextInsert>(&operation)) {
        Letter letter{op, insertion->leftOrigin, insertion->rightOrigin, 0};
        for (const crdt::Element each : insertion->elements) {
            letter.element = each;
            insert(texts_[{insertion->node, insertion->key}], letter);
            letter.left = letter.id;
            ++letter.id.counter;
        }
    } else if (const auto* erase = std::get_if<crdt::TextDelete>(&operation)) {
        texts_[{erase->node, erase->key}].deletions[op] = erase->ranges;
    } else if (const auto* undelete = std::get_if<crdt::TextUndelete>(&operation)) {
        texts_[{undelete->node, undelete->key}].revoked.insert(undelete->deletion);
    }
}

void ContentOracle::apply(const crdt::Change& change) {
    OpId op{change.replica, change.firstCounter};
    for (const crdt::Operation& each : change.operations) {
        apply(each, op, change.hlc);
        op.counter += static_cast<std::uint32_t>(crdt::counterSpan(each));
    }
}

std::vector<OracleVersion> ContentOracle::versions(const Place& place) const {
    const auto at = versions_.find(place);
    if (at == versions_.end())
        return {};
    std::vector<OracleVersion> all = at->second;
    std::sort(all.begin(), all.end(), [](const OracleVersion& a, const OracleVersion& b) {
        return std::tie(a.hlc, a.op) > std::tie(b.hlc, b.op);
    });
    return all;
}

crdt::Elements ContentOracle::text(const Place& place) const {
    const auto at = texts_.find(place);
    if (at == texts_.end())
        return {};
    std::set<OpId> hidden;
    for (const auto& [op, ranges] : at->second.deletions) {
        if (at->second.revoked.count(op) != 0)
            continue;
        for (const crdt::ElementRange& range : ranges)
            for (std::uint32_t i = 0; i < range.count; ++i)
                hidden.insert({range.first.replica, range.first.counter + i});
    }
    crdt::Elements text;
    for (const Letter& each : at->second.order)
        if (hidden.count(each.id) == 0)
            text.push_back(each.element);
    return text;
}

std::set<ContentOracle::Place> ContentOracle::registers() const {
    std::set<Place> all;
    for (const auto& [place, versions] : versions_)
        all.insert(place);
    return all;
}

std::set<ContentOracle::Place> ContentOracle::texts() const {
    std::set<Place> all;
    for (const auto& [place, letters] : texts_)
        all.insert(place);
    return all;
}

}  // namespace pe::simulation
