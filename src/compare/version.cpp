// SPDX-License-Identifier: MIT
#include "version.hpp"

#include <algorithm>
#include <string_view>

#include "pe/base/trimmed.hpp"
#include "pe/yaml/value.hpp"

namespace pe::compare {
namespace {

using format::GraphIndex;
using format::kNoGraphNode;
using yaml::NodeRef;

std::size_t slot(GraphIndex parent) {
    return parent == kNoGraphNode ? 0 : std::size_t{parent} + 1;
}

// Appends the comments of a text that holds nothing but them, white space and `marks`.
void appendComments(std::string& out, std::string_view text) {
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto mark = line.find('#');
        if (mark == std::string_view::npos)
            continue;
        if (!out.empty())
            out += '\n';
        out += trimmed(line.substr(mark + 1));
    }
}

}  // namespace

Version::Version(const yaml::Forest& forest, const format::Catalogue& catalogue)
    : forest_(forest), graph_(format::deriveGraph(forest, catalogue)) {
    below_.resize(graph_.nodes.size() + 1);
    for (GraphIndex index = 0; index < graph_.nodes.size(); ++index) {
        below_[slot(graph_.nodes[index].parent)].push_back(index);
        byRef_.emplace(graph_.nodes[index].ref, index);
    }
}

const std::vector<GraphIndex>& Version::below(GraphIndex parent) const {
    return below_[slot(parent)];
}

GraphIndex Version::indexOf(NodeRef ref) const {
    const auto found = byRef_.find(ref);
    return found == byRef_.end() ? kNoGraphNode : found->second;
}

bool Version::holdsNodes(NodeRef ref) const {
    const auto children = forest_.children(ref);
    return std::any_of(children.begin(), children.end(),
                       [this](NodeRef child) { return indexOf(child) != kNoGraphNode; });
}

std::string Version::meaning(NodeRef ref) const {
    const auto value = yaml::valueOf(forest_, ref);
    return value ? yaml::toJson(*value)
                 : yaml::toJson(yaml::Value::ofString(std::string(forest_.lexeme(ref).raw)));
}

std::string Version::comments(NodeRef ref) const {
    const yaml::Lexeme lexeme = forest_.lexeme(ref);
    std::string out;
    for (const std::string_view text :
         {lexeme.prefix, lexeme.colon, lexeme.open, lexeme.footer, lexeme.suffix})
        appendComments(out, text);
    return out;
}

}  // namespace pe::compare
