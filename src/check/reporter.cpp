// SPDX-License-Identifier: MIT
#include "reporter.hpp"

#include <iterator>

#include "pe/base/assert.hpp"

namespace pe::check {

namespace {

constexpr std::size_t kMostParts = 100;

}  // namespace

std::vector<Finding> FindingReporter::take() {
    std::vector<Finding> taken(std::make_move_iterator(findings_.begin()),
                               std::make_move_iterator(findings_.end()));
    findings_.clear();
    silenced_.clear();
    parts_.clear();
    return taken;
}

Finding& FindingReporter::slotFor(const Place& place, Severity severity) {
    if (severity == Severity::Off)
        return silenced_.emplace_back();
    if (place.kind != PlaceKind::Part || ++parts_[place.node] <= kMostParts)
        return findings_.emplace_back();
    return surplus_ = Finding();
}

Diagnostic& FindingReporter::add(std::string_view code, const Place& place, std::string message) {
    const RuleInfo* info = ruleInfo(code);
    PE_ASSERT(info != nullptr);  // every reported code belongs to a rule
    const Severity severity = settings_.severity(code, info->severity);
    Finding& finding = slotFor(place, severity);
    finding.place = place;
    finding.diagnostic.code = code;
    finding.diagnostic.severity = severity;
    finding.diagnostic.message = std::move(message);
    finding.diagnostic.node = place.node;
    return finding.diagnostic;
}

Diagnostic& FindingReporter::onValue(std::string_view code, yaml::NodeRef node,
                                     std::string message) {
    return add(code, {PlaceKind::Value, node, yaml::kNoNode, 0, 0}, std::move(message));
}

Diagnostic& FindingReporter::onKey(std::string_view code, yaml::NodeRef node, std::string message) {
    return add(code, {PlaceKind::Key, node, yaml::kNoNode, 0, 0}, std::move(message));
}

Diagnostic& FindingReporter::onPart(std::string_view code, yaml::NodeRef node, std::size_t begin,
                                    std::size_t end, std::string message) {
    return add(code, {PlaceKind::Part, node, yaml::kNoNode, begin, end}, std::move(message));
}

Diagnostic& FindingReporter::onBytes(std::string_view code, std::size_t begin, std::size_t end,
                                     std::string message) {
    if (step_ == yaml::kNoNode)
        return add(code, {PlaceKind::Text, yaml::kNoNode, yaml::kNoNode, begin, end},
                   std::move(message));
    const std::size_t base = subject_.entrySpan(step_).begin;
    return add(code, {PlaceKind::StepText, yaml::kNoNode, step_, begin - base, end - base},
               std::move(message));
}

}  // namespace pe::check
