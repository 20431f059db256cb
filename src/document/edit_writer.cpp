// SPDX-License-Identifier: MIT
#include "edit_writer.hpp"

#include <iterator>
#include <span>
#include <vector>

#include "block_text.hpp"
#include "mending.hpp"
#include "pe/yaml/properties.hpp"
#include "text_splices.hpp"

namespace pe::document {

yaml::NodeRef EditWriter::createOne(yaml::NodeRef parent, yaml::NodeRef after,
                                    const yaml::Lexeme& lexeme) {
    const std::string value = packValue(lexeme);
    const std::string column = lexeme.column == 0 ? std::string{} : packNumber(lexeme.column);
    const crdt::RegisterPack::Entry fields[] = {{kPrefix, lexeme.prefix}, {kKey, lexeme.key},
                                                {kColon, lexeme.colon},   {kProps, lexeme.props},
                                                {kValue, value},          {kFooter, lexeme.footer},
                                                {kSuffix, lexeme.suffix}, {kColumn, column}};
    std::vector<crdt::RegisterPack::Entry> present;
    present.reserve(std::size(fields));
    const crdt::RegisterPack::Entry* tooLarge = nullptr;
    for (const auto& field : fields) {
        if (field.second.size() > crdt::Limits::kValueBytes)
            tooLarge = &field;
        else if (!field.second.empty())
            present.push_back(field);
    }
    std::vector<crdt::InitialText> texts;
    if (yaml::isBlockScalar(lexeme.style) && !lexeme.raw.empty())
        texts.push_back({kBlockText, toElements(lexeme.raw, lexeme.column + lexeme.offset)});
    const yaml::NodeRef node = transaction_.create(
        parent, after, crdt::RegisterPack(std::span(std::as_const(present))), std::move(texts));
    // A value beyond the limit cannot be decoded again; setting it makes the transaction say so.
    if (tooLarge && !transaction_.failed())
        transaction_.set(node, tooLarge->first, tooLarge->second);
    return node;
}

yaml::NodeRef EditWriter::create(yaml::NodeRef parent, yaml::NodeRef after,
                                 const yaml::Entry& entry) {
    if (entry.carried != yaml::kNoNode) {
        transaction_.move(entry.carried, parent, after);
        return entry.carried;
    }
    const yaml::NodeRef node = createOne(parent, after, lexemeOf(entry));
    yaml::NodeRef previous = yaml::kNoNode;
    for (const yaml::Entry& child : entry.children) {
        if (transaction_.failed())
            break;
        previous = create(node, previous, child);
    }
    return node;
}

yaml::NodeRef EditWriter::copy(yaml::NodeRef parent, yaml::NodeRef after, const yaml::Forest& from,
                               yaml::NodeRef node) {
    const yaml::NodeRef made = createOne(parent, after, from.lexeme(node));
    yaml::NodeRef previous = yaml::kNoNode;
    for (const yaml::NodeRef child : from.children(node)) {
        if (transaction_.failed())
            break;
        previous = copy(made, previous, from, child);
    }
    return made;
}

void EditWriter::setBlockText(yaml::NodeRef node, const yaml::Entry& form) {
    const Elements wanted = toElements(form.raw, form.column + form.offset);
    const crdt::Text* text = tree_.text(node, kBlockText);
    const Elements present = text ? text->elements() : Elements{};
    for (const ElementSplice& splice : splicesBetween(present, wanted)) {
        if (splice.removed)
            transaction_.eraseText(node, kBlockText, splice.position, splice.removed);
        if (!splice.inserted.empty())
            transaction_.insertText(node, kBlockText, splice.position, splice.inserted);
    }
}

// Who edits an entry that is shown in another form than it is written takes that form over.
void EditWriter::adopt(yaml::NodeRef node) {
    const yaml::Entry* const shown = forest_.shownForm(node);
    if (!shown)
        return;
    const yaml::Entry form = *shown;
    forest_.showAsWritten(node);
    const yaml::Entry written = yaml::formOf(forest_.written(node));  // outlives what is set here
    const auto take = [&](yaml::Field field, bool differs) {
        if (differs)
            patch({node, field, form});
    };
    take(yaml::Field::Prefix, form.prefix != written.prefix);
    take(yaml::Field::Key, form.key != written.key);
    take(yaml::Field::Colon, form.colon != written.colon);
    take(yaml::Field::Props, form.props != written.props);
    take(yaml::Field::Footer, form.footer != written.footer);
    take(yaml::Field::Suffix, form.suffix != written.suffix);
    take(yaml::Field::Value, form.style != written.style || form.offset != written.offset ||
                                 form.open != written.open || form.raw != written.raw);
}

// Somebody may come to use the anchor at this moment.
void EditWriter::noteFormerAnchor(yaml::NodeRef node, const std::string& props) {
    const std::string name(yaml::anchorOf(tree_.reg(node, kProps)));
    if (name.empty() || yaml::anchorOf(props) == name)
        return;
    std::string former(tree_.reg(node, kFormerAnchors));
    if ((" " + former).find(" " + name + " ") == std::string::npos)
        transaction_.set(node, kFormerAnchors, former + name + " ");
}

void EditWriter::patch(const yaml::FieldPatch& patch) {
    adopt(patch.node);
    const yaml::Entry& form = patch.form;
    forest_.forget(patch.node);
    switch (patch.field) {
        case yaml::Field::Prefix:
            transaction_.set(patch.node, kPrefix, form.prefix);
            break;
        case yaml::Field::Key:
            transaction_.set(patch.node, kKey, form.key);
            break;
        case yaml::Field::Colon:
            transaction_.set(patch.node, kColon, form.colon);
            break;
        case yaml::Field::Props:
            noteFormerAnchor(patch.node, form.props);
            transaction_.set(patch.node, kProps, form.props);
            break;
        case yaml::Field::Value:
            if (yaml::isBlockScalar(form.style))
                setBlockText(patch.node, form);
            transaction_.set(patch.node, kValue, packValue(lexemeOf(form)));
            break;
        case yaml::Field::Footer:
            transaction_.set(patch.node, kFooter, form.footer);
            break;
        case yaml::Field::Suffix:
            transaction_.set(patch.node, kSuffix, form.suffix);
            break;
        case yaml::Field::Column:
            transaction_.set(patch.node, kColumn, packNumber(form.column));
            break;
    }
}

// What holds entries now that the edit takes out: nothing can be moved out of what is deleted.
std::set<yaml::NodeRef> EditWriter::leftBy(const yaml::Edit& edit) const {
    std::set<yaml::NodeRef> left;
    if (edit.removals.empty())
        return left;
    const auto leave = [&](yaml::NodeRef node) {
        while ((node = forest_.parent(node)) != yaml::kNoNode && left.insert(node).second) {
        }
    };
    for (const yaml::Relocation& move : edit.relocations)
        leave(move.node);
    for (const yaml::Insertion& insertion : edit.insertions)
        for (const yaml::NodeRef node : yaml::carriedBy(insertion.entry))
            leave(node);
    return left;
}

void EditWriter::write(const yaml::Edit& given) {
    const bool misfits = forest_.hasMisfits();
    const yaml::Edit edit = forest_.loans().empty() ? given : withOwnValues(given);
    const std::set<yaml::NodeRef> left = leftBy(edit);
    for (const yaml::NodeRef node : edit.removals)
        if (left.count(node) == 0)
            transaction_.remove(node);
    for (const yaml::Relocation& move : edit.relocations)
        transaction_.move(move.node, move.parent, move.after);
    std::map<std::pair<yaml::NodeRef, yaml::NodeRef>, yaml::NodeRef> lastAt;
    for (const yaml::Insertion& insertion : edit.insertions) {
        auto& last =
            lastAt.try_emplace({insertion.parent, insertion.after}, insertion.after).first->second;
        last = create(insertion.parent, last, insertion.entry);
        created_.push_back(last);
        if (transaction_.failed())
            return;
    }
    for (const yaml::NodeRef node : edit.removals)
        if (left.count(node) != 0)
            transaction_.remove(node);
    for (const yaml::FieldPatch& each : edit.patches)
        patch(each);
    if (misfits && !failed())
        mend(forest_);
}

}  // namespace pe::document
