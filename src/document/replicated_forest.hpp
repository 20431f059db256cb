// SPDX-License-Identifier: MIT
// ReplicatedForest: the replicated tree read as YAML. Entry fields are registers, the lines of
// block scalars are replicated texts. A view: owns no document state, only a cache of block texts
// written out, and the forms in which entries are shown that several people's edits together left
// as nobody would write them: an entry inside what is a text now, a scalar behind the line break of
// a list. The forms follow from the tree alone, so every replica shows the same. Lives as long as
// the tree it reads, on its thread.
//
// A loan is such a form too: an alias that would have no anchor in front of it shows the value of
// the anchor itself, with what is in it; an anchor behind the alias is shown as an alias then.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "pe/crdt/tree.hpp"
#include "pe/yaml/edit.hpp"
#include "pe/yaml/fit.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::document {

// Registers of a node. The numbers are part of the op log format: never reuse one.
inline constexpr crdt::RegisterKey kPrefix = 1;
inline constexpr crdt::RegisterKey kKey = 2;
inline constexpr crdt::RegisterKey kColon = 3;
inline constexpr crdt::RegisterKey kProps = 4;
inline constexpr crdt::RegisterKey kValue = 5;  // style, offset, open, raw: see packValue()
inline constexpr crdt::RegisterKey kFooter = 6;
inline constexpr crdt::RegisterKey kSuffix = 7;
inline constexpr crdt::RegisterKey kColumn = 8;
// Names of anchors that the entry had before, each with a blank behind it.
inline constexpr crdt::RegisterKey kFormerAnchors = 9;

// The text with the lines of a block scalar.
inline constexpr crdt::TextKey kBlockText = 1;

// The value of an entry as one register, so that a style never meets another style's raw text. The
// lines of block scalars are not in it.
std::string packValue(const yaml::Lexeme& lexeme);
std::string packNumber(int number);
// The style, offset, open and raw of a packed value.
yaml::Lexeme unpackValue(std::string_view bytes);

class ReplicatedForest final : public yaml::Forest {
public:
    explicit ReplicatedForest(const crdt::ReplicatedTree& tree) : tree_(&tree) { refitAll(); }

    const crdt::ReplicatedTree& tree() const { return *tree_; }
    yaml::Lexeme lexeme(yaml::NodeRef node) const override;
    yaml::Style style(yaml::NodeRef node) const override;
    std::string_view key(yaml::NodeRef node) const override;
    std::span<const yaml::NodeRef> children(yaml::NodeRef node) const override;
    yaml::NodeRef parent(yaml::NodeRef node) const override;

    // Drops what was remembered of a node's block text; call for every text or value that changed.
    void forget(yaml::NodeRef node);
    void forgetAll() { blocks_.clear(); }

    // Looks again at how all entries fit where they stand; call when others changed something.
    void refitAll();
    const std::string& lineBreak() const { return lineBreak_; }
    // After changes inside this entry and nowhere else: whether all of it can be shown as it is
    // written, as everything was before. Then there is nothing to fit.
    bool fitsAsWritten(yaml::NodeRef top) const;
    bool hasMisfits() const { return !forms_.empty() || !shown_.empty() || !standIns_.empty(); }
    // False only if no alias is shown.
    bool mayHaveAliases() const { return mayHaveAliases_; }
    void noteAliases(yaml::NodeRef top);
    // Entries that are not shown because they do not fit where they are.
    std::vector<yaml::NodeRef> hidden() const;

    // The entry as its registers have it, whatever is shown.
    yaml::Lexeme written(yaml::NodeRef node) const { return written(node, true); }
    yaml::Surroundings surroundings(yaml::NodeRef node) const;
    // The entry is shown in another form than it is written, until all are fitted again.
    void showAs(yaml::NodeRef node, yaml::Entry form) { forms_[node] = std::move(form); }
    void showAsWritten(yaml::NodeRef node) {
        forms_.erase(node);
        standIns_.erase(node);
    }
    // Null for an entry that is shown as it is written.
    const yaml::Entry* shownForm(yaml::NodeRef node) const;

    // Shows the value of `from`, with what is in it and an anchor, at an alias; `from` becomes an
    // alias of this name where it is shown itself.
    void lend(yaml::NodeRef alias, yaml::NodeRef from, std::string_view name);
    // From then on both are what is written in them.
    void endLoan(yaml::NodeRef alias);
    // Whose value an alias shows, and at which alias an entry's value is shown; kNoNode if none.
    yaml::NodeRef borrowedFrom(yaml::NodeRef alias) const;
    yaml::NodeRef lentTo(yaml::NodeRef from) const;
    const std::map<yaml::NodeRef, yaml::NodeRef>& loans() const { return borrowed_; }
    // The entry counts as written in this form until all are fitted again.
    void standIn(yaml::NodeRef node, yaml::Entry form);
    bool hasStandIn(yaml::NodeRef node) const { return standIns_.count(node) != 0; }
    const std::unordered_map<yaml::NodeRef, yaml::Entry>& standIns() const { return standIns_; }

private:
    std::span<const yaml::NodeRef> held(yaml::NodeRef node) const;
    void refitBelow(yaml::NodeRef top);
    void dropForms(yaml::NodeRef top);
    yaml::Lexeme written(yaml::NodeRef node, bool withText) const;
    yaml::Style styleOf(yaml::NodeRef node) const;
    yaml::Style shownStyle(yaml::NodeRef node) const;
    std::vector<yaml::NodeRef> documents() const;
    void refitChildren(yaml::NodeRef node);
    void refitEntry(yaml::NodeRef node);
    bool lacksBreak(yaml::NodeRef node) const;
    bool isChildOf(yaml::Style style, yaml::NodeRef child) const;
    bool isAlias(yaml::NodeRef node) const;

    std::string_view field(yaml::NodeRef node, crdt::RegisterKey key) const;
    std::string_view blockText(yaml::NodeRef node, int column) const;

    const crdt::ReplicatedTree* tree_;
    mutable std::unordered_map<yaml::NodeRef, std::string> blocks_;
    std::unordered_map<yaml::NodeRef, yaml::Entry> forms_;
    std::unordered_map<yaml::NodeRef, std::vector<yaml::NodeRef>> shown_;  // where not all are
    std::unordered_map<yaml::NodeRef, yaml::Entry> standIns_;
    std::map<yaml::NodeRef, yaml::NodeRef> borrowed_;  // alias to anchor
    std::map<yaml::NodeRef, yaml::NodeRef> lent_;      // anchor to alias
    bool mayHaveAliases_ = false;
    std::string lineBreak_ = "\n";
};

}  // namespace pe::document
