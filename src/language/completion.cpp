// SPDX-License-Identifier: MIT
#include "pe/language/completion.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>

#include "completer.hpp"
#include "pe/yaml/edit.hpp"
#include "pe/yaml/scalar.hpp"

namespace pe::language {
namespace {

char lower(char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

bool beginsWith(std::string_view label, std::string_view typed) {
    return label.size() >= typed.size() &&
           std::equal(typed.begin(), typed.end(), label.begin(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

void setLineBreaks(std::string& text, std::string_view lineBreak) {
    if (lineBreak == "\n")
        return;
    for (std::size_t at = text.find('\n'); at != std::string::npos;
         at = text.find('\n', at + lineBreak.size()))
        text.replace(at, 1, lineBreak);
}

// Labels that begin with what is typed before those that only hold its letters, required before
// others, else in their order.
template <class Typed>
std::vector<CompletionItem> ranked(std::vector<CompletionItem> items, Typed typed) {
    std::array<std::vector<CompletionItem>, 4> ranks;
    for (CompletionItem& each : items) {
        const std::size_t rank =
            (beginsWith(each.label, typed(each)) ? 0U : 2U) + (each.required ? 0U : 1U);
        ranks[rank].push_back(std::move(each));
    }
    items.clear();
    for (auto& rank : ranks)
        std::move(rank.begin(), rank.end(), std::back_inserter(items));
    return items;
}

}  // namespace

bool fits(std::string_view label, std::string_view typed) {
    std::size_t at = 0;
    for (const char c : typed) {
        while (at < label.size() && lower(label[at]) != lower(c))
            ++at;
        if (at == label.size())
            return false;
        ++at;
    }
    return true;
}

std::vector<CompletionItem> completionsAt(const check::Subject& subject,
                                          const format::Catalogue& catalogue, std::size_t offset,
                                          const check::FileLookup* files) {
    return Completer(subject, catalogue, offset, files).items();
}

Completer::Completer(const check::Subject& subject, const format::Catalogue& catalogue,
                     std::size_t offset, const check::FileLookup* files)
    : subject_(subject),
      catalogue_(catalogue),
      files_(files),
      offset_(std::min(offset, subject.text().size())),
      place_(placeAt(subject.text(), offset_)),
      finder_(catalogue),
      context_(finder_.at(place_.path)),
      replaced_(place_.word),
      scope_(subject, catalogue, place_.path, offset_, files) {
    for (const PathStep& each : place_.path)
        if (!each.item)
            key_ = each.key;
}

CompletionItem& Completer::add(std::string label, CompletionKind kind, std::string insert) {
    CompletionItem item;
    item.label = std::move(label);
    item.kind = kind;
    item.insert = std::move(insert);
    item.replaced = replaced_;
    return items_.emplace_back(std::move(item));
}

// Inside a plain text only what the text can hold; it goes on behind the name.
std::optional<std::string> Completer::partOfPlain(const CompletionItem& item) const {
    const bool first = item.replaced.begin == place_.word.begin;
    yaml::ScalarPlace where;
    where.flow = place_.flow;
    if (!yaml::plainIsSafe((first ? "" : "w") + item.label + "w", where))
        return std::nullopt;
    return item.insert;
}

// The text that stands for a name where it is put; nothing if none does.
std::optional<std::string> Completer::written(const CompletionItem& item) const {
    if (item.kind != CompletionKind::Step && item.kind != CompletionKind::Result &&
        item.kind != CompletionKind::Variable && item.kind != CompletionKind::Function &&
        item.kind != CompletionKind::File && item.kind != CompletionKind::Folder)
        return item.insert;
    const auto encoded = [&](bool flow) {
        yaml::ScalarPlace where;
        where.flow = flow;
        return yaml::encodeString(item.insert, place_.style, where);
    };
    switch (place_.style) {
        case yaml::Style::SingleQuoted:
        case yaml::Style::DoubleQuoted: {
            const yaml::ScalarText text = encoded(place_.flow);
            if (text.style != place_.style)
                return std::nullopt;
            return text.raw.substr(1, text.raw.size() - 2);
        }
        case yaml::Style::Literal:
            return item.label.find('\n') == std::string::npos ? std::optional(item.insert)
                                                              : std::nullopt;
        default:
            // What has a sign behind its name goes on, too.
            if (inside_ || item.insert != item.label)
                return partOfPlain(item);
            return encoded(place_.flow || before_ == "[").raw;
    }
}

// More follows behind the others: a scope, and the name of a step, lead on to what they hold.
const std::string& Completer::endOf(const CompletionItem& item) const {
    const bool path = item.kind == CompletionKind::Result || item.kind == CompletionKind::Variable;
    return path && !templateEnd_.empty() ? templateEnd_ : behind_;
}

// Writes the items as they stand in the text.
void Completer::finish() {
    const std::string_view lineBreak = yaml::lineBreakOf(subject_.forest());
    std::vector<CompletionItem> items;
    for (CompletionItem& each : items_) {
        const std::optional<std::string> text = written(each);
        if (!text)
            continue;
        each.insert = (needsBlank(each) ? " " : "") + before_ + *text + endOf(each);
        setLineBreaks(each.insert, lineBreak);
        items.push_back(std::move(each));
    }
    items_ = std::move(items);
}

// Editors ask right behind a colon or a dash, where only a blank can stand.
bool Completer::needsBlank(const CompletionItem& item) const {
    const std::size_t begin = item.replaced.begin;
    if (begin == 0 || begin != place_.word.begin || place_.quoted)
        return false;
    const char before = subject_.text()[begin - 1];
    return place_.kind == PlaceKind::Key ? place_.afterDash && before == '-' : before == ':';
}

std::vector<CompletionItem> Completer::items() {
    switch (place_.kind) {
        case PlaceKind::Comment:
            return {};
        case PlaceKind::Key:
            addKeys();
            break;
        case PlaceKind::Value:
        case PlaceKind::Text:
            if (!addTemplateNames())
                addValues();
            break;
    }
    const auto typed = [&](const CompletionItem& each) {
        const std::size_t begin = std::min(each.replaced.begin, offset_);
        return subject_.text().substr(begin, offset_ - begin);
    };
    std::erase_if(items_,
                  [&](const CompletionItem& each) { return !fits(each.label, typed(each)); });
    finish();
    return ranked(std::move(items_), typed);
}

}  // namespace pe::language
