// SPDX-License-Identifier: MIT
#include "moved_field.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "fields.hpp"
#include "pe/yaml/pointer.hpp"
#include "step_place.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using yaml::NodeRef;
using yaml::Value;

constexpr std::size_t kMostDigits = 9;

struct OtherPlace {
    std::string_view around;  // the key of the mapping that holds the field
    std::string_view key;
    std::string_view target;
    bool beside;  // the target stands beside that mapping, not in it
};
constexpr std::array<OtherPlace, 3> kOtherPlaces{
    {{"workflow", "output_dir", "defaults", false},
     {"pipeline", "output_dir", "defaults", false},
     {"session_config", "max_turns", "claude_options", true}}};

const OtherPlace* placeOfField(const yaml::Forest& forest, NodeRef entry) {
    const NodeRef mapping = forest.parent(entry);
    for (const OtherPlace& each : kOtherPlaces)
        if (mapping != yaml::kNoNode && keyIs(forest, entry, each.key) &&
            keyIs(forest, mapping, each.around))
            return &each;
    return nullptr;
}

// The default of Gemini steps, and the field and the types of the steps that it was to fill.
struct Inherited {
    std::string_view name;
    std::string_view field;
    std::array<std::string_view, 2> types;
};
constexpr std::array<Inherited, 2> kInherited{
    {{"gemini_model", "model", {"gemini", "gemini_instructor"}},
     {"gemini_token_budget", "token_budget", {"gemini", "gemini"}}}};

// Commands that become one fix.
class FixBuilder {
public:
    explicit FixBuilder(std::string title) : title_(std::move(title)) {}

    template <class Edit>
    void add(Edit edit) {
        batch_.commands.push_back({std::move(edit), title_, 0});
    }
    bool empty() const { return batch_.commands.empty(); }
    Fix take(Safety safety) {
        document::Command command{std::move(batch_), title_, 0};
        return {std::move(title_), safety == Safety::Safe, std::move(command)};
    }

private:
    std::string title_;
    document::Batch batch_;
};

Value only(std::string_view key, Value value) {
    return Value::mapping({{Value::ofString(std::string(key)), std::move(value)}});
}

// That runs the step: the file's own, or an inline one.
NodeRef workflowOf(const PipelineContext& context, format::GraphIndex step) {
    const format::GraphIndex pipeline = placeOf(context.graph, step).pipeline;
    return pipeline == format::kNoGraphNode
               ? mappingBehind(context.forest, context.workflow)
               : workflowBehind(context.forest, context.graph.nodes[pipeline].ref);
}

bool isCommented(const yaml::Forest& forest, NodeRef entry) {
    return entry != yaml::kNoNode &&
           forest.lexeme(entry).suffix.find('#') != std::string_view::npos;
}

}  // namespace

std::string_view otherPlaceOf(const yaml::Forest& forest, NodeRef entry) {
    const OtherPlace* place = placeOfField(forest, entry);
    return place == nullptr ? std::string_view() : place->target;
}

std::optional<Fix> otherPlaceFix(const yaml::Forest& forest, NodeRef entry) {
    const OtherPlace* place = placeOfField(forest, entry);
    if (place == nullptr)
        return std::nullopt;
    const NodeRef mapping = forest.parent(entry);
    const NodeRef holder = place->beside ? forest.parent(mapping) : mapping;
    const NodeRef target = entryOf(forest, holder, place->target);
    FixBuilder fix("Move into " + quoted(place->target));
    if (target != yaml::kNoNode) {
        if (!yaml::isMapping(forest.style(target)) ||
            entryOf(forest, target, place->key) != yaml::kNoNode)
            return std::nullopt;
        const auto fields = forest.children(target);
        fix.add(document::Move{entry, target, fields.empty() ? yaml::kNoNode : fields.back(),
                               std::string(place->key)});
        return fix.take(Safety::Choice);
    }
    auto value = yaml::valueOf(forest, entry);
    if (!value)
        return std::nullopt;
    Value held = only(place->key, std::move(*value));
    if (place->beside) {
        fix.add(document::Insert{holder, mapping, std::string(place->target), std::move(held)});
        fix.add(document::Remove{entry});
    } else {  // on the same line, with its comment
        fix.add(document::RenameKey{entry, std::string(place->target)});
        fix.add(document::SetValue{entry, std::move(held)});
    }
    return fix.take(Safety::Choice);
}

std::optional<Fix> millisecondsFix(const yaml::Forest& forest, NodeRef entry) {
    const NodeRef options = forest.parent(entry);
    const auto seconds = scalarOf(forest, entry);
    if (!keyIs(forest, entry, "timeout_seconds") || !keyIs(forest, options, "claude_options") ||
        entryOf(forest, options, "timeout_ms") != yaml::kNoNode || !seconds ||
        seconds->kind != Value::Kind::Integer || seconds->text.size() > kMostDigits ||
        seconds->text.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
    const std::string milliseconds = seconds->text + "000";
    FixBuilder fix("Write " + quoted("timeout_ms: " + milliseconds));
    fix.add(document::RenameKey{entry, "timeout_ms"});
    fix.add(document::SetValue{entry, Value::ofInteger(milliseconds)});
    return fix.take(Safety::Choice);
}

std::optional<Fix> variablesFix(const yaml::Forest& forest, NodeRef step) {
    const NodeRef variable = entryOf(forest, step, "variable");
    const NodeRef value = entryOf(forest, step, "value");
    const auto name = textOf(forest, variable);
    auto held =
        value == yaml::kNoNode ? Result<Value>(Value::null()) : yaml::valueOf(forest, value);
    if (!name || name->empty() || !held)
        return std::nullopt;
    const bool onValue = isCommented(forest, value);
    const NodeRef kept = onValue ? value : variable;
    const NodeRef other = onValue ? variable : value;
    FixBuilder fix("Write `variables` with " + quoted(*name));
    fix.add(document::RenameKey{kept, "variables"});
    fix.add(document::SetValue{kept, only(*name, std::move(*held))});
    if (other != yaml::kNoNode)
        fix.add(document::Remove{other});
    return fix.take(isCommented(forest, other) ? Safety::Choice : Safety::Safe);
}

std::optional<Fix> inheritFix(const PipelineContext& context, NodeRef entry) {
    const yaml::Forest& forest = context.forest;
    const auto inherited =
        std::find_if(kInherited.begin(), kInherited.end(),
                     [&](const Inherited& each) { return keyIs(forest, entry, each.name); });
    const auto value = yaml::valueOf(forest, entry);
    if (inherited == kInherited.end() || !value)
        return std::nullopt;
    const std::string field(inherited->field);
    FixBuilder fix("Move it into the steps that have no " + quoted(field));
    const NodeRef workflow = forest.parent(forest.parent(entry));
    for (format::GraphIndex i = 0; i < context.graph.nodes.size(); ++i) {
        const format::GraphNode& node = context.graph.nodes[i];
        const auto& types = inherited->types;
        const NodeRef step = node.ref;
        if (node.kind == format::NodeKind::Step && workflowOf(context, i) == workflow &&
            mappingBehind(forest, step) == step &&
            std::find(types.begin(), types.end(), node.type) != types.end() &&
            entryOf(forest, step, field) == yaml::kNoNode)
            fix.add(document::Insert{step, entryOf(forest, step, "type"), field, *value});
    }
    if (fix.empty())
        return std::nullopt;
    fix.add(document::Remove{entry});
    return fix.take(Safety::Choice);
}

}  // namespace pe::check
