// SPDX-License-Identifier: MIT
// Options of one command: which it knows, and what was given. `--name=value` and `--name value` are
// the same; `--` ends the options; `-` is an operand (standard input).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pe/base/result.hpp"

namespace pe::cli {

enum class OptionKind {
    Flag,           // takes no value
    Value,          // takes one
    OptionalValue,  // `--name` or `--name=value`
};

struct OptionSpec {
    std::string name;  // without the dashes
    OptionKind kind;
};

class Options {
public:
    static Result<Options> parse(const std::vector<std::string>& arguments,
                                 const std::vector<OptionSpec>& known);

    bool has(const std::string& name) const { return given_.count(name) != 0; }
    // The last value given, or the default.
    std::string value(const std::string& name, std::string otherwise = {}) const;
    std::vector<std::string> values(const std::string& name) const;
    Result<long> number(const std::string& name, long otherwise, long minimum, long maximum) const;
    const std::vector<std::string>& operands() const { return operands_; }
    // All option occurrences in the order given, for commands where order counts.
    const std::vector<std::pair<std::string, std::string>>& inOrder() const { return inOrder_; }

private:
    std::map<std::string, std::vector<std::string>> given_;
    std::vector<std::pair<std::string, std::string>> inOrder_;
    std::vector<std::string> operands_;
};

}  // namespace pe::cli
