// A checkpoint with one record's inclusion path (C2SP tlog-proof):
//
//   c2sp.org/tlog-proof@v1 LF [ "extra " base64 LF ] "index " decimal LF ( base64 LF )* LF checkpoint
#pragma once

#include <optional>

#include "ledger/merkle/merkle.h"
#include "ledger/result.h"

namespace ledger {

struct TlogProof {
  std::uint64_t index = 0;
  Proof path;
  std::string checkpoint;   // the signed note, verbatim
};

std::string format_tlog_proof(const TlogProof&);
// `proof-malformed`.
Result<TlogProof> parse_tlog_proof(std::string_view);

// A path as bytes: its hashes one after the other.
Bytes join(const Proof&);
// Bytes that are no whole number of hashes, or more than a path can have: nullopt.
std::optional<Proof> split_proof(BytesView);

}  // namespace ledger
