// SPDX-License-Identifier: MIT
// FindingReporter: collects what rules report, with the severity that the team gave to each rule.
// What is switched off goes nowhere, and so does what is too much on parts of one text: every place
// in a text is found by reading it.
#pragma once

#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

#include "finding.hpp"
#include "pe/check/settings.hpp"
#include "rule.hpp"

namespace pe::check {

class FindingReporter final : public Reporter {
public:
    FindingReporter(const Subject& subject, const Settings& settings)
        : subject_(subject), settings_(settings) {}

    // Bytes reported from now on count from the beginning of this entry; kNoNode: of the text.
    void startAt(yaml::NodeRef step) { step_ = step; }
    std::vector<Finding> take();
    // What was reported since the last take().
    std::deque<Finding>& findings() { return findings_; }
    // Those among them whose rules are switched off, which nobody gets to see.
    std::deque<Finding>& silenced() { return silenced_; }

    Diagnostic& onValue(std::string_view code, yaml::NodeRef node, std::string message) override;
    Diagnostic& onKey(std::string_view code, yaml::NodeRef node, std::string message) override;
    Diagnostic& onPart(std::string_view code, yaml::NodeRef node, std::size_t begin,
                       std::size_t end, std::string message) override;
    Diagnostic& onBytes(std::string_view code, std::size_t begin, std::size_t end,
                        std::string message) override;

private:
    Diagnostic& add(std::string_view code, const Place& place, std::string message);
    Finding& slotFor(const Place& place, Severity severity);

    const Subject& subject_;
    const Settings& settings_;
    yaml::NodeRef step_ = yaml::kNoNode;
    std::deque<Finding> findings_;  // a rule holds what it reported while it reports more
    std::deque<Finding> silenced_;
    std::unordered_map<yaml::NodeRef, std::size_t> parts_;  // reported on each text
    Finding surplus_;                                       // the last one that is too much
};

}  // namespace pe::check
