// SPDX-License-Identifier: MIT
#include "pe/language/symbols.hpp"

#include "nodes.hpp"
#include "pe/format/graph.hpp"
#include "pe/yaml/value.hpp"

namespace pe::language {
namespace {

using format::GraphNode;
using format::NodeKind;
using yaml::kNoNode;
using yaml::NodeRef;

SymbolKind kindOf(NodeKind kind) {
    return kind == NodeKind::Step   ? SymbolKind::Step
           : kind == NodeKind::Task ? SymbolKind::Task
                                    : SymbolKind::Branch;
}

// The protocol takes no name that is empty or blank.
std::string shown(const std::string& name, const char* otherwise = "(no name)") {
    return name.find_first_not_of(" \t\r\n") == std::string::npos ? otherwise : name;
}

class Outline {
public:
    Outline(const check::Subject& subject, const format::Catalogue& catalogue)
        : subject_(subject),
          forest_(subject.forest()),
          graph_(format::deriveGraph(forest_, catalogue)) {}

    std::vector<Symbol> build() {
        if (graph_.workflow == kNoNode)
            return {};
        Symbol workflow = entry(SymbolKind::Workflow, graph_.workflow);
        workflow.name =
            shown(textOf(forest_, entryOf(forest_, graph_.workflow, "name")), "workflow");
        addKeys(entryOf(forest_, graph_.workflow, "gemini_functions"), SymbolKind::Function,
                workflow);
        for (format::GraphIndex next = 0; next < graph_.nodes.size();)
            workflow.children.push_back(node(next));
        return {std::move(workflow)};
    }

private:
    Symbol entry(SymbolKind kind, NodeRef ref) const {
        Symbol symbol;
        symbol.kind = kind;
        symbol.node = ref;
        symbol.span = bareSpan(subject_, ref);
        const yaml::Span key = subject_.keySpan(ref);
        symbol.nameSpan =
            key.begin < key.end ? key : yaml::Span{symbol.span.begin, symbol.span.begin};
        return symbol;
    }

    void addKeys(NodeRef mapping, SymbolKind kind, Symbol& parent) const {
        if (mapping == kNoNode || !yaml::isMapping(forest_.style(mapping)))
            return;
        for (const NodeRef each : forest_.children(mapping)) {
            Symbol symbol = entry(kind, each);
            symbol.name = shown(yaml::keyText(forest_, each));
            parent.children.push_back(std::move(symbol));
        }
    }

    // The node and all nested in it, which follow it; `next` is left behind them.
    Symbol node(format::GraphIndex& next) const {
        const format::GraphIndex index = next++;
        const GraphNode& each = graph_.nodes[index];
        Symbol symbol = entry(kindOf(each.kind), each.ref);
        symbol.name = shown(each.name);
        symbol.detail = each.type;
        const NodeRef name = entryOf(forest_, each.ref, "name");
        if (each.kind == NodeKind::Step && name != kNoNode &&
            subject_.valueSpan(name).begin < subject_.valueSpan(name).end)
            symbol.nameSpan = subject_.valueSpan(name);
        if (each.type == "set_variable")
            addKeys(entryOf(forest_, each.ref, "variables"), SymbolKind::Variable, symbol);
        while (next < graph_.nodes.size() && graph_.nodes[next].parent == index)
            symbol.children.push_back(node(next));
        return symbol;
    }

    const check::Subject& subject_;
    const yaml::Forest& forest_;
    format::Graph graph_;
};

}  // namespace

std::vector<Symbol> symbols(const check::Subject& subject, const format::Catalogue& catalogue) {
    return Outline(subject, catalogue).build();
}

}  // namespace pe::language
