// SPDX-License-Identifier: MIT
// Complaint: the first thing that a validator of the engine says against a value, and how its
// sentences come about: values are written into them as the engine's language writes them, which
// can itself fail and is then what the engine says.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pe/loader/verdict.hpp"
#include "pe/yaml/value.hpp"

namespace pe::loader {

struct Complaint {
    Outcome outcome = Outcome::Reject;
    std::string message;
    const yaml::Value* about = nullptr;  // the value, or the collection that lacks it
};

// What a rule answers; nothing if it has no complaint.
using Check = std::optional<Complaint>;

Check crash(std::string message, const yaml::Value& about);

// The sentence of a rejection, piece by piece.
class Message {
public:
    Message& operator<<(std::string_view text) {
        text_ += text;
        return *this;
    }
    // Interpolates; a value that has no text turns the sentence into a crash.
    Message& operator<<(const yaml::Value& value);

    bool failed() const { return failure_.has_value(); }
    const std::string& text() const { return text_; }
    Check failure() const { return failure_; }
    // The failure if there is one.
    Check reject(const yaml::Value& about) const;

private:
    std::string text_;
    Check failure_;
};

Check reject(std::string_view sentence, const yaml::Value& about);

}  // namespace pe::loader
