// SPDX-License-Identifier: MIT
#include "editing_trace.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "gzip.hpp"
#include "pe/base/utf8.hpp"

namespace pe::cli {
namespace {

constexpr std::size_t kMaxTraceBytes = std::size_t{1} << 30;

tl::unexpected<Error> noTrace() {
    return fail(ErrorCode::Corrupt, "this is no editing trace");
}

crdt::Elements elementsOf(std::string_view text) {
    crdt::Elements out;
    out.reserve(text.size());
    while (!text.empty()) {
        const utf8::CodePoint point = utf8::decode(text);
        out.push_back(point.value);
        text.remove_prefix(point.length);
    }
    return out;
}

// Follows the document by depth: {1 [2 txns {3 [4 patches [5 one patch.
class TraceSax final : public nlohmann::json_sax<nlohmann::json> {
public:
    EditingTrace trace;

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return depth_ < 4; }
    bool number_float(number_float_t, const string_t&) override { return depth_ < 4; }
    bool binary(binary_t&) override { return false; }
    bool number_unsigned(number_unsigned_t value) override {
        if (value > 0xFFFFFFFF)
            return depth_ < 3;
        const auto number = static_cast<std::uint32_t>(value);
        if (depth_ == 1 && top_ == "numAgents")
            trace.agents = number;
        else if (depth_ == 3 && inner_ == "agent")
            trace.transactions.back().agent = number;
        else if (depth_ == 4 && inner_ == "parents")
            trace.transactions.back().parents.push_back(number);
        else if (inPatch())
            patchNumber(number);
        return true;
    }
    bool string(string_t& value) override {
        if (depth_ == 1 && top_ == "startContent")
            trace.start = elementsOf(value);
        else if (depth_ == 1 && top_ == "endContent")
            trace.end = elementsOf(value);
        else if (inPatch())
            trace.transactions.back().patches.back().inserted = elementsOf(value);
        return true;
    }
    bool key(string_t& value) override {
        if (depth_ == 1)
            top_ = value;
        if (depth_ == 3) {
            inner_ = value;
            trace.concurrent |= inner_ == "parents";
        }
        return true;
    }
    bool start_object(std::size_t) override {
        if (depth_ == 2 && top_ == "txns")
            trace.transactions.emplace_back();
        return ++depth_ < 16;
    }
    bool end_object() override {
        --depth_;
        return true;
    }
    bool start_array(std::size_t) override {
        if (depth_ == 4 && inner_ == "patches" && top_ == "txns") {
            trace.transactions.back().patches.emplace_back();
            field_ = 0;
        }
        return ++depth_ < 16;
    }
    bool end_array() override {
        --depth_;
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
        return false;
    }

private:
    bool inPatch() const { return depth_ == 5 && inner_ == "patches" && top_ == "txns"; }
    void patchNumber(std::uint32_t number) {
        TracePatch& patch = trace.transactions.back().patches.back();
        (field_++ == 0 ? patch.position : patch.removed) = number;
    }

    int depth_ = 0;
    int field_ = 0;
    std::string top_;
    std::string inner_;
};

class BinaryReader {
public:
    explicit BinaryReader(std::string_view bytes) : bytes_(bytes) {}

    Result<EditingTrace> run() {
        EditingTrace trace;
        const std::uint32_t agents = number();
        trace.agents = std::max(1U, agents);
        trace.concurrent = agents > 0;
        trace.transactions.resize(count(12));
        for (TraceTransaction& each : trace.transactions) {
            each.agent = number();
            each.parents.resize(count(4));
            for (std::uint32_t& parent : each.parents)
                parent = number();
            each.patches.resize(count(12));
            for (TracePatch& patch : each.patches) {
                patch.position = number();
                patch.removed = number();
                patch.inserted = text();
            }
        }
        trace.end = text();
        if (!ok_ || !bytes_.empty())
            return noTrace();
        return trace;
    }

private:
    std::uint32_t number() {
        if (bytes_.size() < 4) {
            ok_ = false;
            return 0;
        }
        std::uint32_t value = 0;
        for (unsigned i = 0; i < 4; ++i)
            value |= std::uint32_t{static_cast<unsigned char>(bytes_[i])} << (8 * i);
        bytes_.remove_prefix(4);
        return value;
    }
    // A count of things of at least `bytesEach`; none if they cannot all follow.
    std::uint32_t count(std::size_t bytesEach) {
        const std::uint32_t value = number();
        ok_ = ok_ && value <= bytes_.size() / bytesEach;
        return ok_ ? value : 0;
    }
    crdt::Elements text() {
        const std::uint32_t size = count(1);
        crdt::Elements text = elementsOf(bytes_.substr(0, size));
        bytes_.remove_prefix(size);
        return text;
    }

    std::string_view bytes_;
    bool ok_ = true;
};

bool isWhole(const EditingTrace& trace) {
    for (std::size_t i = 0; i < trace.transactions.size(); ++i) {
        const TraceTransaction& each = trace.transactions[i];
        const bool earlier = std::all_of(each.parents.begin(), each.parents.end(),
                                         [i](std::uint32_t parent) { return parent < i; });
        if (each.agent >= trace.agents || !earlier)
            return false;
    }
    return trace.agents <= 1000;
}

}  // namespace

std::size_t EditingTrace::patchCount() const {
    std::size_t count = 0;
    for (const TraceTransaction& each : transactions)
        count += each.patches.size();
    return count;
}

Result<EditingTrace> readTrace(std::string_view bytes) {
    std::string unpacked;
    if (isGzip(bytes)) {
        PE_TRY_ASSIGN(unpacked, gunzip(bytes, kMaxTraceBytes));
        bytes = unpacked;
    }
    EditingTrace trace;
    const std::size_t first = bytes.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos && bytes[first] == '{') {
        TraceSax sax;
        if (!nlohmann::json::sax_parse(bytes, &sax))
            return noTrace();
        trace = std::move(sax.trace);
    } else {
        PE_TRY_ASSIGN(trace, BinaryReader(bytes).run());
    }
    if (!isWhole(trace))
        return noTrace();
    return trace;
}

}  // namespace pe::cli
