// The keys of sealed values, in a file of slots outside the database, so that a key can be destroyed.
//
// File: "pufa/vault/v1" padded with zeros to 16 bytes, then slots of 96 bytes:
//   live    length (1) ‖ the value's key encrypted under the key-encryption key ‖ zeros
//   erased  0xff ‖ zeros
// A slot is written and synced before the record that uses it is committed; one that no record names
// is garbage and harmless. Erasing overwrites the slot in place and syncs. The key-encryption key is
// 32 bytes in hex in a file of its own, outside the ledger's folder unless it is a demonstration.
#pragma once

#include <memory>
#include <string>

#include "ledger/crypto/suite.h"

namespace ledger {

class Vault {
 public:
  virtual ~Vault() = default;
  // A new slot for a fresh key; durable only after sync(). The value encrypted under it.
  struct Sealed {
    std::uint64_t slot;
    Bytes value;
  };
  virtual Result<Sealed> seal(BytesView plain) = 0;
  virtual Status sync() = 0;
  virtual Result<Bytes> open(std::uint64_t slot, BytesView sealed) const = 0;   // `key-destroyed`
  virtual Status erase(std::uint64_t slot) = 0;                                 // durable on return
};

// With an empty key-encryption key it can only erase.
Result<std::unique_ptr<Vault>> open_vault(const std::string& path, const Suite&, Bytes kek, Random&);

// Whether a value of the shelves vault and attachments is whole: it ends with the hash of what is before.
bool is_whole_sealed(const Suite&, BytesView stored);

// Brings the copy of a key file up to date, slot by slot and in place, durably: no earlier version of a slot is left.
// What is erased in the copy stays so; a slot that is there is only ever erased, else `vault-damaged`. There is no
// key file: nothing is done, but `vault-missing` if the copy has one.
Status copy_key_slots(const std::string& from, const std::string& to);

// Bytes of a key file that has this slot.
std::uint64_t key_slots_end(std::uint64_t slot);

}  // namespace ledger
