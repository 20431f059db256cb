// SPDX-License-Identifier: MIT
#include "step_extraction.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include "pe/yaml/pointer.hpp"
#include "step_commands.hpp"

namespace pe::editor {

namespace {

// Letters, digits and underscores: what every form of reference can name.
std::string referable(const std::string& name) {
    std::string made;
    for (const char each : name) {
        const auto byte = static_cast<unsigned char>(each);
        if (byte < 0x80)
            made += std::isalnum(byte) != 0 ? each : '_';
    }
    return made.empty() || std::isdigit(static_cast<unsigned char>(made.front())) != 0
               ? "steps_" + made
               : made;
}

}  // namespace

Result<StepRun> runOfSteps(const SceneValue& scene, const yaml::Forest& forest,
                           std::vector<yaml::NodeRef> selected) {
    StepRun run;
    run.steps = outermost(scene, std::move(selected));
    if (run.steps.empty())
        return fail(ErrorCode::Refused, "Select the steps first.");
    for (const yaml::NodeRef each : run.steps)
        if (scene.find(each)->kind != format::NodeKind::Step)
            return fail(ErrorCode::Refused,
                        shownName(*scene.find(each)) + " is no step; select steps only.");
    const yaml::NodeRef list = forest.parent(run.steps.front());
    const auto items = forest.children(list);
    const auto begin = std::find(items.begin(), items.end(), run.steps.front());
    for (std::size_t i = 0; i < run.steps.size(); ++i) {
        if (forest.parent(run.steps[i]) != list)
            return fail(ErrorCode::Refused,
                        "The selected steps do not stand in one list; select neighbours.");
        const auto here = begin + static_cast<std::ptrdiff_t>(i);
        if (*here == run.steps[i])
            continue;
        const SceneStep* between = scene.find(*here);
        return fail(ErrorCode::Refused, (between ? shownName(*between) : "An entry") +
                                            " stands between the selected steps; select it too.");
    }
    run.list = yaml::pointerTo(forest, list);
    run.first = static_cast<std::size_t>(begin - items.begin());
    return run;
}

std::string nameForRun(const SceneValue& scene, const StepRun& run) {
    const auto named = [&](yaml::NodeRef step) { return referable(scene.find(step)->name); };
    const std::string first = named(run.steps.front());
    std::set<std::string> taken = stepNames(scene);
    return uniqueName(
        run.steps.size() == 1 ? first + "_pipeline" : first + "_to_" + named(run.steps.back()),
        taken);
}

}  // namespace pe::editor
