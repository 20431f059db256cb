// SPDX-License-Identifier: MIT
#include "pe/workspace/search_texts.hpp"

#include <algorithm>

#include "pe/yaml/pointer.hpp"
#include "pe/yaml/tree.hpp"
#include "pe/yaml/value.hpp"

namespace pe::workspace {
namespace {

using storage::SearchField;
using yaml::NodeRef;

constexpr std::size_t kMaxFieldBytes = 1 << 20;
constexpr int kMaxDepth = 200;

// Where in a pipeline a value stands, as far as its weight depends on it.
enum class Place {
    Top,     // the workflow's own fields
    Inside,  // anywhere below, in a step, a task or what they hold
    Prompt,  // in a prompt, whose parts have names and types of their own
};

class TextCollector {
public:
    explicit TextCollector(const yaml::Forest& forest) : forest_(forest) {}

    storage::SearchTexts collect() {
        for (const NodeRef document : forest_.children(yaml::kStream))
            visitEntries(document, Place::Top, 0);
        return std::move(texts_);
    }

    void add(SearchField field, const std::string& text) {
        std::string& into = texts_[static_cast<std::size_t>(field)];
        if (text.empty() || into.size() + text.size() > kMaxFieldBytes)
            return;
        if (!into.empty())
            into += '\n';
        into += text;
    }

private:
    void visitEntries(NodeRef collection, Place place, int depth) {
        if (depth > kMaxDepth)
            return;
        const bool mapping = yaml::isMapping(forest_.style(collection));
        if (!mapping && !yaml::isSequence(forest_.style(collection)))
            return addScalar(collection, place, {});
        for (const NodeRef entry : forest_.children(collection))
            visit(entry, mapping ? yaml::keyText(forest_, entry) : std::string(), place, depth);
    }

    void visit(NodeRef entry, const std::string& key, Place place, int depth) {
        if (!yaml::isCollection(forest_.style(entry)))
            return addScalar(entry, place, key);
        const bool workflow = depth == 0 && key == "workflow";
        Place inner = place == Place::Top && !workflow ? Place::Inside : place;
        if (key == "prompt")
            inner = Place::Prompt;
        visitEntries(entry, inner, depth + 1);
    }

    void addScalar(NodeRef node, Place place, const std::string& key) {
        const yaml::Style style = forest_.style(node);
        if (style == yaml::Style::Alias || style == yaml::Style::Empty)
            return;
        if (style == yaml::Style::Opaque)
            return add(SearchField::Text, std::string(forest_.lexeme(node).raw));
        const std::string text = yaml::scalarText(forest_, node);
        if (style == yaml::Style::Plain && !yaml::resolvePlain(text).isString())
            return;
        add(fieldOf(place, key), text);
    }

    static SearchField fieldOf(Place place, const std::string& key) {
        if (place == Place::Prompt)
            return key == "type" ? SearchField::Type : SearchField::Text;
        if (key == "name")
            return place == Place::Top ? SearchField::Name : SearchField::Step;
        if (key == "description")
            return SearchField::Description;
        return key == "type" ? SearchField::Type : SearchField::Text;
    }

    const yaml::Forest& forest_;
    storage::SearchTexts texts_;
};

}  // namespace

storage::SearchTexts searchTexts(const std::string& text, const std::string& path,
                                 const std::string& title) {
    const yaml::Tree tree = yaml::parse(text);
    TextCollector collector(tree);
    collector.add(SearchField::Name, title);
    collector.add(SearchField::Path, path);
    return collector.collect();
}

}  // namespace pe::workspace
