// SPDX-License-Identifier: MIT
// What becomes of anchors and aliases in YAML that is pasted: an anchor that no alias in the text
// uses goes, as in a copy; one that is used gets a name that is free; an alias of an anchor outside
// stays if the file has that anchor. Pure functions.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::editor {

struct AnchoredText {
    std::string text;
    std::vector<std::string> outside;  // anchors that its aliases need and that it has not
    bool anchored = false;             // it still holds anchors or aliases
};

// The names of all anchors.
std::set<std::string> anchorsOf(const yaml::Forest& forest);
// `taken`: the anchors of the file. Refused, with the way out, for an alias of no anchor, and for
// properties of keys.
Result<AnchoredText> withFreeAnchors(const std::string& text, const std::set<std::string>& taken);

}  // namespace pe::editor
