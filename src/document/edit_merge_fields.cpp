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

// The side that changed something has its way; ours if both did.
template <class T>
const T& changedOne(const T& base, const T& ours, const T& theirs) {
    return ours == base ? theirs : ours;
}

// A text whose header says in which column its lines stand.
bool saysColumn(const yaml::Lexeme& block) {
    const std::string_view header = block.open.substr(0, block.open.find_first_of(" #\r\n"));
    return header.find_first_of("123456789") != std::string_view::npos;
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

// Comments merge by lines. The blank lines above an entry are one thing: how far it stands off.
void EditMerge::mergeLinesOf(FieldPatch& mine, const FieldPatch& their,
                             std::string yaml::Entry::*text) {
    const yaml::Lexeme was = base_.lexeme(mine.node);
    const bool prefix = text == &yaml::Entry::prefix;
    const std::string sides[] = {
        shiftedLines(prefix ? was.prefix : was.footer, mine.form.column - was.column, true),
        mine.form.*text,
        shiftedLines(their.form.*text, mine.form.column - their.form.column, true)};
    std::string gaps[3];
    std::string comments[3];
    for (std::size_t i = 0; i < 3; ++i) {
        const std::size_t blank = prefix ? blankLinesOf(sides[i]) : 0;
        gaps[i] = sides[i].substr(0, blank);
        comments[i] = sides[i].substr(blank);
    }
    const MergedLines merged = mergedLines(comments[0], comments[1], comments[2]);
    for (const MergeHunk& hunk : merged.open)
        if (trimmed(textOf(hunk.ours)) != trimmed(textOf(hunk.theirs)))
            tell(mine.node, "Both sides changed this comment; ours is kept.", textOf(hunk.base),
                 textOf(hunk.ours), textOf(hunk.theirs));
    mine.form.*text = changedOne(gaps[0], gaps[1], gaps[2]) + merged.text;
}

// What the lines of a text say, how far they are indented and how they end are three things.
void EditMerge::mergeBlock(FieldPatch& mine, const FieldPatch& their) {
    const yaml::Lexeme was = base_.lexeme(mine.node);
    const yaml::Lexeme our = lexemeOf(mine.form);
    const yaml::Lexeme other = lexemeOf(their.form);
    const auto kind = [](const yaml::Lexeme& each) { return std::pair(each.style, each.open); };
    if (kind(our) != kind(was) && kind(other) != kind(was) && kind(our) != kind(other))
        tell(mine.node, "Both sides changed this value; ours is kept.", std::string(was.open),
             std::string(our.open), std::string(other.open));
    const int offset = changedOne(was.offset, our.offset, other.offset);
    const int column = our.column + offset;
    // The hunks are views into these.
    const std::string base = blockAt(was.raw, was.column + was.offset, column);
    const std::string ours = blockAt(our.raw, our.column + our.offset, column);
    const std::string theirs = blockAt(other.raw, other.column + other.offset, column);
    const MergedLines merged = mergedLines(base, ours, theirs);
    for (const MergeHunk& hunk : merged.open)
        if (trimmed(textOf(hunk.ours)) != trimmed(textOf(hunk.theirs)))
            tell(mine.node, "Both sides changed these lines of the text; ours are kept.",
                 blockAt(textOf(hunk.base), column, 0), blockAt(textOf(hunk.ours), column, 0),
                 blockAt(textOf(hunk.theirs), column, 0));
    const auto [style, open] = changedOne(kind(was), kind(our), kind(other));
    yaml::Entry form = mine.form;
    form.style = style;
    form.open = open;
    form.offset = offset;
    form.raw = merged.text;
    mine.form = std::move(form);
}

bool EditMerge::mergeValue(FieldPatch& mine, const FieldPatch& their) {
    const yaml::Lexeme was = base_.lexeme(mine.node);
    const yaml::Lexeme our = lexemeOf(mine.form);
    const yaml::Lexeme other = lexemeOf(their.form);
    const yaml::Lexeme* const all[] = {&was, &our, &other};
    const bool blocks = std::all_of(std::begin(all), std::end(all), [](const yaml::Lexeme* each) {
        return yaml::isBlockScalar(each->style) && !saysColumn(*each);
    });
    if (blocks) {
        mergeBlock(mine, their);
        return true;
    }
    const auto untouched = [&was](const yaml::Lexeme& each) {
        return each.style == was.style && each.offset == was.offset && each.open == was.open &&
               each.raw == was.raw;
    };
    if (untouched(our))
        return false;
    if (untouched(other) || sameValue(our, other))
        return true;
    // How a value is written gives way to what it says.
    if (sameValue(was, our))
        return false;
    if (sameValue(was, other))
        return true;
    tell(mine.node, "Both sides changed this value; ours is kept.", valueText(was), valueText(our),
         valueText(other));
    return true;
}

bool EditMerge::mergePatch(FieldPatch& mine, FieldPatch& their) {
    if (mine.field == Field::Prefix || mine.field == Field::Footer) {
        mergeLinesOf(mine, their,
                     mine.field == Field::Prefix ? &yaml::Entry::prefix : &yaml::Entry::footer);
        return true;
    }
    if (mine.field == Field::Value)
        return mergeValue(mine, their);
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
        default:
            break;
    }
    return true;
}

}  // namespace pe::document
