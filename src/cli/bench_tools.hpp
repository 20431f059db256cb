// SPDX-License-Identifier: MIT
// What the benchmarks share: time, medians, memory, and the figures they print.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "commands.hpp"
#include "pe/base/result.hpp"

namespace pe::cli {

double elapsedMs(const std::function<void()>& work);
// The same for work that can fail.
Result<double> timedMs(const std::function<Result<void>()>& work);
double medianOf(std::vector<double> values);
// The value that `part` (0 to 1) of the values lie below.
double percentileOf(std::vector<double> values, double part);
// The median of several rounds.
double medianMs(const std::function<void()>& work);
// The most memory this process ever had, in KB.
long peakMemoryKb();

// One line of JSON, in the order the figures were added; a name with dots nests.
class Figures {
public:
    void add(const std::string& name, double value);
    void addCount(const std::string& name, std::size_t value);
    void addFlag(const std::string& name, bool value);
    std::string line() const;

private:
    std::vector<std::pair<std::string, std::string>> all_;
};

// `pipeline bench WHAT ...`: figures to print, or why there are none.
Result<Figures> benchDocument(std::size_t steps, Clock& clock);
Result<Figures> benchHistory(std::size_t steps, std::size_t edits, Clock& clock);
Result<Figures> benchText(std::string_view trace);
Result<Figures> benchSearch(std::size_t pipelines);
// The forms that stand beside other libraries; `bytes` is what the first argument names.
Result<Figures> benchPeerText(std::string_view bytes, const std::string& mode);
Result<Figures> benchPeerConcurrent(std::string_view bytes);
Result<Figures> benchPeerOffline(std::string_view bytes, std::size_t edits);
Result<Figures> benchPeerStructure(std::string_view bytes);

}  // namespace pe::cli
