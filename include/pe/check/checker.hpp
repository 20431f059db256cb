// SPDX-License-Identifier: MIT
// Checker: runs the rules over one text. It keeps what it found for every step, so that after a
// keystroke only the steps that changed are looked at again. Owned by whoever shows the findings;
// one thread at a time. It reads files only through FileLookup.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pe/check/diagnostic.hpp"
#include "pe/check/settings.hpp"
#include "pe/document/document.hpp"
#include "pe/format/catalogue.hpp"
#include "pe/loader/verdict.hpp"
#include "pe/yaml/forest.hpp"
#include "pe/yaml/problem.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::check {

// What rules, completion and hovers ask about other files. Paths are as written in the pipeline;
// the lookup knows the folder they are relative to. Answers come at once: unknown is an answer.
class FileLookup {
public:
    enum class State {
        Present,
        Missing,
        Unreadable,
        Folder,
        Outside,  // of the project
        Beside,   // only beside the pipeline file, where the engine does not look
        Unknown,
    };
    virtual ~FileLookup() = default;
    virtual State state(std::string_view path) const = 0;
    // The text of a pipeline file, for cycles and outputs; nothing if it is not there.
    virtual std::optional<std::string> text(std::string_view path) const = 0;
    // The same for a person, who also means what is only beside the pipeline.
    virtual std::optional<std::string> meantText(std::string_view path) const = 0;
    // The names in a folder, sorted, folders with a `/` behind them; hidden ones are left out, and
    // so is what comes after very many. Empty path: the folder that paths start from.
    virtual std::vector<std::string> names(std::string_view folder) const = 0;
};

// What is checked: a forest, the text it renders to, and where each entry stands in it.
class Subject {
public:
    virtual ~Subject() = default;
    virtual const yaml::Forest& forest() const = 0;
    virtual std::string_view text() const = 0;
    virtual yaml::Span entrySpan(yaml::NodeRef node) const = 0;
    virtual yaml::Span keySpan(yaml::NodeRef node) const = 0;
    virtual yaml::Span valueSpan(yaml::NodeRef node) const = 0;
    virtual const std::vector<yaml::Problem>& problems() const = 0;
};

// Both borrow what they wrap.
std::unique_ptr<Subject> subjectOf(const yaml::Tree& tree);
// A draft is checked as the text it is.
std::unique_ptr<Subject> subjectOf(const document::Document& document);

// Where bytes of the decoded text of a scalar stand in the shown text.
yaml::Span partSpan(const Subject& subject, yaml::NodeRef node, std::size_t begin, std::size_t end);

class Checker {
public:
    Checker(const format::Catalogue& catalogue, Settings settings, const FileLookup* files);
    ~Checker();

    // Everything, from nothing. In the order of the text. Who knows the engine's verdicts on this
    // text saves the question what it says of single steps.
    const std::vector<Diagnostic>& check(const Subject& subject,
                                         const loader::Verdicts* verdicts = nullptr);
    // After `changes` to what was checked last.
    const std::vector<Diagnostic>& recheck(const Subject& subject,
                                           const document::ChangeSet& changes);
    const std::vector<Diagnostic>& diagnostics() const;

private:
    struct Data;
    std::unique_ptr<Data> data_;
};

}  // namespace pe::check
