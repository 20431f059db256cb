// SPDX-License-Identifier: MIT
// LexemeCache: a Forest whose lexemes are read once. The live document puts a lexeme together from
// its registers each time, and rules ask for the same ones over and over. Good for one run of the
// checker, while the forest does not change; the memory is used again in the next.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "pe/yaml/forest.hpp"

namespace pe::check {

class LexemeCache final : public yaml::Forest {
public:
    const yaml::Forest& over(const yaml::Forest& forest) {
        forest_ = &forest;
        std::fill(places_.begin(), places_.end(), 0);
        lexemes_.clear();
        return *this;
    }

    yaml::Lexeme lexeme(yaml::NodeRef node) const override { return read(node); }
    yaml::Style style(yaml::NodeRef node) const override { return read(node).style; }
    std::string_view key(yaml::NodeRef node) const override { return read(node).key; }
    std::span<const yaml::NodeRef> children(yaml::NodeRef node) const override {
        return forest_->children(node);
    }
    yaml::NodeRef parent(yaml::NodeRef node) const override { return forest_->parent(node); }

private:
    static constexpr std::size_t kFirst = 256;

    const yaml::Lexeme& read(yaml::NodeRef node) const {
        if (node >= places_.size())
            places_.resize(static_cast<std::size_t>(node) + kFirst, 0);
        if (places_[node] == 0) {
            lexemes_.push_back(forest_->lexeme(node));
            places_[node] = static_cast<std::uint32_t>(lexemes_.size());
        }
        return lexemes_[places_[node] - 1];
    }

    const yaml::Forest* forest_ = nullptr;
    mutable std::vector<std::uint32_t> places_;  // of a node in lexemes_, plus one; 0: not read yet
    mutable std::vector<yaml::Lexeme> lexemes_;
};

}  // namespace pe::check
