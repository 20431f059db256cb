// SPDX-License-Identifier: MIT
#include "engine_words.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <set>
#include <string>

#include "engine_refusals.hpp"
#include "fields.hpp"
#include "fixes.hpp"
#include "text_fix.hpp"
#include "text_range.hpp"
#include "yaml_traps.hpp"

namespace pe::check {
namespace {

using yaml::kNoNode;
using yaml::NodeRef;
using yaml::Value;

constexpr RuleInfo kInfos[] = {
    {"enhanced.crash", Severity::Information, "The second loader stops with an exception",
     "Pipeline.EnhancedConfig, the stricter of the engine's two loaders, raises an exception here "
     "instead of giving a message. Ordinary runs use Pipeline.Config.",
     "D25"},
    {"enhanced.missing", Severity::Information, "The second loader wants a field",
     "Pipeline.EnhancedConfig demands fields that Pipeline.Config and the run do without, such as "
     "`session_config` of claude_session.",
     "D14 D15 D16"},
    {"enhanced.prompt", Severity::Hint, "The second loader wants a prompt",
     "Pipeline.EnhancedConfig demands a list `prompt` from every step but claude_batch and "
     "parallel_claude, set_variable included, where a prompt has no meaning.",
     "D03"},
    {"enhanced.type", Severity::Hint, "The second loader does not know the step type",
     "Pipeline.EnhancedConfig takes ten step types; pipeline, the loops, data_transform and "
     "file_ops, which every run knows, are not among them.",
     "D02"},
    {"enhanced.value", Severity::Information, "A value that the second loader refuses",
     "Pipeline.EnhancedConfig checks options that Pipeline.Config does not look at. An ordinary "
     "run takes the file all the same.",
     "D19 D26 D27 D28 D29 D30"},
    {"loader.refused", Severity::Error, "The loader refuses the file",
     "Pipeline.Config, which every run loads files with, refuses the file or stops with an "
     "exception.",
     "D25"},
};

std::string saying(const Refusal& refusal) {
    const bool config = refusal.validator == Validator::Config;
    const std::string who = config ? "The loader" : "The second loader (EnhancedConfig)";
    return refusal.outcome == loader::Outcome::Crash
               ? who + " stops with an exception: \"" + refusal.message + "\"."
               : who + " says: \"" + refusal.message + "\".";
}

bool startsWithAny(std::string_view code, std::span<const std::string_view> families) {
    for (const std::string_view each : families)
        if (code.starts_with(each))
            return true;
    return false;
}

class EngineWords {
public:
    EngineWords(const PipelineContext& context, FindingReporter& reporter)
        : forest_(context.forest), workflow_(context.workflow), reporter_(reporter) {}

    void add(const Refusal& refusal) {
        const bool both =
            refusal.validator == Validator::Enhanced && said_.count(refusal.message) != 0;
        if (both)
            return;
        said_.insert(refusal.message);
        if (findingFor(refusal, reporter_.silenced()) != nullptr)
            return;
        if (Finding* known = findingFor(refusal, reporter_.findings())) {
            std::string& why = known->diagnostic.why;
            if (why.find(refusal.message) == std::string::npos)
                why += (why.empty() ? "" : " ") + saying(refusal);
            return;
        }
        if (refusal.node == kNoNode)
            return;
        if (refusal.validator == Validator::Config)
            report("loader.refused", refusal, reasonOf(refusal.node));
        else
            reportEnhanced(refusal);
    }

private:
    // What is written at an alias and what the engine reads there may differ.
    std::string reasonOf(NodeRef node) const {
        const yaml::Lexeme lexeme = forest_.lexeme(node);
        const NodeRef meant =
            lexeme.style == yaml::Style::Alias ? valueBehind(forest_, node) : kNoNode;
        if (meant == kNoNode || !isTiedInside(forest_.lexeme(meant)))
            return "The engine's loader refuses this.";
        return "The engine does not read " + quoted(lexeme.raw) +
               " as the collection that its anchor stands before; begin the brackets there on the "
               "next line.";
    }

