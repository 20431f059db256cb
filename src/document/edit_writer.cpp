// SPDX-License-Identifier: MIT
#include "edit_writer.hpp"

#include "block_text.hpp"
#include "text_splices.hpp"

namespace pe::document {

yaml::NodeRef EditWriter::create(yaml::NodeRef parent, yaml::NodeRef after,
                                 const yaml::Entry& entry) {
    crdt::RegisterPack registers;
    const auto add = [&registers](crdt::RegisterKey key, const std::string& value) {
        if (!value.empty())
            registers.set(key, value);
    };
    add(kPrefix, entry.prefix);
    add(kKey, entry.key);
    add(kColon, entry.colon);
    add(kProps, entry.props);
    registers.set(kValue, packValue(entry));
    add(kFooter, entry.footer);
    add(kSuffix, entry.suffix);
    if (entry.column != 0)
        registers.set(kColumn, packNumber(entry.column));
    std::vector<crdt::InitialText> texts;
    if (yaml::isBlockScalar(entry.style) && !entry.raw.empty())
        texts.push_back({kBlockText, toElements(entry.raw, entry.column + entry.offset)});
    const yaml::NodeRef node =
        transaction_.create(parent, after, std::move(registers), std::move(texts));
    if (transaction_.failed())
        return node;
    yaml::NodeRef previous = yaml::kNoNode;
    for (const yaml::Entry& child : entry.children)
        previous = create(node, previous, child);
    return node;
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

void EditWriter::patch(const yaml::FieldPatch& patch) {
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
            transaction_.set(patch.node, kProps, form.props);
            break;
        case yaml::Field::Value:
            if (yaml::isBlockScalar(form.style))
                setBlockText(patch.node, form);
            transaction_.set(patch.node, kValue, packValue(form));
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

void EditWriter::write(const yaml::Edit& edit) {
    for (const yaml::NodeRef node : edit.removals)
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
    for (const yaml::FieldPatch& each : edit.patches)
        patch(each);
}

}  // namespace pe::document
