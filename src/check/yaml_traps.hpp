// SPDX-License-Identifier: MIT
// Valid YAML that is read otherwise than it looks, entry by entry. Private to the rules of YAML.
#pragma once

#include <span>

#include "rule.hpp"

namespace pe::check {

std::span<const RuleInfo> yamlTrapInfos();

// Whether an anchor stands before a bracket on its line: the engine ties it to another value than
// the collection.
bool isTiedInside(const yaml::Lexeme& lexeme);

class YamlTraps {
public:
    YamlTraps(const Subject& subject, Reporter& reporter)
        : subject_(subject), forest_(subject.forest()), reporter_(reporter) {}

    // The entry itself and its keys, not what is nested in them.
    void look(yaml::NodeRef node);
    // Documents that the engine does not read.
    void documents();

private:
    void keys(yaml::NodeRef mapping);
    void key(yaml::NodeRef entry, std::string_view written);
    void duplicate(yaml::NodeRef first, yaml::NodeRef second, const std::string& name);
    void merge(yaml::NodeRef mapping, yaml::NodeRef entry);
    void bareTemplate(yaml::NodeRef node);
    void number(yaml::NodeRef node, const yaml::Lexeme& lexeme);
    void oldScalar(yaml::NodeRef node, const yaml::Lexeme& lexeme);
    void hash(yaml::NodeRef node, const yaml::Lexeme& lexeme);
    void tagged(yaml::NodeRef node);

    const Subject& subject_;
    const yaml::Forest& forest_;
    Reporter& reporter_;
};

}  // namespace pe::check
