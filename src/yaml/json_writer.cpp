// SPDX-License-Identifier: MIT
#include "pe/yaml/value.hpp"

namespace pe::yaml {
namespace {

void writeText(std::string_view text, std::string& out) {
    constexpr std::string_view kHex = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else if (c == '\r') {
            out += "\\r";
        } else if (byte < 0x20 || byte == 0x7F) {
            out += "\\u00";
            out += kHex[byte >> 4];
            out += kHex[byte & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

void write(const Value& value, std::string& out);

void writeKey(const Value& key, std::string& out) {
    if (key.isString())
        writeText(key.text, out);
    else
        writeText("\x01key:" + toJson(key), out);
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
            writeText(value.text, out);
            break;
        case Value::Kind::Atom:
            writeText(
                "\x01"
                "atom:" +
                    value.text,
                out);
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

std::string toJson(const Value& value) {
    std::string out;
    write(value, out);
    return out;
}

}  // namespace pe::yaml
