// SPDX-License-Identifier: MIT
// RuleSample: a text, what the rules find in it, and what their fixes make of it, in short forms
// that tests compare.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "pe/base/clock.hpp"
#include "pe/check/checker.hpp"
#include "pe/document/document.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::testing {

class RuleSample {
public:
    explicit RuleSample(std::string text, const check::FileLookup* files = nullptr)
        : text_(std::move(text)), document_(document::Document::open(1, text_, clock_)) {
        const auto subject = check::subjectOf(*document_);
        check::Checker checker(format::Catalogue::builtIn(), {}, files);
        found_ = checker.check(*subject);
    }

    // Whether the rule reported anything.
    bool has(std::string_view code) const { return find(code) != nullptr; }

    std::size_t count(std::string_view code) const {
        return static_cast<std::size_t>(
            std::count_if(found_.begin(), found_.end(),
                          [&](const check::Diagnostic& each) { return each.code == code; }));
    }

    const check::Diagnostic* find(std::string_view code) const {
        for (const check::Diagnostic& each : found_)
            if (each.code == code)
                return &each;
        return nullptr;
    }

    // The part of the text that the first finding of the rule is about; "-" if there is none.
    std::string at(std::string_view code) const {
        const check::Diagnostic* found = find(code);
        return found == nullptr ? "-" : text_.substr(found->begin, found->end - found->begin);
    }

    std::string message(std::string_view code) const {
        const check::Diagnostic* found = find(code);
        return found == nullptr ? "-" : found->message;
    }

    // Those whose codes begin with one of the prefixes, in the order of the text.
    std::vector<std::string> codes(const std::vector<std::string>& prefixes) const {
        std::vector<std::string> codes;
        for (const check::Diagnostic& each : found_)
            for (const std::string& prefix : prefixes)
                if (each.code.starts_with(prefix))
                    codes.push_back(each.code);
        return codes;
    }

    // The text after the first fix of the first finding of the rule; "-" if there is no fix.
    std::string fixed(std::string_view code) {
        const check::Diagnostic* found = find(code);
        if (found == nullptr || found->fixes.empty())
            return "-";
        const auto* command = std::get_if<document::Command>(&found->fixes.front().action);
        if (command == nullptr)
            return "-";
        const auto done = document_->execute(*command);
        return done ? document_->text() : "refused: " + done.error().message;
    }

    bool isSafe(std::string_view code) const {
        const check::Diagnostic* found = find(code);
        return found != nullptr && !found->fixes.empty() && found->fixes.front().safe;
    }

private:
    FakeClock clock_;
    std::string text_;
    std::unique_ptr<document::Document> document_;
    std::vector<check::Diagnostic> found_;
};

// A pipeline of steps, each given as the lines of one list item, indented by four.
inline std::string sampleOf(std::string_view steps) {
    return "workflow:\n  name: sample\n  steps:\n" + std::string(steps);
}

}  // namespace pe::testing
