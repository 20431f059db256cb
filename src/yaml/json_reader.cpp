// SPDX-License-Identifier: MIT
#include <unordered_set>

#include "pe/base/utf8.hpp"
#include "pe/yaml/value.hpp"

namespace pe::yaml {
namespace {

constexpr std::size_t kDeepest = 1000;
constexpr std::string_view kKeyMark = "\x01key:";
constexpr std::string_view kAtomMark =
    "\x01"
    "atom:";

class JsonReader {
public:
    explicit JsonReader(std::string_view json) : json_(json) {}

    Result<Value> document() {
        PE_TRY_ASSIGN(Value result, value());
        skipSpace();
        if (at_ < json_.size())
            return unexpected();
        return result;
    }

private:
    Result<Value> value();
    Result<Value> array();
    Result<Value> object();
    Result<Value> number();
    Result<Value> word(std::string_view text, Value value);
    Result<std::string> text();
    Result<void> escape(std::string& out);
    Result<std::uint32_t> hex();
    Result<Value> key();

    char peek() const { return at_ < json_.size() ? json_[at_] : '\0'; }
    bool take(char c) {
        const bool found = at_ < json_.size() && json_[at_] == c;
        at_ += found ? 1 : 0;
        return found;
    }
    void skipSpace() {
        while (at_ < json_.size() && std::string_view(" \t\r\n").find(json_[at_]) != json_.npos)
            ++at_;
    }
    tl::unexpected<Error> unexpected() const {
        return fail(ErrorCode::Unreadable, "This is no valid JSON; correct it at the place named.",
                    "byte " + std::to_string(at_ + 1));
    }

    std::string_view json_;
    std::size_t at_ = 0;
    std::size_t depth_ = 0;
};

Result<Value> JsonReader::value() {
    skipSpace();
    const char c = peek();
    if (c == '{' || c == '[') {
        if (depth_ >= kDeepest)
            return fail(ErrorCode::LimitExceeded, "This JSON is nested too deep to read.");
        ++depth_;
        auto result = c == '{' ? object() : array();
        --depth_;
        return result;
    }
    if (c == '"') {
        PE_TRY_ASSIGN(std::string read, text());
        Value result = Value::ofString(std::move(read));
        if (result.text.starts_with(kAtomMark)) {
            result.kind = Value::Kind::Atom;
            result.text.erase(0, kAtomMark.size());
        }
        return result;
    }
    if (c == 't')
        return word("true", Value::ofBoolean(true));
    if (c == 'f')
        return word("false", Value::ofBoolean(false));
    if (c == 'n')
        return word("null", Value::null());
    return number();
}

Result<Value> JsonReader::word(std::string_view text, Value value) {
    if (json_.substr(at_, text.size()) != text)
        return unexpected();
    at_ += text.size();
    return value;
}

Result<Value> JsonReader::number() {
    const std::size_t begin = at_;
    const auto digits = [this] {
        const std::size_t from = at_;
        while (peek() >= '0' && peek() <= '9')
            ++at_;
        return at_ - from;
    };
    take('-');
    const bool zero = peek() == '0';
    const std::size_t whole = digits();
    if (whole == 0 || (zero && whole > 1))
        return unexpected();
    bool isFloat = false;
    if (take('.')) {
        isFloat = true;
        if (digits() == 0)
            return unexpected();
    }
    if (take('e') || take('E')) {
        isFloat = true;
        if (!take('+'))
            take('-');
        if (digits() == 0)
            return unexpected();
    }
    std::string found(json_.substr(begin, at_ - begin));
    if (!isFloat)
        return Value::ofInteger(found == "-0" ? "0" : std::move(found));
    const Value canonical = resolvePlain(found);
    return canonical.kind == Value::Kind::Float ? canonical : Value::ofFloat(std::move(found));
}

Result<std::uint32_t> JsonReader::hex() {
    std::uint32_t code = 0;
    for (int i = 0; i < 4; ++i) {
        const char c = peek();
        const char lower = static_cast<char>(c | 0x20);
        const bool digit = c >= '0' && c <= '9';
        if (!digit && (lower < 'a' || lower > 'f'))
            return unexpected();
        code = code * 16 + static_cast<std::uint32_t>(digit ? c - '0' : lower - 'a' + 10);
        ++at_;
    }
    return code;
}

Result<void> JsonReader::escape(std::string& out) {
    constexpr std::string_view kNames = "\"\\/bfnrt";
    constexpr std::string_view kBytes = "\"\\/\b\f\n\r\t";
    if (const auto name = kNames.find(peek()); at_ < json_.size() && name != kNames.npos) {
        out += kBytes[name];
        ++at_;
        return {};
    }
    if (!take('u'))
        return unexpected();
    PE_TRY_ASSIGN(std::uint32_t code, hex());
    if (code >= 0xD800 && code < 0xDC00 && json_.substr(at_, 2) == "\\u") {
        const std::size_t back = at_;
        at_ += 2;
        PE_TRY_ASSIGN(const std::uint32_t low, hex());
        if (low >= 0xDC00 && low < 0xE000)
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        else
            at_ = back;
    }
    utf8::append(out, code);
    return {};
}

Result<std::string> JsonReader::text() {
    std::string out;
    if (!take('"'))
        return unexpected();
    while (!take('"')) {
        if (at_ >= json_.size() || static_cast<unsigned char>(json_[at_]) < 0x20)
            return unexpected();
        if (take('\\')) {
            PE_TRY(escape(out));
        } else {
            out += json_[at_++];
        }
    }
    return out;
}

// A key that is no text was written as a marked text.
Result<Value> JsonReader::key() {
    PE_TRY_ASSIGN(std::string read, text());
    if (read.starts_with(kKeyMark) && depth_ < kDeepest) {
        JsonReader inner(std::string_view(read).substr(kKeyMark.size()));
        inner.depth_ = depth_ + 1;
        if (auto marked = inner.document())
            return marked;
    }
    return Value::ofString(std::move(read));
}

Result<Value> JsonReader::array() {
    Value result = Value::sequence();
    ++at_;
    skipSpace();
    if (take(']'))
        return result;
    for (;;) {
        PE_TRY_ASSIGN(Value item, value());
        result.items.push_back(std::move(item));
        skipSpace();
        if (take(']'))
            return result;
        if (!take(','))
            return unexpected();
    }
}

Result<Value> JsonReader::object() {
    Value result = Value::mapping();
    std::unordered_set<std::string> seen;
    ++at_;
    skipSpace();
    if (take('}'))
        return result;
    for (;;) {
        skipSpace();
        PE_TRY_ASSIGN(Value name, key());
        skipSpace();
        if (!take(':'))
            return unexpected();
        PE_TRY_ASSIGN(Value held, value());
        if (seen.insert(toJson(name)).second)
            result.entries.emplace_back(std::move(name), std::move(held));
        skipSpace();
        if (take('}'))
            return result;
        if (!take(','))
            return unexpected();
    }
}

}  // namespace

Result<Value> fromJson(std::string_view json) {
    return JsonReader(json).document();
}

}  // namespace pe::yaml
