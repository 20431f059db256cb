// SPDX-License-Identifier: MIT
#include "pe/format/catalogue.hpp"

#include "pe/base/assert.hpp"
#include "pe/format/field_list.hpp"
#include "pe/format/schemas.hpp"
#include "schema_reader.hpp"

namespace pe::format {

const Catalogue& Catalogue::builtIn() {
    static const Catalogue catalogue = [] {
        Result<Catalogue> loaded = load(builtInSchemas());
        PE_ASSERT(loaded.has_value());
        return std::move(*loaded);
    }();
    return catalogue;
}

Result<Catalogue> Catalogue::load(const std::vector<SchemaFile>& files) {
    return SchemaReader(files).read();
}

const StepType* Catalogue::find(std::string_view type) const {
    const auto found = byId_.find(type);
    return found == byId_.end() ? nullptr : &stepTypes_[found->second];
}

const FieldSpec* Catalogue::field(std::string_view type, std::string_view key) const {
    if (const StepType* step = find(type))
        if (const FieldSpec* own = fieldNamed(step->fields, key))
            return own;
    return fieldNamed(commonFields_, key);
}

}  // namespace pe::format
