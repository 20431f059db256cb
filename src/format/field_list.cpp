// SPDX-License-Identifier: MIT
#include "pe/format/field_list.hpp"

#include <algorithm>

namespace pe::format {

const FieldSpec* fieldNamed(const std::vector<FieldSpec>& fields, std::string_view key) {
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&](const FieldSpec& each) { return each.key == key; });
    return found == fields.end() ? nullptr : &*found;
}

}  // namespace pe::format
