// SPDX-License-Identifier: MIT
#include "document_replica.hpp"

#include <algorithm>
#include <array>

#include "commands.hpp"
#include "document_laws.hpp"
#include "pe/base/derived_id.hpp"
#include "pe/crdt/codec.hpp"
#include "pe/crdt/snapshot.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/render.hpp"
#include "pe/yaml/tree.hpp"
#include "pe/yaml/value.hpp"
#include "pipeline_text.hpp"
#include "record.hpp"

namespace pe::simulation {
namespace {

constexpr std::array<std::string_view, 9> kTyped = {"x",       " y", "\n",    "  ", "- q\n",
                                                    "k1: v\n", "\"", "# c\n", "{"};

std::vector<crdt::SharedChange> decoded(const std::vector<std::string>& changes) {
    std::vector<crdt::SharedChange> all;
    for (const std::string& each : changes)
        if (auto change = crdt::decodeChange(std::string_view(each)))
            all.push_back(std::make_shared<const crdt::Change>(std::move(*change)));
    return all;
}

constexpr crdt::RegisterKey kPrefixRegister = 1;  // as docs/formats/op_log.md has it

// A place in front of the lines that nobody edits.
std::optional<std::size_t> placeIn(Random& random, const std::string& text) {
    const std::size_t end = text.find(kUntouched.substr(0, 6));
    if (end == std::string::npos || end == 0)
        return std::nullopt;
    return random.below(end);
}

}  // namespace

DocumentReplica::DocumentReplica(crdt::ReplicaId id, document::SavedDocument journal, Bug bug,
                                 Verdict& verdict)
    : bug_(bug), verdict_(verdict), id_(id), ids_{id}, journal_(std::move(journal)) {
    load();
}

DocumentReplica::DocumentReplica(DocumentReplica& original, Bug bug)
    : mayClash(true),
      bug_(bug),
      verdict_(original.verdict_),
      id_(original.id_),
      ids_(original.ids_),
      journal_(original.journal()),
      archive_(original.archive_) {
    original.mayClash = true;
    load();
}

void DocumentReplica::load() {
    subscriptions_.clear();
    checkedVersion_ = ~std::uint64_t{0};
    journal_.earlier = [archive = archive_]() -> Result<Changes> { return *archive; };
    auto document = document::Document::replay(id_, journal_, clock_);
    if (!verdict_.require(document.has_value(), "a journal of a document does not replay")) {
        document_ = document::Document::open(id_, {}, clock_);
        return;
    }
    document_ = std::move(*document);
    view_ = document_->text();
    session_ = 0;
    watch();
}

void DocumentReplica::watch() {
    subscriptions_.push_back(document_->changed.connect([this](const document::ChangeSet& changes) {
        for (const document::TextPatch& each : changes.patches) {
            const bool fits = each.offset + each.removed <= view_.size();
            if (verdict_.require(fits, "a patch does not fit what is shown"))
                view_.replace(each.offset, each.removed, each.inserted);
        }
    }));
    subscriptions_.push_back(document_->committed.connect(
        [this](const std::string& change) { journal_.pending.push_back(change); }));
    subscriptions_.push_back(document_->confirmed.connect(
        [this](const document::ConfirmedChanges& changes) { keepConfirmed(changes); }));
    subscriptions_.push_back(document_->pendingReplaced.connect([this] {
        if (bug_ != Bug::ForgetsNewIdentity)
            journal_.pending = document_->pendingChanges();
    }));
    subscriptions_.push_back(document_->draftChanged.connect(
        [this](const std::optional<std::string>& draft) { journal_.draft = draft; }));
}

void DocumentReplica::keepConfirmed(const document::ConfirmedChanges& changes) {
    for (const std::string& each : changes.changes) {
        journal_.log.push_back(each);
        const auto change = crdt::decodeChange(std::string_view(each));
        const auto mine = decoded(journal_.pending);
        if (change && !mine.empty() && mine.front()->replica == change->replica &&
            mine.front()->firstCounter == change->firstCounter)
            journal_.pending.erase(journal_.pending.begin());
    }
}

document::SavedDocument DocumentReplica::journal() const {
    document::SavedDocument saved = journal_;
    saved.undo = document_->undoState();
    saved.syncMark = document_->syncMark();
    return saved;
}

void DocumentReplica::command(Random& random) {
    (void)document_->execute(drawCommand(random, *document_));
}

// An alias in the place of a value, or an anchor in front of it.
void DocumentReplica::typeAnchor(Random& random) {
    const auto workflow = yaml::resolve(document_->forest(), "/workflow");
    if (!workflow || document_->hasDraft())
        return;
    yaml::NodeRef node = *workflow;
    for (auto below = document_->forest().children(node); !below.empty() && random.below(5) != 0;
         below = document_->forest().children(node))
        node = below[random.below(below.size())];
    const yaml::Span value = document_->valueSpan(node);
    const bool alias = random.below(2) == 0;
    const std::string name = random.below(2) == 0 ? "p" : "q";
    (void)document_->replaceText(value.begin, alias ? value.end - value.begin : 0,
                                 alias ? "*" + name : "&" + name + " ", 1);
    document_->discardDraft();
}

void DocumentReplica::type(Random& random) {
    if (random.below(4) == 0)
        return typeAnchor(random);
    const std::string& text = document_->text();
    const auto at = placeIn(random, text);
    if (!at)
        return;
    const std::size_t removed = random.below(3) == 0 && text[*at] != '\n' ? 1 : 0;
    const bool isInside = *at + removed <= text.find(kUntouched.substr(0, 6));
    const auto typed =
        document_->replaceText(*at, isInside ? removed : 0, kTyped[random.below(kTyped.size())], 1);
    verdict_.require(typed.has_value(), "typing was refused");
    if (document_->hasDraft() && random.below(4) != 0)
        document_->discardDraft();
}

void DocumentReplica::editOnDisk(Random& random) {
    if (random.below(2) == 0)
        document_->markSynced();
    std::string theirs = document_->text();
    if (const auto at = placeIn(random, theirs))
        theirs.insert(*at, kTyped[random.below(kTyped.size())]);
    (void)document_->mergeDisk(theirs);
    if (document_->hasDraft() && random.below(4) != 0)
        document_->discardDraft();
}

void DocumentReplica::undoOrRedo(Random& random) {
    if (random.below(3) != 0 && document_->canUndo())
        undo(random);
    else if (document_->canRedo())
        (void)document_->redo();
}

void DocumentReplica::undo(Random& random) {
    const std::size_t before = document_->pendingChanges().size();
    auto changes = decoded(wholeLog());
    const auto pending = decoded(journal_.pending);
    crdt::ReplicatedTree state(id_);
    bool whole = state.apply(changes, 1).has_value();
    for (const crdt::SharedChange& each : pending)
        whole = whole && state.resume(each).has_value();
    verdict_.require(whole, "a journal of a document does not fold");
    changes.insert(changes.end(), pending.begin(), pending.end());
    if (bug_ == Bug::UndoesOthers)
        (void)document_->execute(drawCommand(random, *document_));
    else
        (void)document_->undo();
    const auto made = decoded(document_->pendingChanges());
    for (std::size_t i = before; i < made.size(); ++i)
        checkUndoIsOwn(state, changes, ids_, *made[i], verdict_);
}

DocumentReplica::Changes DocumentReplica::wholeLog() const {
    Changes all = *archive_;
    all.insert(all.end(), journal_.log.begin(), journal_.log.end());
    return all;
}

void DocumentReplica::compact() {
    if (bug_ != Bug::KeepsStaleSnapshots || !journal_.snapshot)
        journal_.snapshot = document_->snapshot();
    archive_ = std::make_shared<const Changes>(wholeLog());
    journal_.log.clear();
}

void DocumentReplica::restart() {
    const std::string before = document_->text();
    const std::uint64_t hash = document_->stateHash();
    verdict_.require(wholeLog() == document_->log(), "a journal has another log");
    verdict_.require(journal_.pending == document_->pendingChanges(),
                     "a journal has other pending work");
    journal_ = journal();
    load();
    verdict_.require(document_->text() == before, "a document is another one after a restart");
    verdict_.require(document_->stateHash() == hash, "a restart changed what is confirmed");
}

std::vector<document::Conflict> DocumentReplica::conflicts() const {
    return bug_ == Bug::HidesConflicts ? std::vector<document::Conflict>() : document_->conflicts();
}

std::optional<Message> DocumentReplica::send() {
    Message message;
    if (session_ == 0)
        return message;
    const auto ready = decoded(document_->pendingChanges());
    if (ready.empty())
        return std::nullopt;
    message.kind = MessageKind::Push;
    message.session = session_;
    message.sequence = document_->sequence();
    message.replica = ready.front()->replica;
    message.counter = ~std::uint32_t{0};  // a document does not know the hash of all before
    message.batch = crdt::encodeBatch(ready);
    return message;
}

Message DocumentReplica::pull() const {
    Message message;
    message.kind = MessageKind::Pull;
    message.sequence = document_->sequence();
    return message;
}

void DocumentReplica::receive(const Message& message, std::uint64_t salt) {
    if (message.kind == MessageKind::Welcome)
        session_ = std::max(session_, message.session);
    else if (message.kind == MessageKind::Closed && message.session == session_)
        session_ = 0;
    else if (message.kind == MessageKind::Refused && message.session == session_)
        refuse(message.counter);
    else if (message.kind == MessageKind::Operations)
        take(message, salt);
}

void DocumentReplica::refuse(std::uint32_t counter) {
    session_ = 0;
    const auto pending = decoded(document_->pendingChanges());
    const bool isPending = std::any_of(
        pending.begin(), pending.end(),
        [counter](const crdt::SharedChange& each) { return each->firstCounter == counter; });
    if (!isPending)
        return;
    const std::string before = document_->text();
    const auto refused = document_->reject(counter);
    if (verdict_.require(refused.has_value(), "a refused change cannot be taken out"))
        verdict_.require(refused->text == before, "the text of a refused change is not kept");
}

void DocumentReplica::take(const Message& message, std::uint64_t salt) {
    const auto batch = crdt::decodeBatch(message.batch);
    if (!verdict_.require(batch.has_value(), "a batch does not decode"))
        return;
    if (message.sequence > document_->sequence() + 1)
        return;
    std::vector<std::string> changes;
    for (const crdt::SharedChange& each : *batch)
        changes.push_back(ids_.count(each->replica) != 0 ? crdt::encodeChange(*each)
                                                         : sabotaged(*each));
    const auto taken = document_->receive(changes, message.sequence);
    if (taken)
        return;
    if (!verdict_.require(taken.error().code == ErrorCode::Conflict,
                          "a confirmed change is refused: " + taken.error().message) ||
        !verdict_.require(mayClash, "an identity clashes that nobody copied"))
        return;
    id_ = derivedId(id_, salt + 2 * ids_.size());
    ids_.insert(id_);
    session_ = 0;
    verdict_.require(document_->rekey(id_).has_value(), "a clashing replica gets no new identity");
}

std::string DocumentReplica::sabotaged(const crdt::Change& change) const {
    crdt::Change changed = change;
    for (crdt::Operation& each : changed.operations) {
        auto* const set = std::get_if<crdt::Set>(&each);
        if (set && set->key == kPrefixRegister && bug_ == Bug::LosesComments)
            set->value.clear();
        auto* const insert = std::get_if<crdt::TextInsert>(&each);
        if (insert && insert->elements.size() > 1 && bug_ == Bug::LosesWords)
            insert->elements.back() = U' ';
    }
    return crdt::encodeChange(changed);
}

bool DocumentReplica::isIdle(crdt::Sequence head) const {
    return document_->sequence() == head && document_->pendingChanges().empty();
}

void DocumentReplica::check() {
    const document::Document& shown = *document_;
    if (shown.version() == checkedVersion_)
        return;
    checkedVersion_ = shown.version();
    verdict_.require(view_ == shown.text(), "a view that follows by patches shows another text");
    verdict_.require(shown.text().find(kUntouched) != std::string::npos,
                     "lines that nobody edited have other bytes");
    if (shown.hasDraft())
        return;
    verdict_.require(yaml::renderText(shown.forest()) == shown.text(),
                     "the text is not what its entries say");
    const yaml::Tree read = yaml::parse(shown.text());
    if (!verdict_.require(read.editable(), "a text of edits that were right cannot be read"))
        return;
    const auto meant = yaml::loadValue(shown.forest());
    const auto value = yaml::loadValue(read);
    verdict_.require(meant.has_value() == value.has_value() && (!meant || *meant == *value),
                     "a text says something else than its entries");
}

// What undo can take back.
std::size_t DocumentReplica::doneSteps() const {
    const auto& steps = document_->history();
    return static_cast<std::size_t>(
        std::count_if(steps.begin(), steps.end(), [](const auto& each) { return !each.undone; }));
}

void DocumentReplica::checkUndo(Random& random) {
    if (document_->hasDraft())
        return;
    const std::string before = document_->text();
    const std::size_t steps = doneSteps();
    const std::uint64_t version = document_->version();
    if (!document_->execute(drawCommand(random, *document_)) || document_->version() == version)
        return;
    const std::string after = document_->text();
    // Typing that goes on is one step with what was typed before.
    const bool ownStep = doneSteps() == steps + 1;
    if (before == after || !ownStep || !document_->canUndo())
        return;
    verdict_.require(document_->undo().has_value(), "an undo of one's own work fails");
    verdict_.require(document_->text() == before, "an undo leaves another text than before");
    verdict_.require(document_->redo().has_value(), "a redo of one's own work fails");
    verdict_.require(document_->text() == after, "undo and redo are not the identity");
}

}  // namespace pe::simulation
