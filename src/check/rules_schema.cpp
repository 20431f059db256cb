// SPDX-License-Identifier: MIT
// JSON Schema blocks: output_schema, the schema of gemini_instructor, and the parameters of Gemini
// functions.
#include <algorithm>
#include <charconv>
#include <string>

#include "fields.hpp"
#include "fixes.hpp"
#include "nearest.hpp"
#include "pe/format/field_list.hpp"
#include "rule.hpp"

namespace pe::check {
namespace {

using format::FieldKind;
using yaml::NodeRef;
using yaml::Value;

constexpr RuleInfo kInfos[] = {
    {"schema.shape", Severity::Warning, "A schema of the wrong shape",
     "A JSON Schema is a mapping; `properties` maps names to schemas, `items` is one schema (the "
     "engine's checker crashes on a list), `required` and `enum` are lists.",
     "D57"},
    {"schema.type", Severity::Warning, "An unknown JSON type",
     "The types are string, number, integer, boolean, object, array and null.", ""},
    {"schema.keyword", Severity::Information, "An unknown keyword in a schema",
     "Nothing knows the keyword, so it says nothing about the value.", "D57"},
    {"schema.required-undeclared", Severity::Information, "A required property without a schema",
     "A name under `required` that is not among `properties` may be a slip.", ""},
    {"schema.bounds", Severity::Warning, "Bounds that nothing can meet",
     "The lower bound is above the upper one, so every value is refused.", ""},
};

constexpr int kMaxDepth = 32;

class SchemaCheck {
public:
    SchemaCheck(const PipelineContext& context, Reporter& reporter)
        : forest_(context.forest),
          keywords_(context.catalogue.schemaKeywords()),
          reporter_(reporter) {}

    void schema(NodeRef entry, int depth = 0) {
        const NodeRef value = valueBehind(forest_, entry);
        if (value == yaml::kNoNode || isNull(forest_, value) || depth > kMaxDepth)
            return;
        if (!yaml::isMapping(forest_.style(value))) {
            const auto read = scalarOf(forest_, value);
            // `additionalProperties: false` and templates stand for schemas.
            const bool stands = read && (read->kind == Value::Kind::Boolean ||
                                         read->text.find("{{") != std::string::npos);
            if (!stands && depth > 0)
                shape(entry, "A schema must be a mapping.");
            return;
        }
        for (const NodeRef field : forest_.children(value))
            keyword(field, depth);
        required(value);
        bounds(value, "minimum", "maximum");
        bounds(value, "minLength", "maxLength");
        bounds(value, "minItems", "maxItems");
    }

private:
    void shape(NodeRef entry, std::string message) {
        reporter_.onValue("schema.shape", entry, std::move(message));
    }

    void keyword(NodeRef field, int depth) {
        const std::string key = keyOf(forest_, field);
        const format::FieldSpec* known = format::fieldNamed(keywords_, key);
        if (key == "$defs")
            return schemasBelow(field, key, depth);
        if (known == nullptr)  // the core of JSON Schema is written with a $
            return key.starts_with("x-") || key.starts_with('$') ? void() : unknown(field, key);
        switch (known->kind) {
            case FieldKind::Choice:
                return types(field, *known);
            case FieldKind::Schema:
                return schema(field, depth + 1);
            case FieldKind::SchemaMap:
                return schemasBelow(field, key, depth);
            case FieldKind::SchemaList:
                return schemasIn(field, key, depth);
            default:
                if (key == "required" || key == "enum")
                    listOnly(field, key);
        }
    }

    void unknown(NodeRef field, const std::string& key) {
        std::vector<std::string_view> names;
        for (const format::FieldSpec& each : keywords_)
            names.push_back(each.key);
        const std::string near{nearest(key, names)};
        Diagnostic& found =
            reporter_.onKey("schema.keyword", field,
                            "`" + shortened(key) + "` is no keyword of JSON Schema" +
                                (near.empty() ? "." : "; did you mean `" + near + "`?"));
        if (!near.empty())
            found.fixes.push_back(renameKeyFix("Rename to `" + near + "`", field, near,
                                               isSlip(key, near) ? Safety::Safe : Safety::Choice));
    }

    void types(NodeRef field, const format::FieldSpec& known) {
        const NodeRef value = valueBehind(forest_, field);
        if (value != yaml::kNoNode && yaml::isSequence(forest_.style(value))) {
            for (const NodeRef item : forest_.children(value))
                type(item, known);
            return;
        }
        type(field, known);
    }

    void type(NodeRef entry, const format::FieldSpec& known) {
        const auto value = scalarOf(forest_, entry);
        if (!value || (value->isNull() && forest_.style(entry) != yaml::Style::Plain))
            return shape(entry, "`type` must be the name of a JSON type.");
        std::string word = value->text;
        const auto& all = known.choices;
        if (value->isNull() || std::find(all.begin(), all.end(), word) != all.end())
            return;
        for (char& c : word)
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        const std::string near{nearest(typeMeant(word), {all.begin(), all.end()})};
        Diagnostic& found =
            reporter_.onValue("schema.type", entry,
                              "`" + shortened(value->text) + "` is no JSON type" +
                                  (near.empty() ? "." : "; did you mean `" + near + "`?"));
        if (!near.empty())
            found.fixes.push_back(setValueFix("Change to `" + near + "`", entry,
                                              Value::ofString(near),
                                              isSlip(word, near) ? Safety::Safe : Safety::Choice));
    }

