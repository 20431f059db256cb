// SPDX-License-Identifier: MIT
#include "mending.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "pe/yaml/render.hpp"
#include "verification.hpp"

namespace pe::document {
namespace {

using yaml::NodeRef;
using yaml::Style;

// How far an entry is from what was written.
enum class Plainness : unsigned char { Written, Fitted, Plain, PlainBelow };

class Mender {
public:
    explicit Mender(ReplicatedForest& forest) : forest_(forest) {}

    void run() {
        while (!isRight()) {
            culprits_.clear();
            for (const NodeRef document : forest_.children(yaml::kStream))
                findIn(document);
            bool changed = false;
            for (const NodeRef node : culprits_)
                changed = makePlainer(node) || changed;
            if (!changed)
                return;
        }
    }

private:
    bool isRight() const {
        return static_cast<bool>(
            verifyRendering(forest_, yaml::kStream, yaml::renderText(forest_)));
    }

    // An entry by itself. Anchors that its aliases need may stand elsewhere.
    bool isRightAlone(NodeRef node) const {
        yaml::RenderContext context;
        context.lineBreak = forest_.lineBreak();
        context.column = yaml::columnOf(forest_, node);
        std::string lines;
        yaml::renderEntry(forest_, node, context, lines);
        return meansAlone(forest_, node, std::move(lines));
    }

    // The innermost entries whose own lines mean something else; `node`, if nothing in it is wrong.
    void findIn(NodeRef node) {
        const std::size_t before = culprits_.size();
        if (yaml::isBlockCollection(forest_.style(node)))
            for (const NodeRef child : forest_.children(node))
                if (!isRightAlone(child))
                    findIn(child);
        if (culprits_.size() == before)
            culprits_.push_back(node);
    }

    // The next plainer form; when there is none left, that of what holds the entry.
    bool makePlainer(NodeRef node) {
        for (; node != yaml::kStream && node != yaml::kNoNode; node = forest_.parent(node)) {
            Plainness& now = plainness_[node];
            while (now != Plainness::PlainBelow) {
                now = static_cast<Plainness>(static_cast<unsigned char>(now) + 1);
                if (show(node, now))
                    return true;
            }
        }
        return false;
    }

    // False if it looks like before.
    bool show(NodeRef node, Plainness how) {
        const bool flow = yaml::isFlowCollection(forest_.style(node));
        bool changed = showOne(node, how == Plainness::Fitted);
        if (how == Plainness::PlainBelow || flow)
            for (const NodeRef child : forest_.children(node))
                changed = show(child, how) || changed;
        return changed;
    }

    bool showOne(NodeRef node, bool fitted) {
        const yaml::Surroundings around = forest_.surroundings(node);
        const yaml::Lexeme written = forest_.written(node);
        yaml::Entry form =
            fitted ? yaml::fittedForm(written, around) : yaml::plainForm(written, around);
        if (isSame(lexemeOf(form), forest_.lexeme(node)))
            return false;
        forest_.showAs(node, std::move(form));
        return true;
    }

    static bool isSame(const yaml::Lexeme& a, const yaml::Lexeme& b) {
        return a.style == b.style && a.offset == b.offset && a.prefix == b.prefix &&
               a.key == b.key && a.colon == b.colon && a.props == b.props && a.open == b.open &&
               a.raw == b.raw && a.footer == b.footer && a.suffix == b.suffix;
    }

    ReplicatedForest& forest_;
    std::map<NodeRef, Plainness> plainness_;
    std::vector<NodeRef> culprits_;
};

}  // namespace

void mend(ReplicatedForest& forest) {
    forest.refitAll();
    mendAliases(forest);
    Mender(forest).run();
}

}  // namespace pe::document
