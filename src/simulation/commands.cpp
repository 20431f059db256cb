// SPDX-License-Identifier: MIT
#include "commands.hpp"

#include <string>
#include <vector>

#include "pe/yaml/pointer.hpp"

namespace pe::simulation {
namespace {

using document::Command;
using yaml::NodeRef;
using yaml::Value;

class Commands {
public:
    Commands(Random& random, const yaml::Forest& forest) : random_(random), forest_(forest) {
        if (const auto workflow = yaml::resolve(forest, "/workflow"))
            all_.push_back(*workflow);
        for (std::size_t i = 0; i < all_.size(); ++i)
            for (const NodeRef child : forest.children(all_[i]))
                all_.push_back(child);
        if (const auto steps = yaml::resolve(forest, "/workflow/steps"))
            for (const NodeRef step : forest.children(*steps))
                steps_.push_back(step);
    }

    Command one() {
        const std::uint64_t kind = random_.below(all_.empty() ? 1 : 15);
        if (kind < 9)
            return simple(kind);
        switch (kind) {
            case 9:
                return {document::RenameStep{anyStep(), word()}, {}, 0};
            case 10:
                return {document::InsertText{any(), yaml::kNoNode, item(), {}}, {}, 0};
            case 11:
                return {document::ExtractSteps{someSteps(), word()}, {}, 0};
            case 12:
                return {document::InlinePipeline{anyStep()}, {}, 0};
            case 13:
                return {document::RenameKey{any(), key()}, {}, 0};
            default:
                return {
                    document::Batch{{simple(random_.below(9)), simple(random_.below(9))}}, {}, 0};
        }
    }

private:
    Command simple(std::uint64_t kind) {
        switch (kind) {
            case 1:
                return {document::SetField{any(), key(), value()}, {}, 0};
            case 2: {
                const NodeRef parent = any();
                return {document::Insert{parent, childOf(parent), key(), value()}, {}, 0};
            }
            case 3:
                return {document::Remove{anyInside()}, {}, 0};
            case 4:
            case 5: {
                const NodeRef parent = any();
                document::Move move{anyInside(), parent, childOf(parent), std::nullopt};
                if (kind == 5)
                    move.key = key();
                return {move, {}, 0};
            }
            case 6:
                return {
                    document::SpliceText{any(), random_.below(4), random_.below(3), word()}, {}, 0};
            case 7:
                return {document::SetComment{any(), "comment " + word()}, {}, 0};
            case 8:
                return {document::Duplicate{anyInside()}, {}, 0};
            default:
                return {document::SetValue{anyInside(), value()}, {}, 0};
        }
    }

    NodeRef any() { return all_.empty() ? yaml::kNoNode : all_[random_.below(all_.size())]; }
    // Not the workflow itself.
    NodeRef anyInside() {
        return all_.size() < 2 ? yaml::kNoNode : all_[1 + random_.below(all_.size() - 1)];
    }
    NodeRef anyStep() {
        return steps_.empty() ? yaml::kNoNode : steps_[random_.below(steps_.size())];
    }
    NodeRef childOf(NodeRef node) {
        if (node == yaml::kNoNode)
            return node;
        const auto children = forest_.children(node);
        const std::uint64_t at = random_.below(children.size() + 1);
        return at == 0 ? yaml::kNoNode : children[at - 1];
    }
    std::vector<NodeRef> someSteps() {
        if (steps_.empty())
            return {};
        const std::size_t first = random_.below(steps_.size());
        const std::size_t count = 1 + random_.below(steps_.size() - first);
        const auto begin = steps_.begin() + static_cast<std::ptrdiff_t>(first);
        return {begin, begin + static_cast<std::ptrdiff_t>(count)};
    }

    std::string word() { return "w" + std::to_string(random_.below(8)); }
    std::string key() { return "k" + std::to_string(random_.below(5)); }
    std::string item() { return "# New.\n- name: " + word() + "\n  type:   claude\n"; }
    Value value() {
        switch (random_.below(6)) {
            case 0:
                return Value::sequence({Value::ofString(word())});
            case 1:
                return Value::mapping({{Value::ofString(key()), Value::ofInteger("1")}});
            case 2:
                return Value::ofString(word() + "\nmore\n");
            case 3:
                return Value::ofString(": # {{" + word() + "}} \"");
            default:
                return Value::ofString(word());
        }
    }

    Random& random_;
    const yaml::Forest& forest_;
    std::vector<NodeRef> all_;
    std::vector<NodeRef> steps_;
};

}  // namespace

Command drawCommand(Random& random, const document::Document& document) {
    return Commands(random, document.forest()).one();
}

}  // namespace pe::simulation
