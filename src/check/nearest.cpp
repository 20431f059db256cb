// SPDX-License-Identifier: MIT
#include "nearest.hpp"

#include <algorithm>
#include <bit>
#include <numeric>
#include <string>
#include <utility>

namespace pe::check {
namespace {

constexpr std::size_t kLongest = 64;

std::string plain(std::string_view name) {
    std::string letters;
    for (const char c : name.substr(0, kLongest))
        if (c != '_' && c != '-' && c != ' ')
            letters += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return letters;
}

std::uint64_t setOf(std::string_view letters) {
    std::uint64_t set = 0;
    for (const char c : letters)
        set |= std::uint64_t{1} << (static_cast<unsigned char>(c) % 64);
    return set;
}

std::size_t count(std::uint64_t set) {
    return static_cast<std::size_t>(std::popcount(set));
}

}  // namespace

std::size_t typingDistance(std::string_view a, std::string_view b, std::size_t limit) {
    const std::size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
    if (difference > limit || (limit == 0 && a != b))
        return limit + 1;
    std::vector<std::size_t> rows(3 * (b.size() + 1));
    std::size_t* beforeThat = rows.data();
    std::size_t* before = beforeThat + b.size() + 1;
    std::size_t* row = before + b.size() + 1;
    std::iota(row, row + b.size() + 1, std::size_t{0});
    std::size_t leastBefore = 0;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t* const free = std::exchange(beforeThat, before);
        before = std::exchange(row, free);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({before[j] + 1, row[j - 1] + 1, change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], beforeThat[j - 2] + 1);
        }
        // A swap looks two rows back; nothing else can get below both of them.
        const std::size_t least = *std::min_element(row, row + b.size() + 1);
        if (std::min(std::exchange(leastBefore, least), least) > limit)
            return limit + 1;
    }
    return std::min(row[b.size()], limit + 1);
}

void NearNames::add(std::string_view name) {
    std::string letters = plain(name);
    const std::uint64_t set = setOf(letters);
    names_.push_back({name, std::move(letters), set});
}

std::string_view NearNames::nearest(std::string_view name,
                                    const std::function<bool(std::string_view)>& admits) const {
    const std::string wanted = plain(name);
    const std::uint64_t set = setOf(wanted);
    std::size_t best = std::max<std::size_t>(wanted.size() / 3, 1);
    std::string_view found;
    for (const Name& each : names_) {
        // One change brings one letter and takes another.
        if (count(set & ~each.set) > best || count(each.set & ~set) > best)
            continue;
        const std::size_t distance = typingDistance(wanted, each.letters, best);
        if (distance > best || distance >= each.letters.size() || !admits(each.written))
            continue;
        found = each.written;
        if (distance == 0)
            break;
        best = distance - 1;  // of equally near ones the first counts
    }
    return found;
}

std::string_view nearest(std::string_view name, const std::vector<std::string_view>& candidates) {
    NearNames names;
    for (const std::string_view each : candidates)
        names.add(each);
    return names.nearest(name, [](std::string_view) { return true; });
}

bool isSlip(std::string_view name, std::string_view meant) {
    const std::string wanted = plain(name);
    const std::string candidate = plain(meant);
    return typingDistance(wanted, candidate, 1) <= (candidate.size() > 3 ? 1 : 0);
}

}  // namespace pe::check
