// SPDX-License-Identifier: MIT
// `pipeline bench document`: a generated pipeline opened, edited, rendered and loaded again.
#include <algorithm>
#include <vector>

#include "bench_tools.hpp"
#include "pe/check/checker.hpp"
#include "pe/crdt/codec.hpp"
#include "pe/document/document.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/render.hpp"
#include "pe/yaml/tree.hpp"
#include "sample_text.hpp"

namespace pe::cli {
namespace {

constexpr std::uint64_t kScratchReplica = 1;
constexpr std::uint64_t kPeerReplica = 2;
constexpr int kEdits = 200;

struct Measured {
    double buildMs = 0;
    double parseMs = 0;
    double renderMs = 0;
    double validateMs = 0;
    double loadMs = 0;
    double editUs = 0;
    double typeUs = 0;
    double recheckUs = 0;
    double recheckP99Us = 0;
    double applyUs = 0;
    std::size_t textBytes = 0;
    std::size_t encodedBytes = 0;
    std::size_t journalBytes = 0;
    std::size_t updateBytes = 0;
};

// The bytes of the changes behind each other on a connection.
std::size_t wireBytes(const std::vector<std::string>& changes) {
    crdt::CodecContext context;
    std::string bytes;
    std::size_t first = 0;
    for (const std::string& each : changes) {
        if (const auto change = crdt::decodeChange(std::string_view(each)))
            crdt::encodeChange(*change, context, bytes);
        first = first == 0 ? bytes.size() : first;
    }
    return bytes.size() - first;
}

// Another replica takes the changes one by one.
Result<void> measurePeer(const std::vector<std::string>& log,
                         const std::vector<std::string>& changes, Clock& clock, Measured& figures) {
    document::SavedDocument saved;
    saved.log = log;
    saved.synced = log.size();
    saved.shared = true;
    PE_TRY_ASSIGN(const auto peer, document::Document::replay(kPeerReplica, saved, clock));
    Result<void> taken;
    const double ms = elapsedMs([&] {
        for (const std::string& each : changes)
            if (taken)
                taken = peer->receive({each}, peer->sequence() + 1);
    });
    figures.applyUs = ms * 1000 / static_cast<double>(changes.size());
    return taken;
}

// Sets one field of one step again and again, as a form does.
Result<void> measureEdits(document::Document& document, std::size_t steps, Clock& clock,
                          Measured& figures) {
    const std::vector<std::string> log = document.log();
    std::vector<std::string> changes;
    const auto collecting =
        document.committed.connect([&](const std::string& change) { changes.push_back(change); });
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
    if (changes.size() < 2)
        return fail(ErrorCode::Internal, "the edits changed nothing");
    for (const std::string& each : changes)
        figures.journalBytes += each.size();
    figures.journalBytes /= changes.size();
    figures.updateBytes = wireBytes(changes) / (changes.size() - 1);
    return measurePeer(log, changes, clock, figures);
}

// Types one character after the other into a prompt, as the text pane does.
void type(document::Document& document, std::size_t steps) {
    const auto node = yaml::resolve(
        document.forest(), "/workflow/steps/" + std::to_string(steps / 2) + "/prompt/0/content");
    for (int i = 0; node && i < kEdits; ++i)
        (void)document.replaceText(document.valueSpan(*node).end - 1, 0, "x", 1);
}

// All findings again after each character.
void measureRechecks(document::Document& document, std::size_t steps, Measured& figures) {
    const auto subject = check::subjectOf(document);
    check::Checker checker(format::Catalogue::builtIn(), {}, nullptr);
    checker.check(*subject);
    std::vector<double> us;
    const auto rechecking = document.changed.connect([&](const document::ChangeSet& changes) {
        us.push_back(elapsedMs([&] { checker.recheck(*subject, changes); }) * 1000);
    });
    type(document, steps);
    figures.recheckUs = medianOf(us);
    figures.recheckP99Us = percentileOf(us, 0.99);
}

Result<Measured> measure(std::size_t steps, Clock& clock) {
    Measured figures;
    const std::string text = samplePipeline(steps);
    figures.textBytes = text.size();
    figures.parseMs = medianMs([&] { (void)yaml::parse(text); });
    const yaml::Tree tree = yaml::parse(text);
    figures.renderMs = medianMs([&] { (void)yaml::renderText(tree); });
    figures.validateMs = medianMs([&] {
        check::Checker checker(format::Catalogue::builtIn(), {}, nullptr);
        (void)checker.check(*check::subjectOf(tree));
    });
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
    PE_TRY(measureEdits(*document, steps, clock, figures));
    figures.typeUs = elapsedMs([&] { type(*document, steps); }) * 1000 / kEdits;
    measureRechecks(*document, steps, figures);
    return figures;
}

}  // namespace

Result<Figures> benchDocument(std::size_t steps, Clock& clock) {
    PE_TRY_ASSIGN(const Measured measured, measure(steps, clock));
    Figures figures;
    figures.addCount("steps", steps);
    figures.addCount("text_bytes", measured.textBytes);
    figures.add("build_ms", measured.buildMs);
    figures.add("parse_ms", measured.parseMs);
    figures.add("render_ms", measured.renderMs);
    figures.add("validate_ms", measured.validateMs);
    figures.addCount("encoded_bytes", measured.encodedBytes);
    figures.addCount("bytes_per_step", measured.encodedBytes / std::max<std::size_t>(1, steps));
    figures.add("load_ms", measured.loadMs);
    figures.add("edit_us", measured.editUs);
    figures.add("type_us", measured.typeUs);
    figures.add("recheck_us", measured.recheckUs);
    figures.add("recheck_p99_us", measured.recheckP99Us);
    figures.addCount("journal_bytes", measured.journalBytes);
    figures.addCount("update_bytes", measured.updateBytes);
    figures.add("apply_us", measured.applyUs);
    return figures;
}

}  // namespace pe::cli
