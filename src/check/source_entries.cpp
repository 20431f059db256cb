// SPDX-License-Identifier: MIT
#include "source_entries.hpp"

#include "fields.hpp"

namespace pe::check {

using yaml::NodeRef;

std::vector<SourceEntry> sourceEntries(const StepContext& context) {
    std::vector<SourceEntry> entries;
    const yaml::Forest& forest = context.pipeline.forest;
    const auto add = [&](NodeRef mapping, std::string_view key, SourceLanguage language) {
        const NodeRef entry = entryOf(forest, mapping, key);
        if (entry != yaml::kNoNode)
            entries.push_back({entry, language});
    };
    if (context.type == "for_loop")
        add(context.step, "data_source", SourceLanguage::Data);
    if (context.type != "data_transform")
        return entries;
    add(context.step, "input_source", SourceLanguage::Input);
    const NodeRef operations = valueBehind(forest, entryOf(forest, context.step, "operations"));
    if (operations == yaml::kNoNode || !yaml::isSequence(forest.style(operations)))
        return entries;
    for (const NodeRef item : forest.children(operations))
        add(mappingBehind(forest, item), "right_source", SourceLanguage::Right);
    return entries;
}

bool namesItem(const StepContext& context, std::string_view name, SourceLanguage language) {
    const PipelineNames& names = context.pipeline.names;
    return language == SourceLanguage::Data &&
           (names.loopsTo(name, context.index) == 0 ||
            (name == "parent" && names.hasParentLoop(context.index)));
}

}  // namespace pe::check
