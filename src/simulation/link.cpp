// SPDX-License-Identifier: MIT
#include "link.hpp"

#include <utility>

namespace pe::simulation {
namespace {

Message takeFirst(std::deque<Message>& queue) {
    Message message = std::move(queue.front());
    queue.pop_front();
    return message;
}

}  // namespace

void Link::post(Message message) {
    if (connected)
        up.push_back(std::move(message));
}

void Link::carryUp(Order& order, std::uint32_t slot, std::size_t count) {
    for (std::size_t i = 0; i < count && !up.empty(); ++i)
        for (Message& answer : order.receive(slot, takeFirst(up)))
            down.push_back(std::move(answer));
}

Message Link::takeDown() {
    return takeFirst(down);
}

bool disturb(std::deque<Message>& queue, EventKind kind) {
    if (queue.size() < (kind == EventKind::Reorder ? 2U : 1U))
        return false;
    if (kind == EventKind::Lose)
        queue.pop_front();
    else if (kind == EventKind::Duplicate)
        queue.push_back(queue.front());
    else
        std::swap(queue.front(), queue.back());
    return true;
}

}  // namespace pe::simulation
