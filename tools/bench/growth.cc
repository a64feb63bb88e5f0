#include "tools/bench/growth.h"

#include <filesystem>

#include "ledger/log/stored_tree.h"
#include "tools/bench/machine.h"
#include "tools/cli/workspace.h"

namespace tools::bench {
namespace {

using ledger::Result;
using ledger::Status;

constexpr std::uint64_t kLeast = 10'000;
constexpr std::uint64_t kStep = 1'000;   // events of a submission
constexpr int kColdProofs = 2'000;

// Appends events from one number to another; only the ledger's own time.
Result<Seconds> append(Bench& b, Scratch& s, std::uint64_t from, std::uint64_t to, std::uint64_t all) {
  Seconds own = 0;
  for (auto at = from; at < to; at += kStep) {
    const int day = static_cast<int>(at * kDays / all);
    Workload::set_day(s, day);
    auto submission = b.work.next(kStep, day);
    Stopwatch watch;
    LEDGER_CHECK(Workload::submit(s, std::move(submission)));
    own += watch.seconds();
  }
  return own;
}

// A proof's time, without that of restoring the tree's right edge.
Result<Seconds> prove_cold(Bench& b) {
  auto reader = LEDGER_TRY(open_reader(b.large()));
  const std::uint64_t size = LEDGER_TRY(ledger::stored_size(*reader.store));
  Seeded random(13);
  Seconds own = 0;
  for (int i = 0; i < kColdProofs; ++i) {
    auto tree = LEDGER_TRY(ledger::stored_tree(*reader.store, *reader.genesis.suite, size));
    Stopwatch watch;
    LEDGER_CHECK(tree->inclusion(random.next() % size, size));
    own += watch.seconds();
  }
  return own / kColdProofs;
}

Result<Growth> measure(Bench& b, std::uint64_t events) {
  std::filesystem::remove_all(b.large());
  auto s = LEDGER_TRY(b.work.make_ledger(b.large(), false));
  Growth g;
  g.events = events;
  const std::uint64_t half = events / 2;
  LEDGER_CHECK(append(b, *s, 0, half, events));
  g.appended = static_cast<double>(events - half) / LEDGER_TRY(append(b, *s, half, events, events));
  g.writer_mib = resident_memory_mib();
  s->log.reset();
  g.bytes_per_event = disk_bytes(b.large()) / static_cast<double>(events);
  g.proof_us = LEDGER_TRY(prove_cold(b)) * 1e6;
  g.proofs = LEDGER_TRY(prove_inclusions(b)).value;
  g.ranking_ms = LEDGER_TRY(rank_again(b)).value;
  return g;
}

}  // namespace

Result<std::vector<Growth>> measure_growth(Bench& b, std::uint64_t most) {
  std::vector<Growth> out;
  for (std::uint64_t events = kLeast; events <= most; events *= 10) out.push_back(LEDGER_TRY(measure(b, events)));
  return out;
}

}  // namespace tools::bench
