// SPDX-License-Identifier: MIT
#include "element_buffer.hpp"

namespace pe::crdt {
namespace {

std::uint32_t widthOf(Element element) {
    return element < 0x100 ? 1 : element < 0x10000 ? 2 : 4;
}

}  // namespace

Element ElementBuffer::at(std::uint32_t index) const {
    Element element = 0;
    const std::size_t from = std::size_t{index} * width_;
    for (std::uint32_t i = 0; i < width_; ++i)
        element |= Element{bytes_[from + i]} << (8 * i);
    return element;
}

void ElementBuffer::append(ElementsView elements) {
    Element all = 0;
    for (const Element each : elements)
        all |= each;
    if (const std::uint32_t width = widthOf(all); width > width_)
        widen(width);
    for (const Element each : elements)
        put(each);
}

void ElementBuffer::copy(std::uint32_t index, std::uint32_t count, Elements& out) const {
    out.reserve(out.size() + count);
    for (std::uint32_t i = index; i < index + count; ++i)
        out.push_back(at(i));
}

void ElementBuffer::widen(std::uint32_t width) {
    Elements all;
    copy(0, size(), all);
    bytes_.clear();
    bytes_.reserve(all.size() * width);
    width_ = width;
    for (const Element each : all)
        put(each);
}

void ElementBuffer::put(Element element) {
    for (std::uint32_t i = 0; i < width_; ++i)
        bytes_.push_back(static_cast<std::uint8_t>(element >> (8 * i)));
}

}  // namespace pe::crdt
