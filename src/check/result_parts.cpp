// SPDX-License-Identifier: MIT
#include "pe/check/result_parts.hpp"

#include <algorithm>

#include "fields.hpp"

namespace pe::check {
namespace {

using format::ResultField;
using format::ResultKind;
using yaml::NodeRef;

// Of the formats that turn the data into something else.
ResultKind formatKind(const yaml::Forest& forest, NodeRef step) {
    const auto format = textOf(forest, entryOf(forest, step, "output_format"));
    if (format == "json" || format == "string")
        return ResultKind::Text;
    return format == "count" ? ResultKind::Number : ResultKind::Any;
}

// The value that the step writes where it is a field of its own, else the default.
void narrow(ResultField& part, const yaml::Forest& forest, const format::StepType& type,
            NodeRef step) {
    const auto holds = [&](const std::string& value) {
        return std::find(part.values.begin(), part.values.end(), value) != part.values.end();
    };
    const auto isField = [&](const format::FieldSpec& each) { return each.key == part.field; };
    const auto spec = std::find_if(type.fields.begin(), type.fields.end(), isField);
    if (part.field.empty() || spec == type.fields.end())
        return;
    const NodeRef entry = entryOf(forest, step, part.field);
    const auto text = isNull(forest, entry) ? spec->defaultText : textOf(forest, entry);
    if (!text || text->empty() || text->find("{{") != std::string::npos)
        return;
    if (part.values.empty() || holds(*text))
        part.values = {*text};
    else if (holds(spec->defaultText))
        part.values = {spec->defaultText};
}

// One that several operations store with other values, where any of them may run.
void addPart(std::vector<ResultField>& parts, const ResultField& part) {
    if (parts.empty() || parts.back().path != part.path)
        return parts.push_back(part);
    std::vector<std::string>& values = parts.back().values;
    values.insert(values.end(), part.values.begin(), part.values.end());
}

}  // namespace

std::string dataPart(const yaml::Forest& forest, NodeRef step) {
    const NodeRef field = entryOf(forest, step, "output_field");
    const auto name = textOf(forest, isNull(forest, field) ? entryOf(forest, step, "name") : field);
    return name && name->find("{{") == std::string::npos ? *name : std::string();
}

std::vector<ResultField> resultParts(const yaml::Forest& forest, const format::StepType& type,
                                     NodeRef step) {
    std::vector<ResultField> parts;
    if (type.id == "data_transform")
        if (std::string name = dataPart(forest, step); !name.empty() && name != "metadata")
            parts.push_back({std::move(name), "The data that came out.", formatKind(forest, step)});
    const auto operation = textOf(forest, entryOf(forest, step, "operation"));
    for (const ResultField& each : type.results) {
        const auto& stored = each.operations;
        if (!operation || stored.empty() || operation->find("{{") != std::string::npos ||
            std::find(stored.begin(), stored.end(), *operation) != stored.end())
            addPart(parts, each);
    }
    for (ResultField& each : parts)
        narrow(each, forest, type, step);
    return parts;
}

bool isNoList(ResultKind kind) {
    return kind != ResultKind::Any && kind != ResultKind::List && kind != ResultKind::MappingList;
}

std::string_view kindWord(ResultKind kind) {
    switch (kind) {
        case ResultKind::Text:
            return "text";
        case ResultKind::Number:
            return "number";
        case ResultKind::Flag:
            return "truth value";
        case ResultKind::Mapping:
            return "mapping";
        case ResultKind::List:
        case ResultKind::MappingList:
            return "list";
        default:
            return {};
    }
}

bool hasOnlyKnownParts(std::string_view type) {
    return type == "set_variable" || type == "data_transform" || type == "file_ops" ||
           type == "claude_batch";
}

}  // namespace pe::check
