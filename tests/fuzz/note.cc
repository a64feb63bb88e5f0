// Signed notes, checkpoints in them, and their signatures.
#include "ledger/merkle/cosignature.h"
#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::view(data, size);
  auto note = ledger::parse_note(text);
  if (!note) return 0;
  // What was read is what was there: nothing of the text is lost before the signatures.
  fuzz::require(text.starts_with(note->text) && !note->signatures.empty());
  const auto trusted = ledger::check_note(fuzz::policy(), text);
  fuzz::require(!trusted || trusted->checkpoint.text() == note->text);
  return 0;
}
