// SPDX-License-Identifier: MIT
// Any bytes: parsing ends, every byte has an owner, spans lie in the text, and values can be asked
// for.
#include <cstdint>
#include <cstdlib>

#include "pe/yaml/pointer.hpp"
#include "pe/yaml/second_reader.hpp"
#include "pe/yaml/tree.hpp"
#include "pe/yaml/value.hpp"
#include "yaml/parse_ownership.hpp"

namespace {

void require(bool condition) {
    if (!condition)
        std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const pe::yaml::Tree tree = pe::yaml::parse(text);
    require(tree.text() == text);
    require(pe::yaml::testing::textOf(tree) == text);
    for (pe::yaml::NodeRef node = 0; node < tree.size(); ++node) {
        const pe::yaml::Span entry = tree.entrySpan(node);
        const pe::yaml::Span value = tree.valueSpan(node);
        require(entry.begin <= entry.end && entry.end <= size);
        require(value.begin <= value.end && value.end <= size);
    }
    for (const pe::yaml::Problem& problem : tree.problems())
        require(problem.begin <= problem.end && problem.end <= size);
    if (const auto value = pe::yaml::loadValue(tree)) {
        const auto again = pe::yaml::fromJson(pe::yaml::toJson(*value));
        require(!tree.editable() || (again && *again == *value));
    }
    return 0;
}
