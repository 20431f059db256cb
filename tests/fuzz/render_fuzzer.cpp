// SPDX-License-Identifier: MIT
// libFuzzer: the input is a text, a zero byte, and a script of gestures: commands, typing, undo and
// redo on a Document of the text. After every gesture the patches that views were given lead to the
// text, and the text is the rendering of the forest and says what the forest means. In the end,
// undoing everything gives the first text back and redoing it the last.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pe/base/clock.hpp"
#include "pe/document/document.hpp"
#include "pe/yaml/render.hpp"
#include "pe/yaml/tree.hpp"
#include "pe/yaml/value.hpp"
#include "verification.hpp"

namespace {

using namespace pe;
using document::Command;
using yaml::NodeRef;
using yaml::Value;

constexpr std::size_t kGesturesMax = 24;
constexpr std::size_t kTextBytesMax = 64 << 10;
constexpr std::uint64_t kReplica = 7;

constexpr const char* kPieces[] = {"x",
                                   "name",
                                   "two\nlines\n",
                                   "",
                                   " blank first",
                                   "\nbreak first",
                                   "#no",
                                   ": ",
                                   "- ",
                                   "yes",
                                   "null",
                                   "- a\n- b\n",
                                   "\t",
                                   "'",
                                   "\"",
                                   "[x, {y: z}",
                                   "key: value",
                                   "017",
                                   "trailing ",
                                   "end\n\n",
                                   "\u00e9\u2014",
                                   "\n",
                                   "  ",
                                   "|\n",
                                   "# c\n",
                                   "\n    deep: 1\n",
                                   "*no",
                                   "&no",
                                   "---",
                                   "...",
                                   ",",
                                   "]"};

void require(bool condition) {
    if (!condition)
        std::abort();
}

// What is left of the script; zeros once it has ended.
class Script {
public:
    explicit Script(std::string_view bytes) : bytes_(bytes) {}
    bool ended() const { return bytes_.empty(); }
    std::size_t next() {
        if (bytes_.empty())
            return 0;
        const auto byte = static_cast<unsigned char>(bytes_.front());
        bytes_.remove_prefix(1);
        return byte;
    }
    std::string piece() { return kPieces[next() % std::size(kPieces)]; }

private:
    std::string_view bytes_;
};

void collect(const yaml::Forest& forest, NodeRef node, std::vector<NodeRef>& nodes) {
    nodes.push_back(node);
    for (const NodeRef child : forest.children(node))
        collect(forest, child, nodes);
}

// A Document with a view on it, and the gestures that a script can make.
class Subject {
public:
    explicit Subject(const std::string& text)
        : document_(document::Document::open(kReplica, text, clock_)), mirrored_(text) {
        subscription_ = document_->changed.connect([this](const document::ChangeSet& changes) {
            for (const document::TextPatch& patch : changes.patches) {
                require(patch.offset <= mirrored_.size());
                require(patch.removed <= mirrored_.size() - patch.offset);
                mirrored_.replace(patch.offset, patch.removed, patch.inserted);
            }
            require(mirrored_ == document_->text());
        });
        check();
    }

    const std::string& text() const { return document_->text(); }

    void gesture(Script& script) {
        const std::size_t kind = script.next() % 16;
        if (kind >= 8)
            clock_.advance(5000);
        if (kind < 3)
            type(script);
        else if (kind == 3)
            back();
        else if (kind == 4)
            forth();
        else
            execute(script);
        check();
    }

