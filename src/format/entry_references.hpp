// SPDX-License-Identifier: MIT
// EntryReferences: walks the own fields of one step, task or branch and collects their references.
// Aliases are followed one level deep, with `at` inside the anchored value; a budget bounds that.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "field_role.hpp"
#include "pe/format/references.hpp"

namespace pe::format {

// Anchors of a forest, read when the first alias is met. Of equal names the last one wins.
class Anchors {
public:
    explicit Anchors(const yaml::Forest& forest) : forest_(forest) {}
    // The entry that an alias stands for; kNoNode if there is none.
    yaml::NodeRef target(std::string_view alias);

private:
    const yaml::Forest& forest_;
    bool read_ = false;
    std::unordered_map<std::string_view, yaml::NodeRef> byName_;
};

class EntryReferences {
public:
    EntryReferences(const yaml::Forest& forest, std::vector<std::string> unusual,
                    std::vector<Reference>& found)
        : forest_(forest), anchors_(forest), unusual_(std::move(unusual)), found_(found) {}
    void scan(yaml::NodeRef entry) { scan(entry, nullptr); }
    // Whether all was in the entry itself: no alias led out of it.
    bool scan(const Graph& graph, const GraphNode& node);

private:
    // `team`: the type of the step, if a team has described it.
    void scan(yaml::NodeRef entry, const StepType* team);
    void scanDescribed(const FieldSpec& spec, yaml::NodeRef node, const yaml::Lexeme& lexeme);
    void scanGroup(const FieldSpec& spec, yaml::NodeRef node, const yaml::Lexeme& lexeme);
    void scanField(FieldRole role, yaml::NodeRef node, const yaml::Lexeme& lexeme);
    void scanPrompt(yaml::NodeRef prompt, const yaml::Lexeme& lexeme);
    void scanPart(yaml::NodeRef part, const yaml::Lexeme& lexeme);
    bool isStrayPart(yaml::NodeRef node, const yaml::Lexeme& lexeme) const;
    void scanOperation(yaml::NodeRef operation, const yaml::Lexeme& lexeme);
    void scanOutput(yaml::NodeRef output, const yaml::Lexeme& lexeme);
    void scanEach(yaml::NodeRef list, const yaml::Lexeme& lexeme,
                  void (EntryReferences::*item)(yaml::NodeRef, const yaml::Lexeme&));
    void scanValue(ReferenceRole role, yaml::NodeRef node, const yaml::Lexeme& lexeme);
    void scanText(ReferenceRole role, yaml::NodeRef node, const yaml::Lexeme& lexeme);
    template <class Follow>
    void follow(const yaml::Lexeme& lexeme, Follow then);

    const yaml::Forest& forest_;
    Anchors anchors_;
    const std::vector<std::string> unusual_;  // names of steps
    std::vector<Reference>& found_;
    bool following_ = false;
    bool alone_ = true;  // no alias was met
    int budget_ = 100'000;
};

// True if the value of a field holds nodes of their own in the graph.
bool holdsNodes(const yaml::Forest& forest, FieldRole role, yaml::NodeRef node,
                const yaml::Lexeme& lexeme);

}  // namespace pe::format
