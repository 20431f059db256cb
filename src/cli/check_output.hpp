// SPDX-License-Identifier: MIT
// The forms in which `pipeline check` shows what it found. Each file gives a text of its own, made
// on the thread that looked at the file; the texts that are not empty stand in order between
// `begin` and `end`, with a separator in front of all but the first.
#pragma once

#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pe/check/diagnostic.hpp"
#include "pe/loader/verdict.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::cli {

struct CheckedFile {
    const std::string& path;
    const yaml::Tree& tree;
    const loader::Verdicts& verdicts;
    std::vector<const check::Diagnostic*> diagnostics;
};

class CheckOutput {
public:
    virtual ~CheckOutput() = default;
    virtual std::string begin() const { return {}; }
    virtual std::string file(const CheckedFile& file) const = 0;
    virtual std::string_view separator() const { return {}; }
    virtual std::string_view end() const { return {}; }
};

// `text`, `json` or `sarif`; null for other words.
std::unique_ptr<CheckOutput> checkOutput(std::string_view format);

// What `--rules` prints.
void printRules(std::string_view format, std::ostream& out);

}  // namespace pe::cli
