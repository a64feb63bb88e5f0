// What an evidence file of a record, a receipt or a unit holds: its sections as values.
//
//   record   = tlog-proof item* key*
//   receipt  = tlog-proof secret item* key*
//   unit     = unit checkpoint item* key* sub-log*
//
//   item     = record [ submission signature inner path [ body ] opened* ]
//
// tlog-proof   C2SP tlog-proof of the subject: its index, its inclusion path, the checkpoint
// secret       the filer's secret, 32 bytes
// unit         "unit " code LF "year " decimal LF
// checkpoint   the signed note
// record       the leaf's bytes. Items stand in the order of their positions, genesis first
// submission   the submission header's bytes; signature: that of the signed message
// inner        RFC 6962 path of the event's header in its submission's tree, hashes one after the other
// path         inclusion path of the record in the checkpoint's tree; absent for the subject (it is in tlog-proof)
// body         salt (32) ‖ body
// opened       field name LF salt (32) value: a sealed value, disclosed; fields ascending
// key          "index " position LF "place " decimal LF ( base64 LF )* LF entry: a key's entry in the directory of
//              an IndexCommitted among the items, and its path there. Keys ascending, all of the same index
// sub-log      "unit " code LF "place " decimal LF ( base64 LF )* : a unit's path in the directory of that index
//
// Items without the rest are a unit's records of other years: they stand for completeness alone.
#pragma once

#include <vector>

#include "ledger/evidence/container.h"
#include "ledger/merkle/tlog_proof.h"
#include "ledger/schema/wire.h"

namespace ledger {

inline constexpr std::size_t kEvidenceItemsMax = 1'000'000;   // bounds the memory of a hostile file
inline constexpr std::size_t kEvidenceTextBytesMax = 64 * 1024;   // of a key's or sub-log's section

struct OpenedValue {
  std::string_view field;
  BytesView salt, value;
};

struct Item {
  BytesView bytes;                     // the record
  Record record;
  Header header;
  bool full = false;                   // with what follows
  BytesView submission_bytes, signature;
  SubmissionHeader submission;
  Proof inner, path;
  std::optional<BytesView> body;       // salt ‖ body
  std::vector<OpenedValue> opened;
};

struct KeyStanding {
  std::uint64_t index = 0;             // position of the IndexCommitted
  std::uint64_t place = 0;
  Proof path;
  std::string_view entry;
};

struct SubLogPath {
  std::string_view unit;
  std::uint64_t place = 0;
  Proof path;
};

struct Evidence {
  EvidenceKind kind{};
  std::string checkpoint;              // signed note
  std::uint64_t subject = 0;           // position; of a unit's file: none
  std::string unit;
  int year = 0;
  std::optional<BytesView> secret;
  std::vector<Item> items;
  std::vector<KeyStanding> keys;
  std::vector<SubLogPath> sub_logs;

  const Item* find(std::uint64_t position) const;
};

// `evidence-malformed`, `proof-malformed`, `not-canonical`. The views point into `file`.
Result<Evidence> parse_evidence(BytesView file);

// The sections, as provers write them.
void write_item(EvidenceWriter&, const Item&, bool subject);
void write_key(EvidenceWriter&, const KeyStanding&);
void write_sub_log(EvidenceWriter&, const SubLogPath&);

}  // namespace ledger
