// Verification: everything that a ledger says, derived anew from its stored bytes.
//
// It reads nothing that the writer keeps to speed itself up, judges every record by the same
// admission rules at its own position, and collects findings instead of stopping at the first.
// Codes of findings: those of the catalogue for records that should not have been admitted, and
//   storage-damaged record-missing record-foreign record-misplaced body-missing body-foreign
//   admission-time-back rules-version-unknown submission-broken tile-missing tile-differs tile-foreign
//   id-index-missing id-index-differs id-index-foreign submission-index-differs submission-index-foreign
//   checkpoint-malformed checkpoint-unsigned checkpoint-mismatch checkpoint-beyond checkpoint-missing
//   index-missing vault-damaged vault-missing sealed-missing key-not-destroyed key-erased attachment-damaged attachment-foreign genesis-wrong policy-malformed policy-mismatch
//   quorum-missing admission-time-unwitnessed cosignature-wrong
#pragma once

#include <functional>
#include <memory>

#include "ledger/core/event.h"
#include "ledger/crypto/suite.h"
#include "ledger/store/store.h"

namespace ledger {

struct Finding {
  std::optional<std::uint64_t> position;
  Id event;                              // zero: not about one event
  std::string code, message;
};

struct VerifyOptions {
  std::function<std::unique_ptr<Rules>(const Suite&)> rules;
  std::function<void(std::uint64_t done, std::uint64_t size)> progress;
  std::vector<std::string> checkpoints;  // notes from elsewhere that must be of this history
  std::string vault_keys;                // path of the key file of sealed values (vault.h); empty: not looked at
  std::string policy;                    // a trust policy file (C2SP tlog-policy): its log must be this one, its witnesses bound admission times
};

struct VerifyReport {
  std::uint64_t size = 0;
  Hash root;
  std::uint64_t checkpoints = 0, submissions = 0;
  std::uint64_t attachments_present = 0, attachments_absent = 0;
  bool slots_closed = false;                // the key file of sealed values may not be read: its slots were not checked
  std::vector<std::string> shared_powers;   // owners that hold several of the three powers
  std::vector<Finding> findings;
};

// Fails only when there is nothing to verify (`not-a-ledger`).
Result<VerifyReport> verify(const Store&, const VerifyOptions&);

}  // namespace ledger
