// SPDX-License-Identifier: MIT
// Verdict: what the engine's own loader says of a file: the parse (yaml_elixir over yamerl), then
// the two validators, each of which stops at its first complaint. Messages are the engine's, to the
// letter. Pure functions; safe on any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "pe/yaml/forest.hpp"
#include "pe/yaml/tree.hpp"
#include "pe/yaml/value.hpp"

namespace pe::loader {

enum class Outcome : std::uint8_t {
    Accept,
    Reject,
    ParseError,
    Crash,  // the validator raises instead of answering
};

struct Verdict {
    Outcome outcome = Outcome::Accept;
    std::string message;  // Reject: the loader's; Crash: what is raised, as far as is known
    std::string path;     // JSON Pointer of the value that the message is about; may be empty
    friend bool operator==(const Verdict&, const Verdict&) = default;
};

// Which of the validators take a file, or a part of one.
struct Taken {
    bool config = false;
    bool enhanced = false;
    bool byBoth() const { return config && enhanced; }
};

struct Verdicts {
    bool parses = true;
    Verdict config;                           // Pipeline.Config.validate_workflow
    Verdict enhanced;                         // Pipeline.EnhancedConfig.load_from_map
    std::shared_ptr<const yaml::Value> read;  // what both looked at; null if it does not parse

    Taken taken() const {
        return {config.outcome == Outcome::Accept, enhanced.outcome == Outcome::Accept};
    }
};

// The spelling of the command-line contract: accept, reject, parse-error, crash.
std::string_view outcomeName(Outcome outcome);

// Of a text that was parsed, whatever it is.
Verdicts verdicts(const yaml::Tree& tree);

// Why the engine's YAML reader refuses a text in which our parser has found no error.
struct Refusal {
    std::string sentence;
    yaml::NodeRef node = yaml::kNoNode;  // the entry, where it is one
};
// Nearly all texts are judged by a walk over the entries; the others are parsed anew.
class ReaderOpinion {
public:
    // `forest` is that of the text. Nothing if the reader takes it. `changed` are the entries that
    // are not as they were when it was asked last, with all entries around them; null: all may be.
    std::optional<Refusal> refusalOf(const yaml::Forest& forest, std::string_view text,
                                     const std::unordered_set<yaml::NodeRef>* changed);
    // Something changed, and it is not asked.
    void forget() { taken_ = false; }

private:
    bool taken_ = false;  // the walk had nothing to say last time
};

// What the validators think of the parts of a file; each part is judged as if the others were as
// they should be. Views the value.
class PartOpinion {
public:
    explicit PartOpinion(const yaml::Value& root);
    ~PartOpinion();
    PartOpinion(const PartOpinion&) = delete;
    PartOpinion& operator=(const PartOpinion&) = delete;

    Taken header() const;  // everything but the steps
    Taken step(const yaml::Value& step) const;

private:
    struct Data;
    std::unique_ptr<Data> data_;
};

// Of a value as the loader's YAML reader gives it.
Verdict configVerdict(const yaml::Value& root);
Verdict enhancedVerdict(const yaml::Value& root);

}  // namespace pe::loader
