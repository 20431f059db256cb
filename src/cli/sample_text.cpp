// SPDX-License-Identifier: MIT
#include "sample_text.hpp"

namespace pe::cli {
namespace {

constexpr const char* kSentences[] = {
    "Read the files that changed and list what a reviewer has to know.",
    "Name the three risks that matter most, each with the line it stands on.",
    "Leave out whatever the tests already cover.",
    "Answer in plain sentences, without headings.",
    "Where a decision is missing, say who has to take it and by when.",
    "Compare the result with the plan of the first step and point out every gap.",
};

std::string numbered(const char* stem, std::size_t number) {
    return stem + std::to_string(number);
}

void appendStep(std::string& text, std::size_t number) {
    const auto sentence = [number](std::size_t offset) {
        return std::string(kSentences[(number * 7 + offset * 3) % std::size(kSentences)]);
    };
    text += "\n    # Step " + std::to_string(number) + ": " + sentence(0) + '\n';
    text += "    - name: \"" + numbered("review_", number) + "\"\n";
    text += number % 3 == 0 ? "      type: \"gemini\"\n" : "      type: \"claude\"\n";
    text += "      role: \"muscle\"   # does what the plan says\n";
    if (number % 3 == 0) {
        text +=
            "      model: \"gemini-2.5-flash\"\n      token_budget:\n"
            "        max_output_tokens: " +
            std::to_string(1024 + number % 7 * 256) + "\n        temperature: 0." +
            std::to_string(number % 9 + 1) + '\n';
    } else {
        text += "      claude_options:\n        max_turns: " + std::to_string(number % 20 + 1) +
                "\n        allowed_tools: [\"Read\", \"Grep\", \"Glob\"]\n"
                "        output_format: \"json\"\n";
    }
    text += "      prompt:\n        - type: \"static\"\n          content: |\n";
    for (std::size_t i = 0; i < 4; ++i)
        text += "            " + sentence(i) + '\n';
    text += "\n            " + sentence(4) + '\n';
    if (number > 0) {
        text += "        - type: \"previous_response\"\n          step: \"" +
                numbered("review_", number - 1) + "\"\n";
    }
    text += "        - type: \"static\"\n          content: \"" + sentence(5) + "\"\n";
    text += "      output_to_file: \"" + numbered("out/review_", number) + ".json\"\n";
}

}  // namespace

std::string samplePipeline(std::size_t steps) {
    std::string text =
        "# A review in many steps.\n\nworkflow:\n  name: \"long_review\"\n"
        "  description: \"Measures how the editor copes with large files\"\n"
        "  version: \"2.0\"\n  steps:";
    text += steps == 0 ? " []\n" : "";
    for (std::size_t number = 0; number < steps; ++number)
        appendStep(text, number);
    return text;
}

}  // namespace pe::cli
