// Files of drafts as lines of JSON.
#include "tests/fuzz/drafts.h"
#include "tools/import/importer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Counted random;
  auto c = fuzz::context(ledger::intl(), random);
  std::vector<tools::FileRefusal> faults;
  tools::read_jsonl("drafts.jsonl", fuzz::view(data, size), [&](ledger::Json draft, std::size_t line) { fuzz::require(line > 0), fuzz::require_sound(draft, c); }, faults);
  for (auto& f : faults) fuzz::require(f.line > 0 && !f.error.code.empty());
  return 0;
}
