// SPDX-License-Identifier: MIT
// Several documents over one sequencer in memory: what a server does, without one.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "pe/base/derived_id.hpp"
#include "pe/base/random.hpp"
#include "pe/crdt/codec.hpp"
#include "pe/document/document.hpp"
#include "pe/yaml/pointer.hpp"

namespace pe::document {

class SharedDocuments {
public:
    SharedDocuments(const std::string& text, std::size_t count) {
        auto first = Document::open(11, text, clock_);
        first->share();
        first->markSynced();
        order_ = first->log();
        add(std::move(first));
        while (members_.size() < count)
            join(11 + members_.size());
    }

    // A new member that starts from what is in order by now.
    void join(std::uint64_t replica) {
        SavedDocument saved;
        saved.log = order_;
        saved.synced = order_.size();
        saved.shared = true;
        saved.author = "Member " + std::to_string(members_.size());
        auto document = Document::replay(replica, std::move(saved), clock_);
        ASSERT_TRUE(document) << document.error().message;
        add(std::move(*document));
    }

    // Another machine goes on with a copy of what a member's journal holds.
    void copy(std::size_t i, std::uint64_t replica) {
        const Document& original = *members_[i]->document;
        SavedDocument saved;
        saved.log = original.log();
        saved.pending = original.pendingChanges();
        saved.shared = true;
        saved.author = "Member " + std::to_string(members_.size());
        auto document = Document::replay(replica, std::move(saved), clock_);
        ASSERT_TRUE(document) << document.error().message;
        add(std::move(*document));
    }

    Document& operator[](std::size_t i) { return *members_[i]->document; }
    std::size_t size() const { return members_.size(); }
    const std::string& mirrored(std::size_t i) const { return members_[i]->mirrored; }
    const std::vector<std::string>& order() const { return order_; }
    FakeClock& clock() { return clock_; }

    // The pending changes of a member that the sequencer does not have yet come into order. It
    // takes nothing of a copy that has not seen what the other copies sent.
    void send(std::size_t i) {
        Member& member = *members_[i];
        if (isBehindKin(*member.document))
            deliver(i);
        for (const std::string& each : member.document->pendingChanges()) {
            const auto change = crdt::decodeChange(std::string_view(each));
            ASSERT_TRUE(change);
            if (change->lastCounter() <= member.sent)
                continue;
            member.sent = change->lastCounter();
            order_.push_back(each);
        }
    }

    // Up to `most` changes reach a member.
    void deliver(std::size_t i, std::size_t most = ~std::size_t{0}) {
        Document& document = *members_[i]->document;
        const std::size_t from = document.sequence();
        const std::size_t to = from + std::min(most, order_.size() - from);
        if (from == to)
            return;
        const auto taken = document.receive({order_.begin() + static_cast<std::ptrdiff_t>(from),
                                             order_.begin() + static_cast<std::ptrdiff_t>(to)},
                                            from + 1);
        ASSERT_TRUE(taken) << taken.error().message;
    }

    void settle() {
        for (std::size_t i = 0; i < size(); ++i)
            send(i);
        for (std::size_t i = 0; i < size(); ++i)
            deliver(i);
    }

    // Settled, all hold the same; the text.
    const std::string& settleAlike() {
        settle();
        Document& first = *members_[0]->document;
        for (const auto& each : members_) {
            EXPECT_EQ(each->document->text(), first.text());
            EXPECT_EQ(each->document->stateHash(), first.stateHash());
            EXPECT_EQ(each->mirrored, each->document->text());
            EXPECT_TRUE(each->document->pendingChanges().empty());
        }
        return first.text();
    }

    yaml::NodeRef at(std::size_t i, const std::string& pointer) {
        const auto node = yaml::resolve((*this)[i].forest(), pointer);
        EXPECT_TRUE(node) << pointer;
        return node.value_or(yaml::kNoNode);
    }

    void set(std::size_t i, const std::string& pointer, const std::string& value) {
        clock_.advance(1);
        const auto done =
            (*this)[i].execute({SetValue{at(i, pointer), yaml::Value::ofString(value)}, {}, 0});
        EXPECT_TRUE(done) << done.error().message;
    }

    // The sequencer refused a change: what the member sent from there on is forgotten.
    void forget(std::size_t i, std::uint32_t sent) { members_[i]->sent = sent; }

private:
    bool isBehindKin(const Document& document) const {
        const auto pending = document.pendingChanges();
        if (pending.empty())
            return false;
        const auto self = crdt::decodeChange(std::string_view(pending.front()))->replica;
        return std::any_of(order_.begin() + static_cast<std::ptrdiff_t>(document.sequence()),
                           order_.end(), [self](const std::string& each) {
                               const auto by = crdt::decodeChange(std::string_view(each))->replica;
                               return by != self && areKin(by, self);
                           });
    }

    struct Member {
        std::unique_ptr<Document> document;
        std::string mirrored;
        std::uint32_t sent = 0;
        Subscription subscription;
    };

    void add(std::unique_ptr<Document> document) {
        auto member = std::make_unique<Member>();
        member->document = std::move(document);
        member->mirrored = member->document->text();
        Member& kept = *member;
        member->subscription = kept.document->changed.connect([&kept](const ChangeSet& changes) {
            for (const TextPatch& patch : changes.patches)
                kept.mirrored.replace(patch.offset, patch.removed, patch.inserted);
        });
        members_.push_back(std::move(member));
    }

    FakeClock clock_;
    std::vector<std::string> order_;
    std::vector<std::unique_ptr<Member>> members_;
};

}  // namespace pe::document
