// How cost grows with the log: a ledger of each size, ten times as large as the one before.
#pragma once

#include "tools/bench/rows.h"

namespace tools::bench {

struct Growth {
  std::uint64_t events = 0;
  double appended = 0;          // events/s, in submissions of 1,000, of the second half of them
  double proof_us = 0;          // an inclusion proof at a random position, of a tree of which nothing was read before
  double proofs = 0;            // inclusion proofs/s, at random positions, all of one tree, which keeps tiles that it has read
  double ranking_ms = 0;        // on demand, from a snapshot
  double writer_mib = 0;        // resident memory with the writer open, before anything is read
  double bytes_per_event = 0;   // on disk
};

// From 10,000 events on to `most`.
ledger::Result<std::vector<Growth>> measure_growth(Bench&, std::uint64_t most);

}  // namespace tools::bench
