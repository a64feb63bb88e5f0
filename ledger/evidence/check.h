// Checks evidence of records, receipts and units' files against a trust policy, with nothing else at hand.
//
// The items that are identity events (keys enrolled and revoked, roles given and taken) are folded in the
// order of their positions into the same key ring that admission keeps; every item's signer is judged by
// it. That no such event was left out is shown by the directory of an index: the entry computed from
// the items must be, byte for byte, the one that the operator committed to there.
#pragma once

#include <optional>
#include <vector>

#include "ledger/core/genesis.h"
#include "ledger/core/event.h"
#include "ledger/evidence/evidence.h"
#include "ledger/merkle/policy.h"

namespace ledger {

// What a check establishes, in the order in which it does.
enum class Level { parsed, included, witnessed, purpose, signature, entitled, body, complete, scored };
const char* name_of(Level);

struct LevelFailure {
  Level level{};
  std::optional<std::uint64_t> position;   // of the record at fault
  Error error;
};

struct CheckedItem {
  const Item* item = nullptr;
  Signer signer;                           // empty for records shown for completeness alone
  std::optional<Body> body;
};

struct EvidenceReport {
  Genesis genesis;
  Trusted trusted;
  std::vector<CheckedItem> items;          // as in the evidence
  std::optional<std::uint64_t> index;      // position of the IndexCommitted that confirms the keys' standing
  bool later_index = false;                // it came after every record that is checked
  std::vector<std::string> complete;       // units whose records up to `index` are all here
  std::vector<Level> holds;                // levels established
  std::optional<LevelFailure> failure;

  const CheckedItem* find(std::uint64_t position) const;
};

EvidenceReport check(const Evidence&, const Policy&);

}  // namespace ledger
