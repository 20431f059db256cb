// SPDX-License-Identifier: MIT
#include "pe/language/uses.hpp"

#include <algorithm>

#include "called_names.hpp"
#include "name_index.hpp"
#include "nodes.hpp"
#include "pe/yaml/edit.hpp"
#include "pe/yaml/pointer.hpp"

namespace pe::language {
namespace {

using yaml::kNoNode;
using yaml::NodeRef;
using yaml::Span;

Span spanOf(const check::Subject& subject, const format::Reference& reference) {
    return check::partSpan(subject, reference.at, reference.begin, reference.end);
}

// An alias that is read as a name, and the reference that it is.
struct AliasedName {
    NodeRef alias = kNoNode;
    const format::ResolvedReference* reference = nullptr;
};

// A text with more in it than the name shows no place for it at its aliases.
std::vector<AliasedName> aliasedNames(const check::Subject& subject, const NameIndex& index) {
    const yaml::Forest& forest = subject.forest();
    const auto isBelow = [&](NodeRef node, NodeRef entry) {
        while (node != entry && node != yaml::kStream)
            node = forest.parent(node);
        return node == entry;
    };
    std::vector<AliasedName> names;
    const NodeRef document = yaml::rootDocument(forest);
    if (document == kNoNode)
        return names;
    for (const auto& [alias, anchored] : yaml::aliasTargets(forest, document))
        for (const auto& each : index.references())
            if (each.reference.at == anchored && each.reference.name == textOf(forest, anchored) &&
                isBelow(alias, index.graph().nodes[each.holder].ref))
                names.push_back({alias, &each});
    return names;
}

// The name itself at its definition: a key, or the value of a step's `name`.
Span definitionSpan(const check::Subject& subject, const Target& target, NodeRef entry) {
    if (target.kind == TargetKind::Step)
        return check::partSpan(subject, entry, 0, textOf(subject.forest(), entry).size());
    return innerSpan(subject.text(), subject.keySpan(entry));
}

std::optional<Target> targetAt(const check::Subject& subject, const NameIndex& index,
                               std::size_t offset) {
    const NodeRef node = nodeAt(subject, offset);
    // The smallest name counts: the path of a file may hold the name of a step.
    const format::ResolvedReference* meant = nullptr;
    for (const auto& each : index.references())
        if (each.reference.at == node && holds(spanOf(subject, each.reference), offset) &&
            (meant == nullptr || each.reference.name.size() < meant->reference.name.size()))
            meant = &each;
    Span at = meant == nullptr ? Span{} : spanOf(subject, meant->reference);
    if (meant == nullptr && subject.forest().style(node) == yaml::Style::Alias)
        for (const AliasedName& each : aliasedNames(subject, index))
            if (each.alias == node && holds(subject.valueSpan(node), offset)) {
                meant = each.reference;
                at = subject.valueSpan(node);
            }
    if (meant != nullptr) {
        auto target = index.targetOf(*meant);
        if (target)
            target->at = at;
        return target;
    }
    auto defined = index.targetDefinedBy(node);
    if (!defined)
        return std::nullopt;
    defined->at = definitionSpan(subject, *defined, node);
    return holds(defined->at, offset) ? defined : std::nullopt;
}

// A step of another file that stands under the place.
std::optional<Definition> calledAt(const check::Subject& subject, const NameIndex& index,
                                   std::size_t offset) {
    for (CalledName& each : calledNames(subject.forest(), index))
        if (const Span span = spanOf(subject, each.reference); holds(span, offset))
            return Definition{std::move(each.file), std::move(each.reference.name), span};
    return std::nullopt;
}

}  // namespace

std::optional<Target> targetAt(const check::Subject& subject, const format::Catalogue& catalogue,
                               std::size_t offset) {
    return targetAt(subject, NameIndex(subject.forest(), catalogue), offset);
}

std::vector<Use> usesOf(const check::Subject& subject, const format::Catalogue& catalogue,
                        const Target& target) {
    const NameIndex index(subject.forest(), catalogue);
    std::vector<Use> uses;
    if (target.kind != TargetKind::File)  // which is no place in this one
        for (const NodeRef entry : index.definitions(target))
            uses.push_back({definitionSpan(subject, target, entry), entry, true});
    for (const auto& each : index.references())
        if (index.means(each, target))
            uses.push_back({spanOf(subject, each.reference), each.reference.at, false});
    for (const AliasedName& each : aliasedNames(subject, index))
        if (index.means(*each.reference, target))
            uses.push_back({subject.valueSpan(each.alias), each.alias, false});
    std::sort(uses.begin(), uses.end(),
              [](const Use& a, const Use& b) { return a.span.begin < b.span.begin; });
    // A text behind an anchor is read once for every alias.
    uses.erase(std::unique(uses.begin(), uses.end(),
                           [](const Use& a, const Use& b) { return a.span == b.span; }),
               uses.end());
    return uses;
}

std::optional<Definition> definitionOf(const check::Subject& subject,
                                       const format::Catalogue& catalogue, std::size_t offset) {
    const NameIndex index(subject.forest(), catalogue);
    const auto target = targetAt(subject, index, offset);
    if (!target)
        return calledAt(subject, index, offset);
    if (target->kind == TargetKind::File)
        return Definition{target->name, {}, {}};
    const auto entries = index.definitions(*target);
    if (entries.empty())
        return Definition{{}, {}, bareSpan(subject, target->node)};
    return Definition{{}, {}, definitionSpan(subject, *target, entries.front())};
}

std::optional<Span> stepNamed(const check::Subject& subject, const format::Catalogue& catalogue,
                              std::string_view name) {
    const yaml::Forest& forest = subject.forest();
    if (name.empty())
        return std::nullopt;
    for (const format::GraphNode& each : format::deriveGraph(forest, catalogue).nodes)
        if (each.parent == format::kNoGraphNode && each.kind == format::NodeKind::Step)
            if (const NodeRef entry = entryOf(forest, each.ref, "name");
                entry != kNoNode && textOf(forest, entry) == name)
                return check::partSpan(subject, entry, 0, name.size());
    return std::nullopt;
}

}  // namespace pe::language
