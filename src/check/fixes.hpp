// SPDX-License-Identifier: MIT
// Short ways to write the fixes that rules offer.
#pragma once

#include <string>
#include <string_view>

#include "pe/check/diagnostic.hpp"
#include "pe/yaml/forest.hpp"
#include "pe/yaml/value.hpp"

namespace pe::check {

enum class Safety : bool { Choice, Safe };

Fix setValueFix(std::string title, yaml::NodeRef node, yaml::Value value, Safety safety);
Fix insertFix(std::string title, yaml::NodeRef mapping, yaml::NodeRef after, std::string key,
              yaml::Value value, Safety safety);
Fix renameKeyFix(std::string title, yaml::NodeRef entry, std::string key, Safety safety);
Fix removeFix(std::string title, yaml::NodeRef entry, Safety safety);

// Gives the field `key` of a mapping a value: that of `entry` if it is there, else a new entry
// after the sibling `after` (kNoNode: first).
Fix fillFix(std::string title, yaml::NodeRef mapping, yaml::NodeRef entry, yaml::NodeRef after,
            std::string key, yaml::Value value, Safety safety);

// {type: static, content: text}
// An output that is a path, as the mapping that the engine reads as one.
Fix outputPathFix(yaml::NodeRef output, const std::string& path);

yaml::Value staticPart(std::string text);

}  // namespace pe::check
