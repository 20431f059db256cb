// SPDX-License-Identifier: MIT
// DocumentReplica: one machine with one open document, its journal, a view that follows by patches,
// and its side of the protocol. What it journals is what the document's signals tell it to.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "message.hpp"
#include "pe/base/clock.hpp"
#include "pe/base/random.hpp"
#include "pe/crdt/ids.hpp"
#include "pe/crdt/tree.hpp"
#include "pe/document/document.hpp"
#include "pe/simulation/simulator.hpp"
#include "verdict.hpp"

namespace pe::simulation {

class DocumentReplica {
public:
    DocumentReplica(crdt::ReplicaId id, document::SavedDocument journal, Bug bug, Verdict& verdict);
    // On a copy of the folder of another.
    DocumentReplica(DocumentReplica& original, Bug bug);

    // What a person, or another program that writes the file, does.
    void command(Random& random);
    void type(Random& random);
    void editOnDisk(Random& random);
    void undoOrRedo(Random& random);
    void restart();
    // The journal keeps a snapshot and what comes behind it; the rest is put aside.
    void compact();
    void discardDraft() { document_->discardDraft(); }

    std::optional<Message> send();
    Message pull() const;
    // An identity that turns out to be another's as well becomes one of its own by the salt.
    void receive(const Message& message, std::uint64_t salt);

    void passTime(std::int64_t ms) { clock_.advance(ms); }
    bool isIdle(crdt::Sequence head) const;
    document::Document& document() { return *document_; }
    std::vector<document::Conflict> conflicts() const;
    // What must hold at any time.
    void check();
    // The newest gesture taken back and made again.
    void checkUndo(Random& random);
    // Its identity may clash with another's: only after a copied folder.
    bool mayClash = false;

private:
    void typeAnchor(Random& random);
    std::size_t doneSteps() const;
    using Changes = std::vector<std::string>;

    void load();
    void watch();
    document::SavedDocument journal() const;
    Changes wholeLog() const;
    void undo(Random& random);
    std::string sabotaged(const crdt::Change& change) const;
    void keepConfirmed(const document::ConfirmedChanges& changes);
    void refuse(std::uint32_t counter);
    void take(const Message& message, std::uint64_t salt);

    const Bug bug_;
    Verdict& verdict_;
    crdt::ReplicaId id_;
    std::set<crdt::ReplicaId> ids_;  // all that it ever had
    FakeClock clock_{1'700'000'000'000};
    document::SavedDocument journal_;
    std::shared_ptr<const Changes> archive_ = std::make_shared<const Changes>();
    std::unique_ptr<document::Document> document_;
    std::string view_;
    std::uint64_t checkedVersion_ = ~std::uint64_t{0};
    std::vector<Subscription> subscriptions_;
    std::uint64_t session_ = 0;
};

}  // namespace pe::simulation
