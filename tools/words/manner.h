// How words that could not be read whole still want their failures and helps to be said.
#pragma once

#include <string>
#include <vector>

#include "tools/cli/app.h"

namespace tools {

// Takes --json and --lang out of the words; `lang`: what was read of it already.
inline void take_manner(App& app, std::string lang, const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    app.json |= words[i] == "--json";
    if (words[i] == "--lang" && i + 1 < words.size()) lang = words[i + 1];
    if (words[i].rfind("--lang=", 0) == 0) lang = words[i].substr(7);
  }
  app.zh = wants_chinese(lang);
}

}  // namespace tools
