// Signed submissions as files: canonical or refused, and refused or sound in either suite.
#include "tests/fuzz/drafts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = fuzz::view(data, size);
  auto submission = ledger::decode_submission(bytes);
  if (!submission) return 0;
  const auto again = ledger::decode_submission(ledger::encode(*submission));
  fuzz::require(again && ledger::encode(*again) == ledger::encode(*submission));
  for (auto* suite : {&ledger::intl(), &ledger::gm()}) {
    auto prepared = ledger::prepare(*suite, *submission);
    fuzz::require(prepared ? (*prepared)->events.size() == submission->events.size() : !prepared.error().error.code.empty());
  }
  return 0;
}
