// What a receipt's evidence shows of a complaint's course: its filer's own text, and each step since.
#pragma once

#include "ledger/evidence/evidence.h"
#include "tools/cli/app.h"

namespace tools {

struct DocketStep {
  std::uint64_t position = 0;
  std::string on, what;            // business date; the step in words
};

struct Docket {
  std::uint64_t position = 0;
  std::string event, unit, on, admitted, leaf, demonstration_mark;
  std::vector<std::pair<std::string, std::string>> opened;   // label and value of each sealed field shown
  std::vector<DocketStep> steps;
  std::string state;               // in words: under way, answered, ended, withdrawn, closed
};

// Of evidence of the kind receipt, whose bodies are taken as they are: the check is another matter.
ledger::Result<Docket> read_docket(const App&, const ledger::Evidence&);

}  // namespace tools
