// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "pe/base/utf8.hpp"
#include "pe/yaml/value.hpp"

namespace pe::yaml {
namespace {

// What JSON cannot hold as it is, or terminals should not see.
constexpr std::array<bool, 256> kEscaped = [] {
    std::array<bool, 256> escaped{};
    for (std::size_t byte = 0; byte < escaped.size(); ++byte)
        escaped[byte] = byte < 0x20 || byte == '"' || byte == '\\' || byte == 0x7F;
    return escaped;
}();

bool isEscaped(char c) {
    return kEscaped[static_cast<unsigned char>(c)];
}

constexpr std::string_view kHex = "0123456789abcdef";

bool isText(std::string_view bytes) {
    while (!bytes.empty()) {
        const utf8::CodePoint next = utf8::decode(bytes);
        if (next.isDamaged())
            return false;
        bytes.remove_prefix(next.length);
    }
    return true;
}

// JSON has no form for what `!!binary` can hold.
void writeBytes(std::string_view bytes, std::string& out) {
    std::string text =
        "\x01"
        "bytes:";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += kHex[byte >> 4];
        text += kHex[byte & 15];
    }
    appendJson(out, text);
}

void write(const Value& value, std::string& out);

void writeKey(const Value& key, std::string& out) {
    if (key.isString())
        appendJson(out, key.text);
    else
        appendJson(out, "\x01key:" + toJson(key));
}

void writeEntries(const Value& value, std::string& out) {
    out += '{';
    bool first = true;
    for (const auto& [key, held] : value.entries) {
        out += first ? "" : ", ";
        first = false;
        writeKey(key, out);
        out += ": ";
        write(held, out);
    }
    out += '}';
}

void writeItems(const Value& value, std::string& out) {
    out += '[';
    bool first = true;
    for (const Value& item : value.items) {
        out += first ? "" : ", ";
        first = false;
        write(item, out);
    }
    out += ']';
}

void write(const Value& value, std::string& out) {
    switch (value.kind) {
        case Value::Kind::Null:
            out += "null";
            break;
        case Value::Kind::Boolean:
            out += value.boolean ? "true" : "false";
            break;
        case Value::Kind::Integer:
        case Value::Kind::Float:
            out += value.text;
            break;
        case Value::Kind::String:
            if (isText(value.text))
                appendJson(out, value.text);
            else
                writeBytes(value.text, out);
            break;
        case Value::Kind::Atom:
            appendJson(out,
                       "\x01"
                       "atom:" +
                           value.text);
            break;
        case Value::Kind::Sequence:
            writeItems(value, out);
            break;
        case Value::Kind::Mapping:
            writeEntries(value, out);
            break;
    }
}

}  // namespace

void appendJson(std::string& out, std::string_view text) {
    out += '"';
    for (auto at = text.begin(); at != text.end();) {
        const auto plain = std::find_if(at, text.end(), isEscaped);
        out.append(at, plain);
        at = plain;
        if (at == text.end())
            break;
        const char c = *at++;
        out += '\\';
        if (c == '"' || c == '\\') {
            out += c;
        } else if (c == '\n') {
            out += 'n';
        } else if (c == '\t') {
            out += 't';
        } else if (c == '\r') {
            out += 'r';
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += "u00";
            out += kHex[byte >> 4];
            out += kHex[byte & 15];
        }
    }
    out += '"';
}

std::string toJson(const Value& value) {
    std::string out;
    write(value, out);
    return out;
}

}  // namespace pe::yaml
