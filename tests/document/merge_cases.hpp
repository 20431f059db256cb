// SPDX-License-Identifier: MIT
// Three-way merges with the result that a careful person would write. Each side is the base with
// some replacements.
#pragma once

#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace pe::document {

using Replacements = std::vector<std::pair<std::string, std::string>>;

struct MergeCase {
    std::string name;
    std::string base;
    Replacements ours;
    Replacements theirs;
    Replacements merged;
    std::size_t conflicts = 0;
};

inline const std::string kPlan =
    "    # Plans the work.\n"
    "    - name: plan\n"
    "      type: claude\n"
    "      prompt:\n"
    "        - type: static\n"
    "          content: |\n"
    "            Read the files.\n"
    "            List the risks.\n"
    "            Stop there.\n";
inline const std::string kWrite =
    "    - name: write   # the long part\n"
    "      type: gemini\n"
    "      model: pro\n"
    "      tools: [read, grep]\n"
    "      prompt:\n"
    "        - type: previous_response\n"
    "          step: plan\n";
inline const std::string kCheck =
    "    - name: check\n"
    "      type: claude\n"
    "      claude_options:\n"
    "        max_turns: 3\n"
    "        verbose: false\n"
    "      prompt:\n"
    "        - type: static\n"
    "          content: \"Check it\"\n";
inline const std::string kBase =
    "# Head of the file.\n"
    "\n"
    "workflow:\n"
    "  name: review\n"
    "  description: \"What it does\"\n"
    "  steps:\n" +
    kPlan + "\n" + kWrite + "\n" + kCheck;
inline const std::string kNew =
    "\n"
    "    - name: extra\n"
    "      type: claude\n"
    "      prompt:\n"
    "        - type: static\n"
    "          content: \"More\"\n";
inline const std::string kOther =
    "\n"
    "    - name: other\n"
    "      type: claude\n"
    "      prompt:\n"
    "        - type: static\n"
    "          content: \"Else\"\n";

inline void PrintTo(const MergeCase& each, std::ostream* out) {
    *out << each.name;
}

// The names of steps and fields are what they are above.
std::vector<MergeCase> fieldCases();
std::vector<MergeCase> structureCases();
std::vector<MergeCase> aroundCases();

}  // namespace pe::document
