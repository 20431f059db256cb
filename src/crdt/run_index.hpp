// SPDX-License-Identifier: MIT
// RunIndex: the runs of one author by the counters they begin with. Entries lie in pages of bounded
// size, so that a run cut out of the middle of a long text costs no more than one at its end.
#pragma once

#include <cstdint>
#include <vector>

namespace pe::crdt {

class RunIndex {
public:
    struct Entry {
        std::uint32_t counter;
        std::uint32_t run;
    };

    bool empty() const { return pages_.empty(); }
    // The last entry; there must be one.
    const Entry& back() const { return pages_.back().back(); }
    // The last entry at or in front of the counter; null if there is none.
    const Entry* find(std::uint32_t counter) const;

    // No entry has this counter.
    void add(std::uint32_t counter, std::uint32_t run);
    // An entry has this counter.
    void remove(std::uint32_t counter);
    // The entry of a counter gets another one, between the same neighbours.
    void renumber(std::uint32_t counter, std::uint32_t to);

private:
    static constexpr std::size_t kPageEntries = 256;
    using Page = std::vector<Entry>;

    std::size_t pageOf(std::uint32_t counter) const;
    Page& pageFor(std::uint32_t counter);

    std::vector<Page> pages_;  // none is empty
};

}  // namespace pe::crdt
