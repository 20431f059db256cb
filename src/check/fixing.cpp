// SPDX-License-Identifier: MIT
#include "pe/check/fixing.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "pe/document/text_patches.hpp"

namespace pe::check {
namespace {

using yaml::NodeRef;

constexpr int kMaxPasses = 64;

// One replacement for all patches, so that they are one edit.
Result<void> applyPatches(document::Document& document,
                          const std::vector<document::TextPatch>& patches) {
    const std::string& before = document.text();
    const auto all = document::patchBetween(before, document::patched(before, patches));
    return all ? document.replaceText(all->offset, all->removed, all->inserted, 0) : Result<void>();
}

// The part of the file that a fix may touch: fixes of different parts do not meet. A step, or a
// field of the workflow.
NodeRef partOf(const yaml::Forest& forest, NodeRef node) {
    std::vector<NodeRef> path;
    for (NodeRef at = node; at != yaml::kNoNode; at = forest.parent(at))
        path.push_back(at);
    constexpr std::size_t kStepDepth = 4;  // stream, document, workflow, steps, step
    return path.size() > kStepDepth ? path[path.size() - 1 - kStepDepth] : yaml::kStream;
}

class FixRun {
public:
    FixRun(document::Document& document, const std::vector<std::string>& codes)
        : document_(document), codes_(codes) {}

    // Fixes at most one finding of each part. False if nothing was left to fix.
    bool pass(const std::vector<Diagnostic>& found) {
        std::set<NodeRef> parts;
        bool fixed = false;
        for (const Diagnostic& each : found) {
            const Fix* fix = safeFix(each);
            if (fix == nullptr || !isWanted(each.code, codes_))
                continue;
            const bool isText = !std::holds_alternative<document::Command>(fix->action);
            const NodeRef part = isText ? yaml::kStream : partOf(document_.forest(), each.node);
            const bool whole = part == yaml::kStream;
            if (parts.count(yaml::kStream) != 0 || parts.count(part) != 0 ||
                (whole && !parts.empty()))
                continue;
            if (!tried_.emplace(each.node, each.code, fix->title).second)
                continue;
            if (!applyFix(document_, *fix))
                continue;
            parts.insert(part);
            applied_.push_back(each.code);
            fixed = true;
        }
        return fixed;
    }

    std::vector<std::string> takeApplied() { return std::move(applied_); }

private:
    document::Document& document_;
    const std::vector<std::string>& codes_;
    // A fix that comes back did not help; once is enough.
    std::set<std::tuple<NodeRef, std::string, std::string>> tried_;
    std::vector<std::string> applied_;
};

}  // namespace

const Fix* safeFix(const Diagnostic& diagnostic) {
    for (const Fix& each : diagnostic.fixes)
        if (each.safe)
            return &each;
    return nullptr;
}

bool isWanted(const std::string& code, const std::vector<std::string>& codes) {
    return codes.empty() || std::any_of(codes.begin(), codes.end(), [&](const std::string& each) {
               return fitsPattern(each, code);
           });
}

bool fitsPattern(std::string_view pattern, std::string_view code) {
    if (pattern.ends_with('*'))
        return code.starts_with(pattern.substr(0, pattern.size() - 1));
    return pattern == code;
}

Result<void> applyFix(document::Document& document, const Fix& fix) {
    if (const auto* command = std::get_if<document::Command>(&fix.action))
        return document.execute(*command);
    return applyPatches(document, std::get<std::vector<document::TextPatch>>(fix.action));
}

std::vector<std::string> applySafeFixes(document::Document& document, Checker& checker,
                                        const std::vector<std::string>& codes) {
    const auto subject = subjectOf(document);
    FixRun run(document, codes);
    for (int pass = 0; pass < kMaxPasses; ++pass) {
        const std::vector<Diagnostic> found = checker.check(*subject);
        if (!run.pass(found))
            break;
    }
    checker.check(*subject);
    return run.takeApplied();
}

}  // namespace pe::check
