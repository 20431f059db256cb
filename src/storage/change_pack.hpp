// SPDX-License-Identifier: MIT
// Packs: consecutive changes of one pipeline as one value. Changes are small and alike, so together
// they compress to a fraction of what they take as rows. A pack, before value_codec.hpp:
//   for each change: varint length (seven bits a byte, lowest first), then its bytes
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "database.hpp"
#include "pe/storage/journal.hpp"

namespace pe::storage {

std::string packOf(const std::vector<std::string>& bodies);
// Corrupt if it is not what packOf() made of so many changes.
Result<std::vector<std::string>> unpack(std::string_view pack, std::size_t count);

// The rows of the pipeline with this number. Changes behind `after` up to `upTo`, in order.
Result<std::vector<Change>> packedChanges(Database& database, std::int64_t number,
                                          std::int64_t after, std::int64_t upTo);
Result<std::optional<std::string>> packedChange(Database& database, std::int64_t number,
                                                std::int64_t position);

// Moves all but the newest changes into packs, within the caller's transaction. False: there are
// too few for that.
Result<bool> packLooseChanges(Database& database, std::int64_t number, std::int64_t last);

}  // namespace pe::storage
