// SPDX-License-Identifier: MIT
#include "pe/crdt/transaction.hpp"

#include <algorithm>
#include <utility>

#include "gesture.hpp"
#include "text_store.hpp"

namespace pe::crdt {
namespace {

bool exists(const TreeCore& core, NodeHandle node) {
    return node < core.nodes.size() && core.nodes[node].state != NodeState::Absent;
}

bool isLive(const TreeCore& core, NodeHandle node) {
    return exists(core, node) && core.nodes.isLive(node);
}

// Whether nodes can be put behind `after` in `parent`; a failure is remembered.
bool checkPlace(TreeCore& core, NodeHandle parent, NodeHandle after) {
    const bool known =
        isLive(core, parent) && (after == kNoNode || (after != kRootHandle && isLive(core, after) &&
                                                      core.nodes[after].parent == parent));
    if (!known)
        core.fail(ErrorCode::NotFound, "The place for this is no longer there.");
    return known;
}

bool checkNode(TreeCore& core, NodeHandle node) {
    const bool known = node != kRootHandle && isLive(core, node);
    if (!known)
        core.fail(ErrorCode::NotFound, "What should be changed is no longer there.");
    return known;
}

bool checkValue(TreeCore& core, NodeHandle node, std::size_t size, std::size_t limit) {
    if (!exists(core, node))
        core.fail(ErrorCode::NotFound, "What should be changed is no longer there.");
    else if (size > limit)
        core.fail(ErrorCode::LimitExceeded, "The value is too large.");
    return !core.open->error;
}

bool checkElements(TreeCore& core, ElementsView elements) {
    const bool fine = std::all_of(elements.begin(), elements.end(),
                                  [](Element each) { return each <= kMaxElement; });
    if (!fine)
        core.fail(ErrorCode::InvalidArgument, "The text has characters that do not exist.");
    return fine;
}

bool checkRegisters(TreeCore& core, NodeHandle parent, const RegisterPack& registers) {
    if (!checkValue(core, parent, registers.bytes().size(), Limits::kPackBytes))
        return false;
    for (std::string_view rest = registers.bytes(); !rest.empty();)
        if (!checkValue(core, parent, RegisterPack::takeFront(rest).second.size(),
                        Limits::kValueBytes))
            return false;
    return true;
}

std::uint32_t lengthOf(const TreeCore& core, NodeHandle node, TextKey key) {
    const Text* const text = core.content.text(node, key);
    return text == nullptr ? 0 : text->length();
}

}  // namespace

Transaction::Transaction(Transaction&& other) noexcept
    : core_(std::exchange(other.core_, nullptr)) {}

Transaction::~Transaction() {
    rollback();
}

bool Transaction::failed() const {
    return core_ == nullptr || core_->open->error.has_value();
}

bool Transaction::empty() const {
    return core_ == nullptr || core_->open->change->operations.empty();
}

NodeHandle Transaction::create(NodeHandle parent, NodeHandle after, RegisterPack registers,
                               std::vector<InitialText> texts) {
    if (failed() || !checkPlace(*core_, parent, after))
        return kNoNode;
    if (!checkRegisters(*core_, parent, registers))
        return kNoNode;
    for (const InitialText& text : texts) {
        if (!checkValue(*core_, parent, text.elements.size(), Limits::kInitialElements) ||
            !checkElements(*core_, text.elements))
            return kNoNode;
    }
    std::sort(texts.begin(), texts.end(),
              [](const InitialText& a, const InitialText& b) { return a.key < b.key; });
    const auto twice = std::adjacent_find(
        texts.begin(), texts.end(),
        [](const InitialText& a, const InitialText& b) { return a.key == b.key; });
    if (twice != texts.end()) {
        core_->fail(ErrorCode::InvalidArgument, "A text is given twice.");
        return kNoNode;
    }
    Gesture gesture(*core_);
    return gesture.create(gesture.placeBehind(parent, after, kNoNode), std::move(registers),
                          std::move(texts));
}

void Transaction::move(NodeHandle node, NodeHandle parent, NodeHandle after) {
    if (failed() || !checkNode(*core_, node) || !checkPlace(*core_, parent, after))
        return;
    if (core_->nodes.isInside(parent, node)) {
        core_->fail(ErrorCode::Refused, "Something cannot be moved into itself.");
        return;
    }
    if (core_->nodes.depth(parent) + 1 + core_->nodes.height(node) >
        static_cast<std::int32_t>(Limits::kDepth)) {
        core_->fail(ErrorCode::LimitExceeded, "The document would be nested too deep.");
        return;
    }
    const NodeHandle left = core_->nodes.leftOf(node);
    if (after == node)
        after = left;
    if (core_->nodes[node].parent == parent && left == after)
        return;
    Gesture gesture(*core_);
    gesture.move(node, gesture.placeBehind(parent, after, node));
}

void Transaction::remove(NodeHandle node) {
    if (failed() || !checkNode(*core_, node))
        return;
    Gesture(*core_).remove(node);
}

void Transaction::restore(NodeHandle node) {
    if (failed())
        return;
    if (!exists(*core_, node) || core_->nodes[node].state != NodeState::Deleted)
        return core_->fail(ErrorCode::NotFound, "There is nothing deleted to bring back.");
    Gesture(*core_).restore(node);
}

void Transaction::set(NodeHandle node, RegisterKey key, std::string_view value) {
    if (failed() || !checkValue(*core_, node, value.size(), Limits::kValueBytes))
        return;
    const auto versions = core_->content.versions(node, key);
    if (versions.size() == 1 && !versions[0].absent && versions[0].value == value)
        return;
    Set set;
    set.node = core_->nodes[node].id;
    set.key = key;
    set.value = value;
    Gesture(*core_).set(std::move(set));
}

void Transaction::clear(NodeHandle node, RegisterKey key) {
    if (failed() || !checkValue(*core_, node, 0, 0))
        return;
    const auto versions = core_->content.versions(node, key);
    if (versions.empty() || (versions.size() == 1 && versions[0].absent))
        return;
    Set set;
    set.node = core_->nodes[node].id;
    set.key = key;
    set.absent = true;
    Gesture(*core_).set(std::move(set));
}

void Transaction::settle(NodeHandle node, RegisterKey key) {
    if (failed() || !checkValue(*core_, node, 0, 0))
        return;
    const auto versions = core_->content.versions(node, key);
    if (versions.size() < 2)
        return;
    Set set;
    set.node = core_->nodes[node].id;
    set.key = key;
    set.absent = versions[0].absent;
    set.value = versions[0].value;
    Gesture(*core_).set(std::move(set));
}

void Transaction::insertText(NodeHandle node, TextKey key, std::uint32_t position,
                             ElementsView elements) {
    if (failed() || elements.empty())
        return;
    if (!checkValue(*core_, node, elements.size(), Limits::kTextElements))
        return;
    const std::uint32_t length = lengthOf(*core_, node, key);
    if (!checkValue(*core_, node, length + elements.size(), Limits::kTextElements))
        return;
    if (!checkElements(*core_, elements))
        return;
    if (position > length)
        return core_->fail(ErrorCode::InvalidArgument, "The text is shorter than that.");
    Gesture(*core_).insert(node, key, position, elements);
}

void Transaction::eraseText(NodeHandle node, TextKey key, std::uint32_t position,
                            std::uint32_t count) {
    if (failed() || count == 0 || !checkValue(*core_, node, 0, 0))
        return;
    const std::uint32_t length = lengthOf(*core_, node, key);
    if (position > length || count > length - position)
        return core_->fail(ErrorCode::InvalidArgument, "The text is shorter than that.");
    const TextStore& store = core_->content.text(node, key)->store();
    Gesture(*core_).erase(node, key, store.rangesAt(position, count));
}

Result<SharedChange> Transaction::commit() {
    if (core_ == nullptr)
        return fail(ErrorCode::InvalidArgument, "The gesture is over already.");
    return std::exchange(core_, nullptr)->commitChange();
}

void Transaction::rollback() {
    if (core_ != nullptr)
        std::exchange(core_, nullptr)->rollbackChange();
}

}  // namespace pe::crdt
