// Labels of codes that the catalogue of events does not hold: states of the views, flags and counts of a ranking.
#pragma once

#include "tools/cli/app.h"

namespace tools {

// In the app's language; null where the vocabulary has no such code.
const char* word_of(const App&, std::string_view vocabulary, std::string_view code);

// A flag of a ranked row; what follows a colon in it (an indicator's id) stays.
std::string flag_label(const App&, const std::string& flag);
// A count of a trace: a word, an event type, or a field of one.
std::string count_label(const App&, const std::string& name);

}  // namespace tools
