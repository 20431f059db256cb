// SPDX-License-Identifier: MIT
// FakeDocument: a Document over a plain parse, for tests of views. Typing re-parses; commands are
// recorded and refused, so a test sees what a view asked for.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pe/document/document.hpp"

namespace pe::testing {

class FakeDocument final : public document::Document {
public:
    explicit FakeDocument(std::string text)
        : tree_(std::make_unique<yaml::Tree>(yaml::parse(std::move(text)))) {}

    std::vector<document::Command> executed;  // in the order asked for
    int undone = 0;
    int redone = 0;
    bool draft = false;
    std::vector<document::HistoryEntry> entries;

    const yaml::Forest& forest() const override { return *tree_; }
    const std::string& text() const override { return tree_->text(); }
    bool hasDraft() const override { return draft; }
    std::uint64_t version() const override { return version_; }

    yaml::Span entrySpan(yaml::NodeRef node) const override { return tree_->entrySpan(node); }
    yaml::Span keySpan(yaml::NodeRef node) const override { return tree_->keySpan(node); }
    yaml::Span valueSpan(yaml::NodeRef node) const override { return tree_->valueSpan(node); }

    yaml::NodeRef nodeAt(std::size_t offset) const override {
        yaml::NodeRef node = yaml::kStream;
        for (bool deeper = true; deeper;) {
            deeper = false;
            for (const yaml::NodeRef child : tree_->children(node)) {
                const yaml::Span span = tree_->entrySpan(child);
                if (span.begin <= offset && offset < span.end) {
                    node = child;
                    deeper = true;
                    break;
                }
            }
        }
        return node;
    }
    const std::vector<yaml::Problem>& problems() const override { return tree_->problems(); }
    std::optional<yaml::Problem> obstacle() const override {
        return draft ? std::optional(tree_->problems().front()) : std::nullopt;
    }

    Result<void> execute(const document::Command& command) override {
        executed.push_back(command);
        return fail(ErrorCode::Refused, "A fake document executes nothing.");
    }

    Result<void> rewrite(std::string next, const std::string&) override {
        return replaceText(0, text().size(), next, 0);
    }

    Result<void> replaceText(std::size_t offset, std::size_t removed, std::string_view inserted,
                             std::uint32_t source) override {
        std::string text = tree_->text();
        text.replace(offset, removed, inserted);
        auto before = std::exchange(tree_, std::make_unique<yaml::Tree>(yaml::parse(text)));
        document::ChangeSet change;
        change.origin = document::Origin::Text;
        change.source = source;
        change.version = ++version_;
        change.label = "Type";
        change.patches.push_back({offset, removed, std::string(inserted)});
        change.reset = true;
        changed.emit(change);
        return {};
    }

    void markSynced() override {}
    Result<void> mergeDisk(const std::string&) override { return {}; }
    void discardDraft() override { draft = false; }

    bool canUndo() const override { return false; }
    bool canRedo() const override { return false; }
    std::string undoLabel() const override { return {}; }
    std::string redoLabel() const override { return {}; }
    Result<void> undo() override {
        ++undone;
        return {};
    }
    Result<void> redo() override {
        ++redone;
        return {};
    }
    const std::vector<document::HistoryEntry>& history() const override { return entries; }
    std::string undoState() const override { return {}; }
    std::string syncMark() const override { return {}; }
    std::vector<std::string> log() const override { return {}; }
    std::function<std::vector<std::string>()> logEncoder() const override {
        return [] { return std::vector<std::string>{}; };
    }
    document::DocumentSnapshot snapshot() override { return {}; }

    std::vector<document::Conflict> listed;
    std::vector<document::Revision> changes;
    void setStepTypes(const format::Catalogue&) override {}
    void setAuthor(std::string) override {}
    bool isShared() const override { return false; }
    void share() override {}
    std::uint64_t sequence() const override { return changes.size(); }
    std::vector<std::string> pendingChanges() const override { return {}; }
    Result<void> receive(const std::vector<std::string>&, std::uint64_t) override {
        return fail(ErrorCode::Refused, "A fake document has no peers.");
    }
    Result<void> rekey(std::uint64_t) override { return {}; }
    Result<document::Refused> reject(std::uint32_t) override { return document::Refused{}; }
    const std::vector<document::Conflict>& conflicts() const override { return listed; }
    Result<void> choose(const std::string&, std::size_t) override { return {}; }
    Result<void> dismiss(const std::string&) override { return {}; }
    std::vector<document::Revision> revisions() const override { return changes; }
    Result<std::string> textAt(std::uint64_t) const override { return text(); }
    Result<void> restore(std::uint64_t) override { return {}; }
    std::uint64_t stateHash() override { return version_; }

private:
    std::unique_ptr<yaml::Tree> tree_;
    std::uint64_t version_ = 0;
};

}  // namespace pe::testing
