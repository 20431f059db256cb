// SPDX-License-Identifier: MIT
#include "content.hpp"

#include <algorithm>

#include "text_store.hpp"

namespace pe::crdt {
namespace {

// The order in which versions win; total, because ids are unique.
bool wins(const VersionView& left, const VersionView& right) {
    return std::tie(left.hlc, left.op) > std::tie(right.hlc, right.op);
}

VersionView view(const Version& version) {
    return {version.value, version.absent, version.hlc, version.op, version.origin};
}

}  // namespace

bool Content::hasVersions(NodeHandle node, RegisterKey key) const {
    const Extra* extra = nodes_[node].extra.get();
    return extra != nullptr && std::any_of(extra->versions.begin(), extra->versions.end(),
                                           [key](const Version& each) { return each.key == key; });
}

std::optional<VersionView> Content::shown(NodeHandle node, RegisterKey key) const {
    const Node& at = nodes_[node];
    std::optional<VersionView> best;
    bool any = false;
    if (at.extra) {
        for (const Version& each : at.extra->versions) {
            if (each.key != key)
                continue;
            any = true;
            if (each.hiddenBy == 0 && (!best || wins(view(each), *best)))
                best = view(each);
        }
    }
    if (any)
        return best;
    if (const auto value = RegisterPack::find(at.pack, key))
        return VersionView{*value, false, at.born, at.id, at.id};
    return std::nullopt;
}

std::vector<VersionView> Content::versions(NodeHandle node, RegisterKey key) const {
    std::vector<VersionView> all;
    if (!hasVersions(node, key)) {
        if (const auto only = shown(node, key))
            all.push_back(*only);
        return all;
    }
    for (const Version& each : nodes_[node].extra->versions)
        if (each.key == key && each.hiddenBy == 0)
            all.push_back(view(each));
    std::sort(all.begin(), all.end(), wins);
    return all;
}

std::vector<RegisterKey> Content::keys(NodeHandle node) const {
    std::vector<RegisterKey> keys;
    for (std::string_view pack = nodes_[node].pack; !pack.empty();)
        keys.push_back(RegisterPack::takeFront(pack).first);
    if (nodes_[node].extra)
        for (const Version& each : nodes_[node].extra->versions)
            keys.push_back(each.key);
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
}

const Text* Content::text(NodeHandle node, TextKey key) const {
    const Extra* extra = nodes_[node].extra.get();
    if (extra == nullptr)
        return nullptr;
    for (const TextEntry& each : extra->texts)
        if (each.key == key)
            return &each.text;
    return nullptr;
}

Text& Content::ensureText(NodeHandle node, TextKey key) {
    auto& texts = nodes_.extra(node).texts;
    const auto at =
        std::lower_bound(texts.begin(), texts.end(), key,
                         [](const TextEntry& each, TextKey wanted) { return each.key < wanted; });
    if (at != texts.end() && at->key == key)
        return at->text;
    return texts.insert(at, TextEntry{key, Text()})->text;
}

void Content::init(NodeHandle node, const Create& create, OpId op, Hlc hlc) {
    nodes_[node].pack = nodes_.keep(create.registers.bytes());
    nodes_[node].born = hlc;
    std::uint32_t counter = op.counter + 1;
    for (const InitialText& text : create.texts) {
        if (text.elements.empty())
            continue;
        splices_.clear();
        ensureText(node, text.key)
            .store()
            .insert({op.replica, counter}, {}, {}, text.elements, splices_);
        counter += static_cast<std::uint32_t>(text.elements.size());
    }
}

void Content::clear(NodeHandle node) {
    nodes_[node].pack = {};
    nodes_[node].extra.reset();
}

void Content::registerChanged(NodeHandle node, RegisterKey key, OpId op) {
    if (muted_ || nodes_.isFresh(node))
        return;
    Effect effect;
    effect.kind = EffectKind::RegisterChanged;
    effect.node = node;
    effect.key = key;
    effect.op = op;
    effects_.push_back(effect);
}

void Content::textChanged(NodeHandle node, TextKey key, OpId op) {
    if (muted_ || nodes_.isFresh(node))
        return;
    for (const Splice& splice : splices_) {
        Effect& effect = effects_.emplace_back();
        effect.kind = EffectKind::TextChanged;
        effect.node = node;
        effect.key = key;
        effect.splice = splice;
        effect.op = op;
    }
}

// What the node was born with becomes a version among others.
void Content::bornVersion(NodeHandle node, RegisterKey key) {
    const Node& at = nodes_[node];
    if (hasVersions(node, key))
        return;
    const auto value = RegisterPack::find(at.pack, key);
    if (!value)
        return;
    nodes_.extra(node).versions.push_back(
        {key, false, 0, at.born, at.id, at.id, std::string(*value)});
}

void Content::applySet(const Set& set, OpId op, bool pending) {
    const NodeHandle node = nodes_.find(set.node);
    bornVersion(node, set.key);
    auto& versions = nodes_.extra(node).versions;
    const auto superseded = [&set](const Version& each) {
        return each.key == set.key && std::find(set.supersedes.begin(), set.supersedes.end(),
                                                each.op) != set.supersedes.end();
    };
    if (pending) {
        for (Version& each : versions)
            if (each.hiddenBy == 0 && superseded(each))
                each.hiddenBy = op.counter;
    } else {
        std::erase_if(versions, superseded);
    }
    const OpId origin = set.restoresNothing ? OpId{} : set.restores ? set.restores : op;
    versions.push_back({set.key, set.absent, 0, set.hlc, op, origin, set.value});
    registerChanged(node, set.key, op);
}

void Content::takeBackSet(const Set& set, OpId op) {
    const NodeHandle node = nodes_.find(set.node);
    auto& versions = nodes_.extra(node).versions;
    std::erase_if(versions, [&op](const Version& each) { return each.op == op; });
    for (Version& each : versions)
        if (each.hiddenBy == op.counter && each.key == set.key)
            each.hiddenBy = 0;
    registerChanged(node, set.key, op);
}

void Content::confirm(const Operation& operation, OpId op) {
    const auto* set = std::get_if<Set>(&operation);
    if (set == nullptr)
        return;
    std::erase_if(nodes_.extra(nodes_.find(set->node)).versions, [&](const Version& each) {
        return each.hiddenBy == op.counter && each.key == set->key;
    });
}

void Content::insertText(Text& text, NodeHandle node, TextKey key, OpId first, OpId left,
                         OpId right, ElementsView elements) {
    splices_.clear();
    text.store().insert(first, left, right, elements, splices_);
    textChanged(node, key, first);
}

void Content::eraseText(NodeHandle node, TextKey key, OpId op,
                        const std::vector<ElementRange>& ranges) {
    splices_.clear();
    ensureText(node, key).store().erase(op, ranges, splices_);
    textChanged(node, key, op);
}

void Content::apply(const Operation& operation, OpId op, bool pending) {
    if (const auto* set = std::get_if<Set>(&operation))
        return applySet(*set, op, pending);
    if (const auto* insert = std::get_if<TextInsert>(&operation)) {
        const NodeHandle node = nodes_.find(insert->node);
        return insertText(ensureText(node, insert->key), node, insert->key, op, insert->leftOrigin,
                          insert->rightOrigin, insert->elements);
    }
    if (const auto* erase = std::get_if<TextDelete>(&operation))
        return eraseText(nodes_.find(erase->node), erase->key, op, erase->ranges);
    splices_.clear();
    if (const auto* undelete = std::get_if<TextUndelete>(&operation)) {
        const NodeHandle node = nodes_.find(undelete->node);
        ensureText(node, undelete->key).store().undelete(undelete->deletion, splices_);
        textChanged(node, undelete->key, op);
    }
}

void Content::takeBack(const Operation& operation, OpId op) {
    splices_.clear();
    if (const auto* set = std::get_if<Set>(&operation))
        return takeBackSet(*set, op);
    if (const auto* insert = std::get_if<TextInsert>(&operation)) {
        const NodeHandle node = nodes_.find(insert->node);
        const auto count = static_cast<std::uint32_t>(insert->elements.size());
        ensureText(node, insert->key).store().takeBackInsert(op, count, splices_);
        return textChanged(node, insert->key, op);
    }
    if (const auto* erase = std::get_if<TextDelete>(&operation)) {
        const NodeHandle node = nodes_.find(erase->node);
        ensureText(node, erase->key).store().takeBackErase(op, splices_);
        return textChanged(node, erase->key, op);
    }
    if (const auto* undelete = std::get_if<TextUndelete>(&operation)) {
        const NodeHandle node = nodes_.find(undelete->node);
        ensureText(node, undelete->key).store().takeBackUndelete(undelete->deletion, splices_);
        textChanged(node, undelete->key, op);
    }
}

}  // namespace pe::crdt
