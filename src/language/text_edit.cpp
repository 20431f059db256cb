// SPDX-License-Identifier: MIT
#include "pe/language/text_edit.hpp"

#include <algorithm>
#include <cstddef>

#include "pe/document/text_patches.hpp"

namespace pe::language {
namespace {

// A run of the text as it becomes: bytes of the first text, or new ones.
struct Piece {
    yaml::Span kept;
    std::string added;
    std::size_t size() const { return kept.end - kept.begin + added.size(); }
};

Piece tailOf(const Piece& piece, std::size_t from) {
    if (piece.added.empty())
        return {{piece.kept.begin + from, piece.kept.end}, {}};
    return {{}, piece.added.substr(from)};
}

Piece headOf(const Piece& piece, std::size_t size) {
    if (piece.added.empty())
        return {{piece.kept.begin, piece.kept.begin + size}, {}};
    return {{}, piece.added.substr(0, size)};
}

// The index of the piece that begins at the offset, after a split if none does.
std::size_t splitAt(std::vector<Piece>& pieces, std::size_t offset) {
    std::size_t index = 0;
    while (index < pieces.size() && offset >= pieces[index].size())
        offset -= pieces[index++].size();
    if (offset == 0 || index == pieces.size())
        return index;
    const Piece whole = pieces[index];
    pieces[index] = headOf(whole, offset);
    pieces.insert(pieces.begin() + static_cast<std::ptrdiff_t>(index) + 1, tailOf(whole, offset));
    return index + 1;
}

void apply(std::vector<Piece>& pieces, const document::TextPatch& patch) {
    const auto first = static_cast<std::ptrdiff_t>(splitAt(pieces, patch.offset));
    const auto last = static_cast<std::ptrdiff_t>(splitAt(pieces, patch.offset + patch.removed));
    pieces.erase(pieces.begin() + first, pieces.begin() + last);
    if (!patch.inserted.empty())
        pieces.insert(pieces.begin() + first, Piece{{}, patch.inserted});
}

// Leaves out what stays at both ends, but never cuts through a character or a line break.
void trim(std::string_view text, TextEdit& edit) {
    const auto [begin, end] = edit.span;
    const auto patch = document::patchBetween(text.substr(begin, end - begin), edit.text);
    if (!patch) {
        edit = {{end, end}, {}};
        return;
    }
    edit.span.begin = begin + patch->offset;
    edit.span.end = edit.span.begin + patch->removed;
    edit.text = patch->inserted;
}

}  // namespace

std::vector<TextEdit> editsOf(std::string_view text,
                              const std::vector<document::TextPatch>& patches) {
    std::vector<Piece> pieces{{{0, text.size()}, {}}};
    for (const document::TextPatch& each : patches)
        apply(pieces, each);
    pieces.push_back({{text.size(), text.size()}, {}});
    std::vector<TextEdit> edits;
    TextEdit edit;
    for (const Piece& each : pieces) {
        if (!each.added.empty()) {
            edit.text += each.added;
            continue;
        }
        edit.span.end = each.kept.begin;
        trim(text, edit);
        if (edit.span.begin < edit.span.end || !edit.text.empty())
            edits.push_back(edit);
        edit = {{each.kept.end, each.kept.end}, {}};
    }
    return edits;
}

std::string applied(std::string_view text, const std::vector<TextEdit>& edits) {
    std::string result;
    std::size_t at = 0;
    for (const TextEdit& each : edits) {
        result += text.substr(at, each.span.begin - at);
        result += each.text;
        at = each.span.end;
    }
    return result += text.substr(at);
}

}  // namespace pe::language
