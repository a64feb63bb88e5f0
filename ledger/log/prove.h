// Makes evidence files out of a ledger's store (ledger/evidence says what they hold).
#pragma once

#include <map>
#include <set>

#include "ledger/evidence/evidence.h"
#include "ledger/log/replay.h"
#include "ledger/log/stored_tree.h"
#include "ledger/log/vault.h"

namespace ledger {

// What of the subject's content goes into the evidence: for those who may see it.
struct Disclosure {
  bool body = false;
  std::vector<std::string> open;     // sealed fields; needs the body
  const Vault* vault = nullptr;      // for `open`
  bool leave_destroyed = false;      // fields whose key was destroyed are left out, instead of refused
};

// Salt (32 bytes) and value of a record's sealed field. `not-sealed`, `key-destroyed`.
Result<Bytes> open_sealed(const Store&, const Vault&, std::uint64_t position, const std::string& field);

class Prover {
 public:
  // Proofs go to the newest stored checkpoint that has cosignatures, if there is one that holds
  // `position`, else to the newest. Refusals: `checkpoint-missing`, `storage-damaged`.
  static Result<std::unique_ptr<Prover>> open(const Store&, std::uint64_t position);

  Result<TlogProof> tlog_proof(std::uint64_t position) const;
  Status record(std::uint64_t position, const Disclosure&, const EvidenceWriter::Sink&);
  // Of a complaint, for its filer: with the whole docket so far. `not-a-complaint`, `receipt-wrong`.
  Status receipt(std::uint64_t position, BytesView secret, const Disclosure&, const EvidenceWriter::Sink&);
  // All records that name the unit, its predecessors or successors up to the last index, and those that
  // refer to them. `bodies`: also the bodies of those that name it. `index-missing`, `unit-unknown`.
  Status unit(const std::string& code, int year, bool bodies, const EvidenceWriter::Sink&);

  // Of a published result: every record, with the bodies of the types that `shown` names. `not-a-result`.
  Status assessment(std::uint64_t position, const std::function<bool(EventType)>& shown, const EvidenceWriter::Sink&) const;

  const Genesis& genesis() const { return genesis_; }
  const std::string& checkpoint() const { return checkpoint_; }
  std::uint64_t size() const { return size_; }
  static Result<std::uint64_t> position_of(const Store&, const Id& event);   // `not-found`

 private:
  explicit Prover(const Store& store) : store_(store) {}

  // What one pass over the log finds out for the proofs.
  struct Survey {
    struct Identity {
      std::uint64_t position;
      KeyId about, signer;
      bool revokes = false, of_power = false;        // KeyRevoked; a grant of registrar or auditAdmin
    };
    std::vector<Identity> identities;
    std::vector<KeyId> signers;                      // by position
    std::vector<std::uint64_t> indexes;              // of IndexCommitted
  };
  struct Signed {
    Bytes header, signature;
    std::vector<Hash> leaves;                        // of the events' headers
  };
  struct Plan {
    std::map<std::uint64_t, Disclosure> items;       // with their proofs
    std::set<std::uint64_t> bare;                    // records alone
    std::set<KeyId> keys;
    std::optional<std::uint64_t> index;
  };

  Status survey(const std::function<void(const Event&)>& each);
  void support(Plan&, std::optional<std::uint64_t> index) const;
  Status write(EvidenceWriter&, const Plan&, std::optional<std::uint64_t> subject, const std::vector<std::string>& units);
  Status write_full(EvidenceWriter&, std::uint64_t position, const Disclosure&, bool subject);
  Status write_standings(EvidenceWriter&, const Plan&, const std::vector<std::string>& units);
  Result<const Signed*> submission_of(std::uint64_t position, std::uint32_t index);
  Result<Bytes> stored(Shelf, std::uint64_t position) const;
  Result<std::map<std::string, Bytes>> opened(std::uint64_t position, const Disclosure&) const;
  std::optional<std::uint64_t> index_for(std::uint64_t position) const;

  const Store& store_;
  Genesis genesis_;
  std::string checkpoint_;
  std::uint64_t size_ = 0;
  std::unique_ptr<TileTree> tree_;
  Survey survey_;
  std::map<std::uint64_t, Signed> submissions_;      // by first position
};

}  // namespace ledger
