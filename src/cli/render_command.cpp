// SPDX-License-Identifier: MIT
#include <iostream>

#include "commands.hpp"
#include "inputs.hpp"
#include "pe/document/document.hpp"

namespace pe::cli {
namespace {

// A fixed replica: nothing is kept, so nobody else can have it.
constexpr std::uint64_t kScratchReplica = 1;

// Text -> tree -> replicated form -> its binary encoding -> back -> text.
Result<std::string> roundTrip(std::string bytes, Clock& clock) {
    const auto opened = document::Document::open(kScratchReplica, std::move(bytes), clock);
    std::optional<std::string> draft;
    if (opened->hasDraft())
        draft = opened->text();
    const std::vector<std::string> log = opened->log();
    PE_TRY_ASSIGN(const auto again,
                  document::Document::replay(kScratchReplica, log, log.size(), draft, clock));
    return again->text();
}

}  // namespace

ExitStatus runRender(const Arguments& arguments, const Environment& environment) {
    const auto options =
        Options::parse(arguments, {{"files-from", OptionKind::Value}, {"check", OptionKind::Flag}});
    if (!options)
        return report(options.error(), environment);
    const auto paths = inputPaths(*options, environment);
    if (!paths)
        return report(paths.error(), environment);
    ExitStatus status = ExitStatus::Done;
    for (const std::string& path : *paths) {
        const auto bytes = readInput(path, environment);
        const auto text = bytes ? roundTrip(*bytes, environment.clock) : bytes;
        if (!text) {
            status = worse(status, report(text.error(), environment));
        } else if (!options->has("check")) {
            environment.out << *text;
        } else if (*text != *bytes) {
            environment.out << path << '\n';
            status = worse(status, ExitStatus::Findings);
        }
    }
    return status;
}

}  // namespace pe::cli
