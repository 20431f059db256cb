// SPDX-License-Identifier: MIT
// The structured benchmark in the form that stands beside other libraries: steps in groups, each
// with six fields and three prompts; built, stored, loaded, edited, and stored again.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "bench_tools.hpp"
#include "pe/base/random.hpp"
#include "pe/crdt/codec.hpp"
#include "stored_snapshot.hpp"

namespace pe::cli {
namespace {

using crdt::NodeHandle;
using crdt::ReplicatedTree;
using nlohmann::json;

constexpr std::int64_t kBeginMs = 1'600'000'000'000;
constexpr std::size_t kWarmUp = 200;
constexpr std::array<const char*, 6> kFields = {"name",        "type",       "model",
                                                "temperature", "max_tokens", "enabled"};
constexpr crdt::RegisterKey kTemperature = 3;
constexpr crdt::RegisterKey kMaxTokens = 4;

// The bytes of a text as elements: enough for a measurement, and without loss.
crdt::Elements bytesAsElements(const std::string& text) {
    crdt::Elements out;
    for (const char each : text)
        out.push_back(static_cast<unsigned char>(each));
    return out;
}

class StructureBench {
public:
    explicit StructureBench(const json& model) : model_(model) {}

    Result<Figures> run();

private:
    struct Small {
        std::vector<double> bytes;
        std::vector<double> localUs;
        std::vector<double> applyUs;
    };
    using Edit = std::function<void(crdt::Transaction&)>;

    Result<void> build();
    void measureStored(const std::string& name);
    Result<void> send(const crdt::SharedChange& change, Small* small);
    Result<void> edit(const Edit& edit, Small* small);
    Result<Small> measure(std::size_t count, const Edit& edit);
    Result<void> grow(std::size_t edits);
    void addSmall(const std::string& name, const Small& small);
    NodeHandle anyStep() { return steps_[random_.below(steps_.size())]; }
    void typeAnywhere(crdt::Transaction& gesture);
    void moveAnywhere(crdt::Transaction& gesture);

