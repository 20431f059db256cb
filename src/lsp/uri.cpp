// SPDX-License-Identifier: MIT
#include "pe/lsp/uri.hpp"

#include <cctype>

namespace pe::lsp {
namespace {

constexpr std::string_view kScheme = "file://";

int hexValue(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    const int letter = std::tolower(static_cast<unsigned char>(c));
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

bool standsForItself(unsigned char c) {
    return std::isalnum(c) != 0 ||
           std::string_view("-._~/").find(static_cast<char>(c)) != std::string_view::npos;
}

}  // namespace

std::string pathOf(std::string_view uri) {
    if (uri.substr(0, kScheme.size()) != kScheme)
        return {};
    uri.remove_prefix(kScheme.size());
    const std::size_t slash = uri.find('/');  // past the host
    if (slash == std::string_view::npos)
        return {};
    uri.remove_prefix(slash);
    std::string path;
    for (std::size_t i = 0; i < uri.size(); ++i) {
        const bool escape = uri[i] == '%' && i + 2 < uri.size() && hexValue(uri[i + 1]) >= 0 &&
                            hexValue(uri[i + 2]) >= 0;
        path +=
            escape ? static_cast<char>(hexValue(uri[i + 1]) * 16 + hexValue(uri[i + 2])) : uri[i];
        i += escape ? 2 : 0;
    }
    return path;
}

std::string uriOf(std::string_view path) {
    static constexpr char kDigits[] = "0123456789ABCDEF";
    std::string uri(path.starts_with('/') ? kScheme : std::string_view());
    for (const char each : path) {
        const auto byte = static_cast<unsigned char>(each);
        if (standsForItself(byte)) {
            uri += each;
        } else {
            uri += '%';
            uri += kDigits[byte >> 4];
            uri += kDigits[byte & 15];
        }
    }
    return uri;
}

}  // namespace pe::lsp
