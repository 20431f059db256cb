// SPDX-License-Identifier: MIT
// A stroke is a change that types one element or deletes one range: what is sent at every key that
// somebody presses. It has a form of its own, which takes about half the bytes.
#pragma once

#include "id_codec.hpp"

namespace pe::crdt {

bool isStroke(const Change& change, const CodecContext& context);
void putStroke(const Change& change, IdWriter& ids);

// Whether a change that begins with this byte is a stroke.
bool isStroke(std::uint8_t firstByte);
// The change behind its first byte. Of a failed reader, it is any.
Change takeStroke(std::uint8_t firstByte, IdReader& ids);

}  // namespace pe::crdt
