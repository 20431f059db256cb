// SPDX-License-Identifier: MIT
// The forms that an entry takes where it does not fit as it is written.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "edit_literal.hpp"
#include "form.hpp"
#include "pe/yaml/fit.hpp"
#include "pe/yaml/scalar.hpp"
#include "render_entry.hpp"
#include "shift.hpp"
#include "value_key.hpp"

namespace pe::yaml {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr int kTextOffset = 2;

// Where a comment begins in a line of white space, or of words that no quote is among.
std::size_t commentAt(std::string_view line) {
    for (std::size_t at = line.find('#'); at != kNone; at = line.find('#', at + 1))
        if (at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t')
            return at;
    return kNone;
}

// Words of a text, without white space and comments: `&anchor !tag`.
std::string wordsOf(std::string_view text) {
    std::string words;
    while (!text.empty()) {
        std::string_view line = takeLine(text).body;
        line = line.substr(0, commentAt(line));
        for (std::size_t begin = line.find_first_not_of(" \t"); begin != kNone;
             begin = line.find_first_not_of(" \t")) {
            const std::size_t end = std::min(line.find_first_of(" \t", begin), line.size());
            words.append(words.empty() ? "" : " ").append(line.substr(begin, end - begin));
            line.remove_prefix(end);
        }
    }
    return words;
}

class FormFitter {
public:
    FormFitter(const Lexeme& lexeme, const Surroundings& around, bool plain)
        : lexeme_(lexeme),
          around_(around),
          plain_(plain),
          flow_(isFlowCollection(around.above)),
          list_(isSequence(around.above)),
          form_(formOf(lexeme)) {}

    Entry form() {
        if (around_.above == Style::Stream)
            return document();
        key();
        value();
        colon();
        props();
        lineComment();
        flow_ ? gapAbove() : linesAbove();
        return std::move(form_);
    }

private:
    bool isBlockValue() const { return isBlockCollection(form_.style); }
    bool isTextBlock() const { return isBlockScalar(form_.style); }
    ScalarPlace place() const {
        return {flow_, false, lexeme_.column, kTextOffset, around_.lineBreak};
    }

    // Comments that lose their place wait for another one.
    void collect(std::string_view text) {
        while (!text.empty()) {
            const std::string_view line = takeLine(text).body;
            if (const std::size_t at = commentAt(line); at != kNone)
                comments_.emplace_back(withoutTrailingBlanks(line.substr(at)));
        }
    }

    void key() {
        if (list_) {
            form_.key = flow_ ? "" : "-";
            return;
        }
        const SimpleKey simple = simpleKey(form_.key);
        const bool open = simple.simple && simple.style == Style::Plain && flow_ &&
                          simple.raw.find_first_of(",[]{}") != kNone;
        const bool good = simple.simple && !hasBreak(form_.key);
        if (!open && (good || (!plain_ && (flow_ || form_.key.starts_with('?')))))
            return;
        ScalarPlace where = place();
        where.key = true;
        const bool typed =
            simple.simple && simple.style == Style::Plain && !resolvePlain(simple.raw).isString();
        const std::string text = keyText(form_.key, lexeme_.column);
        form_.key = typed ? text : encodeString(text, Style::Plain, where).raw;
    }

    void value() {
        if (isFlowCollection(form_.style) || (flow_ && isBlockCollection(form_.style)))
            return collection();
        if (isBlockCollection(form_.style)) {
            form_.open.clear();
            form_.raw.clear();
            linesBelow();
            return;
        }
        if (isTextBlock() && !flow_ && !plain_) {
            if (form_.open.empty())
                form_.open = form_.style == Style::Literal ? "|" : ">";
            return;
        }
        if (form_.style == Style::Empty && flow_ && list_ && form_.props.empty())
            return write({Style::Plain, {}, "null", 0});
        if (isTextBlock() || needsOtherText())
            rewrite();
    }

    bool needsOtherText() const {
        if (form_.style == Style::Alias || form_.style == Style::Empty)
            return false;
        if (form_.style == Style::Plain && flow_ && form_.raw.find_first_of(",[]{}") != kNone)
            return true;
        return plain_ && (form_.style != Style::Plain || hasBreak(form_.raw) ||
                          (resolvePlain(form_.raw).isString() && !plainIsSafe(form_.raw, place())));
    }

    void rewrite() {
        const std::string text =
            decodeScalar(form_.style, form_.open, form_.raw, lexeme_.column + lexeme_.offset);
        if (isTextBlock())
            collect(std::string_view(form_.open).substr(headerIndicators(form_.open).size()));
        const Value typed =
            form_.style == Style::Plain ? resolvePlain(text) : Value::ofString(text);
        if (!typed.isString())
            return write(encodeAtom(typed));
        // A text that several people write in stays in lines where lines can stand.
        const Style preferred = isTextBlock() ? Style::Literal : Style::DoubleQuoted;
        write(encodeString(text, preferred, place()));
    }

    void write(ScalarText text) {
        form_.style = text.style;
        form_.offset = text.offset;
        form_.open =
            isBlockScalar(text.style) ? std::string(withoutFinalBreak(text.open)) : std::string{};
        form_.raw = std::move(text.raw);
        form_.footer.clear();
    }

    void collection() {
        const bool mapping = isMapping(form_.style);
        form_.style = mapping ? Style::FlowMapping : Style::FlowSequence;
        form_.offset = 0;
        form_.raw.clear();
        const std::string_view open = mapping ? "{" : "[";
        const char close = mapping ? '}' : ']';
        const bool closed = form_.footer.ends_with(close);
        if (!form_.open.starts_with(open) || !closed || plain_) {
            collect(form_.footer);
            form_.footer.assign(1, close);
            form_.open = open;
        }
    }

    // Of what stood behind the entries, the comments and blank lines; of what closed brackets, the
    // comments.
    void linesBelow() {
        std::string all;
        std::string comments;
        for (std::string_view rest = form_.footer; !rest.empty();) {
            const Line line = takeLine(rest);
            if (isComment(line.body) && !line.lineBreak.empty())
                comments += line.whole();
            if (isComment(line.body) || (isWhite(line.body) && !line.lineBreak.empty()))
                all += line.whole();
        }
        form_.footer = all.size() == form_.footer.size() ? all : comments;
    }

    // What stands before the value: the colon of a key, the gap behind a dash.
    void colon() {
        const std::size_t found = list_ ? kNone : lexeme_.colon.find(':');
        const std::size_t end = found == kNone ? 0 : found + 1;
        const std::string_view gap = lexeme_.colon.substr(end);
        const std::string_view written = lexeme_.colon.substr(0, end);
        const bool keepsBase = end != 0 && !plain_ && commentAt(written) == kNone;
        const std::string base = list_ ? "" : keepsBase ? std::string(written) : ":";
        if (keepsGap(gap)) {
            form_.colon = base + std::string(gap);
            return;
        }
        collect(gap);
        form_.colon = base;
        const bool apart = form_.style != Style::Empty || !form_.props.empty();
        const bool below = isBlockValue() && !list_ && form_.props.empty();
        if (apart && !below && !(flow_ && list_))
            form_.colon += ' ';
    }

    bool keepsGap(std::string_view gap) {
        if (plain_ || gap.empty() || (flow_ && list_))
            return false;
        if (isBlockValue()) {
            headed_ = form_.props.empty() && endsWithBreak(gap) && isComment(gap);
            return headed_;
        }
        if (isTextBlock() || form_.style == Style::Empty)
            return false;
        return !endsWithBreak(gap) && !(flow_ && hasBreak(gap));
    }

    void props() {
        if (form_.props.empty())
            return;
        collect(lexeme_.props);
        form_.props = form_.style == Style::Alias ? std::string{} : wordsOf(lexeme_.props);
        if (!form_.props.empty() && form_.style != Style::Empty && !isBlockValue())
            form_.props += ' ';
    }

    // One comment may stand on the line of the value, or on that of the key.
    void lineComment() {
        std::string_view rest = lexeme_.suffix;
        const Line line = takeLine(rest);
        const std::size_t at = std::min(commentAt(line.body), line.body.size());
        const std::string_view gap = line.body.substr(0, at);
        const std::string_view comment = line.body.substr(at);
        if (flow_) {
            flowSuffix(gap, comment);
        } else if (isBlockValue() || isTextBlock()) {
            if (!comment.empty())
                comments_.emplace(comments_.begin(), comment);
            form_.suffix.clear();
            headerComment();
        } else {
            const bool apart = !gap.empty() && isWhite(gap);
            const std::string blank(apart ? gap : " ");
            form_.suffix = comment.empty() ? takeComment() : blank + std::string(comment);
            form_.suffix += line.lineBreak.empty() ? around_.lineBreak : line.lineBreak;
        }
        collect(rest);
    }

    // The first comment that waits, with a blank before it.
    std::string takeComment() {
        if (comments_.empty())
            return {};
        std::string taken = " " + comments_.front();
        comments_.erase(comments_.begin());
        return taken;
    }

    void headerComment() {
        if (isTextBlock()) {
            if (!endsWithBreak(form_.open))
                form_.open.append(takeComment()).append(around_.lineBreak);
            return;
        }
        const bool compact = list_ && form_.props.empty() && comments_.empty();
        if (headed_ || compact)
            return;
        std::string& header = form_.props.empty() ? form_.colon : form_.props;
        header.resize(withoutTrailingBlanks(header).size());
        header.append(takeComment()).append(around_.lineBreak);
    }

    void flowSuffix(std::string_view gap, std::string_view comment) {
        if (!plain_ && !hasBreak(lexeme_.suffix))
            return;
        form_.suffix = gap.find(',') == kNone ? "" : ",";
        if (!comment.empty())
            form_.suffix.append(" ").append(comment);
    }

    // Whole lines: what stood there, and the comments that have no other place.
    void linesAbove() {
        const std::string indent(static_cast<std::size_t>(std::max(0, lexeme_.column)), ' ');
        const auto add = [&](std::string_view comment) {
            form_.prefix.append(indent).append(comment).append(around_.lineBreak);
        };
        if (!form_.prefix.empty() && !endsWithBreak(form_.prefix)) {
            std::vector<std::string> later;
            std::swap(later, comments_);
            collect(std::exchange(form_.prefix, {}));
            comments_.insert(comments_.end(), later.begin(), later.end());
        }
        for (const std::string& each : comments_)
            add(each);
    }

    // A comment inside brackets ends with its line, so each gets one.
    void gapAbove() {
        const bool fromLines = isItem(lexeme_) || endsWithBreak(lexeme_.suffix);
        if (comments_.empty() && !plain_ && !fromLines && !endsWithBreak(form_.prefix))
            return;
        std::vector<std::string> later;
        std::swap(later, comments_);
        collect(form_.prefix);
        comments_.insert(comments_.end(), later.begin(), later.end());
        const auto indent = static_cast<std::size_t>(std::max(0, lexeme_.column)) + 2;
        const std::string next = std::string(around_.lineBreak).append(indent, ' ');
        form_.prefix = around_.first || !comments_.empty() ? "" : " ";
        for (const std::string& each : comments_)
            form_.prefix += next + each;
        if (!comments_.empty())
            form_.prefix += next;
    }

    // A document of the stream keeps what stands around its value.
    Entry document() {
        value();
        if (isTextBlock() && !endsWithBreak(form_.open))
            form_.open += around_.lineBreak;
        if (plain_) {
            collect(form_.colon);
            form_.colon.clear();
            props();
            if (isBlockValue() && !form_.props.empty())
                form_.props += around_.lineBreak;
        }
        const bool marked = form_.prefix.find("---") != std::string::npos;
        if (plain_ && !around_.first && !marked)
            form_.prefix.insert(0, std::string("---").append(around_.lineBreak));
        if (!comments_.empty() && !form_.prefix.empty() && !endsWithBreak(form_.prefix))
            form_.prefix += around_.lineBreak;
        for (const std::string& each : comments_)
            form_.prefix.append(each).append(around_.lineBreak);
        return std::move(form_);
    }

    const Lexeme& lexeme_;
    const Surroundings& around_;
    const bool plain_;
    const bool flow_;
    const bool list_;
    Entry form_;
    bool headed_ = false;  // the comment on the line of the key stays
    std::vector<std::string> comments_;
};

}  // namespace

Entry formOf(const Lexeme& lexeme) {
    Entry entry;
    entry.style = lexeme.style;
    entry.column = lexeme.column;
    entry.offset = lexeme.offset;
    entry.prefix = lexeme.prefix;
    entry.key = lexeme.key;
    entry.colon = lexeme.colon;
    entry.props = lexeme.props;
    entry.open = lexeme.open;
    entry.raw = lexeme.raw;
    entry.footer = lexeme.footer;
    entry.suffix = lexeme.suffix;
    return entry;
}

Entry fittedForm(const Lexeme& lexeme, const Surroundings& around) {
    return FormFitter(lexeme, around, false).form();
}

Entry plainForm(const Lexeme& lexeme, const Surroundings& around) {
    return FormFitter(lexeme, around, true).form();
}

}  // namespace pe::yaml
