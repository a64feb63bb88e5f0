// Stored values: one of a small ledger is replaced or gone, which verification finds, unless it is one of several checkpoints
// that is gone (only who holds it knows of it); opening survives it.
//   input: which value (1) ‖ what replaces it; nothing: it is gone
#include "ledger/log/verify.h"
#include "tests/fuzz/small_ledger.h"

namespace {

std::unique_ptr<ledger::Store> store_of(const ledger::Batch& contents) {
  auto store = ledger::memory_store();
  fuzz::require(store->write(contents, true).has_value());
  return store;
}

bool finds_nothing(const ledger::Store& store) {
  ledger::VerifyOptions options;
  options.rules = fuzz::rules;
  const auto report = ledger::verify(store, options);
  if (!report) return fuzz::require(!report.error().code.empty()), false;
  for (auto& f : report->findings) fuzz::require(!f.code.empty() && !f.message.empty());
  return report->findings.empty();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const ledger::Batch whole = fuzz::small_ledger();
  if (size == 0) return 0;
  ledger::Batch contents = whole;
  const auto value = fuzz::view(data + 1, size - 1);
  auto& put = contents[data[0] % contents.size()];
  const bool same = put.value == value;
  const bool spare = value.empty() && put.shelf == ledger::Shelf::checkpoints;
  put.value = value;
  if (value.empty()) contents.erase(contents.begin() + data[0] % static_cast<long>(contents.size()));
  fuzz::require(finds_nothing(*store_of(contents)) == (same || spare));
  fuzz::Counted random;
  auto opened = fuzz::open(store_of(contents), random);
  if (!opened) fuzz::require(!same && !spare && !opened.error().code.empty());
  return 0;
}
