// SPDX-License-Identifier: MIT
// Arena: bytes that stay where they are as long as the arena lives.
#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace pe::crdt {

class Arena {
public:
    std::string_view keep(std::string_view bytes) {
        if (bytes.empty())
            return {};
        if (bytes.size() > free_) {
            free_ = std::max(bytes.size(), kChunk);
            chunks_.push_back(std::make_unique<char[]>(free_));
            at_ = chunks_.back().get();
        }
        char* const to = at_;
        std::memcpy(to, bytes.data(), bytes.size());
        at_ += bytes.size();
        free_ -= bytes.size();
        return {to, bytes.size()};
    }

private:
    static constexpr std::size_t kChunk = 64 * 1024;

    std::vector<std::unique_ptr<char[]>> chunks_;
    char* at_ = nullptr;
    std::size_t free_ = 0;
};

}  // namespace pe::crdt
