// SPDX-License-Identifier: MIT
// Draft: a Forest that owns its texts and applies Edits, for tests only. It is built from any other
// Forest and keeps that one's references, so an Edit made for the original applies to the Draft.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "pe/yaml/edit.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::testing {

class Draft final : public yaml::Forest {
public:
    // Nodes are numbered as in `forest`.
    explicit Draft(const yaml::Forest& forest) { copy(forest, yaml::kStream, yaml::kNoNode); }
    // An empty stream with nothing in it.
    Draft() : nodes_(1) { nodes_[0].entry.style = yaml::Style::Stream; }

    yaml::Lexeme lexeme(yaml::NodeRef node) const override {
        const yaml::Entry& e = nodes_[node].entry;
        return {e.style, e.column, e.offset, e.prefix, e.key,   e.colon,
                e.props, e.open,   e.raw,    e.footer, e.suffix};
    }
    std::span<const yaml::NodeRef> children(yaml::NodeRef node) const override {
        return nodes_[node].children;
    }
    yaml::NodeRef parent(yaml::NodeRef node) const override { return nodes_[node].parent; }

    std::size_t size() const { return nodes_.size(); }
    yaml::Entry& entry(yaml::NodeRef node) { return nodes_[node].entry; }

    yaml::NodeRef insert(yaml::NodeRef parent, yaml::NodeRef after, const yaml::Entry& entry) {
        const auto node = static_cast<yaml::NodeRef>(nodes_.size());
        nodes_.push_back({entry, yaml::kNoNode, {}});
        nodes_[node].entry.children.clear();
        attach(node, parent, after);
        yaml::NodeRef last = yaml::kNoNode;
        for (const yaml::Entry& child : entry.children)
            last = insert(node, last, child);
        return node;
    }
    yaml::NodeRef append(yaml::NodeRef parent, const yaml::Entry& entry) {
        const auto& siblings = nodes_[parent].children;
        return insert(parent, siblings.empty() ? yaml::kNoNode : siblings.back(), entry);
    }
    void remove(yaml::NodeRef node) {
        auto& siblings = nodes_[nodes_[node].parent].children;
        siblings.erase(std::find(siblings.begin(), siblings.end(), node));
        nodes_[node].parent = yaml::kNoNode;
    }
    void move(yaml::NodeRef node, yaml::NodeRef parent, yaml::NodeRef after) {
        remove(node);
        attach(node, parent, after);
    }

    void apply(const yaml::Edit& edit) {
        for (const auto node : edit.removals)
            remove(node);
        for (const auto& [node, parent, after] : edit.relocations)
            move(node, parent, after);
        std::vector<yaml::NodeRef> inserted;
        for (std::size_t i = 0; i < edit.insertions.size(); ++i) {
            const auto& insertion = edit.insertions[i];
            yaml::NodeRef after = insertion.after;
            for (std::size_t j = 0; j < i; ++j) {
                const auto& earlier = edit.insertions[j];
                if (earlier.parent == insertion.parent && earlier.after == insertion.after)
                    after = inserted[j];
            }
            inserted.push_back(insert(insertion.parent, after, insertion.entry));
        }
        for (const auto& patch : edit.patches)
            apply(patch);
    }

private:
    struct Node {
        yaml::Entry entry;
        yaml::NodeRef parent = yaml::kNoNode;
        std::vector<yaml::NodeRef> children;
    };

    void copy(const yaml::Forest& forest, yaml::NodeRef node, yaml::NodeRef parent) {
        if (nodes_.size() <= node)
            nodes_.resize(node + 1);
        const yaml::Lexeme l = forest.lexeme(node);
        yaml::Entry e;
        e.style = l.style;
        e.column = l.column;
        e.offset = l.offset;
        e.prefix = l.prefix;
        e.key = l.key;
        e.colon = l.colon;
        e.props = l.props;
        e.open = l.open;
        e.raw = l.raw;
        e.footer = l.footer;
        e.suffix = l.suffix;
        const auto children = forest.children(node);
        nodes_[node] = {std::move(e), parent, {children.begin(), children.end()}};
        for (const auto child : children)
            copy(forest, child, node);
    }

    void attach(yaml::NodeRef node, yaml::NodeRef parent, yaml::NodeRef after) {
        auto& siblings = nodes_[parent].children;
        auto at = siblings.begin();
        if (after != yaml::kNoNode)
            at = std::next(std::find(siblings.begin(), siblings.end(), after));
        siblings.insert(at, node);
        nodes_[node].parent = parent;
    }

    void apply(const yaml::FieldPatch& patch) {
        yaml::Entry& entry = nodes_[patch.node].entry;
        switch (patch.field) {
            case yaml::Field::Prefix:
                entry.prefix = patch.form.prefix;
                break;
            case yaml::Field::Key:
                entry.key = patch.form.key;
                break;
            case yaml::Field::Colon:
                entry.colon = patch.form.colon;
                break;
            case yaml::Field::Props:
                entry.props = patch.form.props;
                break;
            case yaml::Field::Footer:
                entry.footer = patch.form.footer;
                break;
            case yaml::Field::Suffix:
                entry.suffix = patch.form.suffix;
                break;
            case yaml::Field::Column:
                entry.column = patch.form.column;
                break;
            case yaml::Field::Value:
                entry.style = patch.form.style;
                entry.offset = patch.form.offset;
                entry.open = patch.form.open;
                entry.raw = patch.form.raw;
                break;
        }
    }

    std::vector<Node> nodes_;
};

}  // namespace pe::testing
