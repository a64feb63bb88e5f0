#include "tests/crash/office.h"

#include <rocksdb/env.h>

#include "ledger/log/history.h"
#include "ledger/store/rocks.h"

namespace crash {

namespace fs = std::filesystem;
using namespace ledger;

namespace {

constexpr std::uint64_t kStart = kTileHashes - 4;   // records: the first few submissions fill a tile

std::unique_ptr<Rules> rules(const Suite& s) { return std::make_unique<projections::ProcedureRules>(s); }

void copy_shelves(const Store& from, Store& to) {
  Batch all;
  for (int s = 0; s < kShelves; ++s) {
    const auto shelf = static_cast<Shelf>(s);
    REQUIRE(from.scan(shelf, {}, [&](BytesView k, BytesView v) { return all.push_back({shelf, Bytes(k), Bytes(v)}), true; }));
  }
  REQUIRE(to.write(all, true));
}

Sent signed_work(refusals::World& w, std::size_t i) {
  Sent out;
  std::vector<Submittable> events;
  for (std::size_t e = 0; e <= i % 3; ++e) {
    Id id;
    events.push_back(w.event(refusals::World::training(("学习" + std::to_string(i) + "." + std::to_string(e)).c_str()), &id));
    out.ids.push_back(id);
  }
  out.submission = w.sign("unit", std::move(events));
  return out;
}

}  // namespace

Clerk::Clerk(std::size_t submissions) {
  std::vector<Json> fill;
  while (world_.log->size() + fill.size() < kStart) fill.push_back(refusals::World::training());
  refusals::admit(world_, "unit", fill);
  start_size_ = world_.log->size();
  for (std::size_t i = 0; i < submissions; ++i) work_.push_back(signed_work(world_, i));
  world_.log.reset();   // stores the newest checkpoint
  fs::create_directories(start_);
  auto store = open_store(start_, OpenMode::create);
  REQUIRE(store);
  copy_shelves(*world_.store, **store);
}

Office::Office(const Clerk& clerk) : clerk_(clerk), files_(std::make_shared<FaultyFiles>(folder_ / "attic")), env_(rocksdb::NewCompositeEnv(files_)) {
  fs::copy(clerk.start(), dir(), fs::copy_options::recursive);
}

Result<std::unique_ptr<Ledger>> open_ledger(const Clerk& clerk, const std::string& dir, rocksdb::Env* env) {
  auto store = LEDGER_TRY(open_rocks(dir, OpenMode::write, env));
  LedgerOptions o;
  o.operator_key = clerk.suite().derive(sha256("operator").view());
  o.rules = rules;
  o.proofs = false;
  return Ledger::open(std::move(store), std::move(o));
}

bool Office::send(Ledger& log, Sent& s) {
  auto outcome = log.submit(s.submission, clerk_.now());
  if (auto* refused = std::get_if<Refusal>(&outcome)) FAIL("refused: " << refused->error.code << " " << refused->error.message);
  auto* receipt = std::get_if<Receipt>(&outcome);
  if (s.fate == Fate::acknowledged && receipt) CHECK((receipt->again && receipt->first == s.first));
  if (receipt) s.fate = Fate::acknowledged, s.first = receipt->first;
  else if (s.fate != Fate::acknowledged) s.fate = Fate::unknown;
  return receipt != nullptr;
}

bool Office::day(std::size_t submissions) {
  auto log = open_ledger(clerk_, dir(), env_.get());
  if (!log) {
    INFO(log.error().code << " " << log.error().message);
    CHECK(files_->struck());   // it opens whenever nothing was made to fail
    return false;
  }
  for (auto& s : sent_)
    if (s.fate == Fate::unknown && !send(**log, s)) return false;
  for (std::size_t i = 0; i < submissions && sent_.size() < clerk_.work().size(); ++i) {
    sent_.push_back(clerk_.work()[sent_.size()]);
    if (!send(**log, sent_.back())) return false;
  }
  return true;
}

void Office::hand_over() { sent_ = clerk_.work(); }

void Office::acknowledge(std::size_t index, std::uint64_t first) {
  if (sent_[index].fate == Fate::acknowledged) CHECK(sent_[index].first == first);
  sent_[index].fate = Fate::acknowledged, sent_[index].first = first;
}

void Office::check() {
  auto store = open_store(dir(), OpenMode::read);
  REQUIRE(store);
  VerifyOptions options;
  options.rules = rules;
  auto report = verify(**store, options);
  if (!report) FAIL(report.error().code << " " << report.error().message);
  for (auto& f : report->findings) FAIL_CHECK("verification finds @" << f.position.value_or(0) << " " << f.code << " " << f.message);
  std::uint64_t expected = clerk_.start_size();
  for (auto& s : sent_) {
    std::size_t there = 0;
    for (std::size_t i = 0; i < s.ids.size(); ++i) {
      auto position = (*store)->get(Shelf::ids, s.ids[i].view());
      REQUIRE(position);
      if (!*position) continue;
      ++there;
      if (s.fate == Fate::acknowledged) CHECK(read_be(**position) == s.first + i);
      auto event = load(**store, read_be(**position));
      REQUIRE(event);
      CHECK(event->header.id == s.ids[i]);
    }
    INFO("of " << s.ids.size() << " events " << there << " are there");
    CHECK((there == s.ids.size() || (there == 0 && s.fate != Fate::acknowledged)));
    expected += there;
  }
  CHECK(report->size == expected);
}

}  // namespace crash
