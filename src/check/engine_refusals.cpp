// SPDX-License-Identifier: MIT
#include "engine_refusals.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>

#include "fields.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/value.hpp"

namespace pe::check {
namespace {

using loader::Outcome;
using loader::Taken;
using loader::Verdict;
using yaml::kNoNode;
using yaml::NodeRef;
using yaml::Value;

constexpr int kMostRefusals = 32;
constexpr std::size_t kStepDepth = 3;  // tokens of /workflow/steps/0

using Tokens = std::vector<std::string>;

void put(Value& mapping, const char* key, Value value) {
    mapping.entries.emplace_back(Value::ofString(key), std::move(value));
}

// A list in braces would copy the value.
Value pair(const char* key, Value value) {
    Value mapping = Value::mapping();
    put(mapping, key, std::move(value));
    return mapping;
}

// A step that both validators take.
Value acceptedStep(Value name) {
    Value step = Value::mapping();
    put(step, "name", std::move(name));
    put(step, "type", Value::ofString("claude"));
    put(step, "prompt", Value::sequence());
    return step;
}

// The place in a list that a token names; far behind every list if it names none.
std::size_t numberOf(const std::string& token) {
    std::size_t index = std::string::npos / 2;
    std::from_chars(token.data(), token.data() + token.size(), index);
    return index;
}

Value* step(Value& value, const std::string& token) {
    if (value.kind == Value::Kind::Sequence) {
        const std::size_t index = numberOf(token);
        return index < value.items.size() ? &value.items[index] : nullptr;
    }
    for (auto& [key, held] : value.entries)
        if (key.text == token)
            return &held;
    return nullptr;
}

// Items of these lists are judged one by one, and each as a whole.
bool holdsJudged(const std::string& key) {
    return key == "prompt" || key == "tasks" || key == "parallel_tasks" || key == "functions" ||
           key == "gemini_functions";
}

// What stands at the path becomes something that nobody complains about. False if there is no such
// thing, so that nothing more can be learned.
bool takeOut(Value& root, Tokens path, std::size_t kept) {
    for (std::size_t i = kept; i + 1 < path.size(); ++i)
        if (holdsJudged(path[i]))
            path.resize(i + 2);
    if (path.size() <= kept)
        return false;
    Value* holder = &root;
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
        holder = step(*holder, path[i]);
        if (holder == nullptr)
            return false;
    }
    const std::string& last = path.back();
    Value* value = step(*holder, last);
    if (value == nullptr || last == "type" || last == "name")
        return false;
    if (holder->kind == Value::Kind::Sequence) {
        holder->items.erase(holder->items.begin() + (value - holder->items.data()));
        return true;
    }
    if (path.size() > 1 && path[path.size() - 2] == "gemini_functions") {
        std::erase_if(holder->entries, [&](const auto& each) { return &each.second == value; });
        return true;
    }
    const bool list = last == "prompt" || last == "tasks";
    const bool mapping = last == "session_config";
    *value = list ? Value::sequence() : mapping ? Value::mapping() : Value::null();
    return true;
}

// From an entry down; where the path leads out of the text, the last entry on it.
NodeRef nodeAt(const yaml::Forest& forest, NodeRef from, const Tokens& path, std::size_t skipped) {
    NodeRef node = from;
    for (std::size_t i = skipped; i < path.size(); ++i) {
        const NodeRef held = valueBehind(forest, node);
        if (held == kNoNode)
            return node;
        NodeRef next = kNoNode;
        if (yaml::isSequence(forest.style(held))) {
            const auto items = forest.children(held);
            const std::size_t index = numberOf(path[i]);
            next = index < items.size() ? items[index] : kNoNode;
        } else {
            next = entryOf(forest, held, path[i]);
        }
        if (next == kNoNode)
            return node;
        node = next;
    }
    return node;
}

// Who takes the file as a whole; nobody if that is not known.
Taken takenWhole(const PipelineContext& context) {
    return context.verdicts == nullptr ? Taken() : context.verdicts->taken();
}

Taken either(Taken one, Taken other) {
    return {one.config || other.config, one.enhanced || other.enhanced};
}

class Interview {
public:
    // `top` stands at the first `kept` tokens of a path; what `kept` and `least` tokens lead to
    // cannot be taken out.
    Interview(const PipelineContext& context, NodeRef top, std::size_t kept, std::size_t least)
        : forest_(context.forest), top_(top), kept_(kept), least_(least) {}

