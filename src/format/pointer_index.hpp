// SPDX-License-Identifier: MIT
// PointerIndex: JSON pointers of many nodes of one forest. Places in a list are counted once per
// list, so that all pointers of a long pipeline cost what their texts cost.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>

#include "pe/yaml/forest.hpp"

namespace pe::format {

class PointerIndex {
public:
    explicit PointerIndex(const yaml::Forest& forest) : forest_(forest) {}
    // "" for a document and the stream.
    const std::string& of(yaml::NodeRef node);

private:
    const yaml::Forest& forest_;
    std::unordered_map<yaml::NodeRef, std::string> pointers_;
    std::unordered_map<yaml::NodeRef, std::size_t> positions_;
};

}  // namespace pe::format
