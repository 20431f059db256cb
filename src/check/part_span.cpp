// SPDX-License-Identifier: MIT
#include "finding.hpp"

namespace pe::check {

yaml::Span partSpan(const Subject& subject, yaml::NodeRef node, std::size_t begin,
                    std::size_t end) {
    return spanOf(subject, {PlaceKind::Part, node, yaml::kNoNode, begin, end});
}

}  // namespace pe::check
