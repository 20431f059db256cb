// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <string>

#include "embedded_files.hpp"
#include "pe/format/graph_export.hpp"
#include "preview.hpp"

namespace pe::format {
namespace {

constexpr int kMargin = 32;
constexpr int kTitleHeight = 44;
constexpr int kTextLeft = 46;  // of the texts in a card: behind bar and icon
constexpr const char* kFont = "Inter, 'Segoe UI', 'DejaVu Sans', Arial, sans-serif";
constexpr const char* kBackground = "#f5f6f8";
constexpr const char* kCard = "#ffffff";
constexpr const char* kBorder = "#cfd5dd";
constexpr const char* kInk = "#1c242e";
constexpr const char* kQuiet = "#5a6675";
constexpr const char* kSpine = "#8b96a5";

struct EdgeLook {
    const char* color;
    const char* dashes;
};

EdgeLook lookOf(EdgeKind kind) {
    switch (kind) {
        case EdgeKind::PreviousResponse:
            return {"#2563c9", ""};
        case EdgeKind::Template:
            return {"#0f766e", ""};
        case EdgeKind::Condition:
            return {"#b45309", "5 4"};
        case EdgeKind::DataSource:
            return {"#7444c4", ""};
        case EdgeKind::Variable:
            return {"#8a6100", "2 4"};
        case EdgeKind::Sequence:
        case EdgeKind::Function:
        case EdgeKind::PipelineFile:
            break;
    }
    return {kSpine, ""};
}

std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '&')
            result += "&amp;";
        else if (c == '<')
            result += "&lt;";
        else if (c == '>')
            result += "&gt;";
        else if (c == '"')
            result += "&quot;";
        else if (byte >= 0x20 && byte != 0x7f)
            result += c;
    }
    return result;
}

// Cuts a text to about `width` pixels; letters are taken as 0.56 of the font size wide, which fits
// the usual sans-serif fonts.
std::string fitted(std::string_view text, int width, int fontSize) {
    const int letters = std::max(1, width * 100 / (fontSize * 56));
    return escaped(previewOf(text, static_cast<std::size_t>(letters)));
}

std::string attribute(const char* name, int value) {
    return std::string(" ") + name + "=\"" + std::to_string(value) + "\"";
}

class SvgWriter {
public:
    SvgWriter(const Graph& graph, const Layout& layout, const Catalogue& catalogue)
        : graph_(graph), layout_(layout), catalogue_(catalogue) {
        for (const SchemaFile& each : embeddedIcons()) {
            const std::size_t begin = each.bytes.find('>') + 1;
            const std::size_t end = each.bytes.rfind("</svg>");
            icons_[each.name.substr(0, each.name.rfind('.'))] =
                each.bytes.substr(begin, end - begin);
        }
    }

    std::string write(std::string_view title) {
        const int top = title.empty() ? 0 : kTitleHeight;
        const int width = layout_.bounds.width + 2 * kMargin;
        const int height = layout_.bounds.height + 2 * kMargin + top;
        text_ = "<svg xmlns=\"http://www.w3.org/2000/svg\"" + attribute("width", width) +
                attribute("height", height) + " viewBox=\"0 0 " + std::to_string(width) + " " +
                std::to_string(height) + "\" font-family=\"" + kFont + "\">\n";
        text_ += "<rect" + attribute("width", width) + attribute("height", height) + " fill=\"" +
                 kBackground + "\"/>\n";
        if (!title.empty())
            label(kMargin, kMargin + 16, fitted(title, width - 2 * kMargin, 18), 18, kInk, true);
        text_ += "<g transform=\"translate(" + std::to_string(kMargin - layout_.bounds.x) + " " +
                 std::to_string(kMargin + top - layout_.bounds.y) + ")\">\n";
        drawNodes(true);
        drawEdges();
        drawNodes(false);
        return text_ + "</g>\n</svg>\n";
    }

private:
    void label(int x, int baseline, const std::string& text, int size, const char* color,
               bool bold) {
        if (text.empty())
            return;
        text_ += "<text" + attribute("x", x) + attribute("y", baseline) +
                 attribute("font-size", size) + " fill=\"" + color + "\"" +
                 (bold ? " font-weight=\"600\"" : "") + ">" + text + "</text>\n";
    }

    void rectangle(const Box& box, int radius, const std::string& paint) {
        text_ += "<rect" + attribute("x", box.x) + attribute("y", box.y) +
                 attribute("width", box.width) + attribute("height", box.height) +
                 attribute("rx", radius) + " " + paint + "/>\n";
    }

    void icon(const std::string& name, int x, int y, const std::string& color) {
        const auto found = icons_.find(name);
        if (found == icons_.end())
            return;
        text_ += "<g transform=\"translate(" + std::to_string(x) + " " + std::to_string(y) +
                 ") scale(0.8333)\" fill=\"none\" stroke=\"" + color +
                 "\" stroke-width=\"1.9\" stroke-linecap=\"round\" stroke-linejoin=\"round\">" +
                 found->second + "</g>\n";
    }

