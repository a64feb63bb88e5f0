// Figures 8 to 11: checking evidence, exporting the log, cosigning.
#include <sched.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <thread>

#include "ledger/log/export.h"
#include "ledger/log/prove.h"
#include "projections/assessment_evidence.h"
#include "tools/bench/floors.h"
#include "tools/bench/rows.h"
#include "tools/cli/workspace.h"
#include "tools/witness/witness.h"

namespace tools::bench {
namespace {

namespace fs = std::filesystem;
using ledger::Bytes;
using ledger::Result;
using ledger::Status;

// The verifier that was built beside this program.
std::string verifier() { return (fs::read_symlink("/proc/self/exe").parent_path() / "pufa-verify").string(); }

// Wall time of a process from its start to its end; a status other than 0 is an error.
Result<Seconds> time_process(const std::vector<std::string>& words) {
  std::vector<char*> argv;
  for (auto& w : words) argv.push_back(const_cast<char*>(w.c_str()));
  argv.push_back(nullptr);
  Stopwatch watch;
  pid_t child = 0;
  int status = ::posix_spawn(&child, argv[0], nullptr, nullptr, argv.data(), environ);
  if (status == 0) ::waitpid(child, &status, 0);
  if (status != 0) return ledger::refuse("storage", words[0] + " did not succeed: build it beside this program");
  return watch.seconds();
}

Result<Seconds> median_process(const std::vector<std::string>& words) {
  std::vector<Seconds> all;
  for (int i = 0; i < 51; ++i) all.push_back(LEDGER_TRY(time_process(words)));
  std::sort(all.begin(), all.end());
  return all[all.size() / 2];
}

std::string policy_of(const Workload& work) {
  const auto& s = work.suite();
  return "log " + ledger::NoteVerifier(kOrigin, s, *s.parse_public(work.operator_key().public_key().spki())).vkey() + "\nquorum none\n";
}

// A ledger of that many records of works with its scheme, index and result; its evidence.
Result<Bytes> assessment_evidence(Bench& b, const std::string& dir, std::size_t submissions, std::size_t events) {
  auto s = LEDGER_TRY(b.work.make_ledger(dir, false));
  LEDGER_CHECK(b.work.publish_scheme(*s));
  for (std::size_t i = 0; i < submissions; ++i) {
    const int day = static_cast<int>(i * 300 / submissions);
    Workload::set_day(*s, day);
    LEDGER_CHECK(Workload::submit(*s, b.work.next(events, day)));
  }
  Workload::set_day(*s, 350);
  LEDGER_CHECK(b.work.publish_result(*s));
  const std::uint64_t position = s->log->size() - 1;
  s->log.reset();
  auto reader = LEDGER_TRY(open_reader(dir));
  auto prover = LEDGER_TRY(ledger::Prover::open(*reader.store, position));
  Bytes out;
  LEDGER_CHECK(prover->assessment(position, projections::is_shown, [&](ledger::BytesView bytes) { out += bytes; }));
  return out;
}

constexpr std::size_t kWitnessedLogs = 16;

// Requests to a witness from a log that grows by one record a checkpoint: `count` of them, from a tree of `from` on.
std::vector<std::string> requests_of(const Workload& work, const std::string& origin, std::size_t count, std::size_t from = 0) {
  const auto& s = work.suite();
  std::vector<std::string> out;
  ledger::Frontier tree(s);
  std::vector<std::vector<ledger::Hash>> nodes(64);
  const auto node = [&](const ledger::Subtree& t) { return nodes[static_cast<std::size_t>(t.level)][t.index]; };
  for (std::uint64_t n = 0; n < from + count; ++n) {
    tree.add(ledger::leaf_hash(s, std::to_string(n)), [&](const ledger::Subtree& t, const ledger::Hash& h) { nodes[static_cast<std::size_t>(t.level)].push_back(h); });
    const ledger::Checkpoint head{origin, n + 1, tree.root()};
    if (n >= from) out.push_back(format_witness_request({n, ledger::prove_consistency(s, n, n + 1, node), ledger::sign_note(head.text(), origin, s, work.operator_key())}));
  }
  return out;
}

// All logs ask at once, each one request after the other.
Result<Seconds> ask_all(Witness& witness, const std::vector<std::vector<std::string>>& logs) {
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  Stopwatch watch;
  for (auto& log : logs)
    threads.emplace_back([&] {
      for (auto& request : log)
        if (const auto answer = witness.add_checkpoint(request); answer.status != 200) wrong = answer.status;
    });
  for (auto& t : threads) t.join();
  if (wrong != 0) return ledger::refuse("storage", "the witness answered " + std::to_string(wrong));
  return watch.seconds();
}

// Of the machine, for as long as it lives; so for threads that begin meanwhile.
class OneCore {
 public:
  OneCore() {
    ::sched_getaffinity(0, sizeof all_, &all_);
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<std::size_t>(::sched_getcpu()), &one);
    ::sched_setaffinity(0, sizeof one, &one);
  }
  ~OneCore() { ::sched_setaffinity(0, sizeof all_, &all_); }
  OneCore(const OneCore&) = delete;

