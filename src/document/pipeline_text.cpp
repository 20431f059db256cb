// SPDX-License-Identifier: MIT
// Typing: text that parses becomes operations, text that does not becomes a draft.
#include <algorithm>
#include <utility>

#include "edit_writer.hpp"
#include "mending.hpp"
#include "pe/yaml/difference.hpp"
#include "pe/yaml/line_breaks.hpp"
#include "pipeline_document.hpp"
#include "size_limit.hpp"

namespace pe::document {
namespace {

using yaml::kNoNode;
using yaml::kStream;
using yaml::NodeRef;

// Entries larger than this are not parsed alone: the whole text is as quick.
constexpr std::size_t kEntryBytesMax = 64 << 10;

std::string spliced(const std::string& text, const TextPatch& patch) {
    std::string result;
    result.reserve(text.size() + patch.inserted.size());
    result.append(text, 0, patch.offset);
    result += patch.inserted;
    result.append(text, patch.offset + patch.removed, std::string::npos);
    return result;
}

// The one entry that these lines hold, as good as if they stood in their place; kNoNode if they
// hold more, less, or trivia that would belong to a neighbour.
NodeRef loneEntry(const yaml::Tree& tree, yaml::Style parentStyle, int column) {
    if (!tree.editable())
        return kNoNode;
    const auto documents = tree.children(kStream);
    if (documents.size() != 1 || !tree.lexeme(kStream).footer.empty())
        return kNoNode;
    const yaml::Lexeme document = tree.lexeme(documents[0]);
    const auto entries = tree.children(documents[0]);
    if (entries.size() != 1 || document.style != parentStyle || !document.prefix.empty() ||
        !document.footer.empty() || !document.suffix.empty())
        return kNoNode;
    const yaml::Lexeme entry = tree.lexeme(entries[0]);
    return entry.column == column && entry.prefix.empty() ? entries[0] : kNoNode;
}

// Aliases outside the entry may need the anchor that such an edit takes away or renames, be it that
// of a value or of a key.
bool mayLoseAnchor(const yaml::Edit& edit) {
    return !edit.removals.empty() ||
           std::any_of(edit.patches.begin(), edit.patches.end(), [](const yaml::FieldPatch& each) {
               return each.field == yaml::Field::Props || each.field == yaml::Field::Key;
           });
}

}  // namespace

Result<void> PipelineDocument::replaceText(std::size_t offset, std::size_t removed,
                                           std::string_view inserted, std::uint32_t source) {
    if (delivering_)
        return fail(ErrorCode::Refused, "A change is being shown; try again when it is done.");
    if (offset > text().size() || removed > text().size() - offset)
        return fail(ErrorCode::InvalidArgument,
                    "The place to change lies behind the end of the text.");
    const TextPatch patch{offset, removed, std::string(inserted)};
    if (text().compare(offset, removed, inserted) == 0)
        return {};
    const std::string expected = spliced(text(), patch);
    if (!draft_ && typeIntoEntry(patch, expected, source))
        return {};
    yaml::Tree next = yaml::parse(expected);
    if (!next.editable()) {
        draftText(patch, std::move(next), source);
        return {};
    }
    Occasion occasion{Origin::Text, source, "Edit text", 0, std::nullopt, false};
    if (draft_ && isBare())
        occasion.draftBefore = draft_->trace();
    return becomeText(std::move(next), occasion);
}

Result<void> PipelineDocument::rewrite(std::string next, const std::string& label) {
    PE_TRY(mayEdit());
    if (next == text())
        return {};
    yaml::Tree tree = yaml::parse(std::move(next));
    if (!tree.editable())
        return fail(ErrorCode::Refused, "A text with errors cannot take the place of this one.");
    history_.seal();
    return becomeText(std::move(tree), {Origin::Command, 0, label, 0, std::nullopt, false});
}

bool PipelineDocument::typeIntoEntry(const TextPatch& patch, const std::string& expected,
                                     std::uint32_t source) {
    RenderScope scope =
        projection_.scopeOf(forest_, yaml::Span{patch.offset, patch.offset + patch.removed});
    while (scope.node != kStream) {
        const yaml::Span lines = projection_.entry(scope.node);
        if (lines.end - lines.begin > kEntryBytesMax)
            return false;
        if (typeIntoScope(scope, patch, expected, source))
            return true;
        scope = projection_.scopeOf(forest_, forest_.parent(scope.node));
    }
    return false;
}

bool PipelineDocument::typeIntoScope(const RenderScope& scope, const TextPatch& patch,
                                     const std::string& expected, std::uint32_t source) {
    const yaml::Span entry = projection_.entry(scope.node);
    // The prefix stays out: parsed alone, its comments could belong to something else.
    const yaml::Lexeme lexeme = forest_.lexeme(scope.node);
    const std::size_t key = projection_.key(scope.node).begin;
    const auto column = static_cast<std::size_t>(std::max(0, yaml::columnOf(forest_, scope.node)));
    if (key < entry.begin + column || patch.offset < key)
        return false;
    const std::size_t begin = key - column;
    const std::string_view was = std::string_view(text()).substr(begin, entry.end - begin);
    if (!yaml::endsWithBreak(was))
        return false;
    std::string lines(was);
    lines.replace(patch.offset - begin, patch.removed, patch.inserted);
    if (!yaml::endsWithBreak(lines))
        return false;
    const yaml::Tree next = yaml::parse(std::move(lines));
    const yaml::Style parentStyle = forest_.style(forest_.parent(scope.node));
    const NodeRef nextEntry = loneEntry(next, parentStyle, static_cast<int>(column));
    if (nextEntry == kNoNode || lexeme.prefix.empty() != next.lexeme(nextEntry).prefix.empty())
        return false;
    const yaml::Edit edit = yaml::entryDifference(
        {forest_, projection_.text(), projection_.entries()}, scope.node, next, nextEntry);
    if (was.find('&') != std::string_view::npos && mayLoseAnchor(edit))
        return false;
    Occasion occasion{Origin::Text, source, "Edit text", 0, std::nullopt, false};
    occasion.flawless = next.problems().empty();
    occasion.mergeKey = (std::uint64_t{scope.node} + 1) << 8 | (source & 0xff);
    return static_cast<bool>(
        write([&edit](EditWriter& writer) { writer.write(edit); }, scope, expected, occasion));
}

Result<void> PipelineDocument::write(const std::function<void(EditWriter&)>& edits,
                                     const RenderScope& scope, const std::string& expected,
                                     Occasion occasion) {
    const bool misfits = forest_.hasMisfits();
    crdt::Transaction transaction = beginGesture(occasion.label);
    EditWriter writer(tree_, forest_, transaction);
    edits(writer);
    if (misfits && !transaction.failed())
        mend(forest_);
    if (transaction.failed()) {
        auto failed = transaction.commit();
        rollback(transaction);
        return failed ? fail(ErrorCode::Internal, "The text could not be taken over.")
                      : tl::unexpected(failed.error());
    }
    auto patches = projection_.update(forest_, misfits ? RenderScope{} : scope);
    if (projection_.text() != expected) {
        rollback(transaction);
        return fail(ErrorCode::Internal, "The text could not be taken over entry by entry.");
    }
    if (draft_)
        patches = patchesBetween(draft_->text(), expected);
    // Views read the document again while the change is delivered; a draft must be gone by then.
    auto draft = std::exchange(draft_, std::nullopt);
    occasion.leavesDraft = draft.has_value();
    auto result = commit(transaction, std::move(patches), occasion);
    if (!result)
        draft_ = std::move(draft);
    else if (draft)
        draftChanged.emit(std::nullopt);
    return result;
}

Result<void> PipelineDocument::becomeText(yaml::Tree next, const Occasion& occasion) {
    const auto take = [&](yaml::DifferencePrecision precision) {
        const yaml::Edit edit =
            yaml::difference({forest_, projection_.text(), projection_.entries()}, next, precision);
        return write([&edit](EditWriter& writer) { writer.write(edit); }, RenderScope{},
                     next.text(), occasion);
    };
    const bool taken = next.size() <= kEntriesMax &&
                       (take(yaml::DifferencePrecision::Lines) ||
                        take(yaml::DifferencePrecision::Bytes) || startOver(next, occasion));
    if (!taken) {
        // Too large for the replicated tree: it is kept as text.
        if (const auto patch = patchBetween(text(), next.text()))
            draftText(*patch, std::move(next), occasion.source);
    }
    return {};
}

// Every entry is new afterwards. Apart from opening, this is the net below two falls that both say
// the text entry by entry: of all edits that were tried only such came here as change the root of a
// document that several people have left in a form that is not shown as written. There is nothing
// smaller to replace then.
Result<void> PipelineDocument::startOver(const yaml::Tree& next, const Occasion& occasion) {
    if (next.size() > kEntriesMax)
        return fail(ErrorCode::LimitExceeded, "The text has too many entries for one document.");
    yaml::Edit edit;
    for (const NodeRef node : forest_.children(kStream))
        edit.removals.push_back(node);
    const yaml::Lexeme now = forest_.lexeme(kStream);
    const yaml::Lexeme then = next.lexeme(kStream);
    yaml::Entry stream;
    stream.style = yaml::Style::Stream;
    stream.open = then.open;
    stream.footer = then.footer;
    if (now.open != stream.open)
        edit.patches.push_back({kStream, yaml::Field::Value, stream});
    if (now.footer != stream.footer)
        edit.patches.push_back({kStream, yaml::Field::Footer, stream});
    const auto replace = [&](EditWriter& writer) {
        writer.write(edit);
        NodeRef after = kNoNode;
        for (const NodeRef node : next.children(kStream))
            after = writer.copy(kStream, after, next, node);
    };
    return write(replace, RenderScope{}, next.text(), occasion);
}

void PipelineDocument::draftText(const TextPatch& patch, yaml::Tree next, std::uint32_t source) {
    if (draft_) {
        draft_->replace(patch, std::move(next), clock_.nowMs());
    } else {
        draft_.emplace(projection_.text(), patch, std::move(next), clock_.nowMs());
        draftAhead_.reset();
    }
    showDraft(patch, Origin::Text, source);
}

void PipelineDocument::showDraft(const TextPatch& patch, Origin origin, std::uint32_t source) {
    draftChanged.emit(draft_->text());
    ChangeSet changes;
    changes.origin = origin;
    changes.source = source;
    changes.label = "Edit text";
    changes.patches.push_back(patch);
    changes.reset = true;
    deliver(std::move(changes));
}

void PipelineDocument::discardDraft() {
    // Without a document behind it there is nothing to go back to but the text as it was opened.
    if (!draft_ || delivering_)
        return;
    const std::string& shown = isBare() ? draftAtSync_ : projection_.text();
    const auto patch = patchBetween(draft_->text(), shown);
    if (isBare()) {
        if (patch)
            draftText(*patch, yaml::parse(shown), 0);
        return;
    }
    draft_.reset();
    draftChanged.emit(std::nullopt);
    ChangeSet changes;
    changes.origin = Origin::Text;
    changes.label = "Discard changes to the text";
    if (patch)
        changes.patches.push_back(*patch);
    changes.reset = true;
    deliver(std::move(changes));
}

}  // namespace pe::document
