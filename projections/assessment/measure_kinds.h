// The measure kinds that a scheme may use, and the parameters of each.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/assessment/scheme.h"

namespace projections::assessment {

enum class ParameterType { number, flag, text, texts, types, type, where, by_class };

struct Parameter {
  const char* name;
  ParameterType type;
  std::int64_t number = 0;  // default of numbers and flags; kIndicatorWeight: the indicator's
  std::vector<std::string> words = {};    // default of texts (its first) and lists
  std::vector<std::string> choices = {};  // what a text or a list's members may be; empty: anything
  bool need = false;
  const char* what = "";  // one line for `pufa scheme explain`
};

inline constexpr std::int64_t kIndicatorWeight = -1;

struct MeasureKind {
  const char* name;
  Measure measure;
  const char* what;
  std::vector<Parameter> parameters;
};

const std::vector<MeasureKind>& measure_kinds();
const MeasureKind* find_kind(std::string_view name);
const MeasureKind& kind_of(Measure);

// Whether records of the type are kept for scoring: keys, answer sheets and archives are not.
bool is_scored(EventType);

}  // namespace projections::assessment
