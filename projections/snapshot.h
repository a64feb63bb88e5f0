// A ranking kept from an earlier run, so that asking for it again costs reading it.
//
// Bytes: one line of JSON, then the SHA-256 of that line in hex, each ended by a line feed:
//   {"snapshot":2,"projection","projectionVersion","size","root","year","scheme","toml","provisional",
//    "lastDay","indicators":[id…],"rows":[{"unit","name","category","indicators":[[points,weight,applicable]…],
//    "blocks":[[block,points]…],"bonus","penalty","base","total","overdueDays","rank","categoryRank","grade",
//    "vetoed","flags":[text…]}…]}
// It is bound to the head (size and root), to the scheme's text and to the projection's version. What
// explains the points is not in it. The checksum finds accidents, not tampering: publishing, replay and
// verification never read a snapshot.
#pragma once

#include <optional>

#include "projections/assessment/ranking.h"

namespace projections {

struct RankingSnapshot {
  std::string scheme_toml;
  assessment::Ranking ranking;   // traces with points, weight and applicability alone
};

std::string encode(const RankingSnapshot&);
// Damaged bytes and those of another version: none.
std::optional<RankingSnapshot> decode_snapshot(std::string_view bytes);

// Whether the ranking is the same after the records that follow its head: none of them is read by its
// scheme or publishes a scheme, and its duties reach no further.
class Continuation {
 public:
  Continuation(const assessment::Scheme& s, const assessment::Ranking& r) : scheme_(s), ranking_(r) {}
  void apply(ledger::EventType, ledger::Instant admitted);
  bool holds() const;

 private:
  const assessment::Scheme& scheme_;
  const assessment::Ranking& ranking_;
  bool touched_ = false;
  std::optional<ledger::Instant> last_;
};

}  // namespace projections