    std::size_t undoAll() {
        std::size_t steps = 0;
        for (; document_->canUndo(); ++steps)
            back();
        return steps;
    }
    void redo(std::size_t steps) {
        for (; steps > 0; --steps)
            forth();
    }
    void check() const {
        require(mirrored_ == document_->text());
        if (document_->hasDraft())
            return;
        require(yaml::renderText(document_->forest()) == document_->text());
        const yaml::Tree tree = yaml::parse(document_->text());
        require(tree.editable());
        require(document::sameMeaning(document_->forest(), yaml::kStream, tree, yaml::kStream));
    }

private:
    void type(Script& script) {
        const std::size_t length = document_->text().size();
        const std::size_t offset = (script.next() * 256 + script.next()) % (length + 1);
        const std::size_t removed = script.next() % 8 % (length - offset + 1);
        const std::string inserted = script.piece();
        std::string expected = document_->text();
        expected.replace(offset, removed, inserted);
        require(bool(document_->replaceText(offset, removed, inserted, 1)));
        require(document_->text() == expected);
    }
    void back() {
        if (document_->canUndo())
            require(bool(document_->undo()));
    }
    void forth() {
        if (document_->canRedo())
            require(bool(document_->redo()));
    }
    // A refused command leaves no trace.
    void execute(Script& script) {
        const std::string before = document_->text();
        const std::uint64_t version = document_->version();
        if (document_->execute(command(script)))
            return;
        require(document_->text() == before);
        require(document_->version() == version);
    }

    NodeRef node(Script& script) const {
        std::vector<NodeRef> nodes;
        collect(document_->forest(), yaml::kStream, nodes);
        return nodes[script.next() % nodes.size()];
    }
    NodeRef childOf(NodeRef parent, Script& script) const {
        const auto children = document_->forest().children(parent);
        const std::size_t choice = script.next() % (children.size() + 1);
        return choice == 0 ? yaml::kNoNode : children[choice - 1];
    }
    static Value value(Script& script) {
        switch (script.next() % 8) {
            case 0:
                return Value::null();
            case 1:
                return Value::ofInteger("42");
            case 2:
                return Value::sequence({Value::ofString(script.piece()), Value::ofBoolean(true)});
            case 3:
                return Value::mapping({{Value::ofString("k"), Value::ofString(script.piece())},
                                       {Value::ofString("l"), Value::sequence()}});
            default:
                return Value::ofString(script.piece() + script.piece());
        }
    }
    Command command(Script& script) const {
        const NodeRef subject = node(script);
        switch (script.next() % 11) {
            case 0:
                return {document::SetValue{subject, value(script)}, {}, 0};
            case 1:
                return {document::Insert{subject, childOf(subject, script), script.piece(),
                                         value(script)},
                        {},
                        0};
            case 2:
                return {document::SetField{subject, script.piece(), value(script)}, {}, 0};
            case 3:
                return {document::Remove{subject}, {}, 0};
            case 4:
                return move(subject, script);
            case 5:
                return {document::Duplicate{subject}, {}, 0};
            case 6:
                return {document::RenameKey{subject, script.piece()}, {}, 0};
            case 7:
                return {document::SpliceText{subject, script.next() % 8, script.next() % 4,
                                             script.piece()},
                        {},
                        1};
            case 8:
                return {document::SetComment{subject, script.piece()}, {}, 0};
            case 9:
                return {document::RenameStep{subject, script.piece()}, {}, 0};
            default:
                return batch(subject, script);
        }
    }
    Command move(NodeRef subject, Script& script) const {
        const NodeRef parent = node(script);
        const NodeRef after = childOf(parent, script);
        std::optional<std::string> key;
        if (script.next() % 2)
            key = script.piece();
        return {document::Move{subject, parent, after, key}, {}, 0};
    }
    // The second of them may meet what the first has taken away.
    Command batch(NodeRef subject, Script& script) const {
        document::Batch both;
        if (script.next() % 2)
            both.commands.push_back({document::Duplicate{subject}, {}, 0});
        else
            both.commands.push_back({document::SetValue{subject, value(script)}, {}, 0});
        both.commands.push_back(move(node(script), script));
        return {both, {}, 0};
    }

    FakeClock clock_;
    std::unique_ptr<document::Document> document_;
    std::string mirrored_;
    Subscription subscription_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const std::size_t end = std::min(input.find('\0'), input.size());
    if (end > kTextBytesMax)
        return 0;
    const std::string start(input.substr(0, end));
    Script script(input.substr(std::min(end + 1, input.size())));
    Subject subject(start);
    for (std::size_t i = 0; i < kGesturesMax && !script.ended(); ++i)
        subject.gesture(script);
    const std::string last = subject.text();
    const std::size_t steps = subject.undoAll();
    require(subject.text() == start);
    subject.check();
    subject.redo(steps);
    require(subject.text() == last);
    subject.check();
    return 0;
}
