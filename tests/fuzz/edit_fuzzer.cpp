// SPDX-License-Identifier: MIT
// libFuzzer: the first bytes choose an edit, the rest is the text. Whatever the text is, an edit
// that is not refused must give a text that parses and says what was intended. A text that cannot
// be edited is never rendered: it stays a draft.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "pe/base/utf8.hpp"
#include "pe/testing/draft.hpp"
#include "pe/yaml/edit.hpp"
#include "pe/yaml/render.hpp"
#include "pe/yaml/tree.hpp"
#include "pe/yaml/value.hpp"

namespace {

using namespace pe;
using namespace pe::yaml;

Result<Edit> chosen(const Tree& tree, const std::uint8_t* choice, const Value& value) {
    const auto node = static_cast<NodeRef>(1 + choice[1] % (tree.size() - 1));
    const auto other = static_cast<NodeRef>(1 + choice[2] % (tree.size() - 1));
    switch (choice[0] % 6) {
        case 0:
            return setValue(tree, node, value);
        case 1:
            return insertEntry(tree, node, kNoNode, "zz new", value);
        case 2:
            return removeEntry(tree, node);
        case 3:
            return moveEntry(tree, node, other, kNoNode, "zz new");
        case 4:
            return renameKey(tree, node, value.text);
        default:
            return duplicateEntry(tree, node);
    }
}

// At most `length` bytes that end between two characters.
std::string startOf(const std::string& text, std::size_t length) {
    return text.substr(0, utf8::boundaryBefore(text, std::min(length, text.size())));
}

void require(bool condition) {
    if (!condition)
        std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t kChoices = 4;
    if (size < kChoices)
        return 0;
    const std::string text(reinterpret_cast<const char*>(data) + kChoices, size - kChoices);
    const Tree tree = parse(text);
    if (!tree.editable())
        return 0;
    require(renderText(tree) == text);
    if (tree.size() < 2 || !tree.problems().empty())
        return 0;
    if (!loadValue(tree))
        return 0;
    const Value value = Value::ofString(std::string(data[3] % 4, '\n') + startOf(text, data[3]));
    const auto edit = chosen(tree, data, value);
    if (!edit)
        return 0;
    pe::testing::Draft draft(tree);
    draft.apply(*edit);
    const Tree again = parse(renderText(draft));
    require(again.editable());
    require(renderText(again) == again.text());
    const bool set = data[0] % 6 == 0;
    const auto node = static_cast<NodeRef>(1 + data[1] % (tree.size() - 1));
    if (set && value.text.find('\0') == std::string::npos) {
        const auto now = valueOf(draft, node);
        require(now && *now == value);
    }
    return 0;
}
