// Figures 4 to 7: verification, folds, rankings and proofs over the large ledger.
#include <algorithm>

#include "ledger/log/stored_tree.h"
#include "ledger/log/verify.h"
#include "tools/bench/floors.h"
#include "tools/bench/rows.h"
#include "tools/cli/snapshots.h"

namespace tools::bench {
namespace {

using ledger::Result;
using ledger::Status;

template <typename F>
Result<Seconds> median_of(int runs, F&& f) {
  std::vector<Seconds> all;
  for (int i = 0; i < runs; ++i) all.push_back(LEDGER_TRY(f()));
  std::sort(all.begin(), all.end());
  return all[all.size() / 2];
}

// What `pufa rank` does: with or without snapshots, from opening the folder to the ranking.
Result<Seconds> time_rank(const std::string& dir, bool snapshots) {
  Stopwatch watch;
  auto reader = LEDGER_TRY(open_reader(dir));
  LEDGER_CHECK(rank_on_demand(reader, {dir, {}, {}, kYear, snapshots}));
  return watch.seconds();
}

Result<Seconds> time_verify(const Reader& reader) {
  ledger::VerifyOptions o;
  o.rules = [](const ledger::Suite& s) { return std::make_unique<projections::ProcedureRules>(s); };
  Stopwatch watch;
  const auto report = LEDGER_TRY(ledger::verify(*reader.store, o));
  const Seconds taken = watch.seconds();
  if (!report.findings.empty()) return ledger::refuse(report.findings[0].code, report.findings[0].message);
  return taken;
}

std::vector<std::uint64_t> random_positions(std::size_t n, std::uint64_t size) {
  Seeded random(7);
  std::vector<std::uint64_t> out(n);
  for (auto& p : out) p = random.next() % size;
  return out;
}

// Each position's leaf tile read from the store, for every proof anew.
Result<Seconds> read_leaf_tiles(const ledger::Store& store, const std::vector<std::uint64_t>& positions) {
  Stopwatch watch;
  for (auto p : positions) LEDGER_CHECK(store.get(ledger::Shelf::tiles, ledger::tile_key({0, p / ledger::kTileHashes})));
  return watch.seconds();
}

// Proofs that are wrong must not count.
Status check_proofs(const Reader& reader, const ledger::TileTree& tree, const std::vector<std::uint64_t>& positions) {
  const std::uint64_t size = tree.size();
  for (std::size_t i = 0; i < positions.size(); i += 1'000) {
    auto record = LEDGER_TRY(reader.store->get(ledger::Shelf::records, ledger::position_key(positions[i])));
    const ledger::Suite& suite = *reader.genesis.suite;
    const auto leaf = ledger::leaf_hash(suite, record.value_or(ledger::Bytes()));
    if (!ledger::check_inclusion(suite, positions[i], size, leaf, LEDGER_TRY(tree.inclusion(positions[i], size)), tree.root()))
      return ledger::refuse("storage-damaged", "a proof of the scratch ledger does not verify");
  }
  return {};
}

}  // namespace

Result<Row> verify_all(Bench& b) {
  auto reader = LEDGER_TRY(open_reader(b.large()));
  const auto records = static_cast<double>(LEDGER_TRY(ledger::stored_size(*reader.store)));
  const int runs = b.quick ? 3 : 1;
  const Seconds own = LEDGER_TRY(median_of(runs, [&] { return time_verify(reader); }));
  const Seconds floor = LEDGER_TRY(median_of(runs, [&] { return scan_and_hash(*reader.store, *reader.genesis.suite); }));
  Row r{"verify the whole ledger", records / own, "records/s", records / floor, floor / own};
  r.goal = "ratio >= 0.7";
  r.met = r.ratio >= 0.7;
  return r;
}

Result<Row> fold_all(Bench& b) {
  auto reader = LEDGER_TRY(open_reader(b.large()));
  const auto records = static_cast<double>(LEDGER_TRY(ledger::stored_size(*reader.store)));
  const Seconds own = LEDGER_TRY(median_of(3, [&] { return time_rank(b.large(), false); }));
  const Seconds floor = LEDGER_TRY(median_of(3, [&] { return scan_only(*reader.store); }));
  Row r{"fold the log into the ranking", records / own, "events/s", records / floor, floor / own};
  r.goal = ">= 2,000,000 events/s a core";
  r.met = r.value >= 2'000'000;
  r.note = "one core; floor: a bare scan of records and bodies";
  return r;
}

Result<Row> rank_again(Bench& b) {
  const Seconds first = LEDGER_TRY(time_rank(b.large(), true));   // leaves the snapshot that the next ones read
  const Seconds own = LEDGER_TRY(median_of(5, [&] { return time_rank(b.large(), true); }));
  const Seconds floor = LEDGER_TRY(median_of(5, [&]() -> Result<Seconds> {
    Stopwatch watch;
    LEDGER_CHECK(open_reader(b.large()));
    return watch.seconds();
  }));
  Row r{"ranking on demand", own * 1e3, "ms", floor * 1e3, floor / own};
  r.goal = "<= 50 ms on 1,000,000 events";
  r.met = r.value <= 50;
  r.note = "opened, from the snapshot of the run before, which took " + std::to_string(static_cast<int>(first * 1e3)) +
           " ms; floor: opening the store";
  return r;
}

Result<Row> prove_inclusions(Bench& b) {
  auto reader = LEDGER_TRY(open_reader(b.large()));
  const std::uint64_t size = LEDGER_TRY(ledger::stored_size(*reader.store));
  const auto positions = random_positions(b.quick ? 100'000 : 400'000, size);
  auto tree = LEDGER_TRY(ledger::stored_tree(*reader.store, *reader.genesis.suite, size));
  Stopwatch watch;
  for (auto p : positions) LEDGER_CHECK(tree->inclusion(p, size));
  const Seconds own = watch.seconds();
  LEDGER_CHECK(check_proofs(reader, *tree, positions));
  const Seconds floor = LEDGER_TRY(read_leaf_tiles(*reader.store, positions));
  const auto count = static_cast<double>(positions.size());
  Row r{"inclusion proofs, random positions", count / own, "proofs/s", count / floor, floor / own};
  r.goal = ">= 50,000 proofs/s";
  r.met = r.value >= 50'000;
  r.note = "from a cold tree; floor: one tile read a proof";
  return r;
}

}  // namespace tools::bench
