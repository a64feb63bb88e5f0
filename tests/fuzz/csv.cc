// Files of drafts as a spreadsheet's rows, with a type of their own or given for all.
#include "tests/fuzz/drafts.h"
#include "tools/import/importer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (auto* type : {"", "TrainingHeld"}) {
    fuzz::Counted random;
    auto c = fuzz::context(ledger::intl(), random);
    std::vector<tools::FileRefusal> faults;
    tools::read_csv("drafts.csv", fuzz::view(data, size), type, [&](ledger::Json draft, std::size_t line) { fuzz::require(line > 0), fuzz::require_sound(draft, c); }, faults);
    for (auto& f : faults) fuzz::require(!f.error.code.empty());
  }
  return 0;
}
