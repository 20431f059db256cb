// SPDX-License-Identifier: MIT
#include "property_words.hpp"

#include <algorithm>

#include "pe/yaml/properties.hpp"

namespace pe::document {
namespace {

// Views are of `props`.
std::string withoutWord(std::string_view props, const char* begin, const char* end) {
    const auto first = static_cast<std::size_t>(begin - props.data());
    const auto last = static_cast<std::size_t>(end - props.data());
    const std::size_t next = std::min(props.find_first_not_of(" \t", last), props.size());
    return std::string(props.substr(0, first)).append(props.substr(next));
}

bool isWhite(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

std::string withAnchor(std::string_view props, std::string_view name) {
    const std::string_view now = yaml::anchorOf(props);
    if (now.empty())
        return name.empty() ? std::string(props)
                            : "&" + std::string(name) + " " + std::string(props);
    if (name.empty()) {
        const std::string rest = withoutWord(props, now.data() - 1, now.data() + now.size());
        return isWhite(rest) ? std::string{} : rest;
    }
    const auto at = static_cast<std::size_t>(now.data() - props.data());
    return std::string(props).replace(at, now.size(), name);
}

std::string withoutTag(std::string_view props) {
    const std::string_view tag = yaml::tagOf(props);
    if (tag.empty())
        return std::string(props);
    const std::string rest = withoutWord(props, tag.data(), tag.data() + tag.size());
    return isWhite(rest) ? std::string{} : rest;
}

}  // namespace pe::document
