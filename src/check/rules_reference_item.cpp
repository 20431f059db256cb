// SPDX-License-Identifier: MIT
// Parts that no item of a loop can have, because the pipeline holds the list that it runs over.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fields.hpp"
#include "loop_items.hpp"
#include "nearest.hpp"
#include "pe/check/result_parts.hpp"
#include "reference_rules.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using format::ResultKind;
using yaml::NodeRef;

class ItemCheck {
public:
    ItemCheck(const StepContext& context, const ItemUse& use, Reporter& reporter)
        : pipeline_(context.pipeline), type_(context.type), use_(use), reporter_(reporter) {}

    void check() {
        TextRange rest = use_.path;
        // In a condition it asks how much there is of what stands before.
        if (use_.place == UsePlace::Condition)
            rest.end = use_.item.end + withoutLength({use_.item.end, rest.end}).size();
        rest.begin = std::min(rest.begin, rest.end);
        auto items = loopItems(pipeline_, use_.loop);
        known_ = {use_.item.begin, use_.item.end};
        while (items && !rest.empty()) {
            const TextRange word{rest.begin, std::min(use_.text.find('.', rest.begin), rest.end)};
            if (holdsNoMapping(*items))
                return reportBehind(items->kind);
            if (items->written.empty())
                return checkKey(items->keys, word);
            auto parts = partsOf(pipeline_.forest, *items, word.in(use_.text));
            if (parts && parts->written.empty())
                return reportMissing(keysOf(*items), word);
            items = std::move(parts);
            known_.end = word.end;
            rest.begin = std::min(word.end + 1, rest.end);
        }
        if (items && use_.place == UsePlace::Source && isNoList(items->kind))
            reportNoList(items->kind);
    }

private:
    std::string_view withoutLength(TextRange path) const {
        constexpr std::string_view kLength = ".length";
        const std::string_view written = path.in(use_.text);
        return written.substr(0,
                              written.size() - (written.ends_with(kLength) ? kLength.size() : 0));
    }

    bool holdsNoMapping(const LoopItems& items) const {
        if (items.kind != ResultKind::Any || items.written.empty())
            return items.kind != ResultKind::Mapping;
        return std::none_of(items.written.begin(), items.written.end(), [&](NodeRef each) {
            return mappingBehind(pipeline_.forest, each) != yaml::kNoNode;
        });
    }

    // The item, or a part of it.
    std::string shown() const {
        const std::string loop = quoted(pipeline_.graph.nodes[use_.loop].name);
        const std::string known = quoted(known_.in(use_.text));
        return known_ == use_.item ? known + ", the item of " + loop + ","
                                   : known + " in the items of " + loop;
    }

    std::string_view outcome(bool ofNoMapping) const {
        if (use_.place != UsePlace::Condition)
            return outcomeOfMissing(use_.place);
        if (!ofNoMapping)
            return "What is not there is null: it differs from every value and compares with none.";
        return type_ == "while_loop" ? "Looking for a part in it raises an exception, and the loop "
                                       "fails."
                                     : "Looking for a part in it raises an exception, and the "
                                       "condition does not hold.";
    }

    void reportBehind(ResultKind kind) {
        const std::string_view word = kindWord(kind);
        Diagnostic& found = reporter_.onPart(
            "reference.result-part", use_.node, use_.item.begin, use_.path.end,
            shown() + " is " + (word.empty() ? "no mapping" : "a " + std::string(word)) +
                ", and no path goes into one; end the path there.");
        found.why = outcome(true);
        if (use_.place != UsePlace::Source)
            found.fixes.push_back(
                fixPart(use_.node, use_.text, {known_.end, use_.path.end}, "", Safety::Choice));
    }

    void checkKey(const std::vector<std::string>& keys, TextRange word) {
        if (!keys.empty() && std::find(keys.begin(), keys.end(), word.in(use_.text)) == keys.end())
            reportMissing(keys, word);
    }

    // Each once.
    std::vector<std::string> keysOf(const LoopItems& items) const {
        std::vector<std::string> keys;
        for (const NodeRef item : items.written) {
            const NodeRef mapping = mappingBehind(pipeline_.forest, item);
            if (mapping == yaml::kNoNode)
                continue;
            for (const NodeRef entry : pipeline_.forest.children(mapping))
                if (std::string key = keyOf(pipeline_.forest, entry);
                    !key.empty() && std::find(keys.begin(), keys.end(), key) == keys.end())
                    keys.push_back(std::move(key));
        }
        return keys;
    }

    void reportMissing(const std::vector<std::string>& keys, TextRange word) {
        Diagnostic& found =
            reporter_.onPart("reference.result-part", use_.node, word.begin, word.end,
                             shown() + " never has a " + quoted(word.in(use_.text)) +
                                 (keys.empty() ? "." : "; it has " + listed(keys) + "."));
        found.why = outcome(false);
        const std::string_view meant = nearest(word.in(use_.text), {keys.begin(), keys.end()});
        if (!meant.empty())
            found.fixes.push_back(
                fixPart(use_.node, use_.text, word, std::string(meant), Safety::Choice));
    }

    void reportNoList(ResultKind kind) {
        reporter_
            .onPart("source.whole-result", use_.node, known_.begin, known_.end,
                    shown() + " is a " + std::string(kindWord(kind)) + ", and a loop needs a list.")
            .why = outcomeOfMissing(use_.place);
    }

    const PipelineContext& pipeline_;
    std::string_view type_;
    const ItemUse& use_;
    Reporter& reporter_;
    TextRange known_;  // up to which the path leads
};

}  // namespace

void checkItemPart(const StepContext& context, const ItemUse& use, Reporter& reporter) {
    ItemCheck(context, use, reporter).check();
}

}  // namespace pe::check
