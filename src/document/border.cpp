// SPDX-License-Identifier: MIT
#include "border.hpp"

#include <algorithm>

#include "border_words.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/value.hpp"
#include "template_spans.hpp"

namespace pe::document {
namespace {

using format::GraphIndex;
using format::kNoGraphNode;
using format::ReferenceRole;
using format::ReferenceTarget;
using yaml::kNoNode;
using yaml::NodeRef;

const TemplateSpan* spanAround(const std::vector<TemplateSpan>& spans, std::size_t at) {
    const auto found = std::find_if(spans.begin(), spans.end(), [&](const TemplateSpan& each) {
        return each.begin <= at && at < each.end;
    });
    return found == spans.end() ? nullptr : &*found;
}

// `steps.plan.result` becomes `plan_result`.
std::string wordFor(std::string_view expression) {
    for (const std::string_view scope : {"steps.", "state.", "global_vars.", "inputs."})
        if (expression.starts_with(scope))
            expression.remove_prefix(scope.size());
    std::string word;
    for (const char c : expression) {
        const bool letter =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (letter)
            word += c;
        else if (!word.empty() && word.back() != '_')
            word += '_';
    }
    while (word.ends_with('_'))
        word.pop_back();
    return word.empty() ? "value" : word;
}

}  // namespace

Border::Border(const yaml::Forest& forest, const std::vector<NodeRef>& moved, std::string name,
               const format::Catalogue& types)
    : forest_(forest),
      name_(std::move(name)),
      graph_(format::deriveGraph(forest, types)),
      inside_(graph_.nodes.size()),
      moved_(graph_.nodes.size()),
      references_(format::resolvedReferences(forest, graph_)) {
    for (std::size_t i = 0; i < inside_.size(); ++i) {
        const format::GraphNode& node = graph_.nodes[i];
        moved_[i] = std::find(moved.begin(), moved.end(), node.ref) != moved.end();
        inside_[i] = moved_[i] || (node.parent != kNoGraphNode && inside_[node.parent]);
    }
}

tl::unexpected<Error> Border::refusal(NodeRef at, const std::string& reason) const {
    return fail(ErrorCode::Refused, reason, yaml::pointerTo(forest_, at));
}

std::string Border::holderOf(const Resolved& reference) const {
    return "'" + graph_.nodes[reference.holder].name + "'";
}

bool Border::isInside(GraphIndex index) const {
    return index != kNoGraphNode && inside_[index];
}

// A moved step names something that stays, or something of the whole file.
bool Border::crossesInto(const Resolved& reference) const {
    if (!inside_[reference.holder])
        return false;
    const ReferenceTarget target = reference.reference.target;
    if (target == ReferenceTarget::Input || target == ReferenceTarget::Constant)
        return true;
    if (target == ReferenceTarget::Function || target == ReferenceTarget::File)
        return false;
    return reference.target != kNoGraphNode && !inside_[reference.target];
}

// A step that stays names a moved one.
bool Border::crossesOut(const Resolved& reference) const {
    const ReferenceTarget target = reference.reference.target;
    return !inside_[reference.holder] && isInside(reference.target) &&
           target != ReferenceTarget::Function && target != ReferenceTarget::File;
}

Result<Crossing> Border::crossing() {
    std::map<NodeRef, std::vector<const Resolved*>> in;
    std::map<NodeRef, std::vector<const Resolved*>> out;
    for (const Resolved& each : references_) {
        if (each.chained)
            continue;  // goes with the name in front of it
        if (each.reference.target == ReferenceTarget::Function && inside_[each.holder])
            useFunction(each.reference.name);
        else if (crossesInto(each))
            in[each.reference.at].push_back(&each);
        else if (crossesOut(each))
            out[each.reference.at].push_back(&each);
    }
    // What is handed over decides where results stand, so this comes first.
    std::vector<Error> complaints;
    const auto keep = [&](const Result<void>& done) {
        if (!done)
            complaints.push_back(done.error());
    };
    for (const auto& [at, references] : in)
        keep(inward(at, references));
    for (const auto& [at, references] : out)
        keep(outward(at, references));
    if (!complaints.empty())
        return refusedTogether(forest_, complaints);
    return std::move(crossing_);
}

void Border::useFunction(const std::string& function) {
    auto& functions = crossing_.functions;
    if (std::find(functions.begin(), functions.end(), function) == functions.end())
        functions.push_back(function);
}

std::string Border::inputFor(const std::string& expression, const std::string& written) {
    for (const auto& [name, text] : crossing_.inputs)
        if (text == written)
            return name;
    const std::string word = wordFor(expression);
    std::string name = word;
    const auto isTaken = [&] {
        return std::any_of(crossing_.inputs.begin(), crossing_.inputs.end(),
                           [&](const auto& each) { return each.first == name; });
    };
    for (int number = 2; isTaken(); ++number)
        name = word + "_" + std::to_string(number);
    crossing_.inputs.emplace_back(name, written);
    return name;
}

// The whole template moves into the inputs, where the engine fills it in as it did here.
Result<void> Border::inward(NodeRef at, const std::vector<const Resolved*>& references) {
    std::string text = yaml::scalarText(forest_, at);
    const std::vector<TemplateSpan> spans = templatesIn(text);
    std::vector<const TemplateSpan*> moving;
    for (const Resolved* each : references) {
        const TemplateSpan* span = spanAround(spans, each->reference.begin);
        if (span == nullptr)
            return refusal(at, whyNotFromOutside(graph_, *each));
        if (std::find(moving.begin(), moving.end(), span) == moving.end())
            moving.push_back(span);
    }
    for (const Resolved& each : references_) {
        const bool mixed =
            each.reference.at == at && isInside(each.target) &&
            std::any_of(moving.begin(), moving.end(), [&](const auto* span) {
                return span->begin <= each.reference.begin && each.reference.begin < span->end;
            });
        if (mixed)
            return refusal(at, "One template of " + holderOf(each) +
                                   " names steps inside and outside of the new file.");
    }
    std::sort(moving.begin(), moving.end(),
              [](const auto* a, const auto* b) { return a->begin < b->begin; });
    std::vector<std::string> names;
    names.reserve(moving.size());
    for (const TemplateSpan* span : moving)
        names.push_back(
            inputFor(span->expression, text.substr(span->begin, span->end - span->begin)));
    for (std::size_t i = moving.size(); i-- > 0;)
        text.replace(moving[i]->begin, moving[i]->end - moving[i]->begin,
                     "{{inputs." + names[i] + "}}");
    crossing_.texts[at] = std::move(text);
    return {};
}

std::string Border::pathTo(const std::string& step) const {
    return name_ + (crossing_.inputs.empty() ? "." : ".result.") + step;
}

Result<void> Border::notMoved(const Resolved& reference) const {
    const bool reachable = !reference.variable && moved_[reference.target] &&
                           reference.reference.role != ReferenceRole::Output;
    if (reachable)
        return {};
    return refusal(
        reference.reference.at,
        holderOf(reference) + " uses '" + reference.reference.name +
            "', which would be inside the new file and cannot be reached from there. Move " +
            holderOf(reference) + " too.");
}

Result<void> Border::outward(NodeRef at, const std::vector<const Resolved*>& references) {
    std::string text = yaml::scalarText(forest_, at);
    std::vector<const Resolved*> last(references);
    std::sort(last.begin(), last.end(), [](const Resolved* a, const Resolved* b) {
        return a->reference.begin > b->reference.begin;
    });
    for (const Resolved* each : last) {
        PE_TRY(notMoved(*each));
        auto& outputs = crossing_.outputs;
        if (std::find(outputs.begin(), outputs.end(), each->reference.name) == outputs.end())
            outputs.push_back(each->reference.name);
        if (each->reference.role == ReferenceRole::PromptStep)
            return prompted(*each);
        PE_TRY_ASSIGN(text, named(std::move(text), *each));
    }
    crossing_.texts[at] = std::move(text);
    return {};
}

// A prompt part gets a longer path to what it extracts.
Result<void> Border::prompted(const Resolved& reference) {
    const NodeRef at = reference.reference.at;
    const NodeRef extract = yaml::child(forest_, forest_.parent(at), "extract");
    if (extract == kNoNode || yaml::isCollection(forest_.style(extract)))
        return refusal(at, holderOf(reference) + " inserts the whole result of '" +
                               reference.reference.name +
                               "', which the new file cannot hand back as it is; give the part an "
                               "`extract`.");
    const std::string path = pathTo(reference.reference.name).substr(name_.size() + 1);
    crossing_.texts[at] = name_;
    crossing_.texts[extract] = path + "." + yaml::scalarText(forest_, extract);
    return {};
}

// The text with one name in it replaced by the path to it.
Result<std::string> Border::named(std::string text, const Resolved& reference) const {
    const auto& [begin, end] = std::pair(reference.reference.begin, reference.reference.end);
    const std::string& step = reference.reference.name;
    const auto spans = templatesIn(text);
    const bool scoped = begin >= 6 && text.compare(begin - 6, 6, "steps.") == 0;
    if (spanAround(spans, begin) != nullptr) {
        if (!scoped)
            return refusal(reference.reference.at,
                           holderOf(reference) + " names '" + step +
                               "' in a template that the engine does not fill in; write "
                               "{{steps." +
                               step + "...}}.");
        return text.replace(begin, end - begin, name_ + "." + step);
    }
    if (reference.reference.role == ReferenceRole::Condition && !scoped)
        return text.replace(begin, end - begin, pathTo(step));
    if (reference.reference.role != ReferenceRole::DataSource || scoped)
        return refusal(reference.reference.at, holderOf(reference) + " names '" + step +
                                                   "' in a way that the engine does not follow.");
    const std::string path = pathTo(step);
    if (text.starts_with("context:"))
        return text.replace(begin, end - begin, path);
    if (end < text.size() && text[end] == ':')
        text[end] = '.';
    return text.replace(begin, end - begin, name_ + ":" + path.substr(name_.size() + 1));
}

}  // namespace pe::document
