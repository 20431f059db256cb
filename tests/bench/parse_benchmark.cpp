// SPDX-License-Identifier: MIT
// Our parse, with the tree that owns every byte, against the bare event parse of libfyaml, on the
// same pipeline of a thousand steps in the same run. The rounds alternate, so that a busy machine
// slows both. Prints JSON; the exit status is 1 if ours takes more than twice as long.
#include <libfyaml.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "pe/yaml/tree.hpp"
#include "sample_text.hpp"

namespace {

constexpr std::size_t kSteps = 1000;
constexpr int kRounds = 15;
constexpr double kRatioMax = 2.0;

double elapsedMs(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
        .count();
}

double median(std::vector<double> rounds) {
    const auto middle = rounds.begin() + static_cast<std::ptrdiff_t>(rounds.size() / 2);
    std::nth_element(rounds.begin(), middle, rounds.end());
    return *middle;
}

[[noreturn]] void stop(const char* reason) {
    std::fprintf(stderr, "parse_benchmark: %s\n", reason);
    std::exit(2);
}

// The number of nodes.
std::size_t parseOurs(const std::string& text) {
    const pe::yaml::Tree tree = pe::yaml::parse(text);
    if (!tree.editable())
        stop("the sample does not parse");
    return tree.size();
}

// The number of events.
std::size_t parseTheirs(const std::string& text) {
    fy_parse_cfg configuration{};
    configuration.flags = static_cast<fy_parse_cfg_flags>(FYPCF_DEFAULT_PARSE);
    fy_parser* parser = fy_parser_create(&configuration);
    if (!parser || fy_parser_set_string(parser, text.data(), text.size()) != 0)
        stop("libfyaml did not start");
    std::size_t events = 0;
    while (fy_event* event = fy_parser_parse(parser)) {
        ++events;
        fy_parser_event_free(parser, event);
    }
    if (fy_parser_get_stream_error(parser))
        stop("libfyaml refused the sample");
    fy_parser_destroy(parser);
    return events;
}

}  // namespace

int main() {
    const std::string text = pe::cli::samplePipeline(kSteps);
    const std::size_t nodes = parseOurs(text);
    const std::size_t events = parseTheirs(text);
    std::vector<double> ours;
    std::vector<double> theirs;
    for (int i = 0; i < kRounds; ++i) {
        ours.push_back(elapsedMs([&] { parseOurs(text); }));
        theirs.push_back(elapsedMs([&] { parseTheirs(text); }));
    }
    const double ratio = median(ours) / median(theirs);
    std::printf(
        "{\"steps\":%zu,\"text_bytes\":%zu,\"nodes\":%zu,\"libfyaml_events\":%zu,"
        "\"rounds\":%d,\"ours_ms\":%.2f,\"libfyaml_ms\":%.2f,\"ratio\":%.3f}\n",
        kSteps, text.size(), nodes, events, kRounds, median(ours), median(theirs), ratio);
    return ratio > kRatioMax ? 1 : 0;
}
