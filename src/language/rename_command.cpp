// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>

#include "name_index.hpp"
#include "nodes.hpp"
#include "pe/language/rename.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/value.hpp"

namespace pe::language {
namespace {

using format::ReferenceTarget;
using yaml::NodeRef;

// Whether a variable, input or constant of that name can be read from such a text.
bool canBeRead(const std::string& name, const format::Reference& place) {
    const bool whole = place.target == ReferenceTarget::VariableOrStep;
    if (!whole && name.find('-') != std::string::npos)
        return false;  // there the engine subtracts
    std::string text = whole ? name : "{{state." + name + "}} {{" + name + "}}";
    if (place.target == ReferenceTarget::Input || place.target == ReferenceTarget::Constant)
        text = "{{inputs." + name + "}} {{global_vars." + name + "}}";
    const auto found = format::referencesInText(
        text, whole ? format::ReferenceRole::DataSource : format::ReferenceRole::Text);
    return found.size() == (whole ? 1u : 2u) &&
           std::all_of(found.begin(), found.end(),
                       [&](const auto& each) { return each.name == name; });
}

std::string_view wordFor(TargetKind kind) {
    switch (kind) {
        case TargetKind::Variable:
            return "variable";
        case TargetKind::Input:
            return "input";
        case TargetKind::Constant:
            return "constant";
        default:
            return "function";
    }
}

using Places = std::map<NodeRef, std::vector<format::Reference>>;

Result<Places> placesOf(const yaml::Forest& forest, const NameIndex& index, const Target& target,
                        const std::string& name) {
    Places places;
    for (const auto& each : index.references()) {
        if (!index.means(each, target))
            continue;
        const std::string text = yaml::scalarText(forest, each.reference.at);
        if (target.kind != TargetKind::Function &&
            (!canBeRead(name, each.reference) || !format::canReplace(each.reference, text, name)))
            return fail(ErrorCode::Refused,
                        "'" + name + "' cannot stand where the " +
                            std::string(wordFor(target.kind)) +
                            " is read: use letters, digits and underscores.",
                        yaml::pointerTo(forest, each.reference.at));
        places[each.reference.at].push_back(each.reference);
    }
    return places;
}

Result<document::Command> renameKeys(const yaml::Forest& forest, const NameIndex& index,
                                     const Target& target, const std::string& name) {
    document::Batch batch;
    for (const NodeRef entry : index.definitions(target)) {
        if (entryOf(forest, forest.parent(entry), name) != yaml::kNoNode)
            return fail(
                ErrorCode::Conflict,
                "There is a " + std::string(wordFor(target.kind)) + " '" + name + "' already.",
                yaml::pointerTo(forest, entry));
        batch.commands.push_back(
            {document::RenameKey{entry, name}, {}, 0, yaml::Sharing::Everywhere});
    }
    PE_TRY_ASSIGN(const Places places, placesOf(forest, index, target, name));
    for (const auto& [entry, references] : places)
        batch.commands.push_back(
            {document::SetValue{entry, yaml::Value::ofString(format::withName(
                                           yaml::scalarText(forest, entry), references, name))},
             {},
             0,
             yaml::Sharing::Everywhere});
    return document::Command{std::move(batch), "Rename " + std::string(wordFor(target.kind)), 0};
}

}  // namespace

Result<document::Command> renameCommand(const check::Subject& subject,
                                        const format::Catalogue& catalogue, const Target& target,
                                        const std::string& name) {
    if (name.empty() || name.find_first_of("\r\n") != std::string::npos)
        return fail(ErrorCode::InvalidArgument, "A name needs at least one letter, on one line.");
    if (target.kind == TargetKind::File)
        return fail(ErrorCode::Refused, "Files are renamed on disk, not here.");
    if (target.kind == TargetKind::Step)
        return document::Command{document::RenameStep{target.node, name}, {}, 0};
    if (target.name == name)
        return document::Command{document::Batch{}, {}, 0};
    return renameKeys(subject.forest(), NameIndex(subject.forest(), catalogue), target, name);
}

}  // namespace pe::language
