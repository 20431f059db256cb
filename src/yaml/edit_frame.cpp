// SPDX-License-Identifier: MIT
// The part of EditBuilder that puts values into frames.
#include "edit_anchor.hpp"
#include "edit_builder.hpp"
#include "edit_literal.hpp"
#include "pe/yaml/entries.hpp"
#include "pe/yaml/render.hpp"
#include "render_entry.hpp"
#include "shift.hpp"
#include "value_key.hpp"

namespace pe::yaml {
namespace {

// The rest of a line behind an indicator; blanks alone count as none.
std::string tailOf(std::string_view line, std::string_view lineBreak) {
    const Line first = takeLine(line);
    const std::string_view ending = first.lineBreak.empty() ? lineBreak : first.lineBreak;
    return std::string(isWhite(first.body) ? std::string_view{} : first.body).append(ending);
}

void ensureBreak(std::string& text, std::string_view lineBreak) {
    if (!endsWithBreak(text))
        text += lineBreak;
}

void ensureBlank(std::string& text) {
    if (!text.ends_with(' ') && !text.ends_with('\t'))
        text += ' ';
}

// The text ends behind this node, without a line break.
bool endsTextUnbroken(const Forest& forest, NodeRef node) {
    if (!endsText(forest, node))
        return false;
    for (;;) {
        const Lexeme lexeme = forest.lexeme(node);
        const auto children = forest.children(node);
        for (const std::string_view text : {lexeme.suffix, lexeme.footer})
            if (!text.empty())
                return !endsWithBreak(text);
        if (children.empty()) {
            for (const std::string_view text :
                 {lexeme.raw, lexeme.open, lexeme.props, lexeme.colon})
                if (!text.empty())
                    return !endsWithBreak(text);
            return true;
        }
        node = children.back();
    }
}

}  // namespace

bool endsUnbroken(const Forest& forest, NodeRef parent, NodeRef after) {
    if (after != kNoNode)
        return endsTextUnbroken(forest, after);
    // What stands below a document's value stays below it.
    const Lexeme lexeme = forest.lexeme(parent);
    const bool goesOn =
        forest.parent(parent) == kStream &&
        (isBlockCollection(lexeme.style) ? !lexeme.suffix.empty() : hasBreak(lexeme.suffix));
    return forest.children(parent).empty() && !goesOn && endsTextUnbroken(forest, parent);
}

Frame EditBuilder::collectionFrame(NodeRef node, const Lexeme& lexeme) const {
    const std::string_view lineBreak = lineBreakOf(forest_);
    Frame frame;
    frame.rest = lexeme.suffix;
    if (isDocument(node)) {
        frame.props = anchorAlone(lexeme.props);
        frame.tail = lineBreak;
    } else if (!lexeme.props.empty()) {
        const std::size_t words = endOfWords(lexeme.props);
        frame.colon = lexeme.colon;
        frame.props = std::string(lexeme.props.substr(0, words)) + " ";
        frame.tail = tailOf(lexeme.props.substr(words), lineBreak);
    } else {
        const std::size_t colon = isItem(lexeme) ? std::string_view::npos : lexeme.colon.find(':');
        const std::size_t base = colon == std::string_view::npos ? 0 : colon + 1;
        frame.colon = std::string(lexeme.colon.substr(0, base)) + " ";
        frame.tail = tailOf(lexeme.colon.substr(base), lineBreak);
    }
    if (endsTextUnbroken(forest_, node))
        frame.tail.resize(withoutFinalBreak(frame.tail).size());
    return frame;
}

Frame EditBuilder::frameOf(NodeRef node) const {
    const Lexeme lexeme = forest_.lexeme(node);
    if (isBlockCollection(lexeme.style))
        return collectionFrame(node, lexeme);
    Frame frame{std::string(lexeme.colon), std::string(lexeme.props), {}, {}};
    if (isBlockScalar(lexeme.style)) {
        const std::size_t indicators = headerIndicators(lexeme.open).size();
        frame.tail = lexeme.open.substr(indicators);
        frame.rest = lexeme.suffix;
        const bool unended = !endsWithBreak(lexeme.raw) && !lexeme.raw.empty();
        if (unended)
            frame.tail.resize(withoutFinalBreak(frame.tail).size());
    } else if (inFlow(node)) {
        frame.tail = lexeme.suffix;
    } else if (isDocument(node) && lexeme.suffix.starts_with("...")) {
        frame.tail = lineBreakOf(forest_);
        frame.rest = lexeme.suffix;
    } else {
        std::string_view rest = lexeme.suffix;
        frame.tail = takeLine(rest).whole();
        frame.rest = rest;
    }
    return frame;
}

void EditBuilder::placeInline(NodeRef node, Frame& frame, const Entry& value) {
    const Lexeme lexeme = forest_.lexeme(node);
    const bool flow = inFlow(node);
    const bool hasValue = !value.raw.empty() || !value.open.empty();
    if (frame.tail.starts_with('#'))
        frame.tail.insert(0, " ");
    if (!frame.rest.empty())
        ensureBreak(frame.tail, lineBreakOf(forest_));
    if (hasValue && !lexeme.key.empty() && frame.props.empty()) {
        const bool keyAlone = !isItem(lexeme) && frame.colon.find(':') == std::string::npos;
        if (keyAlone)
            frame.colon = ": ";
        else if (!(flow && isClosedKey(lexeme.key)) && !endsWithBreak(frame.colon))
            ensureBlank(frame.colon);
    }
    patch(node, Field::Colon).colon = frame.colon;
    patch(node, Field::Props).props = frame.props;
    patch(node, Field::Suffix).suffix = frame.tail + frame.rest;
}

void EditBuilder::placeBlockScalar(NodeRef node, Frame& frame, Entry& value) {
    const bool unended = !endsWithBreak(frame.tail);
    const bool stripped = value.open.find('-') != std::string::npos;
    if (frame.tail.starts_with('#'))
        frame.tail.insert(0, " ");
    ensureBreak(frame.tail, lineBreakOf(forest_));
    value.open += frame.tail;
    if (unended && stripped)
        value.raw.resize(withoutFinalBreak(value.raw).size());
    const bool movable = hasBreak(frame.colon) && frame.colon.find('#') == std::string::npos;
    const std::size_t colon = frame.colon.find(':');
    const bool item = isItem(forest_.lexeme(node));
    if (movable && item)
        frame.colon = " ";
    if (movable && !item && frame.colon.find_first_of("\r\n") > colon)
        frame.colon = frame.colon.substr(0, colon + 1) + " ";
    if (!isDocument(node) && frame.props.empty() && !endsWithBreak(frame.colon))
        ensureBlank(frame.colon);
    patch(node, Field::Colon).colon = frame.colon;
    patch(node, Field::Props).props = frame.props;
    patch(node, Field::Suffix).suffix = frame.rest;
}

// The header comment of a block collection stands behind its colon or its properties.
void EditBuilder::placeCollection(NodeRef node, Frame& frame) {
    const Lexeme lexeme = forest_.lexeme(node);
    const std::string_view lineBreak = lineBreakOf(forest_);
    const bool comment = isComment(frame.tail);
    ensureBreak(frame.tail, lineBreak);
    if (frame.tail.starts_with('#'))
        frame.tail.insert(0, " ");
    if (isDocument(node)) {
        std::string& prefix = patch(node, Field::Prefix).prefix;
        if (!prefix.empty())
            ensureBreak(prefix, lineBreak);
        if (comment)
            prefix += frame.tail.substr(frame.tail.find('#'));
        patch(node, Field::Colon).colon.clear();
        patch(node, Field::Props).props.clear();
        patch(node, Field::Suffix).suffix = frame.rest;
        return;
    }
    const bool item = isItem(lexeme);
    const std::size_t colon = item ? std::string::npos : frame.colon.find(':');
    const std::string base =
        colon == std::string::npos ? (item ? "" : ":") : frame.colon.substr(0, colon + 1);
    std::string props(withoutTrailingBlanks(frame.props));
    if (!props.empty()) {
        patch(node, Field::Colon).colon = base + " ";
        patch(node, Field::Props).props = props + frame.tail;
    } else {
        patch(node, Field::Colon).colon = item && !comment ? " " : base + frame.tail;
        patch(node, Field::Props).props.clear();
    }
    patch(node, Field::Suffix).suffix = frame.rest;
}

void EditBuilder::place(NodeRef node, Frame frame, const Entry& value) {
    Entry form = value;
    const bool string =
        isScalar(form.style) && (form.style != Style::Plain || resolvePlain(form.raw).isString());
    if (frame.props.find('!') != std::string::npos &&
        !(string && (frame.props.find("!!str") != std::string::npos ||
                     frame.props.find("! ") != std::string::npos)))
        frame.props = anchorAlone(frame.props);
    if (isBlockCollection(form.style))
        placeCollection(node, frame);
    else if (isBlockScalar(form.style))
        placeBlockScalar(node, frame, form);
    else
        placeInline(node, frame, form);
    Entry& patched = patch(node, Field::Value);
    patched.style = form.style;
    patched.offset = form.offset;
    patched.open = form.open;
    patched.raw = form.raw;
    patch(node, Field::Footer).footer = form.footer;
}

}  // namespace pe::yaml
