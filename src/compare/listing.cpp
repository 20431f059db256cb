// SPDX-License-Identifier: MIT
#include "pe/compare/listing.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "pe/yaml/pointer.hpp"
#include "pe/yaml/value.hpp"
#include "version.hpp"

namespace pe::compare {
namespace {

using format::GraphIndex;
using format::GraphNode;
using format::kNoGraphNode;
using yaml::NodeRef;
using yaml::Value;

class Lister {
public:
    explicit Lister(const Version& version) : version_(version) {}

    std::string list() {
        const NodeRef document = yaml::rootDocument(version_.forest());
        if (document != yaml::kNoNode)
            fields(document, "");
        for (GraphIndex index = 0; index < version_.graph().nodes.size(); ++index)
            heading(index);
        return std::move(out_);
    }

private:
    void heading(GraphIndex index);
    void fields(NodeRef mapping, const std::string& prefix);
    void value(const Value& value, const std::string& name);
    void text(const std::string& text, const std::string& name);

    const Version& version_;
    std::string out_;
};

std::string nameOf(const GraphNode& node) {
    return node.name.empty() ? node.type : node.name;
}

void Lister::heading(GraphIndex index) {
    const GraphNode& node = version_.node(index);
    std::string path = nameOf(node);
    for (GraphIndex up = node.parent; up != kNoGraphNode; up = version_.node(up).parent)
        path = nameOf(version_.node(up)) + " > " + path;
    out_ += (out_.empty() ? "" : "\n") + path + '\n';
    fields(node.ref, "");
}

// The fields of a mapping by name, without the steps in it.
void Lister::fields(NodeRef mapping, const std::string& prefix) {
    const yaml::Forest& forest = version_.forest();
    if (!yaml::isMapping(forest.style(mapping))) {
        if (const auto read = yaml::valueOf(forest, mapping); read && !version_.holdsNodes(mapping))
            value(*read, prefix.empty() ? "value" : prefix);
        return;
    }
    std::map<std::string, NodeRef> byName;
    for (const NodeRef field : forest.children(mapping))
        byName.emplace(yaml::keyText(forest, field), field);
    for (const auto& [name, field] : byName) {
        const bool isMapping = yaml::isMapping(forest.style(field));
        if (version_.indexOf(field) != kNoGraphNode || (version_.holdsNodes(field) && !isMapping))
            continue;
        const std::string path = prefix.empty() ? name : prefix + '.' + name;
        if (isMapping && !forest.children(field).empty())
            fields(field, path);
        else if (const auto read = yaml::valueOf(forest, field))
            value(*read, path);
    }
}

void Lister::value(const Value& value, const std::string& name) {
    const bool isNested =
        std::any_of(value.items.begin(), value.items.end(), [](const Value& item) {
            return item.kind == Value::Kind::Mapping || item.kind == Value::Kind::Sequence;
        });
    if (isNested) {
        for (std::size_t i = 0; i < value.items.size(); ++i)
            this->value(value.items[i], name + '[' + std::to_string(i) + ']');
    } else if (value.kind == Value::Kind::Mapping && !value.entries.empty()) {
        std::map<std::string, const Value*> byName;
        for (const auto& [key, held] : value.entries)
            byName.emplace(key.isString() ? key.text : yaml::toJson(key), &held);
        for (const auto& [key, held] : byName)
            this->value(*held, name + '.' + key);
    } else if (value.isString() && value.text.find('\n') != std::string::npos) {
        text(value.text, name);
    } else {
        out_ += "  " + name + ": " + yaml::toJson(value) + '\n';
    }
}

void Lister::text(const std::string& text, const std::string& name) {
    out_ += "  " + name + ":\n";
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        out_ += (end == begin ? "    |" : "    | ") + text.substr(begin, end - begin) + '\n';
        begin = end + 1;
    }
    if (text.back() != '\n')
        out_ += "    (no line break at the end)\n";
}

}  // namespace

std::string listing(const yaml::Forest& forest, const format::Catalogue& catalogue) {
    const Version version(forest, catalogue);
    return Lister(version).list();
}

}  // namespace pe::compare
