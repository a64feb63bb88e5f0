// The destruction of keys, as the log orders it (PersonalDataKeyDestroyed).
#pragma once

#include "ledger/log/vault.h"
#include "ledger/store/store.h"

namespace ledger {

struct Destruction {
  Id target;
  std::string field;   // "*": every sealed field of the record
};

// Erases the slots of what was sealed there, durably; again and again is the same. A record that is not there has none.
Status erase_keys(const Store&, Vault&, const Destruction&);
// The same of a copy's key file, which may be older than its records; there is none: nothing is done.
Status erase_destroyed(const Store&, const std::vector<Destruction>&, const std::string& key_file, const Suite&);

}  // namespace ledger
