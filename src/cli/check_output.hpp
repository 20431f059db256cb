// SPDX-License-Identifier: MIT
// The forms in which `pipeline check` shows what it found. Files are written as they come, so that
// ten thousand of them need no memory.
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
    virtual void begin() {}
    virtual void file(const CheckedFile& file) = 0;
    virtual void end() {}
};

// `text`, `json` or `sarif`; null for other words.
std::unique_ptr<CheckOutput> checkOutput(std::string_view format, std::ostream& out);

// What `--rules` prints.
void printRules(std::string_view format, std::ostream& out);

}  // namespace pe::cli
