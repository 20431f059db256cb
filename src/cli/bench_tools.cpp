// SPDX-License-Identifier: MIT
#include "bench_tools.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace pe::cli {
namespace {

constexpr int kRounds = 5;

std::string numberText(double value) {
    return nlohmann::json(std::round(value * 1000) / 1000).dump();
}

}  // namespace

double elapsedMs(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
        .count();
}

Result<double> timedMs(const std::function<Result<void>()>& work) {
    Result<void> done;
    const double ms = elapsedMs([&] { done = work(); });
    PE_TRY(done);
    return ms;
}

double percentileOf(std::vector<double> values, double part) {
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    const auto at = static_cast<std::size_t>(part * static_cast<double>(values.size()));
    return values[std::min(at, values.size() - 1)];
}

double medianOf(std::vector<double> values) {
    return percentileOf(std::move(values), 0.5);
}

double medianMs(const std::function<void()>& work) {
    std::vector<double> rounds;
    rounds.reserve(kRounds);
    for (int i = 0; i < kRounds; ++i)
        rounds.push_back(elapsedMs(work));
    return medianOf(std::move(rounds));
}

long peakMemoryKb() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

void Figures::add(const std::string& name, double value) {
    all_.emplace_back(name, numberText(value));
}

void Figures::addCount(const std::string& name, std::size_t value) {
    all_.emplace_back(name, std::to_string(value));
}

void Figures::addFlag(const std::string& name, bool value) {
    all_.emplace_back(name, value ? "true" : "false");
}

std::string Figures::line() const {
    nlohmann::ordered_json root = nlohmann::ordered_json::object();
    for (const auto& [name, value] : all_) {
        nlohmann::ordered_json* at = &root;
        std::size_t from = 0;
        for (std::size_t dot; (dot = name.find('.', from)) != std::string::npos; from = dot + 1)
            at = &(*at)[name.substr(from, dot - from)];
        (*at)[name.substr(from)] = nlohmann::ordered_json::parse(value);
    }
    return root.dump();
}

}  // namespace pe::cli
