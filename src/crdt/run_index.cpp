// SPDX-License-Identifier: MIT
#include "run_index.hpp"

#include <algorithm>

#include "pe/base/assert.hpp"

namespace pe::crdt {
namespace {

// The first entry behind the counter.
template <class Page>
auto behind(Page& page, std::uint32_t counter) {
    return std::upper_bound(
        page.begin(), page.end(), counter,
        [](std::uint32_t wanted, const RunIndex::Entry& each) { return wanted < each.counter; });
}

}  // namespace

// The last page that begins at or in front of the counter; the first one if there is none.
std::size_t RunIndex::pageOf(std::uint32_t counter) const {
    const auto after = std::upper_bound(
        pages_.begin(), pages_.end(), counter,
        [](std::uint32_t wanted, const Page& each) { return wanted < each.front().counter; });
    return after == pages_.begin() ? 0 : static_cast<std::size_t>(after - pages_.begin()) - 1;
}

const RunIndex::Entry* RunIndex::find(std::uint32_t counter) const {
    if (pages_.empty())
        return nullptr;
    if (back().counter <= counter)
        return &back();
    const Page& page = pages_[pageOf(counter)];
    const auto after = behind(page, counter);
    return after == page.begin() ? nullptr : &*(after - 1);
}

// A page with room for an entry of the counter. New text makes full pages, cuts make halves.
RunIndex::Page& RunIndex::pageFor(std::uint32_t counter) {
    if (pages_.empty())
        return pages_.emplace_back();
    const std::size_t at = pageOf(counter);
    if (pages_[at].size() < kPageEntries)
        return pages_[at];
    if (back().counter < counter)
        return pages_.emplace_back();
    const auto half = static_cast<std::ptrdiff_t>(kPageEntries / 2);
    Page upper(pages_[at].begin() + half, pages_[at].end());
    pages_[at].resize(kPageEntries / 2);
    pages_.insert(pages_.begin() + static_cast<std::ptrdiff_t>(at) + 1, std::move(upper));
    return pages_[pageOf(counter)];
}

void RunIndex::add(std::uint32_t counter, std::uint32_t run) {
    Page& page = pageFor(counter);
    page.insert(behind(page, counter), {counter, run});
}

void RunIndex::remove(std::uint32_t counter) {
    const std::size_t at = pageOf(counter);
    Page& page = pages_[at];
    const auto entry = behind(page, counter) - 1;
    PE_ASSERT(entry->counter == counter);
    page.erase(entry);
    if (page.empty())
        pages_.erase(pages_.begin() + static_cast<std::ptrdiff_t>(at));
}

void RunIndex::renumber(std::uint32_t counter, std::uint32_t to) {
    Page& page = pages_[pageOf(counter)];
    const auto entry = behind(page, counter) - 1;
    PE_ASSERT(entry->counter == counter);
    entry->counter = to;
}

}  // namespace pe::crdt
