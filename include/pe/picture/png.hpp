// SPDX-License-Identifier: MIT
// PNG: a drawn SVG as pixels. The only place that knows librsvg and cairo. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "pe/base/result.hpp"

namespace pe::picture {

// The longest side of a picture, in pixels, and the most pixels it may have (4 bytes each while it
// is drawn). A larger drawing is scaled down to fit.
inline constexpr int kSideMax = 32'000;
inline constexpr double kPixelsMax = 64e6;

// `scale`: pixels for a unit of the drawing. InvalidArgument for a text that is no SVG, has no size
// or a scale that is not above 0; Internal if the library cannot draw it.
Result<std::string> pngFromSvg(std::string_view svg, double scale = 1.0);

}  // namespace pe::picture
