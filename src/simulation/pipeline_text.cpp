// SPDX-License-Identifier: MIT
#include "pipeline_text.hpp"

#include <array>

namespace pe::simulation {
namespace {

constexpr std::array<std::string_view, 5> kKinds = {"claude", "gemini", "function", "pipeline",
                                                    "set_variable"};
constexpr std::array<std::string_view, 8> kFields = {
    "      model: sonnet   # short\n",
    "      tools: [read,  grep]\n",
    "      options:\n        turns: 3\n        retries:   \"2\"\n",
    "      prompt: |\n        Read the files.\n\n          List the risks.\n",
    "      prompt:\n        - type: static\n          content: \"Summarise "
    "{{previous_response}}\"\n",
    "      # Why it is here.\n      condition: 'a == b'\n",
    "      output: >-\n        folded\n        text\n",
    "      list: # of two\n        - x\n        -   y\n"};

std::string step(Random& random, std::size_t number) {
    std::string text = random.below(3) == 0 ? "    # Step.\n" : "";
    text += "    - name: step" + std::to_string(number) + "\n";
    text += "      type: " + std::string(kKinds[random.below(kKinds.size())]) + "\n";
    const std::size_t first = random.below(kFields.size());
    for (std::size_t i = random.below(4); i > 0; --i)
        text += kFields[(first + i) % kFields.size()];
    return text + (random.below(4) == 0 ? "\n" : "");
}

}  // namespace

const std::string_view kUntouched =
    "fixed:   # nobody comes here\n"
    "    odd:    [ 1,2 ,  3 ]\n"
    "    text: |\n"
    "        kept  \n"
    "          as it is\n";

std::string drawPipeline(Random& random) {
    std::string text = random.below(2) == 0 ? "# About.\n" : "";
    text += "workflow:\n  name: \"drawn\"\n  steps:\n";
    const std::size_t steps = 1 + random.below(8);
    for (std::size_t i = 0; i < steps; ++i)
        text += step(random, i);
    return text + std::string(kUntouched);
}

}  // namespace pe::simulation
