// SPDX-License-Identifier: MIT
#include "pe/picture/png.hpp"

#include <cairo.h>
#include <librsvg/rsvg.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace pe::picture {
namespace {

struct Release {
    void operator()(RsvgHandle* handle) const { g_object_unref(handle); }
    void operator()(GError* error) const { g_error_free(error); }
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* context) const { cairo_destroy(context); }
};
template <class T>
using Owned = std::unique_ptr<T, Release>;

Error failure(ErrorCode code, const char* what, GError* error) {
    const Owned<GError> owned(error);
    std::string message = what;
    if (owned)
        message.append(": ").append(owned->message);
    return {code, std::move(message), {}};
}

struct Size {
    double width = 0;
    double height = 0;
};

Result<Size> sizeOf(RsvgHandle* handle) {
    Size size;
    if (rsvg_handle_get_intrinsic_size_in_pixels(handle, &size.width, &size.height) == FALSE ||
        !(size.width > 0) || !(size.height > 0))
        return fail(ErrorCode::InvalidArgument, "The drawing has no size.");
    return size;
}

double fitting(const Size& size, double scale) {
    const double side = std::max(size.width, size.height);
    scale = std::min(scale, kSideMax / side);
    return std::min(scale, std::sqrt(kPixelsMax / (size.width * size.height)));
}

cairo_status_t append(void* out, const unsigned char* bytes, unsigned int count) {
    static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), count);
    return CAIRO_STATUS_SUCCESS;
}

}  // namespace

Result<std::string> pngFromSvg(std::string_view svg, double scale) {
    if (!(scale > 0))
        return fail(ErrorCode::InvalidArgument, "The scale of a picture is a number above 0.");
    GError* error = nullptr;
    const Owned<RsvgHandle> handle(
        rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), &error));
    if (!handle)
        return tl::unexpected(failure(ErrorCode::InvalidArgument, "This is no SVG", error));
    PE_TRY_ASSIGN(const Size size, sizeOf(handle.get()));
    const double factor = fitting(size, scale);
    const int width = std::max(1, static_cast<int>(std::ceil(size.width * factor)));
    const int height = std::max(1, static_cast<int>(std::ceil(size.height * factor)));

    const Owned<cairo_surface_t> surface(
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height));
    const Owned<cairo_t> context(cairo_create(surface.get()));
    const RsvgRectangle viewport{0, 0, size.width * factor, size.height * factor};
    if (rsvg_handle_render_document(handle.get(), context.get(), &viewport, &error) == FALSE)
        return tl::unexpected(failure(ErrorCode::Internal, "The picture was not drawn", error));
    std::string png;
    if (cairo_surface_write_to_png_stream(surface.get(), append, &png) != CAIRO_STATUS_SUCCESS)
        return fail(ErrorCode::Internal, "The picture could not be written.");
    return png;
}

}  // namespace pe::picture
