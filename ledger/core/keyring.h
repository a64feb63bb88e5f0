// Keys, their owners and their roles: a fold over the identity events, and the judge of signers.
//
// Invariants: a key is never removed, only revoked; a grant is never removed, only ended; roles are
// judged at the admission time and position of the event, so a revocation earlier in the same
// submission counts. No key grants itself anything.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "ledger/core/event.h"
#include "ledger/core/table.h"
#include "ledger/crypto/suite.h"
#include "ledger/merkle/note.h"
#include "ledger/schema/catalogue.h"
#include "ledger/schema/wire.h"

namespace ledger {

struct Grant {
  Role role{};
  std::string scope;                     // a unit, or "district"
  Date from;
  std::optional<Date> until;
  bool ended = false;                    // by RoleRevoked
};

struct Key {
  KeyId id;
  Bytes spki;
  std::shared_ptr<PublicKey> parsed;
  std::shared_ptr<const Holder> holder;
  Instant not_before{INT64_MIN}, not_after{INT64_MAX};
  bool revoked = false;
  std::optional<Instant> compromised_since;
  std::vector<Grant> grants;
};

class KeyRing {
 public:
  explicit KeyRing(const Suite&);
  ~KeyRing();

  void begin() { journal_.begin(); }
  void commit() { journal_.commit(); }
  void roll_back() { journal_.roll_back(); }

  const Key* find(const KeyId& id) const { return keys_.find(id); }
  std::vector<const Key*> sorted() const;
  const Id& ledger_id() const { return ledger_id_; }

  // Whether the key may sign at that time: key-unknown, key-not-yet-valid, key-expired, key-revoked.
  Status check_key(const KeyId&, Instant admitted) const;
  // The signer of an event with the roles that cover it: role-missing, scope-mismatch.
  Result<Signer> check_signer(const KeyId&, EventType, std::string_view unit, Date admitted) const;
  // The identity events' own rules, then their effect. Other types pass.
  Status apply(const Event&);

  // Genesis, before any key is known: its three keys, its suite and purpose.
  Status apply_genesis(const GenesisRecorded&, BytesView body);

  // Takes over all keys of another ring, outside any transaction.
  void adopt(const KeyRing&);

  // Whether a key holds a role over the whole district on a day.
  bool holds(const Key&, Role, Date) const;

  // Who may have signed checkpoints of the log of that name: every key that was ever given the operator's role.
  std::vector<NoteVerifier> operators(const std::string& origin) const;

 private:
  Status enrol(const Event&, const KeyEnrolled&);
  Status revoke(const Event&, const KeyRevoked&);
  Status grant(const Event&, const RoleGranted&);
  Status end_grant(const Event&, const RoleRevoked&);
  bool last_of(Role, const KeyId&, const Event&) const;
  Status check_protected(const Event&, Role) const;
  Status found(const GenesisRecorded&);
  Status second_genesis(const GenesisRecorded&) const;

  const Suite* suite_;
  Journal journal_;
  Table<KeyId, Key> keys_;
  Id ledger_id_;
};

}  // namespace ledger
