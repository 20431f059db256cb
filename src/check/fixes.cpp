// SPDX-License-Identifier: MIT
#include "fixes.hpp"

#include <utility>

#include "fields.hpp"

namespace pe::check {
namespace {

template <class What>
Fix commandFix(std::string title, What what, Safety safety) {
    document::Command command{std::move(what), title, 0};
    return {std::move(title), safety == Safety::Safe, std::move(command)};
}

}  // namespace

Fix setValueFix(std::string title, yaml::NodeRef node, yaml::Value value, Safety safety) {
    return commandFix(std::move(title), document::SetValue{node, std::move(value)}, safety);
}

Fix insertFix(std::string title, yaml::NodeRef mapping, yaml::NodeRef after, std::string key,
              yaml::Value value, Safety safety) {
    return commandFix(std::move(title),
                      document::Insert{mapping, after, std::move(key), std::move(value)}, safety);
}

Fix renameKeyFix(std::string title, yaml::NodeRef entry, std::string key, Safety safety) {
    return commandFix(std::move(title), document::RenameKey{entry, std::move(key)}, safety);
}

Fix removeFix(std::string title, yaml::NodeRef entry, Safety safety) {
    return commandFix(std::move(title), document::Remove{entry}, safety);
}

Fix fillFix(std::string title, yaml::NodeRef mapping, yaml::NodeRef entry, yaml::NodeRef after,
            std::string key, yaml::Value value, Safety safety) {
    if (entry != yaml::kNoNode)
        return setValueFix(std::move(title), entry, std::move(value), safety);
    return insertFix(std::move(title), mapping, after, std::move(key), std::move(value), safety);
}

Fix outputPathFix(yaml::NodeRef output, const std::string& path) {
    const std::string name = path.substr(path.rfind('.') + 1);
    return setValueFix(
        "Write `{path: " + shortened(path) + ", as: " + shortened(name) + "}`", output,
        yaml::Value::mapping({{yaml::Value::ofString("path"), yaml::Value::ofString(path)},
                              {yaml::Value::ofString("as"), yaml::Value::ofString(name)}}),
        Safety::Choice);
}

yaml::Value staticPart(std::string text) {
    return yaml::Value::mapping(
        {{yaml::Value::ofString("type"), yaml::Value::ofString("static")},
         {yaml::Value::ofString("content"), yaml::Value::ofString(std::move(text))}});
}

}  // namespace pe::check
