// SPDX-License-Identifier: MIT
#include "functions.hpp"

#include <regex>

#include "masking.hpp"
#include "source_file.hpp"

namespace pe::tidy {

namespace {

enum class Brace { Scope, Function, Data };

std::string onOneLine(std::string_view text) {
    static const std::regex blanks("\\s+");
    const std::string flat = std::regex_replace(std::string(text), blanks, " ");
    const std::size_t first = flat.find_first_not_of(' ');
    return first == std::string::npos ? "" : flat.substr(first);
}

// What a brace opens follows from what stands before it since the last statement.
Brace kindOf(const std::string& head) {
    static const std::regex templates("template ?<[^()]*>");
    static const std::regex scope(
        "(^|[ :])(namespace|class|struct|union|enum)( |$)|^extern *$|^inline namespace");
    const std::string plain = std::regex_replace(head, templates, "");
    const std::size_t parenthesis = plain.find('(');
    std::smatch found;
    if (std::regex_search(plain, found, scope) &&
        (parenthesis == std::string::npos ||
         static_cast<std::size_t>(found.position()) < parenthesis) &&
        plain.find(") ", parenthesis) == std::string::npos)
        return Brace::Scope;
    return parenthesis == std::string::npos ? Brace::Data : Brace::Function;
}

std::size_t closingBrace(std::string_view code, std::size_t open) {
    std::size_t depth = 0;
    for (std::size_t at = open; at < code.size(); ++at) {
        if (code[at] == '{')
            ++depth;
        if (code[at] == '}' && --depth == 0)
            return at;
    }
    return code.size();
}

// `a_{1}, b_(2) {`: the brace was a member initializer, and the body is still to come.
bool bodyFollows(std::string_view code, std::size_t close) {
    const std::size_t next = code.find_first_not_of(" \t\n", close + 1);
    return next != std::string_view::npos && (code[next] == '{' || code[next] == ',');
}

}  // namespace

std::vector<FunctionBody> functionsIn(std::string_view masked) {
    const std::string code = withoutDirectives(masked);
    std::vector<FunctionBody> found;
    std::size_t headStart = 0;
    for (std::size_t at = 0; at < code.size(); ++at) {
        if (code[at] == ';' || code[at] == '}')
            headStart = at + 1;
        if (code[at] != '{')
            continue;
        const std::string head =
            onOneLine(std::string_view(code).substr(headStart, at - headStart));
        const Brace kind = kindOf(head);
        if (kind == Brace::Scope) {
            headStart = at + 1;
            continue;
        }
        const std::size_t close = closingBrace(code, at);
        const bool continues = bodyFollows(code, close);
        if (kind == Brace::Function && !continues) {
            const std::size_t first = lineAt(code, at);
            found.push_back({head, first, lineAt(code, close) - first + 1});
        }
        at = close;
        if (!continues)
            headStart = close + 1;
    }
    return found;
}

}  // namespace pe::tidy
