// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "pe/check/rules.hpp"
#include "rule.hpp"

namespace pe::check {

std::span<const RuleSet* const> ruleSets() {
    static const std::array<const RuleSet*, 11> kSets = {
        &loaderRules(),   &yamlRules(),   &fieldRules(),     &nameRules(),
        &schemaRules(),   &effectRules(), &referenceRules(), &conditionRules(),
        &templateRules(), &fileRules(),   &engineRules()};
    return kSets;
}

std::span<const RuleInfo> rules() {
    static const std::vector<RuleInfo> kRules = [] {
        std::vector<RuleInfo> all;
        for (const RuleSet* set : ruleSets())
            all.insert(all.end(), set->infos.begin(), set->infos.end());
        std::sort(all.begin(), all.end(),
                  [](const RuleInfo& a, const RuleInfo& b) { return a.code < b.code; });
        return all;
    }();
    return kRules;
}

const RuleInfo* ruleInfo(std::string_view code) {
    const std::span<const RuleInfo> all = rules();
    const auto found =
        std::lower_bound(all.begin(), all.end(), code,
                         [](const RuleInfo& info, std::string_view c) { return info.code < c; });
    return found != all.end() && found->code == code ? &*found : nullptr;
}

}  // namespace pe::check
