// SPDX-License-Identifier: MIT
// Applying fixes to an open document: one that was chosen, or all safe ones of some kinds. Every
// fix is an ordinary edit that undo takes back.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/check/checker.hpp"
#include "pe/check/diagnostic.hpp"
#include "pe/document/document.hpp"

namespace pe::check {

// The fix must come from diagnostics of the document as it is now.
Result<void> applyFix(document::Document& document, const Fix& fix);

// The first safe fix of a finding; null if there is none.
const Fix* safeFix(const Diagnostic& diagnostic);

// Applies the first safe fix of every finding of these kinds (`field.*` stands for all that begin
// with it; no kind: all), checks again, and goes on until there is none left. The checker ends with
// the findings of the fixed document. Returns the codes of what was fixed, in order.
std::vector<std::string> applySafeFixes(document::Document& document, Checker& checker,
                                        const std::vector<std::string>& codes = {});

// `field.*` fits every code that begins with `field.`, and `*` every code.
bool fitsPattern(std::string_view pattern, std::string_view code);
// Whether one of the patterns fits; no patterns: all are wanted.
bool isWanted(const std::string& code, const std::vector<std::string>& patterns);

}  // namespace pe::check
