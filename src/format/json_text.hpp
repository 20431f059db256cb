// SPDX-License-Identifier: MIT
// JsonText: writes JSON straight into a text, for outputs of many thousand objects. Commas are the
// caller's.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace pe::format {

// A JSON string with its quotes. Bytes that are no UTF-8 become U+FFFD, as JSON has no form for
// them.
std::string jsonString(std::string_view text);

class JsonText {
public:
    JsonText& raw(std::string_view json) {
        out_ += json;
        return *this;
    }
    JsonText& key(std::string_view name) { return text(name).raw(":"); }
    JsonText& text(std::string_view value);
    JsonText& number(int value) { return raw(std::to_string(value)); }
    std::string take() { return std::move(out_); }

private:
    std::string out_;
};

}  // namespace pe::format
