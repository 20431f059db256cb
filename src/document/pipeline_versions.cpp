// SPDX-License-Identifier: MIT
// The history that is common to all: every version can be read and brought back.
#include "pe/yaml/tree.hpp"
#include "pipeline_document.hpp"

namespace pe::document {

std::vector<crdt::SharedChange> PipelineDocument::everything() const {
    std::vector<crdt::SharedChange> all(log_.all().begin(), log_.all().end());
    const auto pending = tree_.pending();
    all.insert(all.end(), pending.begin(), pending.end());
    return all;
}

crdt::SharedChange PipelineDocument::changeOf(crdt::OpId op) const {
    if (auto found = log_.find(op))
        return found;
    for (const crdt::SharedChange& each : tree_.pending())
        if (each->replica == op.replica && each->firstCounter <= op.counter &&
            op.counter <= each->lastCounter())
            return each;
    return nullptr;
}

std::vector<Revision> PipelineDocument::revisions() const {
    std::vector<Revision> revisions;
    for (const crdt::SharedChange& each : everything()) {
        Revision revision;
        revision.position = revisions.size() + 1;
        revision.label = each->label;
        revision.author = each->author;
        revision.atMs = each->hlc.milliseconds();
        revision.pending = revisions.size() >= log_.size();
        revision.origin = revisions.empty()           ? RevisionOrigin::Import
                          : each->label == kDiskLabel ? RevisionOrigin::Disk
                          : isOwn(each->replica)      ? RevisionOrigin::Own
                                                      : RevisionOrigin::Peer;
        revisions.push_back(std::move(revision));
    }
    return revisions;
}

Result<std::string> PipelineDocument::textAt(std::uint64_t position) const {
    return timeline_.textAt(position, log_.all(), tree_.pending());
}

Result<void> PipelineDocument::restore(std::uint64_t position) {
    PE_TRY(mayEdit());
    PE_TRY_ASSIGN(std::string then, textAt(position));
    if (then == text())
        return {};
    yaml::Tree next = yaml::parse(std::move(then));
    if (!next.editable())
        return fail(ErrorCode::Refused, "That version has errors and cannot be brought back.");
    history_.seal();
    const std::string label = "Restore version " + std::to_string(position);
    return becomeText(std::move(next), {Origin::Command, 0, label, 0, std::nullopt, false});
}

}  // namespace pe::document
