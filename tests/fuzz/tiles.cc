// Tiles, entry bundles and the bundles of evidence. The first three bytes choose the file's place.
#include "ledger/evidence/bundle.h"
#include "ledger/merkle/tile_files.h"
#include "tests/fuzz/target.h"

namespace {

void check_bundle(const ledger::TileFile& file, ledger::BytesView bytes) {
  auto entries = ledger::parse_bundle(file, bytes);
  if (!entries) return;
  ledger::Bytes again;
  for (auto& e : *entries) fuzz::require(ledger::append_entry(again, e).has_value());
  fuzz::require(again == bytes && entries->size() == file.count());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  const ledger::TileFile tile{data[0] % ledger::kTileLevels, data[1], data[2]}, bundle{ledger::kEntries, data[1], data[2]};
  const auto bytes = fuzz::view(data + 3, size - 3);
  if (auto hashes = ledger::parse_tile(tile, bytes)) fuzz::require(ledger::tile_bytes(*hashes) == bytes);
  check_bundle(bundle, bytes);
  const auto half = bytes.size() / 2;
  if (auto split = ledger::split_bundle(bytes.substr(0, half), bytes.substr(half))) {
    ledger::Bytes entries, bodies;
    for (auto& e : *split) ledger::append_entry(entries, bodies, e.record, e.body);
    fuzz::require(entries == bytes.substr(0, half) && bodies == bytes.substr(half));
  }
  (void)ledger::parse_result_place(bytes);
  return 0;
}