 private:
  cpu_set_t all_{};
};

// A plain tree of files of the same bytes, written one after the other and synced once.
Seconds write_plainly(const std::string& dir, const std::vector<Bytes>& files) {
  Stopwatch watch;
  fs::create_directories(dir);
  for (std::size_t i = 0; i < files.size(); ++i) (void)write_file(dir + "/" + std::to_string(i), files[i]);
  ::sync();
  return watch.seconds();
}

}  // namespace

Result<Row> check_record(Bench& b) {
  auto reader = LEDGER_TRY(open_reader(b.large()));
  const std::uint64_t position = LEDGER_TRY(ledger::stored_size(*reader.store)) / 2;
  auto prover = LEDGER_TRY(ledger::Prover::open(*reader.store, position));
  Bytes evidence;
  LEDGER_CHECK(prover->record(position, {true, {}, nullptr}, [&](ledger::BytesView bytes) { evidence += bytes; }));
  LEDGER_CHECK(write_file(b.dir + "/record.evidence", evidence));
  LEDGER_CHECK(write_file(b.dir + "/policy", policy_of(b.work)));
  // Its words go nowhere: the terminal is not what is measured.
  const Seconds own = LEDGER_TRY(median_process({"/bin/sh", "-c", "exec '" + verifier() + "' '" + b.dir + "/record.evidence' --policy '" + b.dir + "/policy' >/dev/null"}));
  const Seconds floor = LEDGER_TRY(median_process({"/bin/sh", "-c", "exec '" + verifier() + "' --version >/dev/null"}));
  Row r{"pufa-verify of a record, a process", own * 1e3, "ms", floor * 1e3, floor / own};
  r.goal = "<= 10 ms", r.met = r.value <= 10;
  r.note = std::to_string(evidence.size()) + " bytes; floor: the same program printing its version; both through a shell";
  return r;
}

Result<Row> check_assessment(Bench& b) {
  const std::string dir = b.dir + "/assessed";
  const Bytes evidence = LEDGER_TRY(assessment_evidence(b, dir, 10, b.quick ? 1'000 : 10'000));
  const auto policy = LEDGER_TRY(ledger::parse_policy(policy_of(b.work)));
  auto reader = LEDGER_TRY(open_reader(dir));
  const auto records = static_cast<double>(LEDGER_TRY(ledger::stored_size(*reader.store)));
  std::vector<Seconds> own, floor;
  for (int i = 0; i < 3; ++i) {
    Stopwatch watch;
    const auto report = projections::check_assessment(LEDGER_TRY(ledger::EvidenceReader::open(evidence)), policy);
    own.push_back(watch.seconds());
    if (report.failure) return tl::unexpected<ledger::Error>(report.failure->error);
    floor.push_back(LEDGER_TRY(scan_and_hash(*reader.store, b.work.suite())));
  }
  std::sort(own.begin(), own.end()), std::sort(floor.begin(), floor.end());
  Row r{"check an assessment's evidence", records / own[1], "records/s", records / floor[1], floor[1] / own[1]};
  r.goal = "ratio >= 0.5 on 100,000 records", r.met = r.ratio >= 0.5;
  r.note = "from memory, the ranking computed anew; " + std::to_string(evidence.size() >> 20) + " MiB; floor: scan and hashes of the same ledger";
  return r;
}

