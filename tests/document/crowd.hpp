// SPDX-License-Identifier: MIT
// Crowd: people who do anything to shared documents, at random: edit, type, undo, send, receive.
#pragma once

#include <rapidcheck.h>

#include <string>
#include <vector>

#include "pe/yaml/value.hpp"
#include "shared_documents.hpp"

namespace pe::document {

// Lines of kCrowdText that nobody touches.
inline constexpr const char* kFixed =
    "fixed:   # nobody comes here\n"
    "    odd:    [ 1,2 ,  3 ]\n"
    "    text: |\n"
    "        kept  \n"
    "          as it is\n";

inline const std::string kCrowdText =
    "# About.\n"
    "workflow:\n"
    "  name: n   # short\n"
    "  steps:\n"
    "    # One.\n"
    "    - name: one\n"
    "      tools: [a, b]\n"
    "      prompt: |\n"
    "        first\n"
    "        last\n"
    "\n"
    "    - name: two\n"
    "      options:\n"
    "        turns: 3\n"
    "    - name: three\n"
    "      list:\n"
    "        - x\n"
    "        - y\n" +
    std::string(kFixed);

// Who use anchors give entries one of two names and refer to them, again and again.
enum class Habits { NoAnchors, Anchors };

class Crowd {
public:
    // Of the first `people` members; 0: all.
    Crowd(SharedDocuments& peers, Random& random, Habits habits = Habits::NoAnchors,
          std::size_t people = 0)
        : peers_(peers),
          random_(random),
          habits_(habits),
          people_(people == 0 ? peers.size() : people) {}

    void act() {
        const std::size_t i = random_.below(people_);
        peers_.clock().advance(static_cast<std::int64_t>(random_.below(3000)));
        switch (random_.below(12)) {
            case 0:
            case 1:
                return peers_.send(i);
            case 2:
            case 3:
                return peers_.deliver(i, 1 + random_.below(4));
            case 4:
                return type(peers_[i]);
            case 7:
            case 8:
                if (habits_ == Habits::Anchors)
                    return typeProperty(peers_[i]);
                return (void)peers_[i].execute(command(peers_[i]));
            case 5:
                if (peers_[i].canUndo())
                    (void)peers_[i].undo();
                return;
            case 6:
                if (peers_[i].canRedo())
                    (void)peers_[i].redo();
                return;
            default:
                (void)peers_[i].execute(command(peers_[i]));
        }
    }

private:
    // Entries of the document outside of what stays as it is.
    std::vector<yaml::NodeRef> entries(const Document& document) {
        std::vector<yaml::NodeRef> all;
        const auto root = yaml::resolve(document.forest(), "/workflow");
        if (!root)
            return all;
        std::vector<yaml::NodeRef> open{*root};
        while (!open.empty()) {
            const yaml::NodeRef node = open.back();
            open.pop_back();
            all.push_back(node);
            for (const yaml::NodeRef child : document.forest().children(node))
                open.push_back(child);
        }
        return all;
    }

    yaml::Value value() {
        const std::string word = "w" + std::to_string(random_.below(6));
        switch (random_.below(6)) {
            case 0:
                return yaml::Value::sequence({yaml::Value::ofString(word)});
            case 1:
                return yaml::Value::mapping(
                    {{yaml::Value::ofString("k" + word), yaml::Value::ofInteger("1")}});
            case 2:
                return yaml::Value::ofString(word + "\nmore\n");
            default:
                return yaml::Value::ofString(word);
        }
    }

    Command command(const Document& document) {
        const auto all = entries(document);
        if (all.empty())
            return {Remove{yaml::kNoNode}, {}, 0};
        const yaml::NodeRef node = all[random_.below(all.size())];
        const yaml::NodeRef other = all[random_.below(all.size())];
        const auto children = document.forest().children(other);
        const yaml::NodeRef after =
            children.empty() ? yaml::kNoNode : children[random_.below(children.size())];
        const std::string key = "k" + std::to_string(random_.below(4));
        switch (random_.below(9)) {
            case 0:
                return {SetValue{node, value()}, {}, 0};
            case 1:
                return {SetField{other, key, value()}, {}, 0};
            case 2:
                return {Insert{other, after, key, value()}, {}, 0};
            case 3:
                return {Remove{node == all.front() ? other : node}, {}, 0};
            case 4:
                return {Move{node, other, after, key}, {}, 0};
            case 5:
                return {Move{node, other, after, std::nullopt}, {}, 0};
            case 6:
                return {SpliceText{node, 0, random_.below(2), "z"}, {}, 0};
            case 7:
                return {SetComment{node, "c" + key}, {}, 0};
            default:
                return {Duplicate{node}, {}, 0};
        }
    }

    void type(Document& document) {
        static constexpr const char* kPieces[] = {"x", " y", "\n", "  ", "- q\n", "k1: v\n"};
        const std::size_t end = document.text().find("fixed:");
        if (end == std::string::npos || end == 0)
            return;
        const std::size_t at = random_.below(end);
        RC_ASSERT(bool(document.replaceText(at, random_.below(2) % (end - at),
                                            kPieces[random_.below(std::size(kPieces))], 1)));
        if (document.hasDraft() && random_.below(4) != 0)
            document.discardDraft();
    }

    // An anchor or a tag in front of a value, or an alias in its place.
    void typeProperty(Document& document) {
        const auto all = entries(document);
        if (document.hasDraft() || all.empty())
            return;
        const yaml::NodeRef node = all[random_.below(all.size())];
        const yaml::Span value = document.valueSpan(node);
        const std::string name = random_.below(2) == 0 ? "p" : "q";
        const std::uint64_t kind = random_.below(5);
        const std::string text = kind < 2 ? "*" + name : kind == 2 ? "!!str " : "&" + name + " ";
        RC_ASSERT(bool(
            document.replaceText(value.begin, kind < 2 ? value.end - value.begin : 0, text, 1)));
        document.discardDraft();
    }

    SharedDocuments& peers_;
    Random& random_;
    Habits habits_;
    std::size_t people_;
};

}  // namespace pe::document