    // Those who take it are not asked.
    std::vector<Refusal> ask(Value root, Taken taken) {
        const Verdict accepted;
        Verdict config = taken.config ? accepted : loader::configVerdict(root);
        Verdict enhanced = taken.enhanced ? accepted : loader::enhancedVerdict(root);
        if (enhanced.outcome == Outcome::Accept) {
            askOn(std::move(root), std::move(config), Validator::Config, &loader::configVerdict);
        } else {
            if (config.outcome != Outcome::Accept)
                askOn(root, std::move(config), Validator::Config, &loader::configVerdict);
            askOn(std::move(root), std::move(enhanced), Validator::Enhanced,
                  &loader::enhancedVerdict);
        }
        return std::move(refusals_);
    }

private:
    // From the first refusal on, with what it is about taken out each time.
    void askOn(Value rest, Verdict verdict, Validator validator, Verdict (*opinion)(const Value&)) {
        taken_.clear();
        std::set<std::string> said;
        for (int i = 0; i < kMostRefusals && verdict.outcome != Outcome::Accept; ++i) {
            const auto path = yaml::parsePointer(verdict.path);
            if (!path || !said.insert(verdict.path + verdict.message).second)
                return;
            const Tokens written = original(*path);
            refusals_.push_back({validator, verdict.outcome, std::move(verdict.message),
                                 nodeAt(forest_, top_, written, kept_)});
            remember(written);
            if (!takeOut(rest, *path, least_))
                return;
            verdict = opinion(rest);
        }
    }

    // The token behind that of a list whose items are taken out one by one; past the end if the
    // path leads into none.
    std::size_t itemIn(const Tokens& path) const {
        for (std::size_t i = kept_; i + 1 < path.size(); ++i)
            if (holdsJudged(path[i]) && path[i] != "gemini_functions")
                return i + 1;
        return path.size();
    }

    // The path in the text: items that were taken out have moved the others up.
    Tokens original(Tokens path) const {
        const std::size_t at = itemIn(path);
        if (at == path.size())
            return path;
        std::size_t index = numberOf(path[at]);
        for (const auto& [list, gone] : taken_)
            index += list == path[at - 1] && gone <= index ? 1 : 0;
        path[at] = std::to_string(index);
        return path;
    }

    void remember(const Tokens& path) {
        if (const std::size_t at = itemIn(path); at != path.size())
            taken_.emplace(path[at - 1], numberOf(path[at]));
    }

    const yaml::Forest& forest_;
    NodeRef top_;
    std::size_t kept_;
    std::size_t least_;
    std::set<std::pair<std::string, std::size_t>> taken_;  // list and place in the text
    std::vector<Refusal> refusals_;
};

bool isNamed(const PipelineContext& context, const format::GraphNode& node, const Value& name) {
    if (node.parent != format::kNoGraphNode || (name.isString() && node.name != name.text))
        return false;
    const NodeRef entry = entryOf(context.forest, mappingBehind(context.forest, node.ref), "name");
    const auto own = scalarOf(context.forest, entry);
    return own && *own == name;
}

// The steps that the prompt of this one names and that are there: a validator looks for them.
void addNamed(const PipelineContext& context, const Value& value, Value& steps) {
    const Value* prompt = value.find("prompt");
    if (prompt == nullptr)
        return;
    for (const Value& part : prompt->items) {
        const Value* name = part.find("step");
        if (name != nullptr &&
            std::any_of(context.graph.nodes.begin(), context.graph.nodes.end(),
                        [&](const auto& node) { return isNamed(context, node, *name); }))
            steps.items.push_back(acceptedStep(*name));
    }
}

// Of the functions that the workflow defines those that a step names, with definitions that nobody
// complains about.
Value functionsNamed(const PipelineContext& context, const Value& names) {
    const yaml::Forest& forest = context.forest;
    const NodeRef mapping = mappingBehind(
        forest, entryOf(forest, mappingBehind(forest, context.workflow), "gemini_functions"));
    Value functions = Value::mapping();
    const auto add = [&](const Value& name) {
        functions.entries.emplace_back(
            name, Value::mapping({{Value::ofString("description"), name},
                                  {Value::ofString("parameters"), Value::mapping()}}));
    };
    if (mapping == kNoNode)
        return functions;
    const bool texts = std::all_of(names.items.begin(), names.items.end(),
                                   [](const Value& each) { return each.isString(); });
    if (texts) {
        for (const Value& each : names.items)
            if (entryOf(forest, mapping, each.text) != kNoNode)
                add(each);
    } else if (const auto all = yaml::valueOf(forest, mapping)) {
        for (const auto& [name, definition] : all->entries)
            add(name);
    }
    return functions;
}

std::span<const NodeRef> itemsOf(const yaml::Forest& forest, NodeRef entry) {
    const NodeRef list = valueBehind(forest, entry);
    return list != kNoNode && yaml::isSequence(forest.style(list)) ? forest.children(list)
                                                                   : std::span<const NodeRef>();
}

// A step of the workflow in what the engine's reader returned; null where that is not known.
const Value* readStep(const PipelineContext& context, NodeRef entry) {
    const yaml::Forest& forest = context.forest;
    const NodeRef list = forest.parent(entry);
    const bool known = context.verdicts != nullptr && context.verdicts->read != nullptr &&
                       list != kNoNode && entryOf(forest, context.workflow, "steps") == list;
    const Value* const workflow = known ? context.verdicts->read->find("workflow") : nullptr;
    const Value* const steps = workflow == nullptr ? nullptr : workflow->find("steps");
    const auto entries = forest.children(list);
    if (steps == nullptr || steps->items.size() != entries.size())
        return nullptr;
    return &steps->items[static_cast<std::size_t>(std::find(entries.begin(), entries.end(), entry) -
                                                  entries.begin())];
}

// A file without a mapping `workflow`.
Value withoutWorkflow(const yaml::Forest& forest, NodeRef root, NodeRef entry) {
    if (!yaml::isMapping(forest.style(root)))
        return scalarOf(forest, root).value_or(Value::sequence());
    if (isNull(forest, entry))
        return Value::mapping();
    return pair("workflow", scalarOf(forest, entry).value_or(Value::sequence()));
}

// The fields of the workflow, with a step that nobody complains about instead of its own.
std::optional<Value> headerOf(const yaml::Forest& forest, NodeRef workflow) {
    Value fields = Value::mapping();
    for (const NodeRef field : forest.children(workflow)) {
        const std::string key = keyOf(forest, field);
        if (fields.find(key) != nullptr)
            continue;
        const bool steps = key == "steps" && !itemsOf(forest, field).empty();
        auto value = steps ? Result<Value>(Value::sequence({acceptedStep(Value::ofString("s"))}))
                           : yaml::valueOf(forest, field);
        if (!value)
            return std::nullopt;
        put(fields, key.c_str(), std::move(*value));
    }
    return fields;
}

}  // namespace

