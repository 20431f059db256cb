// SPDX-License-Identifier: MIT
// Findings as rich text for cards and details: what is wrong, why, and the fixes as links. Pure.
#pragma once

#include <QString>
#include <QUrl>
#include <cstddef>
#include <optional>
#include <string>

#include "pe/check/diagnostic.hpp"
#include "theme.hpp"

namespace pe::editor {

// `number` tells several findings of one text apart in the links.
QString findingHtml(const check::Diagnostic& diagnostic, std::size_t number, const Theme& theme);
// Markdown of the catalogue as rich text; headings are not larger than the text.
QString markdownHtml(const std::string& markdown, const Theme& theme);

struct FixLink {
    std::size_t number = 0;
    std::size_t fix = 0;
    bool preview = false;
};
std::optional<FixLink> fixLink(const QUrl& link);

}  // namespace pe::editor
