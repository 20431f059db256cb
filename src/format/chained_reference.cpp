// SPDX-License-Identifier: MIT
// The second name of a path: the step of a nested pipeline whose result is meant, or the key under
// which a step answers.
#include <algorithm>
#include <optional>
#include <string>

#include "pe/format/resolution.hpp"
#include "pe/yaml/entries.hpp"

namespace pe::format {
namespace {

using yaml::kNoNode;
using yaml::NodeRef;

// The engine puts the results of a pipeline that was given inputs below this key.
constexpr std::string_view kWrapper = "result.";

std::size_t nameEnd(std::string_view text, std::size_t begin, ReferenceRole role) {
    std::size_t end = begin;
    while (end < text.size() && isNameByte(text[end]) &&
           !(text[end] == '-' && role == ReferenceRole::Condition))
        ++end;
    return end;
}

// With a list of outputs only what stands there as a plain name keeps its name.
bool handsBack(const yaml::Forest& forest, NodeRef step, std::string_view name) {
    const NodeRef outputs = entryOf(forest, step, "outputs");
    if (outputs == kNoNode || !yaml::isSequence(forest.style(outputs)) ||
        forest.children(outputs).empty())
        return true;
    const auto items = forest.children(outputs);
    return std::any_of(items.begin(), items.end(), [&](NodeRef item) {
        return isScalar(forest.style(item)) &&
               yaml::DecodedText::ofScalar(forest, item).view() == name;
    });
}

// The name behind a reference, past this key if it stands there; nothing if none follows.
std::optional<Reference> nameBehind(const yaml::Forest& forest, const Reference& reference,
                                    std::string_view past) {
    Reference chained = reference;
    chained.target = ReferenceTarget::Step;
    std::size_t begin = 0;
    if (reference.role == ReferenceRole::PromptStep) {
        chained.at = entryOf(forest, forest.parent(reference.at), "extract");
        chained.role = ReferenceRole::Output;
        if (chained.at == kNoNode || !isScalar(forest.style(chained.at)))
            return std::nullopt;
    } else {
        begin = reference.end + 1;
    }
    const std::string text = yaml::DecodedText::ofScalar(forest, chained.at).string();
    if (begin > text.size())
        return std::nullopt;
    if (begin > 0 && text[begin - 1] != '.' &&
        !(text[begin - 1] == ':' && reference.role == ReferenceRole::DataSource))
        return std::nullopt;
    if (!past.empty() && text.compare(begin, past.size(), past) == 0)
        begin += past.size();
    chained.begin = begin;
    chained.end = nameEnd(text, begin, reference.role);
    chained.name = text.substr(begin, chained.end - begin);
    return chained.name.empty() ? std::nullopt : std::optional(std::move(chained));
}

}  // namespace

bool isNameByte(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || c == '_' || c == '-' || (c >= '0' && c <= '9') ||
           (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::optional<Reference> chainedReference(const yaml::Forest& forest, const Reference& reference,
                                          NodeRef pipelineStep) {
    auto chained = nameBehind(forest, reference, kWrapper);
    if (chained && !handsBack(forest, pipelineStep, chained->name))
        return std::nullopt;
    return chained;
}

bool answersUnderItsName(const yaml::Forest& forest, NodeRef step) {
    const NodeRef type = entryOf(forest, step, "type");
    return type != kNoNode &&
           yaml::DecodedText::ofScalar(forest, type).view() == "data_transform" &&
           entryOf(forest, step, "output_field") == kNoNode;
}

std::optional<Reference> repeatedName(const yaml::Forest& forest, const Reference& reference) {
    auto behind = nameBehind(forest, reference, {});
    if (behind && behind->name != reference.name)
        return std::nullopt;
    return behind;
}

}  // namespace pe::format
