// SPDX-License-Identifier: MIT
// Merges where one side puts something around a step, takes it away, or lays the text out anew.
#include "merge_cases.hpp"

namespace pe::document {
namespace {

const std::string kLoop =
    "    - name: again\n"
    "      type: for_loop\n"
    "      iterator: file\n"
    "      steps:\n";

std::string deeper(const std::string& text, std::size_t by) {
    std::string out;
    bool start = true;
    for (const char c : text) {
        if (start && c != '\n')
            out.append(by, ' ');
        start = c == '\n';
        out += c;
    }
    return out;
}

std::string inLoop(const std::string& step) {
    return kLoop + deeper(step, 4);
}

const std::string kEnd = "          content: \"Check it\"\n";
const std::string kText =
    "            Read the files.\n            List the risks.\n            Stop there.\n";
const std::string kNamed =
    "    - name: plan\n"
    "      type: claude\n"
    "      outputs:\n"
    "        - name: write\n"
    "          kind: text\n";

std::vector<MergeCase> putInCases() {
    return {
        {"put into a loop here, changed there",
         kBase,
         {{kWrite, inLoop(kWrite)}},
         {{"model: pro", "model: lite"}, {"[read, grep]", "[read]"}},
         {{kWrite, inLoop(kWrite)}, {"model: pro", "model: lite"}, {"[read, grep]", "[read]"}},
         0},
        {"a text changed here, its step put into a loop there",
         kBase,
         {{"Read the files.", "Read all files."}, {"# Plans the work.", "# Plans it."}},
         {{kPlan, inLoop(kPlan)}},
         {{kPlan, inLoop(kPlan)},
          {"Read the files.", "Read all files."},
          {"# Plans the work.", "# Plans it."}},
         0},
        {"put into a loop here, renamed there",
         kBase,
         {{kPlan, inLoop(kPlan)}},
         {{"name: plan", "name: outline"}, {"step: plan", "step: outline"}},
         {{kPlan, inLoop(kPlan)}, {"name: plan", "name: outline"}, {"step: plan", "step: outline"}},
         0},
        {"renamed and put into a loop here, changed there",
         kBase,
         {{kWrite, inLoop(kWrite)}, {"name: write ", "name: compose "}},
         {{"model: pro", "model: lite"}, {"\"Check it\"", "\"Check {{steps.write.result}}\""}},
         {{kWrite, inLoop(kWrite)},
          {"name: write ", "name: compose "},
          {"model: pro", "model: lite"},
          {"\"Check it\"", "\"Check {{steps.compose.result}}\""}},
         0},
        {"put into a loop here, moved there",
         kBase,
         {{kWrite, inLoop(kWrite)}},
         {{kPlan + "\n" + kWrite, kWrite + "\n" + kPlan}},
         {{kPlan + "\n" + kWrite, inLoop(kWrite) + "\n" + kPlan}},
         0},
        {"put into a loop here, a step behind it there",
         kBase,
         {{"\n" + kCheck, "\n" + inLoop(kCheck)}},
         {{kEnd, kEnd + kNew}},
         {{"\n" + kCheck, "\n" + inLoop(kCheck) + kNew}},
         0},
        {"put into a loop here, deleted there",
         kBase,
         {{kWrite, inLoop(kWrite)}},
         {{kWrite + "\n", ""}},
         {{kWrite, inLoop(kWrite)}},
         1},
        {"put into two loops",
         kBase,
         {{kWrite, inLoop(kWrite)}},
         {{kWrite,
           "    - name: other\n      type: while_loop\n      steps:\n" + deeper(kWrite, 4)}},
         {{kWrite, inLoop(kWrite)}},
         1},
    };
}

std::vector<MergeCase> takenOutCases() {
    const std::size_t at = kBase.find(kWrite);
    const std::string looped = std::string(kBase).replace(at, kWrite.size(), inLoop(kWrite));
    return {
        {"taken out of its loop here, changed there",
         looped,
         {{inLoop(kWrite), kWrite}},
         {{"model: pro", "model: lite"}},
         {{inLoop(kWrite), kWrite}, {"model: pro", "model: lite"}},
         0},
        {"a step renamed here that names what another holds, changed there",
         "steps:\n" + kNamed,
         {{"name: plan", "name: write"},
          {"name: write\n          kind", "name: plan\n          kind"}},
         {{"type: claude", "type: gemini"}},
         {{"name: plan", "name: write"},
          {"name: write\n          kind", "name: plan\n          kind"},
          {"type: claude", "type: gemini"}},
         0},
    };
}

std::vector<MergeCase> layoutCases() {
    return {
        {"renamed and moved here, changed there",
         kBase,
         {{kPlan + "\n" + kWrite + "\n" + kCheck, kCheck + "\n" + kPlan + "\n" + kWrite},
          {"name: check", "name: verify"}},
         {{"max_turns: 3", "max_turns: 9"}},
         {{kPlan + "\n" + kWrite + "\n" + kCheck, kCheck + "\n" + kPlan + "\n" + kWrite},
          {"name: check", "name: verify"},
          {"max_turns: 3", "max_turns: 9"}},
         0},
        {"moved here, deleted there",
         kBase,
         {{kPlan + "\n" + kWrite + "\n" + kCheck, kCheck + "\n" + kPlan + "\n" + kWrite}},
         {{"\n" + kCheck, ""}},
         {{"\n" + kCheck, ""}},
         0},
        {"a text indented anew here, changed there",
         kBase,
         {{kText, deeper(kText, 2)}},
         {{"Stop there.", "Stop here."}},
         {{kText, deeper(kText, 2)}, {"Stop there.", "Stop here."}},
         0},
        {"a text that ends otherwise here, changed there",
         kBase,
         {{"content: |\n", "content: |-\n"}},
         {{"Stop there.", "Stop here."}},
         {{"content: |\n", "content: |-\n"}, {"Stop there.", "Stop here."}},
         0},
        {"lines changed alike by both, one of them deletes the next",
         kBase,
         {{"Read the files.\n            List", "Read all.\n            List"}},
         {{"Read the files.\n            List the risks.\n", "Read all.\n"}},
         {{"Read the files.\n            List the risks.\n", "Read all.\n"}},
         0},
        {"no blank line above a step here, a comment there",
         kBase,
         {{kPlan + "\n" + kWrite, kPlan + kWrite}},
         {{kWrite, "    # Writes it.\n" + kWrite}},
         {{kPlan + "\n" + kWrite, kPlan + "    # Writes it.\n" + kWrite}},
         0},
        {"a blank line above a step here, a comment there",
         kBase,
         {{"  steps:\n", "  steps:\n\n"}},
         {{"    # Plans the work.\n", "    # Plans.\n    # Well.\n"}},
         {{"  steps:\n", "  steps:\n\n"},
          {"    # Plans the work.\n", "    # Plans.\n    # Well.\n"}},
         0},
    };
}

}  // namespace

std::vector<MergeCase> aroundCases() {
    std::vector<MergeCase> all;
    for (const auto& cases : {putInCases(), takenOutCases(), layoutCases()})
        all.insert(all.end(), cases.begin(), cases.end());
    return all;
}

}  // namespace pe::document
