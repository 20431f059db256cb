// SPDX-License-Identifier: MIT
// DocumentReplica: one machine with one open document, its journal, a view that follows by patches,
// and its side of the protocol. What it journals is what the document's signals tell it to.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "message.hpp"
#include "pe/base/clock.hpp"
#include "pe/base/random.hpp"
#include "pe/crdt/ids.hpp"
#include "pe/document/document.hpp"
#include "verdict.hpp"

namespace pe::simulation {

class DocumentReplica {
public:
    DocumentReplica(crdt::ReplicaId id, document::SavedDocument journal, Verdict& verdict);

    // What a person, or another program that writes the file, does.
    void command(Random& random);
    void type(Random& random);
    void editOnDisk(Random& random);
    void undoOrRedo(Random& random);
    void restart();
    void discardDraft() { document_->discardDraft(); }

    std::optional<Message> send();
    Message pull() const;
    void receive(const Message& message);

    void passTime(std::int64_t ms) { clock_.advance(ms); }
    bool isIdle(crdt::Sequence head) const;
    document::Document& document() { return *document_; }
    document::SavedDocument journal() const;
    crdt::ReplicaId id() const { return id_; }
    // What must hold at any time.
    void check();
    // The newest gesture taken back and made again.
    void checkUndo(Random& random);
    // Its identity may clash with another's: only after a copied folder.
    bool mayClash = false;

private:
    void load();
    void watch();
    void keepConfirmed(const document::ConfirmedChanges& changes);
    void refuse(std::uint32_t counter);
    void take(const Message& message);
    crdt::ReplicaId nextIdentity() const;

    Verdict& verdict_;
    crdt::ReplicaId id_;
    FakeClock clock_{1'700'000'000'000};
    document::SavedDocument journal_;
    std::unique_ptr<document::Document> document_;
    std::string view_;
    std::vector<Subscription> subscriptions_;
    std::uint64_t session_ = 0;
};

}  // namespace pe::simulation