    // Containers lie under the edges, steps over them.
    void drawNodes(bool containers) {
        for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
            const GraphNode& node = graph_.nodes[i];
            if (!layout_.visible[i] || node.container != containers)
                continue;
            if (containers)
                container(node, layout_.boxes[i]);
            else
                card(node, layout_.boxes[i]);
        }
    }

    std::string colorOf(const GraphNode& node) const {
        const StepType* type = node.kind == NodeKind::Step ? catalogue_.find(node.type) : nullptr;
        return type != nullptr && !type->color.empty() ? type->color : kQuiet;
    }

    std::string iconOf(const GraphNode& node) const {
        if (node.kind == NodeKind::Task)
            return "task";
        if (node.kind == NodeKind::Branch)
            return "branch";
        const StepType* type = catalogue_.find(node.type);
        return type == nullptr ? "unknown" : type->icon;
    }

    std::string titleOf(const GraphNode& node) const {
        const StepType* type = node.kind == NodeKind::Step ? catalogue_.find(node.type) : nullptr;
        return type == nullptr ? node.type : type->title;
    }

    void container(const GraphNode& node, const Box& box) {
        const std::string color = colorOf(node);
        const bool lane = node.kind == NodeKind::Branch;
        rectangle(box, lane ? 8 : 12,
                  lane ? "fill=\"#ffffff\" fill-opacity=\"0.55\" stroke=\"" + std::string(kBorder) +
                             "\" stroke-dasharray=\"4 4\""
                       : "fill=\"" + color + "\" fill-opacity=\"0.06\" stroke=\"" + color +
                             "\" stroke-opacity=\"0.45\"");
        icon(iconOf(node), box.x + 14, box.y + 12, color);
        const int room = box.width - 42 - 16;
        const std::string name = node.name.empty() ? titleOf(node) : node.name;
        label(box.x + 42, box.y + 20, fitted(name, room, 13), 13, kInk, true);
        const std::string about =
            titleOf(node) + (node.preview.empty() ? "" : " \u00b7 " + node.preview);
        label(box.x + 42, box.y + 36, fitted(about, room, 11), 11, kQuiet, false);
    }

    void card(const GraphNode& node, const Box& box) {
        const std::string color = colorOf(node);
        rectangle({box.x, box.y + 2, box.width, box.height}, 10,
                  "fill=\"#1c242e\" fill-opacity=\"0.06\"");
        rectangle(box, 10, "fill=\"" + std::string(kCard) + "\" stroke=\"" + kBorder + "\"");
        rectangle({box.x, box.y + 12, 4, box.height - 24}, 2, "fill=\"" + color + "\"");
        icon(iconOf(node), box.x + 15, box.y + (box.height - 20) / 2, color);
        const int room = box.width - kTextLeft - 12;
        const int middle = box.y + box.height / 2;
        const std::string name = node.name.empty() ? titleOf(node) : node.name;
        label(box.x + kTextLeft, middle - 12, fitted(name, room, 13), 13, kInk, true);
        label(box.x + kTextLeft, middle + 5, fitted(titleOf(node), room, 11), 11, color.c_str(),
              false);
        label(box.x + kTextLeft, middle + 21, fitted(node.preview, room, 11), 11, kQuiet, false);
    }

    void drawEdges() {
        for (std::size_t i = 0; i < graph_.edges.size(); ++i)
            if (layout_.routes[i].size() >= 2)
                path(layout_.routes[i], lookOf(graph_.edges[i].kind));
    }

    static std::string at(const Point& point) {
        return std::to_string(point.x) + " " + std::to_string(point.y);
    }

    // The point `distance` before `end` on the way from `from`.
    static Point before(const Point& end, const Point& from, int distance) {
        const auto step = [&](int a, int b) { return a + std::clamp(b - a, -distance, distance); };
        return {step(end.x, from.x), step(end.y, from.y)};
    }

    void path(const std::vector<Point>& route, const EdgeLook& look) {
        std::string line = "M" + at(route.front());
        for (std::size_t i = 1; i + 1 < route.size(); ++i) {
            line += " L" + at(before(route[i], route[i - 1], 5));
            line += " Q" + at(route[i]) + " " + at(before(route[i], route[i + 1], 5));
        }
        const Point tip = route.back();
        const Point neck = before(tip, route[route.size() - 2], 6);
        line += " L" + at(neck);
        text_ +=
            "<path d=\"" + line + "\" fill=\"none\" stroke=\"" + look.color +
            "\" stroke-width=\"1.5\"" +
            (*look.dashes == '\0' ? "" : std::string(" stroke-dasharray=\"") + look.dashes + "\"") +
            "/>\n";
        const Point side{neck.y == tip.y ? 0 : 4, neck.x == tip.x ? 0 : 4};
        text_ += "<path d=\"M" + at(tip) + " L" + at({neck.x + side.x, neck.y + side.y}) + " L" +
                 at({neck.x - side.x, neck.y - side.y}) + " Z\" fill=\"" + look.color + "\"/>\n";
    }

    const Graph& graph_;
    const Layout& layout_;
    const Catalogue& catalogue_;
    std::map<std::string, std::string> icons_;
    std::string text_;
};

}  // namespace

std::string toSvg(const Graph& graph, const Layout& layout, const Catalogue& catalogue,
                  std::string_view title) {
    return SvgWriter(graph, layout, catalogue).write(title);
}

}  // namespace pe::format
