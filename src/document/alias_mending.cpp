// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "mending.hpp"
#include "pe/yaml/properties.hpp"
#include "pe/yaml/scalar.hpp"
#include "pe/yaml/value.hpp"

namespace pe::document {
namespace {

using yaml::Lexeme;
using yaml::NodeRef;
using yaml::Style;
using yaml::wordAt;

// The name that an alias text asks for.
std::string_view askedFor(std::string_view alias) {
    return wordAt(alias, 1);
}

// The names of anchors that stand in front of a place in a document.
class NamesAbove {
public:
    void clear() { names_.clear(); }
    bool has(std::string_view name) const { return names_.count(std::string(name)) != 0; }
    void add(std::string_view name) {
        if (!name.empty())
            names_.emplace(name);
    }

    void addOf(const Lexeme& lexeme) {
        addOfKey(lexeme.key);
        add(yaml::anchorOf(lexeme.props));
    }

private:
    // A key that is a collection can hold anchors anywhere, a text only in front of it.
    void addOfKey(std::string_view key) {
        if (key.empty() || std::string_view("&!?[{").find(key.front()) == std::string_view::npos)
            return;
        if (const auto props = yaml::propsOfKey(key))
            return add(yaml::anchorOf(*props));
        for (std::size_t at = key.find('&'); at < key.size(); at = key.find('&', at + 1)) {
            const std::string_view word = wordAt(key, at + 1);
            add(word.substr(0, word.find_first_of(",[]{}")));
        }
    }

    std::unordered_set<std::string> names_;
};

// Calls visit(node) for every shown entry of a document in the order of the text. What is shown in
// an entry is asked for after its visit, which may change it.
template <class Visit>
void walk(const yaml::Forest& forest, NodeRef document, Visit visit) {
    std::vector<NodeRef> open{document};
    while (!open.empty()) {
        const NodeRef node = open.back();
        open.pop_back();
        visit(node);
        const auto children = forest.children(node);
        open.insert(open.end(), children.rbegin(), children.rend());
    }
}

// Visits the aliases whose anchor does not stand in front of them.
template <class Adrift>
void forEachAdrift(const ReplicatedForest& forest, NamesAbove& above, Adrift adrift) {
    for (const NodeRef document : forest.children(yaml::kStream)) {
        above.clear();
        walk(forest, document, [&](NodeRef node) {
            const Lexeme lexeme = forest.lexeme(node);
            const bool key = lexeme.key.starts_with('*') && !above.has(askedFor(lexeme.key));
            above.addOf(lexeme);
            const bool value = lexeme.style == Style::Alias && !above.has(askedFor(lexeme.raw));
            if (!key && !value)
                return;
            adrift(document, node, key, value);
            above.addOf(forest.lexeme(node));
        });
    }
}

class AliasMender {
public:
    explicit AliasMender(ReplicatedForest& forest) : forest_(forest) {}

    void run() {
        forEachAdrift(forest_, above_,
                      [this](NodeRef document, NodeRef node, bool key, bool value) {
                          document_ = document;
                          if (key)
                              mendKey(node);
                          if (value)
                              mendValue(node);
                      });
    }

private:
    // An entry whose value an alias may have meant.
    struct Candidate {
        NodeRef node = yaml::kNoNode;
        bool key = false;     // its key has the name
        bool former = false;  // it had the name before
        bool gone = false;    // it is not shown
        crdt::OpId since;     // the younger, the likelier
    };

    void mendKey(NodeRef node) {
        const std::string name(askedFor(forest_.key(node)));
        const auto found = choose(node, name);
        const bool known = found && (found->key || !yaml::isCollection(forest_.style(found->node)));
        const std::string text = !known       ? "*" + name
                                 : found->key ? yaml::keyText(forest_, found->node)
                                              : yaml::scalarText(forest_, found->node);
        const bool typed = known && !found->key && forest_.style(found->node) == Style::Plain &&
                           !yaml::resolvePlain(text).isString();
        yaml::Entry form = yaml::formOf(forest_.written(node));
        yaml::ScalarPlace place;
        place.key = true;
        place.flow = yaml::isFlowCollection(forest_.style(forest_.parent(node)));
        form.key = typed ? text : yaml::encodeString(text, Style::Plain, place).raw;
        forest_.standIn(node, std::move(form));
    }

    void mendValue(NodeRef alias) {
        const std::string name(askedFor(forest_.lexeme(alias).raw));
        const auto found = choose(alias, name);
        if (!found || found->key)
            return showText(alias, found ? yaml::keyText(forest_, found->node) : "*" + name);
        const std::string now(yaml::anchorOf(forest_.written(found->node).props));
        if (found->former && above_.has(now))
            return follow(alias, now);
        if (!found->gone && standsBefore(found->node, alias))
            return nameAgain(found->node, name);
        forest_.lend(alias, found->node, now.empty() ? name : now);
    }

    // The anchor was taken away and nothing else.
    void nameAgain(NodeRef node, const std::string& name) {
        yaml::Entry form = yaml::formOf(forest_.written(node));
        form.props.insert(0, "&" + name + " ");
        forest_.standIn(node, std::move(form));
        above_.add(name);
    }

