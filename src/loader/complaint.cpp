// SPDX-License-Identifier: MIT
#include "complaint.hpp"

#include <utility>

#include "interpolate.hpp"

namespace pe::loader {

Check crash(std::string message, const yaml::Value& about) {
    return Complaint{Outcome::Crash, std::move(message), &about};
}

Message& Message::operator<<(const yaml::Value& value) {
    if (failed())
        return *this;
    auto text = interpolated(value);
    if (text)
        text_ += *text;
    else
        failure_ = crash(std::move(text).error(), value);
    return *this;
}

Check Message::reject(const yaml::Value& about) const {
    if (failed())
        return failure_;
    return Complaint{Outcome::Reject, text_, &about};
}

Check reject(std::string_view sentence, const yaml::Value& about) {
    return (Message() << sentence).reject(about);
}

}  // namespace pe::loader
