// SPDX-License-Identifier: MIT
// Disk: a journal of records, as a machine that can lose power keeps it. What was synced survives;
// of the rest a crash leaves some first part, and its last record may be torn.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pe/base/random.hpp"

namespace pe::simulation {

class Disk {
public:
    void append(std::string_view record);
    void sync() { synced_ = bytes_.size(); }
    bool isSynced() const { return synced_ == bytes_.size(); }
    // Replaces everything in one step, as a rename does; synced.
    void replace(const std::vector<std::string>& records);
    // True if something was torn.
    bool crash(Random& random);
    // The records up to the first that is damaged. `trusting` reads on past it.
    std::vector<std::string> records(bool trusting) const;
    // Cuts a damaged tail off, so that later records can be found.
    void repair();

private:
    std::string bytes_;
    std::size_t synced_ = 0;
};

}  // namespace pe::simulation
