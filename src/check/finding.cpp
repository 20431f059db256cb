// SPDX-License-Identifier: MIT
#include "finding.hpp"

#include <algorithm>

#include "pe/document/text_patches.hpp"
#include "pe/yaml/value.hpp"
#include "scalar_part.hpp"

namespace pe::check {
namespace {

// Of an item without a value, behind the comments above it.
yaml::Span dashOf(const Subject& subject, yaml::NodeRef node) {
    const yaml::Span entry = subject.entrySpan(node);
    std::size_t begin = entry.begin;
    for (const std::string_view line :
         document::linesOf(subject.text().substr(entry.begin, entry.end - entry.begin))) {
        const std::size_t first = line.find_first_not_of(" \t\r\n");
        if (first != std::string_view::npos && line[first] == '-')
            return {begin + first, begin + first + 1};
        begin += line.size();
    }
    return entry;
}

yaml::Span keyOrDash(const Subject& subject, yaml::NodeRef node) {
    const yaml::Span key = subject.keySpan(node);
    if (key.begin != key.end)
        return key;
    const yaml::Span value = subject.valueSpan(node);
    return value.begin != value.end ? value : dashOf(subject, node);
}

// A collection is marked at its first line only: nobody wants a whole step underlined.
yaml::Span firstLine(const Subject& subject, yaml::Span span) {
    const std::string_view text = subject.text().substr(0, span.end);
    const std::size_t end = std::min(text.find('\n', span.begin), span.end);
    yaml::Span line{span.begin, end};
    while (line.end > line.begin && (text[line.end - 1] == ' ' || text[line.end - 1] == '\r'))
        --line.end;
    return line;
}

yaml::Span valueOrKey(const Subject& subject, yaml::NodeRef node) {
    const yaml::Span value = subject.valueSpan(node);
    if (value.begin == value.end)
        return keyOrDash(subject, node);
    const yaml::Style style = subject.forest().style(node);
    if (yaml::isBlockCollection(style) || yaml::isBlockScalar(style))
        return firstLine(subject, value);
    return value;
}

yaml::Span partSpan(const Subject& subject, const Place& place) {
    const yaml::Span value = subject.valueSpan(place.node);
    const std::string decoded = yaml::scalarText(subject.forest(), place.node);
    const yaml::Span part =
        shownPart(subject.text().substr(value.begin, value.end - value.begin),
                  subject.forest().lexeme(place.node), decoded, place.begin, place.end);
    if (part.begin == part.end)
        return valueOrKey(subject, place.node);
    return {value.begin + part.begin, value.begin + part.end};
}

}  // namespace

yaml::Span spanOf(const Subject& subject, const Place& place) {
    switch (place.kind) {
        case PlaceKind::Value:
            return valueOrKey(subject, place.node);
        case PlaceKind::Key:
            return keyOrDash(subject, place.node);
        case PlaceKind::Part:
            return partSpan(subject, place);
        case PlaceKind::Text:
            return {place.begin, place.end};
        case PlaceKind::StepText: {
            const std::size_t base = subject.entrySpan(place.base).begin;
            return {base + place.begin, base + place.end};
        }
    }
    return {};
}

}  // namespace pe::check
