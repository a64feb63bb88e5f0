// Reading a trusted log in order: stored bytes to events, with the signers that the log says.
#pragma once

#include <functional>

#include "ledger/core/event.h"
#include "ledger/core/genesis.h"
#include "ledger/core/keyring.h"
#include "ledger/schema/wire.h"
#include "ledger/store/store.h"

namespace ledger {

// One stored record with its body.
struct Stored {
  Record record;
  Header header;
  Bytes salt;
  Body body;
};
Result<Stored> load(const Store&, std::uint64_t position);

// `not-a-ledger` when record 0 is missing or is no genesis.
Result<Genesis> read_genesis(const Store&);

// Number of records stored.
Result<std::uint64_t> stored_size(const Store&);

// Calls f with each event of positions [first, last) and its record bytes, in order, until it returns
// false. The events have no signer, no submission and no `named`; all views end with the call.
Status read_events(const Store&, std::uint64_t first, std::uint64_t last,
                   const std::function<bool(const Event&, BytesView record)>& f);

// What a replay makes of a signer that is not entitled: damage, or a signer without roles (for those who
// only hand on what is stored, and leave the judgement to whoever checks it).
enum class Signers { entitled, any };

// Follows the log from its beginning, folding keys as it goes, without judging anything again.
class Replay {
 public:
  Replay(const Store& store, const Suite& suite, Signers signers = Signers::entitled) : store_(store), keys_(suite), signers_(signers) {}
  // Calls f with each event below `last` and its record bytes, until it returns false.
  Status run(std::uint64_t last, const std::function<Result<bool>(const Event&, BytesView record)>& f);
  KeyRing& keys() { return keys_; }

 private:
  Result<Signer> signer_of(const KeyId&, const Event&) const;
  const Store& store_;
  KeyRing keys_;
  Signers signers_;
};

// Position from which `--as-of` cuts: @N, or an RFC 3339 instant of admission time (≤ it).
// `as-of-malformed` otherwise; a position above the size: `as-of-beyond`.
Result<std::uint64_t> resolve_as_of(const Store&, std::string_view spec);

}  // namespace ledger
