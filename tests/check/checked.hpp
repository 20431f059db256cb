// SPDX-License-Identifier: MIT
// Checked: a text and what the checker finds in it.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pe/base/clock.hpp"
#include "pe/check/checker.hpp"
#include "pe/check/fixing.hpp"
#include "pe/check/rules.hpp"
#include "pe/document/document.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::testing {

class Checked {
public:
    explicit Checked(std::string text, const check::FileLookup* files = nullptr,
                     check::Settings settings = {},
                     const format::Catalogue& catalogue = format::Catalogue::builtIn())
        : tree_(yaml::parse(std::move(text))), checker_(catalogue, std::move(settings), files) {
        checker_.check(*check::subjectOf(tree_));
    }

    const std::vector<check::Diagnostic>& all() const { return checker_.diagnostics(); }
    bool has(std::string_view code) const { return count(code) > 0; }
    std::size_t count(std::string_view code) const {
        return static_cast<std::size_t>(
            std::count_if(all().begin(), all().end(),
                          [&](const check::Diagnostic& each) { return each.code == code; }));
    }
    // The first finding of that rule; an empty one if there is none.
    check::Diagnostic first(std::string_view code) const {
        for (const check::Diagnostic& each : all())
            if (each.code == code)
                return each;
        return {};
    }
    // The bytes that the first finding of that rule is about.
    std::string marked(std::string_view code) const {
        const check::Diagnostic found = first(code);
        return tree_.text().substr(found.begin, found.end - found.begin);
    }
    // The pointer of the entry that the first finding of that rule is about.
    std::string path(std::string_view code) const {
        const check::Diagnostic found = first(code);
        return found.node == yaml::kNoNode ? std::string() : yaml::pointerTo(tree_, found.node);
    }
    // The errors, one a line; empty if there are none.
    std::string errors() const {
        std::string text;
        for (const check::Diagnostic& each : all())
            if (each.severity == check::Severity::Error)
                text += each.code + ": " + each.message + "\n";
        return text;
    }

private:
    yaml::Tree tree_;
    check::Checker checker_;
};

// The text after all safe fixes of these kinds.
inline std::string fixedText(const std::string& text, const std::vector<std::string>& codes = {}) {
    FakeClock clock;
    const auto document = document::Document::open(1, text, clock);
    check::Checker checker(format::Catalogue::builtIn(), {}, nullptr);
    check::applySafeFixes(*document, checker, codes);
    return document->text();
}

// The text after the first fix of one of the findings of a kind.
inline std::string textAfterFix(const std::string& text, std::string_view code, std::size_t which) {
    FakeClock clock;
    const auto document = document::Document::open(1, text, clock);
    check::Checker checker(format::Catalogue::builtIn(), {}, nullptr);
    for (const check::Diagnostic& each : checker.check(*check::subjectOf(*document))) {
        if (each.code != code || which-- != 0)
            continue;
        if (each.fixes.empty())
            return "no fix";
        const auto done = check::applyFix(*document, each.fixes.front());
        return done ? document->text() : "refused: " + done.error().message;
    }
    return "no finding";
}

// A pipeline with these steps, written from the first column on.
inline std::string pipelineOf(std::string_view steps) {
    std::string text = "workflow:\n  name: sample\n  steps:\n";
    for (std::size_t at = 0; at < steps.size();) {
        const std::size_t end = std::min(steps.find('\n', at), steps.size() - 1) + 1;
        text += "    " + std::string(steps.substr(at, end - at));
        at = end;
    }
    return text;
}

}  // namespace pe::testing
