// A checkpoint's text: what is read says the same when it is written again.
#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto checkpoint = ledger::parse_checkpoint(fuzz::view(data, size));
  if (!checkpoint) return 0;
  fuzz::require(fuzz::view(data, size).starts_with(checkpoint->text()));
  return 0;
}
