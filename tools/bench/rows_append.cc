// Figures 1 to 3: what a durable append costs.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <span>
#include <thread>

#include "tools/bench/floors.h"
#include "tools/bench/machine.h"
#include "tools/bench/rows.h"

namespace tools::bench {
namespace {

namespace fs = std::filesystem;
using ledger::Result;
using ledger::Status;

constexpr std::size_t kLargeEvents = 10'000;   // of one submission
constexpr std::size_t kSubmitters = 64;
constexpr std::size_t kSliceEvents = 3'200;    // of concurrent submitters, between two measurements of their floor

// What a part of the measurement took, all threads together.
struct Cost {
  Seconds wall = 0, cpu = 0;

  template <typename F>
  auto add(F&& f) {
    struct Stop {
      Cost& cost;
      Stopwatch watch;
      Seconds cpu_before = cpu_seconds();
      ~Stop() { cost.wall += watch.seconds(), cost.cpu += cpu_seconds() - cpu_before; }
    } stop{*this, {}};
    return f();
  }
};

// Closes the ledger, so that what lies on disk is whole.
double bytes_per_event(Scratch& s, std::size_t events) {
  s.log.reset();
  return disk_bytes(s.dir) / static_cast<double>(events);
}

std::vector<ledger::Submission> sign_single(Workload& work, std::size_t n, std::vector<Signed>& signatures) {
  std::vector<ledger::Submission> out;
  for (std::size_t i = 0; i < n; ++i) {
    out.push_back(work.next(1, 0));
    signatures.push_back({work.last_unit(), ledger::signed_message(out.back().header), out.back().signature});
  }
  return out;
}

// All submissions from many threads at once.
Status submit_from_many(Scratch& s, std::span<ledger::Submission> submissions) {
  std::atomic<std::size_t> next{0};
  std::atomic<bool> refused{false};
  std::vector<std::thread> pool;
  for (std::size_t t = 0; t < kSubmitters; ++t)
    pool.emplace_back([&] {
      for (std::size_t i; (i = next++) < submissions.size();)
        if (!Workload::submit(s, std::move(submissions[i]))) refused = true;
    });
  for (auto& t : pool) t.join();
  if (refused) return ledger::refuse("storage", "a submission of the measurement was refused");
  return {};
}

}  // namespace

Result<Row> append_large(Bench& b) {
  const int count = b.quick ? 10 : 100;
  auto s = LEDGER_TRY(b.work.make_ledger(b.large(), false));
  fs::create_directories(b.dir + "/large-floor");
  auto floor_store = LEDGER_TRY(ledger::open_store(b.dir + "/large-floor", ledger::OpenMode::create));
  Seconds own = 0, floor = 0;
  const std::uint64_t synced_before = s->meter.synced;
  s->meter.keep = true;
  for (int i = 0; i < count; ++i) {
    const int day = i * kDays / count;
    Workload::set_day(*s, day);
    auto submission = b.work.next(kLargeEvents, day);
    s->meter.copying = 0;
    Stopwatch watch;
    LEDGER_CHECK(Workload::submit(*s, std::move(submission)));
    own += watch.seconds() - s->meter.copying;
    Stopwatch floor_watch;
    for (auto& batch : s->meter.kept) LEDGER_CHECK(floor_store->write(batch, true));
    floor += floor_watch.seconds();
    s->meter.kept.clear();
  }
  const double events = static_cast<double>(count) * kLargeEvents;
  Row r{"append, 10,000 events a submission", events / own, "events/s", events / floor, floor / own};
  r.goal = "ratio >= 0.6";
  r.met = r.ratio >= 0.6;
  r.syncs = s->meter.synced - synced_before;
  r.bytes_per_event = bytes_per_event(*s, static_cast<std::size_t>(events));
  return r;
}

Result<Row> append_concurrent(Bench& b) {
  const std::size_t n = b.quick ? 6'400 : 32'000;
  auto s = LEDGER_TRY(b.work.make_ledger(b.dir + "/concurrent", true));
  Workload::set_day(*s, 0);
  std::vector<Signed> signatures;
  auto submissions = sign_single(b.work, n, signatures);
  const std::uint64_t synced_before = s->meter.synced;
  Cost own, floor;
  for (std::size_t first = 0; first < n; first += kSliceEvents) {   // in turns, so that both meet the same machine
    const std::uint64_t groups = s->meter.synced;
    LEDGER_CHECK(own.add([&] { return submit_from_many(*s, std::span(submissions).subspan(first, kSliceEvents)); }));
    floor.add([&] {
      verify_signatures(b.work, std::span(signatures).subspan(first, kSliceEvents));
      sign_checkpoints(b.work, s->meter.synced - groups);
    });
  }
  const auto events = static_cast<double>(n);
  Row r{"append, 1 event, 64 submitters", events / own.wall, "events/s", events / floor.wall, floor.wall / own.wall};
  r.goal = "<= 12 us of CPU an event over the floor";
  r.met = (own.cpu - floor.cpu) / events <= 12e-6;
  r.syncs = s->meter.synced - synced_before;
  auto per_event = [&](Seconds t) { return std::to_string(std::lround(t / events * 1e6)) + " us"; };
  auto busy = [](const Cost& c) { return std::to_string(std::lround(100 * c.cpu / c.wall / std::thread::hardware_concurrency())) + " %"; };
  r.note = per_event(own.wall - floor.wall) + " an event over the floor, of CPU " + per_event(own.cpu - floor.cpu) + "; cores busy " + busy(own) +
           ", in the floor " + busy(floor);
  r.bytes_per_event = bytes_per_event(*s, n);
  return r;
}

Result<Row> append_serial(Bench& b) {
  const std::size_t n = b.quick ? 400 : 2'000;
  auto s = LEDGER_TRY(b.work.make_ledger(b.dir + "/serial", true));
  Workload::set_day(*s, 0);
  std::vector<Signed> signatures;
  auto submissions = sign_single(b.work, n, signatures);
  PlainFile plain(b.dir + "/plain");
  const std::uint64_t synced_before = s->meter.synced;
  s->meter.keep = true;
  Seconds own = 0, floor = 0;
  for (std::size_t i = 0; i < n; ++i) {
    s->meter.copying = 0;
    Stopwatch watch;
    LEDGER_CHECK(Workload::submit(*s, std::move(submissions[i])));
    own += watch.seconds() - s->meter.copying;
    for (auto& batch : s->meter.kept) {
      const ledger::Bytes bytes = bytes_of(batch);
      Stopwatch floor_watch;
      LEDGER_CHECK(plain.append_synced(bytes));
      floor += floor_watch.seconds();
    }
    floor += verify_signatures(b.work, std::span(signatures).subspan(i, 1)) + sign_checkpoints(b.work, 1);
    s->meter.kept.clear();
  }
  const auto events = static_cast<double>(n);
  Row r{"append, 1 event, 1 submitter", events / own, "events/s", events / floor, floor / own};
  r.goal = "ratio >= 0.75";
  r.met = r.ratio >= 0.75;
  r.syncs = s->meter.synced - synced_before;
  r.bytes_per_event = bytes_per_event(*s, n);
  return r;
}

}  // namespace tools::bench
