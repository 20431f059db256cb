// SPDX-License-Identifier: MIT
#include <string>
#include <string_view>

#include "field_value.hpp"
#include "pe/check/result_parts.hpp"
#include "template_rules.hpp"
#include "text_fix.hpp"

namespace pe::check {
void checkKept(const StepContext& context, const StepText& text, const TemplateSyntax& each,
               ValueShape shape, Reporter& reporter) {
    const bool part = text.field == "prompt";
    const format::ResultKind kind = kindOf(shape);
    // A list of texts is a path to some readers. Sources have rules of their own, and what is false
    // counts as no `extract`.
    const bool other =
        text.key.ends_with("_source") || (text.key == "extract" && shape == ValueShape::Flag);
    if (kind == format::ResultKind::Text || !isNoList(kind) || other ||
        (!part && text.field != text.key) ||
        !needsText(part ? "prompt part" : context.type, text.key))
        return;
    reporter
        .onPart("field.type-fails", text.node, each.range.begin, each.range.end,
                quoted(each.range.in(text.text)) + " is a " + std::string(kindWord(kind)) +
                    ", and " + quoted(text.key) + " must be a text.")
        .why =
        "In a nested pipeline a template that stands alone keeps the type of its value, and the "
        "step fails. Give the value as a text.";
}

}  // namespace pe::check
