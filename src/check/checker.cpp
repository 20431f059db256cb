// SPDX-License-Identifier: MIT
#include "pe/check/checker.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "affected_steps.hpp"
#include "engine_words.hpp"
#include "fields.hpp"
#include "finding.hpp"
#include "lexeme_cache.hpp"
#include "lost_comments.hpp"
#include "pe/format/graph_memory.hpp"
#include "pe/yaml/tree.hpp"
#include "pipeline_files.hpp"
#include "reader_refusal.hpp"
#include "reporter.hpp"
#include "rule.hpp"
#include "shared_value.hpp"
#include "step_place.hpp"
#include "step_texts.hpp"
#include "surroundings.hpp"

namespace pe::check {
namespace {

using format::GraphIndex;
using yaml::NodeRef;

bool standsBefore(const Diagnostic& a, const Diagnostic& b) {
    if (a.begin != b.begin)
        return a.begin < b.begin;
    if (a.end != b.end)
        return a.end < b.end;
    return a.code < b.code;
}

// The same step reached through two aliases, or two rules that agree.
bool sameFinding(const Diagnostic& a, const Diagnostic& b) {
    return a.begin == b.begin && a.end == b.end && a.code == b.code && a.message == b.message;
}

bool holdsAlias(const yaml::Forest& forest, NodeRef node) {
    const auto children = forest.children(node);
    return forest.style(node) == yaml::Style::Alias ||
           std::any_of(children.begin(), children.end(),
                       [&](NodeRef child) { return holdsAlias(forest, child); });
}

}  // namespace

struct Checker::Data {
    const format::Catalogue& catalogue;
    Settings settings;
    const FileLookup* files;
    // What the rules found in each step or task, by its entry.
    std::unordered_map<NodeRef, std::vector<Finding>> byStep;
    std::unordered_set<NodeRef> aliasing;  // steps that say what stands elsewhere in the text
    std::uint64_t surroundings = 0;
    LexemeCache lexemes;
    format::GraphMemory graphMemory;
    PipelineFiles called;
    loader::ReaderOpinion opinion;
    std::vector<Diagnostic> diagnostics;