std::vector<Refusal> refusalsOf(const StepContext& context) {
    const PipelineContext& pipeline = context.pipeline;
    Taken taken = takenWhole(pipeline);
    if (taken.byBoth())
        return {};
    const NodeRef entry = pipeline.graph.nodes[context.index].ref;
    const Value* const read = readStep(pipeline, entry);
    if (read != nullptr && pipeline.parts != nullptr)
        taken = either(taken, pipeline.parts->step(*read));
    if (taken.byBoth())
        return {};
    auto value = read != nullptr ? Result<Value>(*read) : yaml::valueOf(pipeline.forest, entry);
    if (!value)
        return {};
    Value workflow = pair("name", Value::ofString("w"));
    if (const Value* const functions = value->find("functions"))
        put(workflow, "gemini_functions", functionsNamed(pipeline, *functions));
    Value steps = Value::sequence({Value::null()});
    addNamed(pipeline, *value, steps);
    steps.items.front() = std::move(*value);
    put(workflow, "steps", std::move(steps));
    return Interview(pipeline, entry, kStepDepth, kStepDepth)
        .ask(pair("workflow", std::move(workflow)), taken);
}

std::vector<Refusal> refusalsOf(const PipelineContext& context) {
    const Taken taken = takenWhole(context);
    if (taken.byBoth())
        return {};
    const yaml::Forest& forest = context.forest;
    const NodeRef root = yaml::rootDocument(forest);
    if (root == kNoNode)
        return Interview(context, root, 0, 1).ask(Value::mapping(), taken);
    const NodeRef entry = entryOf(forest, root, "workflow");
    const NodeRef workflow = mappingBehind(forest, entry);
    if (workflow == kNoNode)
        return Interview(context, root, 0, 1).ask(withoutWorkflow(forest, root, entry), taken);
    std::vector<Refusal> refusals;
    const Taken header = context.parts == nullptr ? taken : either(taken, context.parts->header());
    if (!header.byBoth()) {
        auto fields = headerOf(forest, workflow);
        if (!fields)
            return {};
        refusals = Interview(context, root, 0, 1).ask(pair("workflow", std::move(*fields)), header);
    }
    for (const NodeRef item : itemsOf(forest, entryOf(forest, workflow, "steps"))) {
        if (mappingBehind(forest, item) != kNoNode)
            continue;
        const auto step = yaml::valueOf(forest, item);
        if (!step)
            continue;
        Value alone = pair("name", Value::ofString("w"));
        put(alone, "steps", Value::sequence({*step}));
        const auto more = Interview(context, item, kStepDepth, kStepDepth)
                              .ask(pair("workflow", std::move(alone)), taken);
        refusals.insert(refusals.end(), more.begin(), more.end());
    }
    return refusals;
}

}  // namespace pe::check
