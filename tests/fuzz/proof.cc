// Proof files and bare paths.
#include "ledger/merkle/tlog_proof.h"
#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = fuzz::view(data, size);
  if (auto path = ledger::split_proof(bytes)) {
    fuzz::require(ledger::join(*path) == bytes);
    // A path of any length against a root that it cannot have.
    fuzz::require(!ledger::check_inclusion(ledger::intl(), 5, 9, ledger::sha256("leaf"), *path, ledger::sha256("root")));
    fuzz::require(!ledger::check_consistency(ledger::intl(), 5, 9, ledger::sha256("old"), ledger::sha256("root"), *path));
  }
  auto proof = ledger::parse_tlog_proof(bytes);
  if (!proof) return 0;
  const auto again = ledger::parse_tlog_proof(ledger::format_tlog_proof(*proof));
  fuzz::require(again && again->index == proof->index && again->path == proof->path && again->checkpoint == proof->checkpoint);
  return 0;
}
