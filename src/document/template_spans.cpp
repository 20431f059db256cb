// SPDX-License-Identifier: MIT
#include "template_spans.hpp"

#include "pe/base/trimmed.hpp"

namespace pe::document {

std::vector<TemplateSpan> templatesIn(std::string_view text) {
    std::vector<TemplateSpan> spans;
    std::size_t open = text.find("{{");
    while (open != std::string_view::npos) {
        const std::size_t close = text.find("}}", open + 2);
        if (close == std::string_view::npos)
            break;
        // Of several openings the last one counts.
        open = text.rfind("{{", close - 1);
        const std::string_view inside = text.substr(open + 2, close - open - 2);
        spans.push_back({open, close + 2, std::string(trimmed(inside))});
        open = text.find("{{", close + 2);
    }
    return spans;
}

}  // namespace pe::document
