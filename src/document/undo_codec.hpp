// SPDX-License-Identifier: MIT
// UndoCodec: the bytes of Document::undoState(). Changes are named, not repeated; what only this
// machine knows of them (crdt::Prior) is in it.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "draft.hpp"
#include "history.hpp"

namespace pe::document {

struct UndoState {
    std::vector<HistoryStep> done;
    std::vector<HistoryStep> undone;
    // The way through the draft, if the text it belongs to is still the draft's.
    std::uint64_t draftHash = 0;
    std::vector<TextPatch> draftBack;
    std::vector<TextPatch> draftAhead;
    std::set<std::string> dismissed;  // conflicts that this user does not want to see
};

// `draft` may be null.
std::string encodeUndoState(const History& history, const Draft* draft,
                            const std::set<std::string>& dismissed);

// The changes of the steps have only their names, to be looked up when they are needed. Damaged
// bytes give nothing.
UndoState decodeUndoState(std::string_view bytes);

// Takes out the last step that is not known and those before it: they would be undone out of order.
void forgetUnknown(std::vector<HistoryStep>& steps,
                   const std::function<bool(const HistoryStep&)>& isKnown);

// True if the patches can be made to a text of this size, the last first.
bool fits(const std::vector<TextPatch>& patches, std::size_t size);

}  // namespace pe::document
