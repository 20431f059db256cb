// SPDX-License-Identifier: MIT
// Border: the names that cross between steps that move into a file of their own and those that
// stay, and how the texts that hold them are written on the other side. Borrows a forest and its
// graph.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/format/graph.hpp"
#include "pe/format/resolution.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::document {

// What the step that runs the file hands over and gets back.
struct Crossing {
    std::vector<std::pair<std::string, std::string>> inputs;  // name, text with the template
    std::vector<std::string> outputs;                         // names of steps in the file
    std::vector<std::string> functions;                       // of this file, used by moved steps
    std::map<yaml::NodeRef, std::string> texts;               // scalars that are written anew
};

class Border {
public:
    Border(const yaml::Forest& forest, const std::vector<yaml::NodeRef>& moved, std::string name,
           const format::Catalogue& types);

    // Refused, with every line and its reason, where a name could not cross.
    Result<Crossing> crossing();

private:
    using Resolved = format::ResolvedReference;

    void useFunction(const std::string& function);
    bool isInside(format::GraphIndex index) const;
    Result<void> notMoved(const Resolved& reference) const;
    Result<void> inward(yaml::NodeRef at, const std::vector<const Resolved*>& references);
    Result<void> outward(yaml::NodeRef at, const std::vector<const Resolved*>& references);
    Result<void> prompted(const Resolved& reference);
    Result<std::string> named(std::string text, const Resolved& reference) const;
    bool crossesInto(const Resolved& reference) const;
    bool crossesOut(const Resolved& reference) const;
    std::string inputFor(const std::string& expression, const std::string& written);
    std::string pathTo(const std::string& step) const;
    std::string holderOf(const Resolved& reference) const;
    tl::unexpected<Error> refusal(yaml::NodeRef at, const std::string& reason) const;

    const yaml::Forest& forest_;
    std::string name_;  // of the step that will run the file
    format::Graph graph_;
    std::vector<bool> inside_;  // by graph index
    std::vector<bool> moved_;   // the steps themselves, not what is nested in them
    std::vector<Resolved> references_;
    Crossing crossing_;
};

}  // namespace pe::document