    // Names of other languages.
    static std::string_view typeMeant(std::string_view word) {
        constexpr std::pair<std::string_view, std::string_view> kForeign[] = {
            {"str", "string"},    {"text", "string"},  {"int", "integer"}, {"float", "number"},
            {"double", "number"}, {"bool", "boolean"}, {"map", "object"},  {"dict", "object"},
            {"list", "array"},    {"nil", "null"},     {"none", "null"}};
        for (const auto& [foreign, json] : kForeign)
            if (word == foreign)
                return json;
        return word;
    }

    void schemasBelow(NodeRef field, const std::string& key, int depth) {
        const NodeRef value = mappingBehind(forest_, field);
        if (value == yaml::kNoNode) {
            if (!isNull(forest_, field))
                shape(field, "`" + key + "` must be a mapping from names to schemas.");
            return;
        }
        for (const NodeRef entry : forest_.children(value))
            schema(entry, depth + 1);
    }

    void schemasIn(NodeRef field, const std::string& key, int depth) {
        const NodeRef value = valueBehind(forest_, field);
        if (value == yaml::kNoNode || !yaml::isSequence(forest_.style(value)))
            return shape(field, "`" + key + "` must be a list of schemas.");
        for (const NodeRef item : forest_.children(value))
            schema(item, depth + 1);
    }

    void listOnly(NodeRef field, const std::string& key) {
        const NodeRef value = valueBehind(forest_, field);
        if (value == yaml::kNoNode || yaml::isSequence(forest_.style(value)))
            return;
        // In OpenAPI's older form a property says of itself that it is required.
        const auto read = scalarOf(forest_, value);
        if (read && read->kind == Value::Kind::Boolean)
            return shape(field, "`required` must be a list of names, beside `properties`.");
        shape(field, "`" + key + "` must be a list.");
    }

    void required(NodeRef schema) {
        const NodeRef names = valueBehind(forest_, entryOf(forest_, schema, "required"));
        const NodeRef properties = mappingBehind(forest_, entryOf(forest_, schema, "properties"));
        if (names == yaml::kNoNode || properties == yaml::kNoNode ||
            !yaml::isSequence(forest_.style(names)))
            return;
        std::vector<std::string> declared;
        for (const NodeRef property : forest_.children(properties))
            declared.push_back(keyOf(forest_, property));
        for (const NodeRef item : forest_.children(names)) {
            const auto name = textOf(forest_, item);
            if (!name || std::find(declared.begin(), declared.end(), *name) != declared.end())
                continue;
            const std::string near{nearest(*name, {declared.begin(), declared.end()})};
            reporter_.onValue("schema.required-undeclared", item,
                              "`" + shortened(*name) + "` is not among `properties`" +
                                  (near.empty() ? "." : "; did you mean `" + near + "`?"));
        }
    }

    std::optional<double> number(NodeRef entry) const {
        const auto value = entry == yaml::kNoNode ? std::nullopt : scalarOf(forest_, entry);
        if (!value || (value->kind != Value::Kind::Integer && value->kind != Value::Kind::Float))
            return std::nullopt;
        double read = 0;
        std::from_chars(value->text.data(), value->text.data() + value->text.size(), read);
        return read;
    }

    void bounds(NodeRef schema, std::string_view low, std::string_view high) {
        const NodeRef lower = entryOf(forest_, schema, low);
        const auto least = number(lower);
        const auto most = number(entryOf(forest_, schema, high));
        if (least && most && *least > *most)
            reporter_.onValue("schema.bounds", lower,
                              "`" + std::string(low) + "` is above `" + std::string(high) +
                                  "`; no value can meet both.");
    }

    const yaml::Forest& forest_;
    const std::vector<format::FieldSpec>& keywords_;
    Reporter& reporter_;
};

void checkStepSchemas(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    if (context.step == yaml::kNoNode)
        return;
    for (const char* key : {"output_schema", "schema"}) {
        const NodeRef entry = entryOf(forest, context.step, key);
        if (entry == yaml::kNoNode)
            continue;
        const format::FieldSpec* spec = context.pipeline.catalogue.field(context.type, key);
        if (spec != nullptr && spec->kind == format::FieldKind::Schema)
            SchemaCheck(context.pipeline, reporter).schema(entry);
    }
}

void checkFunctionSchemas(const PipelineContext& context, Reporter& reporter) {
    const NodeRef functions = mappingBehind(
        context.forest, entryOf(context.forest, context.workflow, "gemini_functions"));
    if (functions == yaml::kNoNode)
        return;
    for (const NodeRef function : context.forest.children(functions)) {
        const NodeRef parameters =
            entryOf(context.forest, mappingBehind(context.forest, function), "parameters");
        if (parameters != yaml::kNoNode)
            SchemaCheck(context, reporter).schema(parameters);
    }
}

}  // namespace

const RuleSet& schemaRules() {
    static const RuleSet kSet{kInfos, {checkStepSchemas}, {checkFunctionSchemas}};
    return kSet;
}

}  // namespace pe::check
