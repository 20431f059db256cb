// SPDX-License-Identifier: MIT
#include "pipeline_id.hpp"

namespace pe::workspace {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

}  // namespace

std::string textOf(const storage::PipelineId& id) {
    std::string text;
    for (const std::uint8_t byte : id) {
        text += kDigits[byte >> 4];
        text += kDigits[byte & 15];
    }
    return text;
}

std::optional<storage::PipelineId> idIn(std::string_view text) {
    storage::PipelineId id{};
    if (text.size() != 2 * id.size())
        return std::nullopt;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::size_t digit = kDigits.find(text[i]);
        if (digit == std::string_view::npos)
            return std::nullopt;
        id[i / 2] = static_cast<std::uint8_t>(id[i / 2] << 4 | digit);
    }
    return id;
}

}  // namespace pe::workspace
