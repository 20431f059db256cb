// SPDX-License-Identifier: MIT
// Result<T>: a value or an Error. Errors are values in every library but the adapters that meet
// exceptions. The class is [[nodiscard]], so an ignored error does not compile.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace pe {

// A code exists only where some caller reacts differently to it.
enum class ErrorCode {
    InvalidArgument,  // the request makes no sense: wrong usage
    NotFound,         // the named thing does not exist
    Unreadable,       // input exists but cannot be read or used
    Unwritable,       // output cannot be written; nothing was changed
    Refused,          // understood, but not allowed or not possible here
    Conflict,         // somebody else changed or holds it
    Corrupt,          // stored bytes are damaged
    LimitExceeded,    // larger or deeper than the stated bound
    Internal,         // a bug of ours, caught before it did harm
};

struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;  // one sentence for a person: what happened and what to do
    std::string where;    // file, pointer or position it is about; may be empty
};

template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
public:
    using tl::expected<T, Error>::expected;
    Result(tl::expected<T, Error>&& other) : tl::expected<T, Error>(std::move(other)) {}
};

inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string where = {}) {
    return tl::unexpected<Error>(Error{code, std::move(message), std::move(where)});
}

}  // namespace pe

#define PE_CONCAT_INNER(a, b) a##b
#define PE_CONCAT(a, b) PE_CONCAT_INNER(a, b)

// Returns the error of `expr` from the enclosing function, if there is one.
#define PE_TRY(expr)                                           \
    do {                                                       \
        auto peTried = (expr);                                 \
        if (!peTried)                                          \
            return tl::unexpected(std::move(peTried).error()); \
    } while (false)

// PE_TRY_ASSIGN(auto x, expr); declares x with the value of `expr` or returns its error.
#define PE_TRY_ASSIGN(declaration, expr)                                        \
    auto PE_CONCAT(peTried, __LINE__) = (expr);                                 \
    if (!PE_CONCAT(peTried, __LINE__))                                          \
        return tl::unexpected(std::move(PE_CONCAT(peTried, __LINE__)).error()); \
    declaration = std::move(*PE_CONCAT(peTried, __LINE__))
