// SPDX-License-Identifier: MIT
// Every kind of edit at every entry of the corpus: the result says exactly what was intended, and
// no more lines changed than the edit is about. Also on CRLF copies and copies without a final
// newline.
#include <gtest/gtest.h>

#include <functional>

#include "edit_check.hpp"
#include "nasty_texts.hpp"
#include "pe/testing/corpus.hpp"
#include "pe/yaml/entries.hpp"
#include "pe/yaml/pointer.hpp"

namespace pe::yaml {
namespace {

using testing::Sample;
using testing::valueAt;

constexpr std::size_t kEveryNthFile = 4;

class EditCorpus : public ::testing::Test {
protected:
    void SetUp() override {
        if (testing::corpusFiles().empty())
            GTEST_SKIP() << "no shared corpus here";
    }

    using Visit = std::function<void(const Sample&, NodeRef)>;

    // Every entry below the document of the sampled files and their copies.
    void eachEntry(const Visit& visit) {
        std::size_t number = 0;
        for (const auto& path : testing::corpusFiles()) {
            const bool trap = path.parent_path().filename() == "yaml-traps";
            if (!trap && number++ % kEveryNthFile != 0)
                continue;
            const std::string text = testing::readFile(path);
            for (const std::string& copy :
                 {text, testing::withCrlf(text), testing::withoutFinalNewline(text)}) {
                const auto sample = testing::sampleOf(path.filename(), copy);
                if (!sample)
                    continue;
                const std::size_t size = sample->tree.size();
                for (NodeRef node = 2; node < size; ++node)
                    visit(*sample, node);
            }
        }
        EXPECT_GT(count_, 100u);
    }

    std::string check(const Sample& sample, const Result<Edit>& edit, const Value& intended) {
        if (!edit) {
            EXPECT_NE(edit.error().code, ErrorCode::Internal) << edit.error().message;
            return {};
        }
        ++count_;
        std::string text = testing::applied(sample.tree, *edit);
        const bool unended = !sample.tree.text().ends_with('\n');
        EXPECT_EQ(testing::complaint(text, intended, unended), "") << sample.name << "\n" << text;
        return text;
    }

