// SPDX-License-Identifier: MIT
#include "text_fix.hpp"

#include <algorithm>
#include <utility>

#include "fields.hpp"

namespace pe::check {
namespace {

std::size_t codePoints(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
}

}  // namespace

std::string quoted(std::string_view text) {
    return "`" + shortened(text) + "`";
}

Fix fixText(yaml::NodeRef node, std::string text, Safety safety) {
    std::string title = "Write " + quoted(text);
    return setValueFix(std::move(title), node, yaml::Value::ofString(std::move(text)), safety);
}

Fix fixPart(yaml::NodeRef node, std::string_view whole, TextRange written, std::string meant,
            Safety safety) {
    const std::string_view old = written.in(whole);
    std::string title =
        meant.empty() ? "Remove " + quoted(old) : "Change " + quoted(old) + " to " + quoted(meant);
    document::SpliceText splice{node, codePoints(whole.substr(0, written.begin)), codePoints(old),
                                std::move(meant)};
    document::Command command{std::move(splice), title, 0};
    return {std::move(title), safety == Safety::Safe, std::move(command)};
}

}  // namespace pe::check
