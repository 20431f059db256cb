// SPDX-License-Identifier: MIT
// Answers: what the library `language` knows about an open file, in the protocol's JSON. One
// function a request; offsets are bytes of the file's text.
#pragma once

#include <cstddef>
#include <string>

#include "json.hpp"
#include "open_file.hpp"

namespace pe::lsp {

Json capabilities();
Json diagnosticsOf(const OpenFile& file);

Json completionAnswer(const OpenFile& file, std::size_t offset);
Json hoverAnswer(const OpenFile& file, std::size_t offset);
Json definitionAnswer(const OpenFile& file, std::size_t offset, const OpenFiles& files, Host& host);
Json referencesAnswer(const OpenFile& file, std::size_t offset, bool withDefinition,
                      const OpenFiles& open, Host& host);
Json highlightsAnswer(const OpenFile& file, std::size_t offset);
Json symbolsAnswer(const OpenFile& file);

Json prepareRenameAnswer(const OpenFile& file, std::size_t offset);
// `versioned`: the edits say which version of an open file they are made for.
Result<Json> renameAnswer(const OpenFile& file, std::size_t offset, const std::string& name,
                          const OpenFiles& open, Host& host, bool versioned);

// The fixes of the findings that touch the span.
Json codeActionsAnswer(const OpenFile& file, yaml::Span span, Clock& clock);

}  // namespace pe::lsp
