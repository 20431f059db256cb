// SPDX-License-Identifier: MIT
// The command line of the editor.
#include <charconv>
#include <cstdio>
#include <initializer_list>

#include "pe/editor/program.hpp"

namespace pe::editor {

namespace {

Result<void> readSize(const std::string& text, Options& options) {
    char rest = 0;
    if (std::sscanf(text.c_str(), "%dx%d%c", &options.width, &options.height, &rest) != 2 ||
        options.width < 100 || options.height < 100 || options.width > 20000 ||
        options.height > 20000)
        return fail(ErrorCode::InvalidArgument, "--size wants WIDTHxHEIGHT, for example 1280x800.");
    return {};
}

Result<void> oneOf(const std::string& option, const std::string& value,
                   std::initializer_list<const char*> allowed) {
    std::string list;
    for (const char* each : allowed) {
        if (value == each)
            return {};
        list += (list.empty() ? "" : ", ") + std::string(each);
    }
    return fail(ErrorCode::InvalidArgument, option + " wants one of: " + list + ".");
}

Result<void> takeValue(const std::string& option, const std::string& value, Options& options) {
    if (option == "--replica") {
        options.replica = value;
    } else if (option == "--screenshot") {
        options.screenshot = value;
    } else if (option == "--theme") {
        options.theme = value;
        return oneOf(option, value, {"light", "dark"});
    } else if (option == "--view") {
        options.view = value;
        return oneOf(option, value, {"split", "graph", "text"});
    } else if (option == "--select") {
        options.select = value;
        options.hasSelect = true;
    } else if (option == "--size") {
        return readSize(value, options);
    } else if (option == "--scale") {
        const char* end = value.data() + value.size();
        const auto read = std::from_chars(value.data(), end, options.scale);
        if (read.ec != std::errc() || read.ptr != end || !(options.scale >= 0.5) ||
            options.scale > 8)
            return fail(ErrorCode::InvalidArgument, "--scale wants a number from 0.5 to 8.");
    } else {
        return fail(ErrorCode::InvalidArgument, "There is no option " + option + ".");
    }
    return {};
}

}  // namespace

Result<Options> parseOptions(const std::vector<std::string>& arguments) {
    Options options;
    bool onlyFiles = false;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        std::string option = arguments[i];
        if (onlyFiles || option.empty() || option[0] != '-') {
            options.files.push_back(option);
            continue;
        }
        if (option == "--")
            onlyFiles = true;
        else if (option == "--help" || option == "-h")
            options.help = true;
        else if (option == "--version")
            options.version = true;
        else if (option == "--benchmark")
            options.benchmark = true;
        else if (const auto equals = option.find('='); equals != std::string::npos)
            PE_TRY(takeValue(option.substr(0, equals), option.substr(equals + 1), options));
        else if (i + 1 < arguments.size())
            PE_TRY(takeValue(option, arguments[++i], options));
        else
            return fail(ErrorCode::InvalidArgument, option + " wants a value, or is unknown.");
    }
    if (options.benchmark && options.files.empty())
        return fail(ErrorCode::InvalidArgument, "--benchmark wants a file to measure with.");
    return options;
}

std::string usage() {
    return "Usage: pipeline-editor [OPTION...] [FILE...]\n"
           "Edits YAML pipelines as a graph and as text.\n\n"
           "  --replica DIR           keep the journal and the settings in DIR\n"
           "  --theme light|dark      start with this theme\n"
           "  --screenshot OUT.png    paint the window into a picture and leave\n"
           "    --size WxH            of the window (1280x800)\n"
           "    --scale S             pixels of the picture per pixel of the window (1)\n"
           "    --select POINTER      select what a JSON Pointer names\n"
           "    --view split|graph|text\n"
           "  --benchmark             measure frame times with FILE and print JSON\n"
           "  --help, --version\n";
}

}  // namespace pe::editor
