// SPDX-License-Identifier: MIT
// PipelineFiles: the pipelines of other files that steps run, read as far as rules ask for them.
// Each file is read once, and kept until everything is checked again. Owned by the checker.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "rule.hpp"

namespace pe::check {

class PipelineFiles {
public:
    PipelineFiles();
    PipelineFiles(PipelineFiles&& other) noexcept;
    ~PipelineFiles();

    // The pipeline that steps of `from` name by this path; null if there is none that can be read.
    // Lives until `clear`.
    const PipelineContext* read(const PipelineContext& from, const std::string& path);
    void clear();

private:
    struct PipelineFile;

    // By path, from whatever pipeline: all paths begin in the folder that the engine is started in.
    std::unordered_map<std::string, std::unique_ptr<PipelineFile>> read_;
};

}  // namespace pe::check
