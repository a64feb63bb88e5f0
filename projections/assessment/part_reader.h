// One part of an indicator, from TOML.
#pragma once

#include "projections/assessment/measure_kinds.h"
#include "projections/assessment/scheme_reader.h"

namespace projections::assessment {

// Faults go to the reader.
Part read_part(TomlReader&, const toml::table&, const std::string& path);

}  // namespace projections::assessment
