// The figures, one function a row. Each measures its floor itself, right beside its own run.
#pragma once

#include <optional>

#include "tools/bench/workload.h"

namespace tools::bench {

struct Row {
  std::string name;
  double value = 0;
  std::string unit;
  double floor = 0;                          // in the same unit; 0: it is one itself
  double ratio = 0;                          // how much of the floor is reached: 1 is all of it
  std::string goal;                          // empty: none, and nothing to be met
  bool met = false;
  std::optional<std::uint64_t> syncs;
  std::optional<double> bytes_per_event;     // on disk
  std::string note;
};

struct Bench {
  Workload& work;
  std::string dir;
  bool quick = false;

  std::string large() const { return dir + "/large"; }   // the ledger that rows 4 to 8 and 10 read
};

// Writing.
ledger::Result<Row> append_large(Bench&);        // leaves the large ledger behind
ledger::Result<Row> append_concurrent(Bench&);
ledger::Result<Row> append_serial(Bench&);
// Reading the large ledger.
ledger::Result<Row> verify_all(Bench&);
ledger::Result<Row> fold_all(Bench&);
ledger::Result<Row> rank_again(Bench&);
ledger::Result<Row> prove_inclusions(Bench&);

// Evidence and the public log.
ledger::Result<Row> check_record(Bench&);
ledger::Result<Row> check_assessment(Bench&);
ledger::Result<Row> export_tiles(Bench&);        // of the large ledger
ledger::Result<Row> witness_checkpoints(Bench&);

ledger::Result<Row> read_while_writing(Bench&);

// What the floors are made of.
ledger::Result<Row> synced_appends(Bench&);
ledger::Result<Row> verifications(Bench&);
ledger::Result<Row> hashing(Bench&);

}  // namespace tools::bench
