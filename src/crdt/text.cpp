// SPDX-License-Identifier: MIT
#include "pe/crdt/text.hpp"

#include "text_store.hpp"

namespace pe::crdt {

Text::Text() : store_(std::make_unique<TextStore>()) {}
Text::~Text() = default;
Text::Text(Text&&) noexcept = default;
Text& Text::operator=(Text&&) noexcept = default;

std::uint32_t Text::length() const {
    return store_->length();
}

Elements Text::elements() const {
    return store_->slice(0, store_->length());
}

Elements Text::slice(std::uint32_t position, std::uint32_t count) const {
    return store_->slice(position, count);
}

Element Text::at(std::uint32_t position) const {
    const Elements one = store_->slice(position, 1);
    return one.empty() ? 0 : one.front();
}

std::uint32_t Text::runCount() const {
    return store_->runCount();
}

OpId Text::idAt(std::uint32_t position) const {
    return store_->idAt(position);
}

Anchor Text::anchorAt(std::uint32_t position, Bias bias) const {
    if (bias == Bias::Before)
        return position < length() ? Anchor{store_->idAt(position), bias}
                                   : Anchor{OpId{}, Bias::After};
    return position > 0 ? Anchor{store_->idAt(position - 1), bias} : Anchor{OpId{}, Bias::Before};
}

std::uint32_t Text::positionOf(Anchor anchor) const {
    if (!anchor.element)
        return anchor.bias == Bias::Before ? 0 : length();
    if (!store_->knows(anchor.element))
        return length();
    const bool behind = anchor.bias == Bias::After && store_->isVisible(anchor.element);
    return store_->positionOf(anchor.element) + (behind ? 1 : 0);
}

}  // namespace pe::crdt
