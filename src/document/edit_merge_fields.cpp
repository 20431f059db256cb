// SPDX-License-Identifier: MIT
// Two patches of one field.
#include <algorithm>

#include "edit_merge.hpp"
#include "line_merge.hpp"
#include "merge_text.hpp"
#include "pe/base/trimmed.hpp"
#include "pe/document/text_patches.hpp"
#include "pe/yaml/value.hpp"

namespace pe::document {
namespace {

using yaml::Field;
using yaml::FieldPatch;

std::string textOf(const Lines& lines) {
    std::string text;
    for (const std::string_view line : lines)
        text += line;
    return text;
}

struct MergedLines {
    std::string text;
    std::vector<MergeHunk> open;
};

MergedLines mergedLines(const std::string& base, const std::string& ours,
                        const std::string& theirs) {
    MergedLines merged;
    for (MergeHunk& hunk :
         mergeHunks(linesOf(base), linesOf(ours), linesOf(theirs), Insertions::KeepBoth)) {
        const std::string text = textOf(hunk.settled ? hunk.lines : hunk.ours);
        const bool joins = !merged.text.empty() && !text.empty() && merged.text.back() != '\n' &&
                           merged.text.back() != '\r';
        if (joins)
            merged.text += '\n';
        merged.text += text;
        if (!hunk.settled)
            merged.open.push_back(std::move(hunk));
    }
    return merged;
}

bool isTyped(yaml::Style style) {
    return style == yaml::Style::Plain || style == yaml::Style::Empty;
}

// The same value for the engine, whatever its quotes.
bool sameValue(const yaml::Lexeme& a, const yaml::Lexeme& b) {
    if (classOf(a.style) != ValueClass::Scalar || classOf(b.style) != ValueClass::Scalar)
        return a.style == b.style;
    const std::string x = valueText(a);
    const std::string y = valueText(b);
    if (isTyped(a.style) && isTyped(b.style))
        return yaml::resolvePlain(x) == yaml::resolvePlain(y);
    if (isTyped(a.style) != isTyped(b.style))
        return x == y && yaml::resolvePlain(x).isString();
    return x == y;
}

}  // namespace

void EditMerge::mergeLinesOf(FieldPatch& mine, const FieldPatch& their,
                             std::string yaml::Entry::*text) {
    const yaml::Lexeme was = base_.lexeme(mine.node);
    const bool prefix = text == &yaml::Entry::prefix;
    const std::string base =
        shiftedLines(prefix ? was.prefix : was.footer, mine.form.column - was.column, true);
    const std::string theirs =
        shiftedLines(their.form.*text, mine.form.column - their.form.column, true);
    const MergedLines merged = mergedLines(base, mine.form.*text, theirs);
    for (const MergeHunk& hunk : merged.open)
        if (trimmed(textOf(hunk.ours)) != trimmed(textOf(hunk.theirs)))
            tell(mine.node, "Both sides changed this comment; ours is kept.", textOf(hunk.base),
                 textOf(hunk.ours), textOf(hunk.theirs));
    mine.form.*text = merged.text;
}

bool EditMerge::mergeValue(FieldPatch& mine, const FieldPatch& their) {
    const yaml::Lexeme was = base_.lexeme(mine.node);
    const yaml::Lexeme our = lexemeOf(mine.form);
    const yaml::Lexeme other = lexemeOf(their.form);
    if (sameValue(our, other))
        return true;
    // How a value is written gives way to what it says.
    if (sameValue(was, our))
        return false;
    if (sameValue(was, other))
        return true;
    const bool texts = yaml::isBlockScalar(was.style) && yaml::isBlockScalar(our.style) &&
                       yaml::isBlockScalar(other.style);
    if (!texts) {
        tell(mine.node, "Both sides changed this value; ours is kept.", valueText(was),
             valueText(our), valueText(other));
        return true;
    }
    const int column = our.column + our.offset;
    // The hunks are views into these.
    const std::string base = blockAt(was.raw, was.column + was.offset, column);
    const std::string ours(our.raw);
    const std::string theirs = blockAt(other.raw, other.column + other.offset, column);
    const MergedLines merged = mergedLines(base, ours, theirs);
    for (const MergeHunk& hunk : merged.open)
        tell(mine.node, "Both sides changed these lines of the text; ours are kept.",
             blockAt(textOf(hunk.base), column, 0), blockAt(textOf(hunk.ours), column, 0),
             blockAt(textOf(hunk.theirs), column, 0));
    mine.form.raw = merged.text;
    return true;
}

bool EditMerge::mergePatch(FieldPatch& mine, FieldPatch& their) {
    const bool ours = isNoticeable(mine);
    const bool theirs = isNoticeable(their);
    if (!ours && theirs)
        return false;
    if (!theirs)
        return true;
    const yaml::Lexeme was = base_.lexeme(mine.node);
    const auto collide = [&](const char* what, std::string_view base, const std::string& our,
                             const std::string& other) {
        if (trimmed(our) != trimmed(other))
            tell(mine.node, what, std::string(trimmed(base)), std::string(trimmed(our)),
                 std::string(trimmed(other)));
    };
    switch (mine.field) {
        case Field::Value:
            return mergeValue(mine, their);
        case Field::Prefix:
            mergeLinesOf(mine, their, &yaml::Entry::prefix);
            break;
        case Field::Footer:
            mergeLinesOf(mine, their, &yaml::Entry::footer);
            break;
        case Field::Key:
            collide("Both sides renamed this field; our name is kept.", was.key, mine.form.key,
                    their.form.key);
            break;
        case Field::Suffix:
            collide("Both sides changed this comment; ours is kept.", was.suffix, mine.form.suffix,
                    their.form.suffix);
            break;
        case Field::Props:
            collide("Both sides changed this anchor or tag; ours is kept.", was.props,
                    mine.form.props, their.form.props);
            break;
        case Field::Colon:
            if (mine.form.colon.find('#') != std::string::npos ||
                their.form.colon.find('#') != std::string::npos)
                collide("Both sides changed this comment; ours is kept.", was.colon,
                        mine.form.colon, their.form.colon);
            break;
        case Field::Column:
            break;
    }
    return true;
}

}  // namespace pe::document
