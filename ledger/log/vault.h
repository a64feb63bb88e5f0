// The keys of sealed values, in a file of slots outside the database, so that a key can be destroyed.
//
// File: "pufa/vault/v1" padded with zeros to 16 bytes, then slots of 96 bytes:
//   live    length (1) ‖ the value's key encrypted under the key-encryption key ‖ zeros ‖ check (8)
//   erased  0xff ‖ zeros
// The check is the beginning of the suite's hash of the slot's bytes before it; slots of ledgers of before have zeros there.
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

// A key file made of a damaged one and, slot by slot where that is damaged or cut, of a backup's ("": there is none).
// What is erased in either stays so. Slots that neither has whole are copied as they are. `storage`: one may not be read, or it cannot be written.
Status repair_key_slots(const std::string& from, const std::string& backup, const std::string& to, const Suite&);

// Bytes of a key file that has this slot.
std::uint64_t key_slots_end(std::uint64_t slot);

// A key file's slots, as far as they can be judged without the key-encryption key.
enum class SlotState { live, erased, damaged, missing };
class KeySlots {
 public:
  // `vault-missing`: there is no such file; `vault-closed`: it may not be read by whoever asks.
  static Result<KeySlots> read(const std::string& path, const Suite&);
  bool begins_well() const;                    // with the bytes that say what it is
  SlotState at(std::uint64_t slot) const;
  std::uint64_t count() const;                 // slots, a cut one at the end included
  BytesView bytes(std::uint64_t slot) const;   // may be cut

 private:
  KeySlots(Bytes file, const Suite& s) : file_(std::move(file)), suite_(&s) {}
  Bytes file_;
  const Suite* suite_;
};

}  // namespace ledger
