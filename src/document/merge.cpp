// SPDX-License-Identifier: MIT
// The sides of a merge are replicas of the base: what collides is decided before, then theirs is
// made in the one of ours, and ours behind it.
#include "pe/document/merge.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "edit_merge.hpp"
#include "edit_rebase.hpp"
#include "edit_writer.hpp"
#include "line_merge.hpp"
#include "mending.hpp"
#include "merge_anchors.hpp"
#include "merge_gaps.hpp"
#include "merge_names.hpp"
#include "pe/yaml/difference.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/render.hpp"
#include "projection.hpp"
#include "replicated_forest.hpp"
#include "verification.hpp"

namespace pe::document {
namespace {

constexpr crdt::ReplicaId kBase = 1;
constexpr crdt::ReplicaId kOurs = 2;
constexpr crdt::ReplicaId kTheirs = 3;
constexpr crdt::ReplicaId kReader = 4;

// Texts with more entries than this are merged by lines.
constexpr std::size_t kEntriesMax = crdt::Limits::kOperations / 4;

enum class Breaks { Unix, Windows, Mixed };

Breaks breaksOf(const std::string& text) {
    bool unixBreak = false;
    bool windowsBreak = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'))
            return Breaks::Mixed;
        if (text[i] != '\n')
            continue;
        (i > 0 && text[i - 1] == '\r' ? windowsBreak : unixBreak) = true;
    }
    if (unixBreak && windowsBreak)
        return Breaks::Mixed;
    return windowsBreak ? Breaks::Windows : Breaks::Unix;
}

std::string withBreaks(const std::string& text, Breaks breaks) {
    std::string out;
    out.reserve(text.size() + text.size() / 32);
    for (const char c : text) {
        if (c == '\r')
            continue;
        if (c == '\n' && breaks == Breaks::Windows)
            out += '\r';
        out += c;
    }
    return out;
}

std::string withLastBreak(const std::string& text) {
    if (endsWhole(text))
        return text;
    return text + (breaksOf(text) == Breaks::Windows ? "\r\n" : "\n");
}

void dropLastBreak(std::string& text) {
    if (text.ends_with("\r\n"))
        text.pop_back();
    if (yaml::endsWithBreak(text))
        text.pop_back();
}

// A replica of the base.
class Side {
public:
    static Result<Side> of(crdt::ReplicaId replica, const crdt::SharedChange& base) {
        Side side(replica);
        PE_TRY(side.tree_.apply(*base, 1));
        side.forest_ = std::make_unique<ReplicatedForest>(side.tree_);
        side.projection_.renderAll(*side.forest_);
        return side;
    }

    const ReplicatedForest& forest() const { return *forest_; }

    yaml::Edit editTo(const yaml::Tree& next, yaml::DifferencePrecision precision) const {
        return yaml::difference({*forest_, projection_.text(), projection_.entries()}, next,
                                precision);
    }

    Result<void> take(const crdt::SharedChange& change) {
        PE_TRY(tree_.apply(*change, tree_.sequence() + 1));
        forest_->forgetAll();
        forest_->refitAll();
        return {};
    }

    // The edit as a change; made at `atMs`, so that of two values the later is shown.
    Result<crdt::SharedChange> make(const yaml::Edit& edit, std::int64_t atMs) {
        crdt::Transaction transaction = tree_.begin(atMs);
        EditWriter(tree_, *forest_, transaction).write(edit);
        auto change = transaction.commit();
        forest_->forgetAll();
        forest_->refitAll();
        return change;
    }
    std::string text() const { return yaml::renderText(*forest_); }

private:
    explicit Side(crdt::ReplicaId replica)
        : storage_(new crdt::ReplicatedTree(replica)), tree_(*storage_) {}

