#include "ledger/log/cosign.h"

#include "ledger/log/replay.h"
#include "ledger/text/encoding.h"

namespace ledger {

Result<CosignableCheckpoint> cosignable_checkpoint(const Store& store, const Policy& policy) {
  auto newest = LEDGER_TRY(store.last(Shelf::checkpoints));
  if (!newest) return refuse("checkpoint-missing", "no checkpoint is stored");
  auto trusted = check_note(policy, newest->second);
  if (!trusted) return refuse("policy-mismatch", "the newest checkpoint is not one that the policy trusts: " + trusted.error().message);
  const auto size = LEDGER_TRY(stored_size(store));
  if (trusted->checkpoint.size < size)
    return refuse("checkpoint-missing", "the newest stored checkpoint covers " + std::to_string(trusted->checkpoint.size) + " of " + std::to_string(size) +
                                            " records: the writer did not end cleanly; pufa index stores one over all");
  return CosignableCheckpoint{std::move(newest->second), std::move(*trusted)};
}

Result<std::map<std::string, std::uint64_t>> cosigned_sizes(const Store& store, const Policy& policy) {
  std::map<std::string, std::uint64_t> sizes;
  LEDGER_CHECK(store.scan(Shelf::checkpoints, {}, [&](BytesView key, BytesView text) {
    for (auto& [name, witness] : policy.witnesses) {
      if (text.find(" " + witness.name() + " ") == BytesView::npos) continue;   // most have no line of it
      const auto note = parse_note(text);
      const auto cosignature = note ? cosignature_of(*note, witness) : tl::unexpected<Error>(Error{});
      if (cosignature && *cosignature) sizes[name] = read_be(key.substr(0, 8));
    }
    return true;
  }));
  return sizes;
}

Result<std::string> store_cosignatures(Store& store, std::uint64_t size, const Policy& policy, const std::map<std::string, Cosignature>& added) {
  auto stored = LEDGER_TRY(store.get(Shelf::checkpoints, position_key(size)));
  if (!stored) return refuse("checkpoint-missing", "the checkpoint over " + std::to_string(size) + " records is not stored");
  std::string note = std::move(*stored);
  for (auto& [name, cosignature] : added) note = LEDGER_TRY(add_cosignature(note, policy.witnesses.at(name), cosignature));
  LEDGER_CHECK(store.write({{Shelf::checkpoints, position_key(size), note}}, true));
  return note;
}

}  // namespace ledger
