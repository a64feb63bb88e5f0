// Figures 4 to 7: verification, folds, rankings and proofs over the large ledger.
#include <algorithm>

#include "ledger/log/history.h"
#include "ledger/log/verify.h"
#include "ledger/merkle/tiles.h"
#include "tools/bench/floors.h"
#include "tools/bench/rows.h"
#include "tools/cli/results.h"

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

Result<Folds> fold_with_facts(const Reader& reader) {
  FoldOptions o;
  o.facts = true;
  return fold(reader, o);
}

Result<Seconds> time_fold_and_rank(const Reader& reader) {
  Stopwatch watch;
  const Folds folds = LEDGER_TRY(fold_with_facts(reader));
  LEDGER_CHECK(assess_year(folds, kYear, {}, {}));
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

// The leaves of the last, partial tile.
Result<std::unique_ptr<ledger::TileTree>> open_tree(const Reader& reader, std::uint64_t size) {
  const ledger::Store& store = *reader.store;
  const ledger::Suite& suite = *reader.genesis.suite;
  auto tree = std::make_unique<ledger::TileTree>(suite, [&store](const ledger::TileId& t) -> Result<ledger::Bytes> {
    auto bytes = LEDGER_TRY(store.get(ledger::Shelf::tiles, ledger::tile_key(t)));
    if (!bytes) return ledger::refuse("storage-damaged", "a tile of the scratch ledger is missing");
    return *bytes;
  });
  LEDGER_CHECK(tree->restore(size, [&](std::uint64_t position) -> Result<ledger::Hash> {
    auto bytes = LEDGER_TRY(store.get(ledger::Shelf::records, ledger::position_key(position)));
    return ledger::leaf_hash(suite, bytes.value_or(ledger::Bytes()));
  }));
  return tree;
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
  r.goal = "ratio >= 0.5";
  r.met = r.ratio >= 0.5;
  return r;
}

Result<Row> fold_all(Bench& b) {
  auto reader = LEDGER_TRY(open_reader(b.large()));
  const auto records = static_cast<double>(LEDGER_TRY(ledger::stored_size(*reader.store)));
  const Seconds own = LEDGER_TRY(median_of(3, [&] { return time_fold_and_rank(reader); }));
  const Seconds floor = LEDGER_TRY(median_of(3, [&] { return scan_only(*reader.store); }));
  Row r{"fold the log into the ranking", records / own, "events/s", records / floor, floor / own};
  r.goal = ">= 1,000,000 events/s a core";
  r.met = r.value >= 1'000'000;
  r.note = "one core; floor: a bare scan of records and bodies";
  return r;
}

Result<Row> rank_on_demand(Bench& b) {
  const Seconds own = LEDGER_TRY(median_of(3, [&]() -> Result<Seconds> {
    Stopwatch watch;
    auto reader = LEDGER_TRY(open_reader(b.large()));
    LEDGER_CHECK(time_fold_and_rank(reader));
    return watch.seconds();
  }));
  auto reader = LEDGER_TRY(open_reader(b.large()));
  const Folds folds = LEDGER_TRY(fold_with_facts(reader));
  const Seconds floor = LEDGER_TRY(median_of(3, [&]() -> Result<Seconds> {
    Stopwatch watch;
    LEDGER_CHECK(assess_year(folds, kYear, {}, {}));
    return watch.seconds();
  }));
  Row r{"ranking on demand", own * 1e3, "ms", floor * 1e3, floor / own};
  r.goal = "<= 50 ms on 1,000,000 events";
  r.met = r.value <= 50;
  r.note = std::to_string(folds.size) + " records, opened and folded anew; floor: the assessment alone";
  return r;
}

Result<Row> prove_inclusions(Bench& b) {
  auto reader = LEDGER_TRY(open_reader(b.large()));
  const std::uint64_t size = LEDGER_TRY(ledger::stored_size(*reader.store));
  const auto positions = random_positions(b.quick ? 100'000 : 400'000, size);
  auto tree = LEDGER_TRY(open_tree(reader, size));
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
