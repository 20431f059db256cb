// SPDX-License-Identifier: MIT
#include "field_value.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "fields.hpp"
#include "fixes.hpp"
#include "nearest.hpp"
#include "text_range.hpp"

namespace pe::check {
namespace {

using format::FieldKind;
using format::FieldSpec;
using yaml::NodeRef;
using yaml::Value;

constexpr RuleInfo kInfos[] = {
    {"field.type", Severity::Warning, "A value of the wrong kind",
     "The field takes another kind of value: a number, true or false, a list or a mapping. The "
     "ordinary loader does not look at it; what reads the field later may ignore it or fail.",
     "D19 D25"},
    {"field.type-fails", Severity::Error, "A value of the wrong kind stops the step",
     "The step that reads this field fails on any other kind of value.", "D18 D50"},
    {"field.choice", Severity::Warning, "A word the engine does not know",
     "The field takes one of a few words. The engine does not complain about another one; it falls "
     "back to a default or ignores it.",
     "D28 D31 D33 D34 D38 D40"},
    {"field.choice-fails", Severity::Error, "A word on which the step fails",
     "The field takes one of a few words, and the step fails on any other, even on some that the "
     "guides show.",
     "D29 D37 D39"},
    {"field.bounds", Severity::Warning, "A number out of bounds",
     "The number is outside of what the field can be. Some limits are applied in silence: a while "
     "loop never runs more than 1000 rounds, a for loop never more than 10 items side by side.",
     "D30 D41"},
    {"field.guide-range", Severity::Information, "A number outside the documented range",
     "The guides give a range for the generation limits; nothing checks it, and models differ.",
     "D36"},
    {"field.milliseconds", Severity::Warning, "Milliseconds that look like seconds",
     "The field counts milliseconds; one guide counts it in seconds, so that five minutes become "
     "0.3 seconds.",
     "D35"},
};

struct FieldWord {
    std::string_view key;
    std::string_view word;
};
struct StepField {
    std::string_view type;
    std::string_view key;
};
constexpr std::array<StepField, 4> kFailingChoices{{{"data_transform", "operation"},
                                                    {"file_ops", "operation"},
                                                    {"file_ops", "format"},
                                                    {"claude_robust", "backoff_strategy"}}};
// Other scalars than texts stop these steps.
constexpr std::array<StepField, 9> kTextNeeded{{{"pipeline", "pipeline_file"},
                                                {"prompt part", "extract"},
                                                {"prompt part", "path"},
                                                {"file_ops", "source"},
                                                {"file_ops", "destination"},
                                                {"file_ops", "path"},
                                                {"for_loop", "iterator"},
                                                {"for_loop", "data_source"},
                                                {"data_transform", "input_source"}}};
constexpr std::array<StepField, 15> kFailingKinds{{{"pipeline", "outputs"},
                                                   {"pipeline", "inputs"},
                                                   {"prompt part", "extract"},
                                                   {"pipeline", "pipeline_file"},
                                                   {"pipeline", "pipeline"},
                                                   {"file_ops", "source"},
                                                   {"file_ops", "destination"},
                                                   {"file_ops", "path"},
                                                   {"file_ops", "operation"},
                                                   {"for_loop", "steps"},
                                                   {"for_loop", "iterator"},
                                                   {"set_variable", "variables"},
                                                   {"while_loop", "steps"},
                                                   {"data_transform", "operations"},
                                                   {"data_transform", "input_source"}}};
constexpr std::array<std::string_view, 3> kConversionsWithoutCode{"json_to_yaml", "xml_to_json",
                                                                  "json_to_xml"};
// Open lists of words of which the engine knows just these.
constexpr std::array<std::string_view, 2> kKnownWordsOnly{"fallback_action", "post_processing"};

template <std::size_t Size>
bool listed(const std::array<StepField, Size>& fields, std::string_view type,
            std::string_view key) {
    return std::any_of(fields.begin(), fields.end(),
                       [&](const StepField& each) { return each.type == type && each.key == key; });
}

bool isTemplated(std::string_view text) {
    return text.find("{{") != std::string_view::npos || text.find("${") != std::string_view::npos;
}

bool isNote(const FieldSpec& spec) {
    return spec.key == "description" || spec.key == "version" || spec.key == "role";
}

std::optional<double> numberIn(std::string_view text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

bool isWhole(std::string_view text) {
    if (text.starts_with('-'))
        text.remove_prefix(1);
    return !text.empty() && text.size() < 18 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string shown(double number) {
    if (number == std::floor(number) && std::abs(number) < 1e15)
        return std::to_string(static_cast<long long>(number));
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    return std::string(buffer.data(), end);
}

std::string listOf(const std::vector<std::string>& words) {
    std::string list;
    for (std::size_t i = 0; i < words.size(); ++i)
        list += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
    return list;
}

std::optional<bool> truthIn(std::string_view text) {
    for (const std::string_view each : {"true", "yes", "on", "True", "Yes", "On", "TRUE", "YES"})
        if (text == each)
            return true;
    for (const std::string_view each : {"false", "no", "off", "False", "No", "Off", "FALSE", "NO"})
        if (text == each)
            return false;
    return std::nullopt;
}

// What a word of another library means here; else the nearest of the words.
std::string_view wordMeant(std::string_view key, std::string_view word,
                           const std::vector<std::string_view>& words) {
    struct Synonym {
        std::string_view key;
        std::string_view word;
        std::string_view meant;
    };
    constexpr std::array<Synonym, 8> kSynonyms{{{"function", "avg", "average"},
                                                {"function", "mean", "average"},
                                                {"function", "total", "sum"},
                                                {"function", "minimum", "min"},
                                                {"function", "maximum", "max"},
                                                {"function", "distinct", "unique"},
                                                {"order", "ascending", "asc"},
                                                {"order", "descending", "desc"}}};
    for (const Synonym& each : kSynonyms)
        if (each.key == key && each.word == word)
            return each.meant;
    return nearest(word, words);
}

// The word that the engine takes for every word it does not know; empty if there is none.
std::string_view fallbackOf(const FieldSpec& spec) {
    constexpr std::array<FieldWord, 3> kFallbacks{{{"scope", "global"},
                                                   {"fallback_action", "graceful_degradation"},
                                                   {"permission_mode", "default"}}};
    for (const FieldWord& each : kFallbacks)
        if (each.key == spec.key)
            return each.word;
    return {};
}

bool hasNoCode(std::string_view conversion) {
    return std::find(kConversionsWithoutCode.begin(), kConversionsWithoutCode.end(), conversion) !=
           kConversionsWithoutCode.end();
}

// The choices but those on which the step fails.
std::vector<std::string> workingWords(const FieldSpec& spec) {
    std::vector<std::string> words = spec.choices;
    std::erase_if(words, [](const std::string& each) { return hasNoCode(each); });
    return words;
}

// Of some words the engine takes any spelling with small and large letters.
bool isOneOf(std::string_view word, const std::vector<std::string>& words, const FieldSpec& spec) {
    const bool anyCase = spec.key == "permission_mode";
    return std::any_of(words.begin(), words.end(), [&](std::string_view each) {
        return each == word || (anyCase && sameButForCase(each, word));
    });
}

// One letter from `json`, and something else.
bool isOwnFormat(std::string_view word) {
    return word == "jsonl";
}

// The engine has `unique` as a function.
Fix uniqueFix(const yaml::Forest& forest, NodeRef operation) {
    const std::string title = "Write `aggregate` with the function `unique`";
    document::Batch batch;
    batch.commands.push_back(
        {document::SetValue{operation, Value::ofString("aggregate")}, title, 0});
    batch.commands.push_back(
        {document::SetField{forest.parent(operation), "function", Value::ofString("unique")}, title,
         0});
    return {title, false, document::Command{std::move(batch), title, 0}};
}

// Texts in a list run together; a mapping has no text.
bool holdsMapping(const yaml::Forest& forest, NodeRef entry) {
    const NodeRef value = valueBehind(forest, entry);
    if (!yaml::isSequence(forest.style(value)))
        return yaml::isMapping(forest.style(value));
    const auto items = forest.children(value);
    return std::any_of(items.begin(), items.end(),
                       [&](NodeRef each) { return mappingBehind(forest, each) != yaml::kNoNode; });
}

// Whether a value of another kind stops the step.
bool isFailing(const yaml::Forest& forest, NodeRef entry, const FieldSpec& spec,
               const FieldPlace& place) {
    if (place.group == "pipeline" && spec.key == "steps")
        return true;
    if (place.type == "prompt part" && spec.key == "content")
        return holdsMapping(forest, entry);
    // What is false counts as not there.
    const bool absent = (spec.key == "inputs" || spec.key == "extract") && isFalse(forest, entry);
    return place.group.empty() && listed(kFailingKinds, place.type, spec.key) && !absent;
}

// The names in "Read, Write".
Value listFrom(std::string_view text) {
    Value list = Value::sequence();
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        std::string_view item = text.substr(0, comma);
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
        while (!item.empty() && item.front() == ' ')
            item.remove_prefix(1);
        while (!item.empty() && item.back() == ' ')
            item.remove_suffix(1);
        if (!item.empty())
            list.items.push_back(Value::ofString(std::string(item)));
    }
    return list;
}

}  // namespace

std::span<const RuleInfo> fieldValueInfos() {
    return kInfos;
}

bool needsText(std::string_view type, std::string_view key) {
    return listed(kTextNeeded, type, key);
}

void reportNoText(const yaml::Forest& forest, NodeRef entry, std::string_view key,
                  Reporter& reporter) {
    Diagnostic& found =
        reporter.onValue("field.type-fails", entry, "`" + std::string(key) + "` must be a text.");
    const std::string written = yaml::scalarText(forest, valueBehind(forest, entry));
    found.fixes.push_back(setValueFix("Change to the text `" + shortened(written) + "`", entry,
                                      Value::ofString(written), Safety::Choice));
}

Diagnostic& FieldValueCheck::wrongKind(NodeRef entry, const FieldSpec& spec,
                                       const FieldPlace& place, std::string_view wanted) {
    const bool fails = isFailing(forest_, entry, spec, place);
    return reporter_.onValue(fails ? "field.type-fails" : "field.type", entry,
                             "`" + spec.key + "` must be " + std::string(wanted) + ".");
}

bool FieldValueCheck::check(NodeRef entry, const FieldSpec& spec, const FieldPlace& place) {
    const NodeRef value = valueBehind(forest_, entry);
    if (value == yaml::kNoNode)
        return false;
    switch (spec.kind) {
        case FieldKind::Text:
        case FieldKind::LongText:
        case FieldKind::StepReference:
        case FieldKind::FilePath:
        case FieldKind::Choice:
        case FieldKind::Integer:
        case FieldKind::Number:
        case FieldKind::Boolean:
            return scalar(entry, value, spec, place);
        case FieldKind::TextList:
        case FieldKind::StepList:
        case FieldKind::TaskList:
        case FieldKind::GroupList:
        case FieldKind::SchemaList:
            return list(entry, value, spec, place);
        case FieldKind::CaseMap:
        case FieldKind::Pipeline:
        case FieldKind::Group:
        case FieldKind::Map:
        case FieldKind::Schema:
        case FieldKind::SchemaMap:
            return mapping(entry, value, spec, place);
        case FieldKind::Prompt:     // a rule of its own
        case FieldKind::Condition:  // likewise
        case FieldKind::Any:
            return true;
    }
    return true;
}

bool FieldValueCheck::scalar(NodeRef entry, NodeRef value, const FieldSpec& spec,
                             const FieldPlace& place) {
    if (yaml::isCollection(forest_.style(value))) {
        if (!isNote(spec))
            collection(entry, value, spec, place);
        return false;
    }
    const bool isText = spec.kind != FieldKind::Integer && spec.kind != FieldKind::Number &&
                        spec.kind != FieldKind::Boolean && spec.kind != FieldKind::Choice;
    const bool needed = isText && place.group.empty() && needsText(place.type, spec.key);
    if (isText && !needed)
        return true;
    const auto read = scalarOf(forest_, value);
    const bool absent = spec.key == "extract" && isFalse(forest_, value);
    if (needed && read && !read->isString() && !read->isNull() && !absent)
        reportNoText(forest_, entry, spec.key, reporter_);
    if (needed || !read || read->isNull() || (read->isString() && isTemplated(read->text)))
        return true;
    if (spec.kind == FieldKind::Integer || spec.kind == FieldKind::Number)
        number(entry, *read, spec, place);
    else if (spec.kind == FieldKind::Boolean)
        boolean(entry, *read, spec);
    else
        choice(entry, *read, spec, place);
    return true;
}

void FieldValueCheck::collection(NodeRef entry, NodeRef value, const FieldSpec& spec,
                                 const FieldPlace& place) {
    const bool number = spec.kind == FieldKind::Integer || spec.kind == FieldKind::Number;
    Diagnostic& found = wrongKind(entry, spec, place,
                                  spec.kind == FieldKind::Boolean ? "true or false"
                                  : number                        ? "a number"
                                                                  : "a text");
    const auto items = forest_.children(value);
    if (!yaml::isSequence(forest_.style(value)) || items.size() != 1 || value != entry)
        return;
    const auto only = scalarOf(forest_, items.front());
    // A literal list as a source is no name; the rules of sources say what can be done.
    const bool source = spec.key.ends_with("_source");
    if (only && only->isString() && !number && spec.kind != FieldKind::Boolean && !source)
        found.fixes.push_back(setValueFix("Take the only item of the list", entry,
                                          Value::ofString(only->text), Safety::Safe));
}

void FieldValueCheck::number(NodeRef entry, const Value& value, const FieldSpec& spec,
                             const FieldPlace& place) {
    const bool whole = spec.kind == FieldKind::Integer;
    const bool good =
        value.kind == Value::Kind::Integer || (!whole && value.kind == Value::Kind::Float);
    const auto read = numberIn(value.text);
    if (good && read)
        return bounds(entry, *read, spec, place);
    const bool isFloat = value.kind == Value::Kind::Float;
    Diagnostic& found = wrongKind(entry, spec, place, whole ? "a whole number" : "a number");
    if (isFloat && read && *read == std::floor(*read))
        found.fixes.push_back(setValueFix("Change to " + shown(*read), entry,
                                          Value::ofInteger(shown(*read)), Safety::Safe));
    else if (value.isString() && isWhole(value.text))
        found.fixes.push_back(setValueFix("Change to the number " + value.text, entry,
                                          Value::ofInteger(shown(*read)), Safety::Safe));
    else if (value.isString() && !whole && read && std::isfinite(*read))
        found.fixes.push_back(setValueFix("Change to the number " + shown(*read), entry,
                                          Value::ofFloat(shown(*read)), Safety::Safe));
}

void FieldValueCheck::bounds(NodeRef entry, double number, const FieldSpec& spec,
                             const FieldPlace& place) {
    const bool low = spec.minimum && number < *spec.minimum;
    const bool high = spec.maximum && number > *spec.maximum;
    const bool milliseconds = spec.key == "timeout_per_task" || spec.key == "timeout_ms";
    if (milliseconds && !low && number < 1000) {
        Diagnostic& found = reporter_.onValue(
            "field.milliseconds", entry,
            "`" + spec.key + "` counts milliseconds; " + shown(number) + " is less than a second.");
        found.fixes.push_back(setValueFix("Change to " + shown(number * 1000), entry,
                                          Value::ofInteger(shown(number * 1000)), Safety::Choice));
    }
    if (!low && !high)
        return;
    const bool guide = place.group == "token_budget" || place.group == "gemini_token_budget";
    const double bound = low ? *spec.minimum : *spec.maximum;
    Diagnostic& found =
        reporter_.onValue(guide && high ? "field.guide-range" : "field.bounds", entry,
                          "`" + spec.key + "` " + (guide && high ? "should" : "must") + " be " +
                              (low ? "at least " : "at most ") + shown(bound) + ".");
    found.why = spec.engineNote;
    if (milliseconds)
        return;  // nobody wants the least that is taken
    const std::string text = shown(bound);
    found.fixes.push_back(
        setValueFix("Change to " + text, entry,
                    spec.kind == FieldKind::Integer ? Value::ofInteger(text) : Value::ofFloat(text),
                    Safety::Choice));
}

void FieldValueCheck::boolean(NodeRef entry, const Value& value, const FieldSpec& spec) {
    if (value.kind == Value::Kind::Boolean)
        return;
    Diagnostic& found = wrongKind(entry, spec, {}, "true or false");
    const auto truth = value.isString() ? truthIn(value.text) : std::nullopt;
    if (!truth)
        return;
    found.why = "The engine reads `" + value.text + "` here as a text, not as true or false.";
    found.fixes.push_back(setValueFix(*truth ? "Change to true" : "Change to false", entry,
                                      Value::ofBoolean(*truth), Safety::Safe));
}

void FieldValueCheck::choice(NodeRef entry, const Value& value, const FieldSpec& spec,
                             const FieldPlace& place) {
    const bool open = !spec.closed && std::find(kKnownWordsOnly.begin(), kKnownWordsOnly.end(),
                                                spec.key) == kKnownWordsOnly.end();
    if (open || isNote(spec))
        return;
    const std::string written = yaml::scalarText(forest_, valueBehind(forest_, entry));
    const std::string_view word = written;
    const bool known = value.isString() && isOneOf(word, spec.choices, spec);
    if (known && spec.key == "format" && place.type == "file_ops" && hasNoCode(word))
        reporter_.onValue("field.choice-fails", entry,
                          "The conversion `" + std::string(word) +
                              "` always fails: the engine has no code for it.");
    if (known || isOneOf(word, spec.alsoTaken, spec))
        return;
    const std::vector<std::string_view> words(spec.choices.begin(), spec.choices.end());
    const std::string near{wordMeant(spec.key, word, words)};
    const bool works = !hasNoCode(near);
    const std::string_view code =
        listed(kFailingChoices, place.type, spec.key) ? "field.choice-fails" : "field.choice";
    Diagnostic& found =
        reporter_.onValue(code, entry,
                          "`" + spec.key + "` must be " + listOf(workingWords(spec)) + ", not `" +
                              shortened(word) + "`.");
    found.why = spec.engineNote;
    if (!near.empty() && works)
        found.fixes.push_back(
            setValueFix("Change to `" + near + "`", entry, Value::ofString(near),
                        isSlip(word, near) && !isOwnFormat(word) ? Safety::Safe : Safety::Choice));
    if (spec.key == "operation" && word == "unique")
        found.fixes.push_back(uniqueFix(forest_, entry));
    const std::string fallback{fallbackOf(spec)};
    if (!fallback.empty() && fallback != near)
        found.fixes.push_back(setValueFix("Change to `" + fallback + "`, as the engine takes it",
                                          entry, Value::ofString(fallback), Safety::Choice));
    if (spec.kind == FieldKind::TextList)
        found.fixes.push_back(removeFix("Remove `" + shortened(word) + "`", entry, Safety::Choice));
}

bool FieldValueCheck::list(NodeRef entry, NodeRef value, const FieldSpec& spec,
                           const FieldPlace& place) {
    const yaml::Style style = forest_.style(value);
    if (!yaml::isSequence(style)) {
        const auto text = textOf(forest_, value);
        if (isNull(forest_, value) || style == yaml::Style::Opaque || (text && isTemplated(*text)))
            return false;
        Diagnostic& found = wrongKind(entry, spec, place, "a list");
        if (text && spec.kind == FieldKind::TextList)
            found.fixes.push_back(
                setValueFix("Make it a list", entry, listFrom(*text), Safety::Safe));
        return false;
    }
    const bool known = std::find(kKnownWordsOnly.begin(), kKnownWordsOnly.end(), spec.key) !=
                       kKnownWordsOnly.end();
    if (spec.kind == FieldKind::TextList)
        for (const NodeRef item : forest_.children(value)) {
            if (yaml::isCollection(forest_.style(item)))
                reporter_.onValue("field.type", item,
                                  "The items of `" + spec.key + "` must be texts.");
            else if (const auto word = scalarOf(forest_, item); known && word)
                choice(item, *word, spec, place);
        }
    return true;
}

bool FieldValueCheck::mapping(NodeRef entry, NodeRef value, const FieldSpec& spec,
                              const FieldPlace& place) {
    const yaml::Style style = forest_.style(value);
    if (yaml::isMapping(style))
        return true;
    const auto text = textOf(forest_, value);
    if (!isNull(forest_, value) && style != yaml::Style::Opaque && !(text && isTemplated(*text)) &&
        !(spec.kind == FieldKind::Map && yaml::isSequence(style) &&
          forest_.children(value).empty() && !isFailing(forest_, entry, spec, place)))
        wrongKind(entry, spec, place,
                  spec.kind == FieldKind::Schema ? "a mapping, a JSON Schema" : "a mapping");
    return false;
}

}  // namespace pe::check