    void run(const Subject& subject, const std::unordered_set<NodeRef>* changed,
             const loader::Verdicts* verdicts);
    void runSteps(const PipelineContext& context, const std::unordered_set<NodeRef>* changed,
                  std::unordered_map<NodeRef, std::vector<Finding>>& kept);
    std::vector<Finding> runStep(const StepContext& context, FindingReporter& reporter) const;
    std::vector<Finding> runPipeline(const PipelineContext& context) const;
    void show(const Subject& subject, const std::vector<Finding>& findings, SharedValues& shared);
};

std::vector<Finding> Checker::Data::runStep(const StepContext& context,
                                            FindingReporter& reporter) const {
    reporter.startAt(context.pipeline.graph.nodes[context.index].ref);
    for (const RuleSet* set : ruleSets())
        for (const auto rule : set->stepRules)
            rule(context, reporter);
    addEngineWords(context, reporter);
    return reporter.take();
}

std::vector<Finding> Checker::Data::runPipeline(const PipelineContext& context) const {
    FindingReporter reporter(context.subject, settings);
    for (const RuleSet* set : ruleSets())
        for (const auto rule : set->pipelineRules)
            rule(context, reporter);
    addEngineWords(context, reporter);
    return reporter.take();
}

void Checker::Data::runSteps(const PipelineContext& context,
                             const std::unordered_set<NodeRef>* changed,
                             std::unordered_map<NodeRef, std::vector<Finding>>& kept) {
    FindingReporter reporter(context.subject, settings);
    const format::Graph& graph = context.graph;
    // A list in the place of the workflow is drawn as steps, but the engine reads none there.
    if (graph.steps == graph.workflow)
        return;
    const std::vector<bool> affected = changed == nullptr
                                           ? std::vector<bool>(graph.nodes.size(), true)
                                           : affectedSteps(context.forest, graph, *changed);
    for (GraphIndex index = 0; index < graph.nodes.size(); ++index) {
        const format::GraphNode& node = graph.nodes[index];
        if (node.kind == format::NodeKind::Branch || isUnread(graph, index))
            continue;
        const NodeRef mapping = mappingBehind(context.forest, node.ref);
        const auto old = byStep.find(node.ref);
        const bool same = !affected[index] && old != byStep.end() && mapping == node.ref &&
                          changed->count(node.ref) == 0 && aliasing.count(node.ref) == 0;
        if (same) {
            kept[node.ref] = std::move(old->second);
            continue;
        }
        const format::StepType* spec =
            node.kind == format::NodeKind::Step ? catalogue.find(node.type) : nullptr;
        StepContext known{context,   index, mapping,
                          node.type, spec,  node.parent == format::kNoGraphNode};
        known.templated = templatedTexts(known);
        kept[node.ref] = runStep(known, reporter);
        if (holdsAlias(context.forest, node.ref))
            aliasing.insert(node.ref);
        else
            aliasing.erase(node.ref);
    }
}

void Checker::Data::show(const Subject& subject, const std::vector<Finding>& findings,
                         SharedValues& shared) {
    for (const Finding& each : findings) {
        const yaml::Span span = spanOf(subject, each.place);
        Diagnostic& shown = diagnostics.emplace_back(each.diagnostic);
        shown.begin = span.begin;
        shown.end = span.end;
        if (const RuleInfo* rule = shown.why.empty() ? ruleInfo(shown.code) : nullptr)
            shown.why = rule->explanation;
        for (auto fix = shown.fixes.begin(); fix != shown.fixes.end();)
            fix = shared.admit(*fix) ? fix + 1 : shown.fixes.erase(fix);
        for (Fix& fix : shown.fixes)
            if (const auto* command = std::get_if<document::Command>(&fix.action))
                fix.safe = fix.safe && !losesComments(subject.forest(), *command);
    }
}

void Checker::Data::run(const Subject& subject, const std::unordered_set<NodeRef>* changed,
                        const loader::Verdicts* verdicts) {
    // A parse has its lexemes at hand.
    const bool parsed = dynamic_cast<const yaml::Tree*>(&subject.forest()) != nullptr;
    const yaml::Forest& forest = parsed ? subject.forest() : lexemes.over(subject.forest());
    if (changed == nullptr) {
        graphMemory.clear();
        called.clear();
    } else {
        graphMemory.forget(*changed);
    }
    const format::Graph graph = format::deriveGraph(forest, catalogue, graphMemory);
    const format::StepScope scope(graph);
    const PipelineNames names(forest, graph);
    std::optional<loader::PartOpinion> parts;
    if (verdicts != nullptr && verdicts->read != nullptr && !verdicts->taken().byBoth())
        parts.emplace(*verdicts->read);
    const PipelineContext context{
        subject, forest, catalogue,      graph,    scope,
        names,   files,  graph.workflow, verdicts, parts ? &*parts : nullptr,
        &called};
    const std::uint64_t around = surroundingsOf(context);
    const bool sameAround = std::exchange(surroundings, around) == around;
    std::unordered_map<NodeRef, std::vector<Finding>> kept;
    kept.reserve(graph.nodes.size());
    runSteps(context, sameAround ? changed : nullptr, kept);
    byStep = std::move(kept);
    diagnostics.clear();
    SharedValues shared(forest);
    for (const auto& [step, findings] : byStep)
        show(subject, findings, shared);
    show(subject, runPipeline(context), shared);
    if (std::none_of(diagnostics.begin(), diagnostics.end(), explainsRefusal)) {
        FindingReporter reporter(subject, settings);
        reportReaderRefusal(context, opinion, changed, reporter);
        show(subject, reporter.take(), shared);
    } else {
        opinion.forget();
    }
    std::sort(diagnostics.begin(), diagnostics.end(), standsBefore);
    diagnostics.erase(std::unique(diagnostics.begin(), diagnostics.end(), sameFinding),
                      diagnostics.end());
}

Checker::Checker(const format::Catalogue& catalogue, Settings settings, const FileLookup* files)
    : data_(std::make_unique<Data>(
          Data{catalogue, std::move(settings), files, {}, {}, 0, {}, {}, {}, {}, {}})) {}

Checker::~Checker() = default;

const std::vector<Diagnostic>& Checker::check(const Subject& subject,
                                              const loader::Verdicts* verdicts) {
    data_->run(subject, nullptr, verdicts);
    return data_->diagnostics;
}

const std::vector<Diagnostic>& Checker::recheck(const Subject& subject,
                                                const document::ChangeSet& changes) {
    // What was taken away or moved has left no trace of the steps it stood in.
    const bool uprooted =
        std::any_of(changes.nodes.begin(), changes.nodes.end(), [](const auto& each) {
            return each.kind == document::NodeChangeKind::Removed ||
                   each.kind == document::NodeChangeKind::Moved;
        });
    if (changes.reset || uprooted)
        return check(subject);
    // A change below an entry is a change of every step around it.
    std::unordered_set<NodeRef> changed;
    const yaml::Forest& forest = subject.forest();
    for (const document::NodeChange& each : changes.nodes) {
        // What is in an entry that came is not named one by one.
        if (each.kind == document::NodeChangeKind::Added)
            data_->opinion.forget();
        for (NodeRef node = each.node; node != yaml::kNoNode; node = forest.parent(node))
            if (!changed.insert(node).second)
                break;
    }
    data_->run(subject, &changed, nullptr);
    return data_->diagnostics;
}

const std::vector<Diagnostic>& Checker::diagnostics() const {
    return data_->diagnostics;
}

}  // namespace pe::check