    std::unique_ptr<crdt::ReplicatedTree> storage_;
    crdt::ReplicatedTree& tree_;
    std::unique_ptr<ReplicatedForest> forest_;
    Projection projection_;
};

Result<crdt::SharedChange> imported(const yaml::Tree& base) {
    crdt::ReplicatedTree tree(kBase);
    ReplicatedForest forest(tree);
    crdt::Transaction transaction = tree.begin(0);
    EditWriter writer(tree, forest, transaction);
    yaml::Edit edit;
    const yaml::Lexeme stream = base.lexeme(yaml::kStream);
    yaml::Entry form;
    form.style = yaml::Style::Stream;
    form.open = stream.open;
    form.footer = stream.footer;
    if (!stream.open.empty())
        edit.patches.push_back({yaml::kStream, yaml::Field::Value, form});
    if (!stream.footer.empty())
        edit.patches.push_back({yaml::kStream, yaml::Field::Footer, form});
    writer.write(edit);
    yaml::NodeRef after = yaml::kNoNode;
    for (const yaml::NodeRef node : base.children(yaml::kStream))
        after = writer.copy(yaml::kStream, after, base, node);
    return transaction.commit();
}

class MeaningMerge {
public:
    MeaningMerge(const std::string& base, const std::string& ours, const std::string& theirs)
        : base_(yaml::parse(base)), ours_(yaml::parse(ours)), theirs_(yaml::parse(theirs)) {}

    // Nothing if the texts cannot be merged by meaning.
    std::optional<Merged> run() {
        for (const yaml::Tree* tree : {&base_, &ours_, &theirs_})
            if (!tree->editable() || tree->size() > kEntriesMax ||
                tree->children(yaml::kStream).size() != base_.children(yaml::kStream).size())
                return std::nullopt;
        auto base = imported(base_);
        if (!base)
            return std::nullopt;
        auto merged = merge(*base);
        return merged ? std::optional(std::move(*merged)) : std::nullopt;
    }

private:
    // The edit that gives exactly the text of a side.
    static Result<yaml::Edit> editOf(const crdt::SharedChange& base, const yaml::Tree& next) {
        for (const auto precision :
             {yaml::DifferencePrecision::Lines, yaml::DifferencePrecision::Bytes}) {
            PE_TRY_ASSIGN(Side side, Side::of(kReader, base));
            yaml::Edit edit = side.editTo(next, precision);
            if (side.make(edit, 1) && side.text() == next.text())
                return edit;
        }
        return fail(ErrorCode::Internal, "A side cannot be said as changes of the base.");
    }

    // The edit of a side whose new references follow the other side's new names. References that
    // the side has not touched are the other side's business.
    static Result<yaml::Edit> followed(const crdt::SharedChange& base, const yaml::Tree& next,
                                       yaml::Edit edit,
                                       const std::map<std::string, std::string>& names) {
        const std::string text = withRenamedReferences(next.text(), names);
        if (text == next.text())
            return edit;
        PE_TRY_ASSIGN(yaml::Edit renamed, editOf(base, yaml::parse(text)));
        std::erase_if(renamed.patches, [&](const yaml::FieldPatch& each) {
            return std::none_of(edit.patches.begin(), edit.patches.end(),
                                [&](const yaml::FieldPatch& own) {
                                    return own.node == each.node && own.field == each.field;
                                });
        });
        return renamed;
    }

    Result<Merged> merge(const crdt::SharedChange& base) {
        PE_TRY_ASSIGN(yaml::Edit mine, editOf(base, ours_));
        PE_TRY_ASSIGN(yaml::Edit their, editOf(base, theirs_));
        PE_TRY_ASSIGN(Side ours, Side::of(kOurs, base));
        PE_TRY_ASSIGN(Side theirs, Side::of(kTheirs, base));
        const auto myNames = renamedSteps(ours.forest(), mine);
        const auto theirNames = renamedSteps(ours.forest(), their);
        PE_TRY_ASSIGN(mine, followed(base, ours_, std::move(mine), theirNames));
        PE_TRY_ASSIGN(their, followed(base, theirs_, std::move(their), myNames));
        PE_TRY_ASSIGN(const Side origin, Side::of(kReader, base));
        EditMerge edits(origin.forest(), std::move(mine), std::move(their));
        edits.run();
        PE_TRY_ASSIGN(const auto theirChange, theirs.make(edits.theirs(), 1));
        if (!theirChange->operations.empty())
            PE_TRY(ours.take(theirChange));
        EditRebase rebase(origin.forest(), ours.forest(), edits.theirs());
        PE_TRY_ASSIGN(const auto myChange, ours.make(rebase.rebased(edits.ours()), 2));
        return together(base, theirChange, myChange, edits.conflicts());
    }