Result<Row> export_tiles(Bench& b) {
  auto reader = LEDGER_TRY(open_reader(b.large()));
  const auto newest = LEDGER_TRY(ledger::newest_checkpoint(*reader.store));
  const ledger::Checkpoint none{newest.head.origin, 0, ledger::empty_root(*reader.genesis.suite)};
  const auto kept = [](const ledger::TileFile&) -> Result<Bytes> { return ledger::refuse("copy-damaged", "nothing was published before"); };
  std::vector<Bytes> files;
  Stopwatch watch;
  LEDGER_CHECK(ledger::export_tiles(*reader.store, *reader.genesis.suite, none, newest.head, kept, [&](const ledger::TileFile&, ledger::BytesView bytes) -> Status {
    files.emplace_back(bytes);
    return {};
  }));
  const Seconds made = watch.seconds(), floor = write_plainly(b.dir + "/plain-files", files);
  const Seconds own = made + write_plainly(b.dir + "/exported-files", files);
  const auto records = static_cast<double>(newest.head.size);
  Row r{"export the log as tiles", records / own, "records/s", records / floor, floor / own};
  r.goal = ">= 200,000 records/s", r.met = r.value >= 200'000;
  r.note = std::to_string(files.size()) + " files made in memory, then written plainly and synced once; floor: the writing alone";
  return r;
}

Result<Row> witness_checkpoints(Bench& b) {
  const auto& s = b.work.suite();
  const std::string dir = b.dir + "/witness";
  fs::create_directories(dir);
  std::vector<std::vector<std::string>> logs;
  std::vector<ledger::NoteVerifier> verifiers;
  for (std::size_t i = 0; i < kWitnessedLogs; ++i) {
    const auto origin = std::string(kOrigin) + "/" + std::to_string(i);
    logs.push_back(requests_of(b.work, origin, b.quick ? 50 : 500));
    verifiers.emplace_back(origin, s, *s.parse_public(b.work.operator_key().public_key().spki()));
  }
  const auto key = s.derive(ledger::sha256("witness").view());
  Witness witness("witness.bench", s, s.derive(ledger::sha256("witness").view()), verifiers, LEDGER_TRY(WitnessState::open(dir + "/state")), ledger::system_now);
  const OneCore alone;
  const auto rounds = static_cast<double>(logs[0].size()), n = rounds * static_cast<double>(kWitnessedLogs);
  const Seconds own = LEDGER_TRY(ask_all(witness, logs));
  // Its arithmetic, and for every round one synced append of as many bytes as the state has, in series.
  PlainFile file(dir + "/plain");
  const Bytes state(fs::file_size(dir + "/state"), 'x');
  Stopwatch watch;
  for (std::size_t i = 0; i < logs[0].size(); ++i) {
    for (auto& log : logs) {
      const auto message = ledger::cosigned_message(i + 1, log[i]);
      (void)verifiers[0].verify(message, key->sign(message));   // another key's: the work is what counts
    }
    LEDGER_CHECK(file.append_synced(state));
  }
  const Seconds floor = watch.seconds();
  const double one = rounds / LEDGER_TRY(ask_all(witness, {requests_of(b.work, std::string(kOrigin) + "/0", logs[0].size(), logs[0].size())}));
  Row r{"witness: cosignatures of sixteen logs at once", n / own, "cosignatures/s", n / floor, floor / own};
  r.goal = ">= 1,000 cosignatures/s on one core", r.met = r.value >= 1'000;
  r.note = "in process, without HTTP, on one core; of one log alone " + std::to_string(static_cast<long>(one)) +
           " a second; floor: a verification and a signature each, and a synced append for every sixteen";
  return r;
}

}  // namespace tools::bench
