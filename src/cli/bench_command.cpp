// SPDX-License-Identifier: MIT
#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>

#include "commands.hpp"
#include "inputs.hpp"
#include "pe/document/document.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/render.hpp"
#include "pe/yaml/tree.hpp"
#include "sample_text.hpp"

namespace pe::cli {
namespace {

constexpr std::uint64_t kScratchReplica = 1;
constexpr int kRounds = 5;
constexpr int kEdits = 200;

double elapsedMs(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
        .count();
}

double medianMs(const std::function<void()>& work) {
    std::vector<double> rounds;
    for (int i = 0; i < kRounds; ++i)
        rounds.push_back(elapsedMs(work));
    std::sort(rounds.begin(), rounds.end());
    return rounds[rounds.size() / 2];
}

struct Figures {
    double buildMs = 0;
    double parseMs = 0;
    double renderMs = 0;
    double loadMs = 0;
    double editUs = 0;
    double typeUs = 0;
    double applyUs = 0;
    std::size_t textBytes = 0;
    std::size_t encodedBytes = 0;
    std::size_t updateBytes = 0;
};

// Sets one field of one step again and again, as a form does.
void measureEdits(document::Document& document, std::size_t steps, Figures& figures) {
    std::size_t bytes = 0;
    const auto counting =
        document.committed.connect([&](const std::string& change) { bytes += change.size(); });
    const auto& forest = document.forest();
    const double ms = elapsedMs([&] {
        for (int i = 0; i < kEdits; ++i) {
            const std::size_t step = static_cast<std::size_t>(i) * 37 % steps;
            const auto node =
                yaml::resolve(forest, "/workflow/steps/" + std::to_string(step) + "/role");
            const std::string role = i % 2 ? "brain" : "planner";
            if (node)
                (void)document.execute(
                    {document::SetValue{*node, yaml::Value::ofString(role)}, {}, 0});
        }
    });
    figures.editUs = ms * 1000 / kEdits;
    figures.updateBytes = bytes / kEdits;
}

// Types one character after the other into a prompt, as the text pane does.
void measureTyping(document::Document& document, std::size_t steps, Figures& figures) {
    const auto node = yaml::resolve(
        document.forest(), "/workflow/steps/" + std::to_string(steps / 2) + "/prompt/0/content");
    if (!node)
        return;
    const double ms = elapsedMs([&] {
        for (int i = 0; i < kEdits; ++i) {
            const std::size_t end = document.valueSpan(*node).end;
            (void)document.replaceText(end - 1, 0, "x", 1);
        }
    });
    figures.typeUs = ms * 1000 / kEdits;
}

Result<Figures> measure(std::size_t steps, Clock& clock) {
    Figures figures;
    const std::string text = samplePipeline(steps);
    figures.textBytes = text.size();
    figures.parseMs = medianMs([&] { (void)yaml::parse(text); });
    const yaml::Tree tree = yaml::parse(text);
    figures.renderMs = medianMs([&] { (void)yaml::renderText(tree); });
    std::unique_ptr<document::Document> document;
    figures.buildMs =
        medianMs([&] { document = document::Document::open(kScratchReplica, text, clock); });
    const std::vector<std::string> log = document->log();
    for (const std::string& change : log)
        figures.encodedBytes += change.size();
    Result<std::unique_ptr<document::Document>> loaded = fail(ErrorCode::Internal, "not loaded");
    figures.loadMs = medianMs([&] {
        loaded = document::Document::replay(kScratchReplica, log, log.size(), std::nullopt, clock);
    });
    if (!loaded)
        return tl::unexpected(loaded.error());
    if ((*loaded)->text() != text)
        return fail(ErrorCode::Internal, "the text did not come back");
    if (steps == 0)
        return figures;
    measureEdits(*document, steps, figures);
    measureTyping(*document, steps, figures);
    return figures;
}

}  // namespace

ExitStatus runBench(const Arguments& arguments, const Environment& environment) {
    const auto options = Options::parse(arguments, {{"steps", OptionKind::Value}});
    if (!options)
        return report(options.error(), environment);
    if (options->operands() != Arguments{"document"})
        return report({ErrorCode::InvalidArgument, "bench measures `document`", {}}, environment);
    const auto steps = options->number("steps", 1000, 0, 100'000);
    if (!steps)
        return report(steps.error(), environment);
    const auto figures = measure(static_cast<std::size_t>(*steps), environment.clock);
    if (!figures)
        return report(figures.error(), environment);
    const std::size_t perStep =
        figures->encodedBytes / static_cast<std::size_t>(std::max(1L, *steps));
    environment.out << "{\"steps\":" << *steps << ",\"text_bytes\":" << figures->textBytes
                    << ",\"build_ms\":" << figures->buildMs << ",\"parse_ms\":" << figures->parseMs
                    << ",\"render_ms\":" << figures->renderMs
                    << ",\"encoded_bytes\":" << figures->encodedBytes
                    << ",\"bytes_per_step\":" << perStep << ",\"load_ms\":" << figures->loadMs
                    << ",\"edit_us\":" << figures->editUs << ",\"type_us\":" << figures->typeUs
                    << ",\"update_bytes\":" << figures->updateBytes << "}\n";
    return ExitStatus::Done;
}

}  // namespace pe::cli