    const json& model_;
    SeededRandom random_{7};
    ReplicatedTree tree_{0xA5A5A5A5A5A5A5A5};
    ReplicatedTree peer_{0x5A5A5A5A5A5A5A5A};
    std::vector<NodeHandle> groups_;
    std::vector<NodeHandle> steps_;
    crdt::CodecContext out_;
    crdt::CodecContext in_;
    std::int64_t now_ = kBeginMs;
    std::size_t edits_ = 0;
    Figures figures_;
};

Result<void> StructureBench::build() {
    for (const json& step : model_) {
        const auto group = step.at("group").get<std::size_t>();
        crdt::Transaction gesture = tree_.begin(now_ += 10);
        while (groups_.size() <= group)
            groups_.push_back(
                gesture.create(crdt::kRootHandle, tree_.lastChild(crdt::kRootHandle)));
        crdt::RegisterPack registers;
        for (std::size_t i = 0; i < kFields.size(); ++i)
            registers.set(static_cast<crdt::RegisterKey>(i),
                          step.at("fields").at(kFields[i]).dump());
        std::vector<crdt::InitialText> texts;
        for (const json& prompt : step.at("prompts"))
            texts.push_back({static_cast<crdt::TextKey>(texts.size()),
                             bytesAsElements(prompt.get<std::string>())});
        const NodeHandle parent = groups_[group];
        steps_.push_back(gesture.create(parent, tree_.lastChild(parent), std::move(registers),
                                        std::move(texts)));
        PE_TRY_ASSIGN(const crdt::SharedChange change, gesture.commit());
        PE_TRY(tree_.apply(*change, tree_.sequence() + 1));
        std::string bytes;
        crdt::encodeChange(*change, out_, bytes);
        std::string_view rest = bytes;
        PE_TRY_ASSIGN(const crdt::Change taken, crdt::decodeChange(rest, in_));
        PE_TRY(peer_.apply(taken, peer_.sequence() + 1));
    }
    return {};
}

// Everything that a view reads.
std::size_t readAll(const ReplicatedTree& tree) {
    std::size_t bytes = 0;
    std::vector<NodeHandle> open{crdt::kRootHandle};
    while (!open.empty()) {
        const NodeHandle node = open.back();
        open.pop_back();
        for (const crdt::RegisterKey key : tree.registerKeys(node))
            bytes += tree.reg(node, key).size();
        for (const crdt::TextKey key : tree.textKeys(node))
            bytes += tree.text(node, key)->elements().size();
        const auto children = tree.children(node);
        open.insert(open.end(), children.begin(), children.end());
    }
    return bytes;
}

void StructureBench::measureStored(const std::string& name) {
    StoredSnapshot stored;
    const double saveMs = elapsedMs([&] { stored = pack(crdt::encodeSnapshot(tree_)); });
    std::size_t read = 0;
    const double loadMs = medianMs([&] {
        const auto loaded = unpack(stored, 9);
        read = loaded ? readAll(*loaded) : 0;
    });
    const std::string prefix = "enc." + name + ".snapshot.";
    const auto steps = static_cast<double>(steps_.size());
    figures_.addCount(prefix + "bytes", stored.bytes);
    figures_.add(prefix + "per_step", static_cast<double>(stored.bytes) / steps);
    figures_.add(prefix + "plain_per_step", static_cast<double>(stored.plainBytes) / steps);
    figures_.add(prefix + "save_ms", saveMs);
    figures_.add(prefix + "load_json_ms", loadMs);
    figures_.addFlag(prefix + "right", read == readAll(tree_));
}

// From the commit to the peer that has taken it.
Result<void> StructureBench::send(const crdt::SharedChange& change, Small* small) {
    std::string bytes;
    crdt::encodeChange(*change, out_, bytes);
    PE_TRY(tree_.apply(*change, tree_.sequence() + 1));
    Result<void> applied;
    const double ms = elapsedMs([&] {
        std::string_view rest = bytes;
        const auto taken = crdt::decodeChange(rest, in_);
        if (taken)
            applied = peer_.apply(*taken, peer_.sequence() + 1);
    });
    PE_TRY(applied);
    (void)tree_.takeEffects();
    (void)peer_.takeEffects();
    if (small != nullptr) {
        small->bytes.push_back(static_cast<double>(bytes.size()));
        small->applyUs.push_back(ms * 1000);
    }
    return {};
}

Result<void> StructureBench::edit(const Edit& edit, Small* small) {
    Result<crdt::SharedChange> change = fail(ErrorCode::Internal, "no change");
    const double ms = elapsedMs([&] {
        crdt::Transaction gesture = tree_.begin(now_ += 200);
        edit(gesture);
        change = gesture.commit();
    });
    PE_TRY(change);
    if ((*change)->operations.empty())
        return {};
    ++edits_;
    if (small != nullptr)
        small->localUs.push_back(ms * 1000);
    return send(*change, small);
}

Result<StructureBench::Small> StructureBench::measure(std::size_t count, const Edit& edit) {
    Small small;
    for (std::size_t i = 0; i < count; ++i)
        PE_TRY(this->edit(edit, i < std::min(kWarmUp, count / 4) ? nullptr : &small));
    return small;
}

void StructureBench::typeAnywhere(crdt::Transaction& gesture) {
    const NodeHandle step = anyStep();
    const auto key = static_cast<crdt::TextKey>(random_.below(3));
    const std::uint32_t length = tree_.text(step, key)->length();
    gesture.insertText(step, key, static_cast<std::uint32_t>(random_.below(length + 1)), U"x");
}

void StructureBench::moveAnywhere(crdt::Transaction& gesture) {
    const NodeHandle group = groups_[random_.below(groups_.size())];
    const auto children = tree_.children(group);
    const std::uint64_t at = random_.below(children.size() + 1);
    const NodeHandle step = anyStep();
    gesture.move(step, group, at == 0 ? crdt::kNoNode : children[at - 1]);
}

// Half fields, half ten characters in a row in one prompt.
Result<void> StructureBench::grow(std::size_t edits) {
    for (std::size_t i = 0; i < edits;) {
        const NodeHandle step = anyStep();
        if (i % 20 < 10) {
            const std::string value = std::to_string(256 + random_.below(4000));
            PE_TRY(edit([&](auto& gesture) { gesture.set(step, kMaxTokens, value); }, nullptr));
            ++i;
            continue;
        }
        const auto key = static_cast<crdt::TextKey>(random_.below(3));
        const auto at = static_cast<std::uint32_t>(random_.below(300));
        for (std::uint32_t c = 0; c < 10; ++c, ++i) {
            const crdt::Elements letter(1, U'a' + static_cast<crdt::Element>(c));
            PE_TRY(edit([&](auto& gesture) { gesture.insertText(step, key, at + c, letter); },
                        nullptr));
        }
    }
    return {};
}

void StructureBench::addSmall(const std::string& name, const Small& small) {
    double sum = 0;
    for (const double each : small.bytes)
        sum += each;
    figures_.addCount(name + ".n", small.bytes.size());
    figures_.add(name + ".bytes_p50", percentileOf(small.bytes, 0.5));
    figures_.add(name + ".bytes_mean", sum / static_cast<double>(small.bytes.size()));
    figures_.add(name + ".bytes_max", percentileOf(small.bytes, 1));
    figures_.add(name + ".local_us_p50", percentileOf(small.localUs, 0.5));
    figures_.add(name + ".apply_us_p50", percentileOf(small.applyUs, 0.5));
    figures_.add(name + ".apply_us_p99", percentileOf(small.applyUs, 0.99));
}

Result<Figures> StructureBench::run() {
    figures_.addCount("steps", model_.size());
    PE_TRY_ASSIGN(const double buildMs, timedMs([&] { return build(); }));
    figures_.add("build_ms", buildMs);
    measureStored("built");
    int counter = 0;
    PE_TRY_ASSIGN(const Small fields, measure(2000, [&](crdt::Transaction& gesture) {
                      const json value = 1 + static_cast<double>(counter++) / 10000;
                      gesture.set(anyStep(), kTemperature, value.dump());
                  }));
    addSmall("field_edit", fields);
    PE_TRY_ASSIGN(const Small typing,
                  measure(2000, [&](crdt::Transaction& gesture) { typeAnywhere(gesture); }));
    addSmall("type_char", typing);
    PE_TRY(grow(20'000));
    measureStored("after_24000_edits");
    PE_TRY_ASSIGN(const Small moves,
                  measure(200, [&](crdt::Transaction& gesture) { moveAnywhere(gesture); }));
    addSmall("move", moves);
    figures_.addFlag("peer_equal", tree_.stateHash() == peer_.stateHash());
    return figures_;
}

}  // namespace

Result<Figures> benchPeerStructure(std::string_view bytes) {
    const json model = json::parse(bytes, nullptr, false);
    if (!model.is_object() || !model.contains("steps") || !model["steps"].is_array())
        return fail(ErrorCode::Corrupt, "this is no structured document");
    try {
        return StructureBench(model["steps"]).run();
    } catch (const json::exception& error) {
        return fail(ErrorCode::Corrupt, error.what());
    }
}

}  // namespace pe::cli