    // The finding about the same thing: at the same entry, else at the nearest one around or inside
    // whose rule is about what loaders look at.
    Finding* findingFor(const Refusal& refusal, std::deque<Finding>& findings) const {
        constexpr std::array<std::string_view, 7> kFamilies{
            "loader.", "prompt.",           "type.",          "name.missing",
            "field.",  "reference.missing", "reference.inner"};
        Finding* inside = nullptr;
        for (Finding& each : findings) {
            if (!startsWithAny(each.diagnostic.code, kFamilies) ||
                each.diagnostic.code == "field.unknown" || each.diagnostic.code == "field.missing")
                continue;
            const NodeRef node = each.diagnostic.node;
            if (node == refusal.node)
                return &each;
            const bool about = node == kNoNode ? forest_.parent(refusal.node) == yaml::kStream
                                               : isNear(each.diagnostic, refusal);
            if (about && inside == nullptr && each.diagnostic.severity == Severity::Error)
                inside = &each;
        }
        return inside;
    }

    bool isNear(const Diagnostic& found, const Refusal& refusal) const {
        const bool ofPrompt = refusal.message.find("prompt") != std::string::npos ||
                              refusal.message.find(" part ") != std::string::npos;
        if (refusal.validator == Validator::Enhanced &&
            !(ofPrompt && found.code.starts_with("prompt.")))
            return false;
        const bool beside = found.code == "loader.tasks-missing" &&
                            forest_.parent(refusal.node) == forest_.parent(found.node);
        return beside || yaml::isWithin(forest_, found.node, refusal.node) ||
               forest_.parent(refusal.node) == found.node;
    }

    // On the key of a field that has a wrong value, else on the entry.
    Diagnostic& report(std::string_view code, const Refusal& refusal, std::string message) {
        const bool collection = yaml::isCollection(forest_.style(refusal.node));
        const bool keyed =
            collection && forest_.key(refusal.node) != "-" && !forest_.key(refusal.node).empty();
        Diagnostic& found = keyed ? reporter_.onKey(code, refusal.node, std::move(message))
                                  : reporter_.onValue(code, refusal.node, std::move(message));
        found.why = saying(refusal);
        return found;
    }

    void reportEnhanced(const Refusal& refusal) {
        if (refusal.outcome == loader::Outcome::Crash) {
            report("enhanced.crash", refusal, "The engine's second loader cannot read this.");
            return;
        }
        const NodeRef type = entryOf(forest_, mappingBehind(forest_, refusal.node), "type");
        if (refusal.message.find("has invalid type '") != std::string::npos)
            return reportType(refusal);
        if (refusal.message.ends_with("missing required prompt field")) {
            Refusal at = refusal;
            at.node = type == kNoNode ? refusal.node : type;
            report("enhanced.prompt", at,
                   "The engine's second loader wants a `prompt` here, which has no meaning for "
                   "this type of step.");
            return;
        }
        if (refusal.message.ends_with("requires session_config"))
            return reportSession(refusal, type);
        const bool wrong = refusal.message.find(" must be ") != std::string::npos;
        if (yaml::isMapping(forest_.style(refusal.node)) && !wrong)
            report("enhanced.missing", refusal,
                   "The engine's second loader wants another field here.");
        else
            reportValue(refusal);
    }

    void reportType(const Refusal& refusal) {
        report("enhanced.type", refusal,
               "The engine's second loader does not know this type of step.");
    }

    void reportSession(const Refusal& refusal, NodeRef type) {
        Refusal at = refusal;
        at.node = type == kNoNode ? refusal.node : type;
        Diagnostic& found = report("enhanced.missing", at,
                                   "The engine's second loader wants `session_config` in this "
                                   "step; ordinary runs do without it.");
        const NodeRef step = mappingBehind(forest_, refusal.node);
        const auto name = textOf(forest_, entryOf(forest_, step, "name"));
        if (step == kNoNode || !name)
            return;
        Value session = Value::mapping({{Value::ofString("session_name"), Value::ofString(*name)}});
        found.fixes.push_back(insertFix("Add `session_config`", step, type, "session_config",
                                        std::move(session), Safety::Choice));
    }

