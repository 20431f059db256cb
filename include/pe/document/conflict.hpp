// SPDX-License-Identifier: MIT
// Conflict: two people changed the same thing without knowing of each other. The document always
// shows one outcome; nothing that anybody did is lost, and a person can choose another version.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "pe/yaml/forest.hpp"

namespace pe::document {

enum class ConflictKind : std::uint8_t {
    Field,          // two values of one field
    Comment,        // two versions of one comment
    FieldName,      // two names of one field
    DeletedEdited,  // somebody edited inside what somebody else deleted
    MovedTwice,     // two places of one entry
    SameKey,        // two fields of one name in one mapping; the engine reads the first
    NameReference,  // a reference to a name that a step had before somebody renamed it
    HiddenPart,     // an entry that fits no longer where it is: its list became text, for example
    LostAnchor,     // an alias whose anchor somebody else deleted, or which stands behind it now
    SameAnchor,     // one anchor name for two entries; an alias means the last one above it
    TagAndValue,    // a type that somebody said of a value, and another value by somebody else
};

struct ConflictVersion {
    std::string value;   // for people: a value, a place, or what choosing it does
    std::string author;  // may be empty
    std::int64_t atMs = 0;
    bool own = false;
    bool shown = false;
};

struct Conflict {
    // Names the conflict as long as it exists, on this machine.
    std::string id;
    ConflictKind kind = ConflictKind::Field;
    // The entry to show: the one concerned, or what it was in if it is not shown itself.
    yaml::NodeRef node = yaml::kNoNode;
    std::string pointer;   // of `node`
    std::string sentence;  // what happened and what is shown, for people
    std::vector<ConflictVersion> versions;
};

}  // namespace pe::document
