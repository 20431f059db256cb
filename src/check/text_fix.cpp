// SPDX-License-Identifier: MIT
#include "text_fix.hpp"

#include <utility>

#include "fields.hpp"
#include "pe/base/utf8.hpp"

namespace pe::check {

std::string listed(const std::vector<std::string>& words) {
    std::string list;
    for (std::size_t i = 0; i < words.size(); ++i)
        list += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
    return list;
}

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
    document::SpliceText splice{node, utf8::count(whole.substr(0, written.begin)), utf8::count(old),
                                std::move(meant)};
    document::Command command{std::move(splice), title, 0};
    return {std::move(title), safety == Safety::Safe, std::move(command)};
}

}  // namespace pe::check
