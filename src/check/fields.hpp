// SPDX-License-Identifier: MIT
// Reading the entries of mappings by key, without an allocation in the usual case. Of two equal
// keys the first counts, as for the engine; aliases are followed where a value is asked for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pe/yaml/entries.hpp"
#include "pe/yaml/value.hpp"

namespace pe::check {

bool keyIs(const yaml::Forest& forest, yaml::NodeRef entry, std::string_view key);

// The key as the engine reads it, if it is text or was written as such.
std::string keyOf(const yaml::Forest& forest, yaml::NodeRef entry);

// The node that holds the value: the target of an alias, else the node itself. kNoNode if the
// alias leads nowhere.
yaml::NodeRef valueBehind(const yaml::Forest& forest, yaml::NodeRef node);

// The same if it is a mapping, else kNoNode.
yaml::NodeRef mappingBehind(const yaml::Forest& forest, yaml::NodeRef node);

// What an inline pipeline holds: its `workflow`, if that is a mapping, else itself; kNoNode if it
// is none.
yaml::NodeRef workflowBehind(const yaml::Forest& forest, yaml::NodeRef pipeline);

// What the engine reads for a scalar, with its type; nothing for collections, aliases to nowhere
// and values that it cannot read. A node without a value is null.
std::optional<yaml::Value> scalarOf(const yaml::Forest& forest, yaml::NodeRef node);

// No value: absent (kNoNode) or null, which the engine does not tell apart.
bool isNull(const yaml::Forest& forest, yaml::NodeRef node);

// The flag; not what is absent.
bool isTrue(const yaml::Forest& forest, yaml::NodeRef node);
bool isFalse(const yaml::Forest& forest, yaml::NodeRef node);

// The text of an entry whose value is text; nothing for everything else.
std::optional<std::string> textOf(const yaml::Forest& forest, yaml::NodeRef node);

// A short form of a text for messages: its first line, at most 40 characters.
std::string shortened(std::string_view text);

}  // namespace pe::check
