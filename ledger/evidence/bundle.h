// The records of an assessment's evidence, 256 at a time:
//
//   assessment = result checkpoint ( entries bodies )*
//
//   result     "position " decimal LF "head " decimal LF: where the result stands, and of how many records it is
//   entries    a C2SP entry bundle: for each record a 2-byte big-endian length and its bytes; 256, in the last
//              pair the rest
//   bodies     for each of these records a 4-byte big-endian length and salt ‖ body; length 0: not shown
#pragma once

#include <vector>

#include "ledger/evidence/container.h"
#include "ledger/evidence/log_check.h"

namespace ledger {

inline constexpr std::size_t kBundleRecords = 256;

struct ResultPlace {
  std::uint64_t position = 0, head = 0;
};
std::string format_result_place(const ResultPlace&);
std::optional<ResultPlace> parse_result_place(std::string_view);

// Adds one record to a pair of sections.
void append_entry(Bytes& entries, Bytes& bodies, BytesView record, BytesView body);
// The records of a pair; views into both. Left-over or missing bytes: nullopt.
std::optional<std::vector<LogEntry>> split_bundle(BytesView entries, BytesView bodies);

}  // namespace ledger