    bool standsBefore(NodeRef node, NodeRef alias) const {
        bool passed = false;
        bool before = false;
        walk(forest_, document_, [&](NodeRef at) {
            passed = passed || at == alias;
            before = before || (at == node && !passed);
        });
        return before;
    }

    // The anchor has another name now.
    void follow(NodeRef alias, const std::string& name) {
        yaml::Entry form = yaml::formOf(forest_.written(alias));
        form.raw = "*" + name;
        forest_.standIn(alias, std::move(form));
    }

    void showText(NodeRef alias, const std::string& text) {
        yaml::Entry form = yaml::formOf(forest_.written(alias));
        const yaml::ScalarText quoted = yaml::encodeString(text, Style::SingleQuoted, {});
        form.style = quoted.style;
        form.raw = quoted.raw;
        forest_.standIn(alias, std::move(form));
    }

    // Nothing is shown inside itself, or in two places.
    bool mayLend(NodeRef from, NodeRef alias) const {
        if (forest_.lentTo(from) != yaml::kNoNode || forest_.hasStandIn(from))
            return false;
        for (NodeRef at = alias; at != yaml::kNoNode; at = forest_.parent(at))
            if (at == from)
                return false;
        return true;
    }

    std::optional<Candidate> choose(NodeRef alias, const std::string& name) {
        if (!indexed_)
            index();
        std::optional<Candidate> best;
        const auto [begin, end] = named_.equal_range(name);
        for (auto each = begin; each != end; ++each) {
            const Candidate& candidate = each->second;
            const bool usable =
                candidate.key || (candidate.node != alias && mayLend(candidate.node, alias) &&
                                  (candidate.gone || isInDocument(candidate.node)));
            if (usable && (!best || isBetter(candidate, *best)))
                best = candidate;
        }
        return best;
    }

    // What is there is meant rather than what is gone, and what has the name rather than what had.
    static bool isBetter(const Candidate& a, const Candidate& b) {
        if (a.gone != b.gone)
            return b.gone;
        if (a.key != b.key)
            return b.key;
        if (a.former != b.former)
            return b.former;
        if (a.since.counter != b.since.counter)
            return a.since.counter > b.since.counter;
        return a.since.replica > b.since.replica;
    }

    bool isInDocument(NodeRef node) const {
        while (node != document_ && node != yaml::kStream && node != yaml::kNoNode)
            node = forest_.parent(node);
        return node == document_;
    }

    void index() {
        indexed_ = true;
        std::unordered_set<NodeRef> shown;
        for (const NodeRef document : forest_.children(yaml::kStream))
            walk(forest_, document, [&](NodeRef node) { shown.insert(node); });
        for (NodeRef node = 1; node < forest_.tree().end(); ++node)
            indexOne(node, shown.count(node) == 0);
    }

    void indexOne(NodeRef node, bool gone) {
        const crdt::ReplicatedTree& tree = forest_.tree();
        const std::string_view props = tree.reg(node, kProps);
        const std::string_view former = tree.reg(node, kFormerAnchors);
        const std::string_view key = tree.reg(node, kKey);
        if (key.starts_with('&'))
            named_.emplace(std::string(wordAt(key, 1)),
                           Candidate{node, true, false, gone, sinceWhen(node)});
        if (props.empty() && former.empty())
            return;
        const Lexeme written = forest_.written(node);
        if (written.style == Style::Alias || written.style == Style::Opaque)
            return;
        Candidate candidate{node, false, false, gone, sinceWhen(node)};
        if (const auto name = yaml::anchorOf(props); !name.empty())
            named_.emplace(std::string(name), candidate);
        candidate.former = true;
        for (std::size_t at = 0; at < former.size();) {
            const std::string_view word = wordAt(former, at);
            if (!word.empty())
                named_.emplace(std::string(word), candidate);
            at += word.size() + 1;
        }
    }

    // Its deletion, or that of what it was in; its creation where it is still there.
    crdt::OpId sinceWhen(NodeRef node) const {
        const crdt::ReplicatedTree& tree = forest_.tree();
        for (NodeRef at = node; at != yaml::kStream && at != yaml::kNoNode; at = tree.parent(at))
            if (const auto deletion = tree.deletedBy(at))
                return deletion;
        return tree.id(node);
    }

    ReplicatedForest& forest_;
    NamesAbove above_;
    NodeRef document_ = yaml::kNoNode;
    bool indexed_ = false;
    std::multimap<std::string, Candidate> named_;
};

}  // namespace

void mendAliases(ReplicatedForest& forest) {
    if (forest.mayHaveAliases())
        AliasMender(forest).run();
}

bool aliasesStand(const ReplicatedForest& forest) {
    if (!forest.mayHaveAliases())
        return true;
    bool stand = true;
    NamesAbove above;
    forEachAdrift(forest, above, [&](NodeRef, NodeRef, bool, bool) { stand = false; });
    return stand;
}

}  // namespace pe::document
