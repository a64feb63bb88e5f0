// Rankings kept on disk, under a checksum that is always right.
#include "projections/snapshot.h"
#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::view(data, size);
  const auto line = std::string(text.substr(0, text.find('\n'))) + "\n";
  auto snapshot = projections::decode_snapshot(line + ledger::hex(ledger::sha256(line.substr(0, line.size() - 1)).view()) + "\n");
  if (!snapshot) return 0;
  const auto bytes = projections::encode(*snapshot);
  const auto again = projections::decode_snapshot(bytes);
  fuzz::require(again && projections::encode(*again) == bytes);
  return 0;
}
