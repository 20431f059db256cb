// SPDX-License-Identifier: MIT
// Step extraction: steps that follow one another become a pipeline of their own, which a new step
// in their place runs, and back. The two are exact inverses, byte for byte: lines of steps are
// moved, and only the names that cross the border are written anew. Pure functions of texts;
// nothing is written to disk. A pipeline inside the same file is made by extractCommand().
//
// What the engine does with a pipeline in another file decides how names cross: it fills in the
// templates of the new step's `inputs` before it starts the file, and the file sees them as
// `{{inputs.x}}`. A template that reaches out therefore moves into `inputs` as it is. The step
// answers with what `outputs` lists, below `result` as soon as there are inputs; templates find it
// either way, conditions, extracts and data sources do not. The file knows its own functions only,
// so the definitions that the moved steps use are copied into it. Prompt parts, conditions and data
// sources see only steps of their own file; where one of the moved steps needs another with them,
// the extraction is refused, with the line of each and what to do about it. The head of the file
// gets the settings that the moved steps depend on.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "pe/base/clock.hpp"
#include "pe/base/result.hpp"
#include "pe/format/catalogue.hpp"

namespace pe::document {

struct StepExtraction {
    std::string text;  // of the open file
    std::string list;  // pointer to the list of the steps
    std::size_t first = 0;
    std::size_t count = 0;
    std::string name;  // of the new step, and of the pipeline in the new file
    std::string path;  // as the new step names the file; empty: a pipeline inside this file
    const format::Catalogue* types = &format::Catalogue::builtIn();  // the step types that count
};

struct ExtractedTexts {
    std::string text;                // of the open file afterwards
    std::string file;                // of the new one; empty if there is none
    std::vector<std::string> notes;  // what the engine does otherwise from now on, in sentences
};

// Refused, with the place and the reason, where a name could not be reached any more or the way
// back would not give the same bytes.
Result<ExtractedTexts> extractSteps(const StepExtraction& request, Clock& clock);

// The text in which the steps of an inline pipeline stand in the place of its step, as
// inlineCommand() puts them.
Result<std::string> inlinePipeline(const std::string& text, const std::string& step, Clock& clock,
                                   const format::Catalogue& types = format::Catalogue::builtIn());

// The text in which the steps of `file` stand in the place of the step that runs it. Refused where
// step or file hold anything that would be lost, and where a name would mean something else.
Result<std::string> inlineFile(const std::string& text, const std::string& step,
                               const std::string& file, Clock& clock,
                               const format::Catalogue& types = format::Catalogue::builtIn());

}  // namespace pe::document