    // Nothing passes every check of the second loader, and the engine's default counts then.
    void reportValue(const Refusal& refusal) {
        Diagnostic& found = report("enhanced.value", refusal,
                                   "The engine's second loader refuses this value; ordinary runs "
                                   "take it.");
        const std::string_view key = forest_.key(refusal.node);
        if (const std::string_view same = sameForBoth(refusal.node); !same.empty())
            found.fixes.push_back(setValueFix("Change to `" + std::string(same) + "`", refusal.node,
                                              Value::ofString(std::string(same)), Safety::Safe));
        if (!key.empty() && key != "-" && refusal.node != workflow_ && !isDemanded(refusal.node))
            found.fixes.push_back(
                removeFix("Delete `" + keyOf(forest_, refusal.node) + "`, which may be absent",
                          refusal.node, Safety::Choice));
    }

    // Without it the loader would complain about that.
    bool isDemanded(NodeRef node) const {
        constexpr std::array<std::string_view, 5> kOfParts{"content", "path", "step", "session_id",
                                                           "type"};
        const std::string key = keyOf(forest_, node);
        const NodeRef list = forest_.parent(forest_.parent(node));
        const bool inPart = list != kNoNode && keyIs(forest_, list, "prompt");
        return key == "tasks" || key == "session_config" ||
               (inPart && std::find(kOfParts.begin(), kOfParts.end(), key) != kOfParts.end());
    }

    // The spelling that this loader takes of a word that a run takes in two.
    std::string_view sameForBoth(NodeRef node) const {
        struct Spelling {
            std::string_view key;
            std::string_view word;
            std::string_view same;
        };
        constexpr std::array<Spelling, 6> kSpellings{
            {{"output_format", "stream-json", "stream_json"},
             {"permission_mode", "acceptEdits", "accept_edits"},
             {"permission_mode", "accept_edits", "accept_edits"},
             {"permission_mode", "bypassPermissions", "bypass_permissions"},
             {"permission_mode", "bypass_permissions", "bypass_permissions"},
             {"permission_mode", "plan", "plan"}}};
        const auto word = textOf(forest_, node);
        for (const Spelling& each : kSpellings) {
            const bool anyCase = each.key == "permission_mode";
            if (word && (*word == each.word || (anyCase && sameButForCase(*word, each.word))) &&
                keyIs(forest_, node, each.key))
                return each.same;
        }
        return {};
    }

    const yaml::Forest& forest_;
    NodeRef workflow_;
    FindingReporter& reporter_;
    std::set<std::string> said_;  // what both loaders say is said once
};

}  // namespace

const RuleSet& engineRules() {
    static const RuleSet kSet{kInfos, {}, {}};
    return kSet;
}

bool readsAsWritten(const Subject& subject) {
    return std::none_of(
        subject.problems().begin(), subject.problems().end(),
        [](const yaml::Problem& each) { return each.severity == yaml::Severity::Error; });
}

void addEngineWords(const StepContext& context, FindingReporter& reporter) {
    if (!context.topLevel || !readsAsWritten(context.pipeline.subject) ||
        context.pipeline.graph.nodes[context.index].kind != format::NodeKind::Step)
        return;
    EngineWords words(context.pipeline, reporter);
    for (const Refusal& each : refusalsOf(context))
        words.add(each);
}

void addEngineWords(const PipelineContext& context, FindingReporter& reporter) {
    if (!readsAsWritten(context.subject))
        return;
    EngineWords words(context, reporter);
    for (const Refusal& each : refusalsOf(context))
        words.add(each);
}

}  // namespace pe::check
