// SPDX-License-Identifier: MIT
// CommandWriter: what a command means in edits, made one after the other, each on what the one
// before left.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "edit_writer.hpp"
#include "pe/base/result.hpp"
#include "pe/document/command.hpp"
#include "pe/format/catalogue.hpp"
#include "pe/yaml/edit.hpp"

namespace pe::document {

class CommandWriter {
public:
    CommandWriter(const yaml::Forest& forest, const format::Catalogue& types, EditWriter& writer)
        : forest_(forest), types_(types), writer_(writer) {}

    Result<void> write(const Command& command);
    // Called with every edit before it is made.
    std::function<void(const yaml::Edit&)> onEdit;

private:
    Result<void> make(Result<yaml::Edit> edit);
    Result<void> operator()(const SetValue& command);
    Result<void> operator()(const Insert& command);
    Result<void> operator()(const SetField& command);
    Result<void> operator()(const Remove& command);
    Result<void> operator()(const Move& command);
    Result<void> operator()(const Duplicate& command);
    Result<void> operator()(const CopyAlias& command);
    Result<void> operator()(const RenameKey& command);
    Result<void> operator()(const SpliceText& command);
    Result<void> operator()(const SetComment& command);
    Result<void> operator()(const RenameStep& command);
    Result<void> operator()(const InsertText& command);
    Result<void> operator()(const ExtractSteps& command);    // extraction.cpp
    Result<void> operator()(const InlinePipeline& command);  // there too
    Result<void> operator()(const Batch& command);
    // The collection that `path` leads to from `parent`, made of what is not there yet.
    Result<yaml::NodeRef> opened(yaml::NodeRef parent, const std::vector<std::string>& path,
                                 const yaml::Value& empty);
    Result<void> makeRoom(yaml::NodeRef parent, std::span<const std::string> path,
                          const yaml::Value& empty);
    Result<void> known(yaml::NodeRef node) const;

    const yaml::Forest& forest_;
    const format::Catalogue& types_;
    EditWriter& writer_;
    yaml::Sharing sharing_ = yaml::Sharing::Refuse;  // of the command at hand
};

// What the command is called in the history where it brings no label of its own.
std::string defaultLabel(const Command& command);

}  // namespace pe::document
