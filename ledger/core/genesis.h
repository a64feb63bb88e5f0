// What record 0 says, for everyone who reads the ledger.
#pragma once

#include <optional>
#include <string>

#include "ledger/crypto/suite.h"
#include "ledger/merkle/note.h"
#include "ledger/schema/reader.h"
#include "ledger/types.h"

namespace ledger {

struct Genesis {
  const Suite* suite = nullptr;
  Id ledger_id;
  std::string origin, district, district_name;
  bool demonstration = false;
  std::optional<Checkpoint> predecessor;   // the last known head of the ledger that this one succeeds
};

// `not-a-ledger` when the body is no genesis.
Result<Genesis> genesis_of(const Body&);

// The demonstration's key of a name ("operator", "registrar", "auditAdmin", "unit-<USCC>"…): derived
// from a published seed, so that anyone can sign with it.
std::unique_ptr<PrivateKey> demonstration_key(const Suite&, const std::string& name);

// Whether a genesis that says "production" names a demonstration's published key.
bool poses_as_production(const Genesis&, const GenesisRecorded&);

}  // namespace ledger