    Result<void> spaceEvenly(crdt::ReplicatedTree& tree, ReplicatedForest& forest) const {
        const yaml::Edit gaps = evenGaps(forest, base_, ours_, theirs_);
        if (gaps.empty())
            return {};
        crdt::Transaction transaction = tree.begin(3);
        EditWriter(tree, forest, transaction).write(gaps);
        PE_TRY(transaction.commit());
        forest.forgetAll();
        mend(forest);
        return {};
    }

    Result<Merged> together(const crdt::SharedChange& base, const crdt::SharedChange& theirs,
                            const crdt::SharedChange& ours,
                            const std::vector<EditConflict>& conflicts) {
        crdt::ReplicatedTree tree(kReader);
        for (const crdt::SharedChange& each : {base, theirs, ours})
            if (!each->operations.empty())
                PE_TRY(tree.apply(*each, tree.sequence() + 1));
        ReplicatedForest forest(tree);
        mend(forest);
        PE_TRY(spaceEvenly(tree, forest));
        Projection projection;
        projection.renderAll(forest);
        PE_TRY(verifyRendering(forest, yaml::kStream, projection.text()));
        if (!forest.hidden().empty())
            return fail(ErrorCode::Conflict, "Something would not be shown.");
        Merged merged;
        merged.text = projection.text();
        const yaml::LineIndex lines(merged.text);
        const auto tell = [&](const yaml::NodeRef at, const EditConflict& conflict) {
            yaml::NodeRef node = at;
            while (node != yaml::kStream && !tree.isLive(node))
                node = tree.parent(node);
            merged.conflicts.push_back(
                {yaml::pointerTo(forest, node), lines.position(projection.key(node).begin).line,
                 conflict.what, conflict.base, conflict.ours, conflict.theirs});
        };
        for (const EditConflict& each : conflicts)
            tell(each.node, each);
        for (const EditConflict& each : anchorConflicts(forest, ours, theirs))
            tell(each.node, each);
        for (const NameProblem& each : newNameProblems(forest, ours_, theirs_))
            tell(each.node, {each.node, each.what, {}, {}, {}});
        return merged;
    }

    yaml::Tree base_;
    yaml::Tree ours_;
    yaml::Tree theirs_;
};

// Lines that nobody disputes may be an error together.
void tellErrors(Merged& merged, const std::string& ours, const std::string& theirs) {
    const yaml::Tree together = yaml::parse(merged.text);
    if (together.editable() || !yaml::parse(ours).editable() || !yaml::parse(theirs).editable())
        return;
    const yaml::LineIndex lines(merged.text);
    for (const yaml::Problem& each : together.problems())
        if (each.severity == yaml::Severity::Error)
            merged.conflicts.push_back(
                {{}, lines.position(each.begin).line, each.message, {}, {}, {}});
}

}  // namespace

Merged mergeTexts(const std::string& base, const std::string& ours, const std::string& theirs) {
    if (ours == theirs || theirs == base)
        return {ours, {}, false};
    if (ours == base)
        return {theirs, {}, false};
    const Breaks was = breaksOf(base);
    const Breaks mine = breaksOf(ours);
    const Breaks their = breaksOf(theirs);
    const bool uniform = was != Breaks::Mixed && mine != Breaks::Mixed && their != Breaks::Mixed;
    // Line ends are one fact of the whole file: the side that changed them has its way.
    if (uniform && (mine != was || their != was)) {
        Merged merged =
            mergeTexts(withBreaks(base, was), withBreaks(ours, was), withBreaks(theirs, was));
        merged.text = withBreaks(merged.text, mine != was ? mine : their);
        return merged;
    }
    // So is the break at the end of the last line, whatever line that is.
    if (!endsWhole(base) || !endsWhole(ours) || !endsWhole(theirs)) {
        Merged merged = mergeTexts(withLastBreak(base), withLastBreak(ours), withLastBreak(theirs));
        const bool changed = endsWhole(ours) != endsWhole(base);
        const bool marked = merged.byLines && !merged.conflicts.empty();
        if (!marked && !endsWhole(changed ? ours : theirs))
            dropLastBreak(merged.text);
        return merged;
    }
    if (auto merged = MeaningMerge(base, ours, theirs).run())
        return std::move(*merged);
    Merged merged = mergeLines(base, ours, theirs);
    if (merged.conflicts.empty())
        tellErrors(merged, ours, theirs);
    return merged;
}

}  // namespace pe::document