    std::size_t count_ = 0;
};

struct Slot {
    std::vector<std::size_t> path;    // of the entry
    std::vector<std::size_t> parent;  // of the collection around it
    std::size_t index = 0;
    bool mapping = false;
};

Slot slotOf(const Tree& tree, NodeRef node) {
    Slot slot;
    slot.path = slot.parent = testing::pathTo(tree, node);
    slot.index = slot.parent.back();
    slot.parent.pop_back();
    slot.mapping = isMapping(tree.style(tree.parent(node)));
    return slot;
}

template <class List>
void moveWithin(List& list, std::size_t from, std::size_t to) {
    auto item = list[from];
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(from));
    list.insert(list.begin() + static_cast<std::ptrdiff_t>(to), item);
}

TEST_F(EditCorpus, AnyScalarTakesAnyText) {
    std::size_t turn = 0;
    eachEntry([&](const Sample& sample, NodeRef node) {
        if (isCollection(sample.tree.style(node)))
            return;
        const auto& texts = testing::kNastyTexts;
        const Value value = Value::ofString(texts[turn++ % texts.size()]);
        Value intended = sample.value;
        valueAt(intended, testing::pathTo(sample.tree, node)) = value;
        check(sample, setValue(sample.tree, node, value), intended);
    });
}

TEST_F(EditCorpus, AnyEntryCanBeRemoved) {
    eachEntry([&](const Sample& sample, NodeRef node) {
        const Slot slot = slotOf(sample.tree, node);
        Value intended = sample.value;
        Value& parent = valueAt(intended, slot.parent);
        const auto at = static_cast<std::ptrdiff_t>(slot.index);
        if (slot.mapping)
            parent.entries.erase(parent.entries.begin() + at);
        else
            parent.items.erase(parent.items.begin() + at);
        check(sample, removeEntry(sample.tree, node), intended);
    });
}

TEST_F(EditCorpus, AnEntryCanBeInsertedBehindAnyOther) {
    eachEntry([&](const Sample& sample, NodeRef node) {
        const Slot slot = slotOf(sample.tree, node);
        const Value value = Value::ofString("new one");
        Value intended = sample.value;
        Value& parent = valueAt(intended, slot.parent);
        const auto at = static_cast<std::ptrdiff_t>(slot.index) + 1;
        if (slot.mapping)
            parent.entries.insert(parent.entries.begin() + at, {Value::ofString("zz new"), value});
        else
            parent.items.insert(parent.items.begin() + at, value);
        const NodeRef list = sample.tree.parent(node);
        const std::string text =
            check(sample, insertEntry(sample.tree, list, node, "zz new", value), intended);
        const bool block = isBlockCollection(sample.tree.style(list));
        if (!block || text.empty() || !sample.tree.text().ends_with('\n'))
            return;
        EXPECT_EQ(testing::lineChange(sample.tree.text(), text).removed, 0u) << text;
        EXPECT_EQ(testing::lineChange(sample.tree.text(), text).added, 1u) << text;
    });
}

TEST_F(EditCorpus, AnyEntryCanChangePlacesWithItsSiblings) {
    eachEntry([&](const Sample& sample, NodeRef node) {
        const Slot slot = slotOf(sample.tree, node);
        const NodeRef list = sample.tree.parent(node);
        const auto siblings = sample.tree.children(list);
        Value intended = sample.value;
        Value& parent = valueAt(intended, slot.parent);
        const bool first = slot.index == 0;
        const std::size_t target = first ? siblings.size() - 1 : 0;
        if (slot.mapping)
            moveWithin(parent.entries, slot.index, target);
        else
            moveWithin(parent.items, slot.index, target);
        const NodeRef after = first ? siblings.back() : kNoNode;
        check(sample, moveEntry(sample.tree, node, list, after), intended);
    });
}

TEST_F(EditCorpus, AnyValueCanBecomeAnyKindOfCollection) {
    const Value list = Value::sequence({Value::ofString("x"), Value::sequence()});
    const Value map = Value::mapping({{Value::ofString("zz"), list}});
    std::size_t turn = 0;
    eachEntry([&](const Sample& sample, NodeRef node) {
        const Value& value = turn++ % 2 == 0 ? list : map;
        Value intended = sample.value;
        valueAt(intended, testing::pathTo(sample.tree, node)) = value;
        check(sample, setValue(sample.tree, node, value), intended);
    });
}

TEST_F(EditCorpus, AnyTextCanMoveIntoACollectionAsItIsWritten) {
    std::size_t turn = 0;
    std::size_t folded = 0;
    eachEntry([&](const Sample& sample, NodeRef node) {
        Value intended = sample.value;
        const Value old = valueAt(intended, testing::pathTo(sample.tree, node));
        const Style style = sample.tree.style(node);
        if (!isScalar(style) || !old.isString())
            return;
        std::vector<std::pair<Value, Value>> entries{{Value::ofString("content"), old}};
        entries.insert(turn++ % 2 == 0 ? entries.begin() : entries.end(),
                       {Value::ofString("type"), Value::ofString("static")});
        const Value value = Value::sequence({Value::mapping(std::move(entries))});
        valueAt(intended, testing::pathTo(sample.tree, node)) = value;
        const std::string text = check(sample, setValue(sample.tree, node, value), intended);
        if (text.empty() || !sample.tree.text().ends_with('\n'))
            return;
        const Tree after = parse(text);
        const auto content = resolve(after, pointerTo(sample.tree, node) + "/0/content");
        ASSERT_TRUE(content) << text;
        EXPECT_EQ(after.style(*content), style) << text;
        folded += style == Style::Folded ? 1 : 0;
    });
    EXPECT_GT(folded, 0u);
}

}  // namespace
}  // namespace pe::yaml
