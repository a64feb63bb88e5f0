// Figure 15: what a reader loses while the ledger is written to.
#include <thread>

#include "ledger/log/stored_tree.h"
#include "tools/bench/machine.h"
#include "tools/bench/rows.h"
#include "tools/cli/workspace.h"

namespace tools::bench {
namespace {

using ledger::Result;
using ledger::Status;

constexpr std::size_t kEvents = 10'000;      // of a submission
constexpr std::size_t kStanding = 10;        // submissions before anything is measured
constexpr std::uint64_t kReads = 2'000;      // between two looks at the clock

// Reads a second of time, and of the reader's own processor time.
struct Rate {
  double wall = 0, cpu = 0;
};

// A record at a random position, and its inclusion proof.
class RandomReads {
 public:
  static Result<RandomReads> open(const std::string& dir) {
    RandomReads r;
    r.reader_ = LEDGER_TRY(open_reader(dir));
    r.size_ = LEDGER_TRY(ledger::stored_size(*r.reader_.store));
    r.tree_ = LEDGER_TRY(ledger::stored_tree(*r.reader_.store, *r.reader_.genesis.suite, r.size_));
    return r;
  }

  template <typename Going>
  Result<Rate> run(Going&& going) {
    Stopwatch watch;
    const Seconds cpu = thread_cpu_seconds();
    double n = 0;
    for (; going(watch.seconds()); n += kReads)
      for (std::uint64_t i = 0; i < kReads; ++i) LEDGER_CHECK(read(random_.next() % size_));
    return Rate{n / watch.seconds(), n / (thread_cpu_seconds() - cpu)};
  }

 private:
  Status read(std::uint64_t position) {
    const auto record = LEDGER_TRY(reader_.store->get(ledger::Shelf::records, ledger::position_key(position)));
    LEDGER_CHECK(tree_->inclusion(position, size_));
    return record ? Status() : ledger::refuse("storage-damaged", "a record of the scratch ledger is not there");
  }

  Reader reader_;
  std::uint64_t size_ = 0;
  std::unique_ptr<ledger::TileTree> tree_;
  Seeded random_{11};
};

std::vector<ledger::Submission> prepare(Workload& work, std::size_t n) {
  std::vector<ledger::Submission> out;
  for (std::size_t i = 0; i < n; ++i) out.push_back(work.next(kEvents, 0));
  return out;
}

Status submit_all(Scratch& s, std::vector<ledger::Submission> all) {
  for (auto& submission : all) LEDGER_CHECK(Workload::submit(s, std::move(submission)));
  return {};
}

}  // namespace

Result<Row> read_while_writing(Bench& b) {
  auto s = LEDGER_TRY(b.work.make_ledger(b.dir + "/read", false));
  Workload::set_day(*s, 0);
  LEDGER_CHECK(submit_all(*s, prepare(b.work, kStanding)));
  auto written = prepare(b.work, b.quick ? 10 : 50);
  auto reads = LEDGER_TRY(RandomReads::open(s->dir));
  const Rate idle = LEDGER_TRY(reads.run([](Seconds t) { return t < 2; }));
  std::atomic<bool> writing = true;
  Status outcome;
  std::thread writer([&] { outcome = submit_all(*s, std::move(written)), writing = false; });
  const auto busy = reads.run([&](Seconds) { return writing.load(); });
  writer.join();
  LEDGER_CHECK(outcome);
  LEDGER_CHECK(busy);
  Row r{"reads while the log is written", busy->wall, "reads/s", idle.wall, busy->wall / idle.wall};
  r.goal = "ratio >= 0.8";
  r.met = r.ratio >= 0.8;
  r.note = "a record and its proof, one reader, while submissions of 10,000 events come without pause; of the reader's own processor time " +
           std::to_string(static_cast<int>(100 * busy->cpu / idle.cpu)) + " %; floor: the same with no writing";
  return r;
}

}  // namespace tools::bench
