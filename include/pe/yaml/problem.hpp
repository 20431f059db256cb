// SPDX-License-Identifier: MIT
// Problem: something wrong with the YAML of a text, at an exact place. Offsets are bytes; Position
// gives what people see: lines and columns from 1, columns in code points.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pe::yaml {

enum class Severity { Error, Warning };

struct Problem {
    std::string code;  // stable, for example "yaml.unclosed-quote"
    Severity severity = Severity::Error;
    std::string message;  // one sentence for a person, with what to do
    std::size_t begin = 0;
    std::size_t end = 0;
};

struct Position {
    std::size_t line = 1;
    std::size_t column = 1;
};

// Line starts of a text, so that offsets and positions convert in O(log lines), however long the
// lines are. Breaks are LF, CRLF, CR.
class LineIndex {
public:
    explicit LineIndex(std::string_view text);
    Position position(std::size_t offset) const;  // offsets past the end give the end
    std::size_t offset(std::size_t line) const;   // byte offset of the start of a line, from 1
    std::size_t lineCount() const { return starts_.size(); }

private:
    // A place inside a long line, and the code points between the line's start and it.
    struct Mark {
        std::size_t offset = 0;
        std::size_t points = 0;
    };
    void markLongLine(std::size_t begin, std::size_t end);

    std::string_view text_;
    std::vector<std::size_t> starts_;
    std::vector<Mark> marks_;
};

}  // namespace pe::yaml
