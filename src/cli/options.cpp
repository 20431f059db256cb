// SPDX-License-Identifier: MIT
#include "options.hpp"

#include <algorithm>
#include <charconv>

namespace pe::cli {
namespace {

const OptionSpec* findSpec(const std::vector<OptionSpec>& known, const std::string& name) {
    const auto found = std::find_if(known.begin(), known.end(),
                                    [&](const OptionSpec& each) { return each.name == name; });
    return found == known.end() ? nullptr : &*found;
}

std::string listOf(const std::vector<OptionSpec>& known) {
    std::string list;
    for (const OptionSpec& each : known)
        list += (list.empty() ? "--" : ", --") + each.name;
    return list.empty() ? "it takes none" : "it takes " + list;
}

}  // namespace

Result<Options> Options::parse(const std::vector<std::string>& arguments,
                               const std::vector<OptionSpec>& known) {
    Options options;
    bool ended = false;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& argument = arguments[i];
        if (ended || argument.size() < 2 || argument.compare(0, 2, "--") != 0) {
            options.operands_.push_back(argument);
            continue;
        }
        if (argument == "--") {
            ended = true;
            continue;
        }
        const std::size_t equals = argument.find('=');
        const std::string name =
            argument.substr(2, equals == std::string::npos ? equals : equals - 2);
        const OptionSpec* spec = findSpec(known, name);
        if (!spec)
            return fail(ErrorCode::InvalidArgument,
                        "unknown option --" + name + "; " + listOf(known));
        std::string value;
        if (equals != std::string::npos) {
            if (spec->kind == OptionKind::Flag)
                return fail(ErrorCode::InvalidArgument, "--" + name + " takes no value");
            value = argument.substr(equals + 1);
            if (value.empty() && spec->kind == OptionKind::OptionalValue)
                return fail(ErrorCode::InvalidArgument,
                            "--" + name + "= names nothing; leave out the = for all");
        } else if (spec->kind == OptionKind::Value) {
            if (++i == arguments.size())
                return fail(ErrorCode::InvalidArgument, "--" + name + " needs a value");
            value = arguments[i];
        }
        options.given_[name].push_back(value);
        options.inOrder_.emplace_back(name, value);
    }
    return options;
}

std::string Options::value(const std::string& name, std::string otherwise) const {
    const auto found = given_.find(name);
    return found == given_.end() ? std::move(otherwise) : found->second.back();
}

std::vector<std::string> Options::values(const std::string& name) const {
    const auto found = given_.find(name);
    return found == given_.end() ? std::vector<std::string>{} : found->second;
}

Result<long> Options::number(const std::string& name, long otherwise, long minimum,
                             long maximum) const {
    if (!has(name))
        return otherwise;
    const std::string text = value(name);
    long number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < minimum ||
        number > maximum)
        return fail(ErrorCode::InvalidArgument,
                    "--" + name + " takes a whole number from " + std::to_string(minimum) + " to " +
                        std::to_string(maximum) + ", not '" + text + "'");
    return number;
}

}  // namespace pe::cli
