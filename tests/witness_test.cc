// A witness judging requests, and the ledger's side of asking it. The service itself: witness/service.cc.
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <sys/stat.h>

#include <atomic>
#include <fstream>
#include <latch>
#include <thread>

#include "ledger/log/witness_times.h"
#include "tests/support/command.h"
#include "tests/support/growing_log.h"
#include "tools/witness/cosigning.h"

using namespace ledger;
using growing::Log;
using tools::Witness;
using tools::WitnessAnswer;
using tools::WitnessState;

namespace {

constexpr std::int64_t kNowMs = 1'700'000'000'000;

std::unique_ptr<Witness> witness_of(const std::string& state, std::vector<NoteVerifier> logs, const Suite& suite = intl()) {
  auto opened = WitnessState::open(state);
  REQUIRE(opened);
  return std::make_unique<Witness>("w.example/1", suite, suite.derive(sha256("witness").view()), std::move(logs), std::move(*opened),
                                   [] { return Instant{kNowMs}; });
}

std::unique_ptr<Witness> witness_of(const std::string& state, const Log& log, const Suite& suite = intl()) {
  return witness_of(state, std::vector{log.verifier()}, suite);
}

// The cosignature in the answer, verified.
std::optional<Cosignature> cosigned(const WitnessAnswer& a, const Witness& w, const std::string& note) {
  if (a.status != 200) return std::nullopt;
  auto parsed = parse_note(note + a.body);
  auto verifier = NoteVerifier::parse_cosigner(w.vkey());
  REQUIRE(parsed);
  REQUIRE(verifier);
  auto cosignature = cosignature_of(*parsed, *verifier);
  REQUIRE(cosignature);
  return *cosignature;
}

std::string code_of(const std::string& state) {
  auto opened = WitnessState::open(state);
  return opened ? "good" : opened.error().code;
}

}  // namespace

TEST_CASE("a witness of either suite cosigns what extends the last, of a log of either suite") {
  for (auto* of_log : {&intl(), &gm()})
    for (auto* own : {&intl(), &gm()}) {
      command::Folder folder;
      Log log(*of_log);
      log.grow(700);
      auto w = witness_of(folder / "state", log, *own);
      std::uint64_t old = 0;
      for (std::uint64_t size : {0, 1, 1, 2, 255, 256, 257, 700}) {
        INFO(of_log->name() << " log, " << own->name() << " witness, " << old << " to " << size);
        const auto answer = w->add_checkpoint(log.request(old, size));
        CHECK(answer.type == "text/plain; charset=utf-8");
        const auto cosignature = cosigned(answer, *w, log.note(size));
        REQUIRE(cosignature);
        CHECK(cosignature->time == kNowMs / 1000);
        old = size;
      }
    }
}

TEST_CASE("each refusal has the specification's status, and changes nothing") {
  command::Folder folder;
  Log log, fork(intl(), "fork"), other;
  log.grow(40), fork.grow(40), other.grow(40);
  other.origin = "log.example/b";
  auto w = witness_of(folder / "state", log);
  REQUIRE(w->add_checkpoint(log.request(0, 10)).status == 200);
  const auto before = command::read(folder / "state");
  const auto note20 = log.note(20);
  const auto stranger = intl().derive(sha256("stranger").view());
  const auto forged = sign_note(Checkpoint{log.origin, 20, log.root(20)}.text(), log.origin, intl(), *stranger);
  auto broken = note20;
  broken[broken.size() - 8] = broken[broken.size() - 8] == 'A' ? 'B' : 'A';
  Proof longer = log.proof(10, 20), hashes(64, log.root(1));
  longer.push_back(log.root(3));
  const auto empty_with_root = sign_note(Checkpoint{log.origin, 0, log.root(1)}.text(), log.origin, intl(), *log.key);
  struct Case {
    const char* name;
    std::string body;
    int status;
  };
  const Case cases[] = {
      {"another log", other.request(10, 20), 404},
      {"a stranger's signature", tools::format_witness_request({10, log.proof(10, 20), forged}), 403},
      {"a broken signature", tools::format_witness_request({10, log.proof(10, 20), broken}), 403},
      {"old above the checkpoint", tools::format_witness_request({21, {}, note20}), 400},
      {"nothing", "", 400},
      {"no old", "\n" + note20, 400},
      {"old without a number", "old \n\n" + note20, 400},
      {"a leading zero", "old 010\n\n" + note20, 400},
      {"a negative size", "old -1\n\n" + note20, 400},
      {"a size over 64 bits", "old 18446744073709551616\n\n" + note20, 400},
      {"a hash cut short", "old 10\nAAAA\n\n" + note20, 400},
      {"64 hashes", tools::format_witness_request({10, hashes, note20}), 400},
      {"no empty line", "old 10\n" + note20.substr(0, 5), 400},
      {"no checkpoint", "old 10\n\n", 400},
      {"no signature", "old 10\n\n" + Checkpoint{log.origin, 20, log.root(20)}.text(), 400},
      {"too large", "old 10\n\n" + std::string(tools::kWitnessRequestBytesMax, 'x'), 400},
      {"an older size", log.request(5, 20), 409},
      {"size zero again", log.request(0, 20), 409},
      {"a newer size", log.request(15, 20), 409},
      {"a smaller checkpoint", log.request(5, 7), 409},
      {"no proof", tools::format_witness_request({10, {}, note20}), 422},
      {"a proof of another size", tools::format_witness_request({10, log.proof(9, 20), note20}), 422},
      {"a proof with more", tools::format_witness_request({10, longer, note20}), 422},
      {"another history", fork.request(10, 20), 422},
      {"another root of the same size", fork.request(10, 10), 422},
      {"a proof where sizes are equal", tools::format_witness_request({10, {log.root(1)}, log.note(10)}), 422},
  };
  for (auto& c : cases) {
    INFO(c.name);
    const auto answer = w->add_checkpoint(c.body);
    CHECK(answer.status == c.status);
    CHECK(answer.type == (c.status == 409 ? "text/x.tlog.size" : "text/plain; charset=utf-8"));
    if (c.status == 409) CHECK(answer.body == "10\n");
    CHECK(command::read(folder / "state") == before);
  }
  auto fresh = witness_of(folder / "fresh", log);
  CHECK(fresh->add_checkpoint(tools::format_witness_request({0, {}, empty_with_root})).status == 422);
  CHECK(fresh->add_checkpoint(tools::format_witness_request({0, {log.root(1)}, note20})).status == 422);
}

TEST_CASE("nothing but a whole request is cosigned") {
  command::Folder folder;
  Log log;
  log.grow(40);
  auto w = witness_of(folder / "state", log);
  REQUIRE(w->add_checkpoint(log.request(0, 10)).status == 200);
  const auto whole = log.request(10, 37);
  for (std::size_t n = 0; n < whole.size(); ++n) REQUIRE(w->add_checkpoint(whole.substr(0, n)).status != 200);
  CHECK(rc::check("a byte changed", [&] {
    auto body = whole;
    const auto at = *rc::gen::inRange<std::size_t>(0, body.size());
    body[at] = static_cast<char>(body[at] ^ *rc::gen::inRange(1, 256));
    RC_ASSERT(w->add_checkpoint(body).status != 200);
  }));
  CHECK(w->add_checkpoint(whole).status == 200);
}

TEST_CASE("after a crash between write and answer a witness signs no smaller size and no second root") {
  command::Folder folder;
  Log log, fork(intl(), "fork");
  log.grow(40), fork.grow(40);
  (void)witness_of(folder / "state", log)->add_checkpoint(log.request(0, 20));   // the answer is lost
  command::write(folder / "state.part", "pufa-witness/v1\nlog.exam");             // as a crash while writing leaves it
  auto w = witness_of(folder / "state", log);
  CHECK(w->add_checkpoint(log.request(0, 10)).body == "20\n");
  CHECK(w->add_checkpoint(fork.request(0, 20)).status == 409);
  CHECK(w->add_checkpoint(fork.request(20, 20)).status == 422);
  CHECK(w->add_checkpoint(log.request(20, 20)).status == 200);
  CHECK(w->add_checkpoint(log.request(20, 40)).status == 200);
}

TEST_CASE("a state that cannot be written is no cosignature") {
  command::Folder folder;
  Log log;
  log.grow(40);
  auto w = witness_of(folder / "state", log);
  std::filesystem::create_directory(folder / "state.part");
  CHECK(w->add_checkpoint(log.request(0, 20)).status == 500);
  std::filesystem::remove(folder / "state.part");
  CHECK(w->add_checkpoint(log.request(0, 10)).status == 200);
}

TEST_CASE("a damaged state, or one in use, starts no witness") {
  command::Folder folder;
  Log log;
  log.grow(40);
  const auto path = folder / "state";
  {
    auto w = witness_of(path, log);
    REQUIRE(w->add_checkpoint(log.request(0, 20)).status == 200);
    CHECK(code_of(path) == "ledger-locked");
  }
  const auto whole = command::read(path);
  CHECK(code_of(path) == "good");
  for (std::size_t i = 0; i < whole.size(); ++i) {
    auto bytes = whole;
    bytes[i] = static_cast<char>(bytes[i] ^ 1);
    command::write(path, bytes);
    REQUIRE(code_of(path) == "storage-damaged");
    command::write(path, whole.substr(0, i));
    REQUIRE(code_of(path) == "storage-damaged");
  }
  command::write(path, whole + "\n");
  CHECK(code_of(path) == "storage-damaged");
}

TEST_CASE("what is answered is on disk, whichever request's write put it there") {
  constexpr std::uint64_t kLogs = 8, kSteps = 40;
  command::Folder folder;
  std::vector<Log> logs(kLogs);
  for (std::uint64_t i = 0; i < kLogs; ++i) logs[i].origin = "log.example/" + std::to_string(i), logs[i].grow(kSteps);
  std::vector<NoteVerifier> verifiers;
  for (auto& log : logs) verifiers.push_back(log.verifier());
  auto w = witness_of(folder / "state", verifiers);
  std::atomic<std::uint64_t> kept = 0;
  std::vector<std::thread> threads;
  for (auto& log : logs)
    threads.emplace_back([&, &log = log] {
      for (std::uint64_t n = 0; n < kSteps; ++n) {
        const bool signed_ = w->add_checkpoint(log.request(n, n + 1)).status == 200;
        kept += signed_ && command::read(folder / "state").find("\n" + log.origin + " " + std::to_string(n + 1) + " ") != std::string::npos;
      }
    });
  for (auto& t : threads) t.join();
  CHECK(kept == kLogs * kSteps);
  const auto before = w->state().heads();
  w.reset();
  CHECK(witness_of(folder / "state", verifiers)->state().heads() == before);
}

TEST_CASE("a write that fails takes with it what waited for it, and nothing else") {
  command::Folder folder;
  Log a, b(intl(), "b");
  b.origin = "log.example/b";
  a.grow(40), b.grow(40);
  auto w = witness_of(folder / "state", {a.verifier(), b.verifier()});
  REQUIRE(w->add_checkpoint(a.request(0, 10)).status == 200);
  const auto part = folder / "state.part";
  REQUIRE(::mkfifo(part.c_str(), 0600) == 0);   // the write waits for a reader, and then cannot be synced
  const auto at = [&](const Log& log, std::uint64_t size) {
    const auto last = w->state().last(log.origin);
    return last && last->size == size;
  };
  WitnessAnswer first, second, again;
  std::thread writing([&] { first = w->add_checkpoint(a.request(10, 20)); });
  while (!at(a, 20)) std::this_thread::yield();
  std::thread waiting([&] { second = w->add_checkpoint(b.request(0, 30)); });
  while (!at(b, 30)) std::this_thread::yield();
  std::thread resting([&] { again = w->add_checkpoint(a.request(20, 20)); });
  CHECK(w->add_checkpoint(a.request(10, 15)).body == "20\n");   // told at once
  CHECK(w->state().heads().at(a.origin).size == 10);
  std::ifstream reader(part);
  for (auto* t : {&writing, &waiting, &resting}) t->join();
  CHECK(first.status == 500);
  CHECK(second.status == 500);
  CHECK((again.status == 500 || again.status == 409));   // it came before the failure, or after it
  CHECK(at(a, 10));
  CHECK(!w->state().last(b.origin));
  std::filesystem::remove(part);
  CHECK(w->add_checkpoint(a.request(10, 15)).status == 200);
  CHECK(w->add_checkpoint(b.request(0, 5)).status == 200);
}

TEST_CASE("of updates from one size at the same time one wins, the others are told its size") {
  constexpr std::uint64_t kRounds = 60, kAtOnce = 6;
  command::Folder folder;
  Log log;
  log.grow(kRounds * kAtOnce);
  auto w = witness_of(folder / "state", log);
  std::uint64_t old = 0;
  for (std::uint64_t round = 0; round < kRounds; ++round, old = w->state().heads().at(log.origin).size) {
    std::vector<std::string> bodies;
    for (std::uint64_t i = 1; i <= kAtOnce; ++i) bodies.push_back(log.request(old, old + i));
    std::vector<WitnessAnswer> answers(kAtOnce);
    std::vector<std::thread> threads;
    std::latch start(kAtOnce);
    for (std::size_t i = 0; i < kAtOnce; ++i)
      threads.emplace_back([&, i] {
        start.arrive_and_wait();
        answers[i] = w->add_checkpoint(bodies[i]);
      });
    for (auto& t : threads) t.join();
    int won = 0;
    const auto size = std::to_string(w->state().heads().at(log.origin).size) + "\n";
    for (auto& a : answers) {
      won += a.status == 200;
      if (a.status != 200) CHECK((a.status == 409 && a.body == size));
    }
    CHECK(won == 1);
  }
}

namespace {

// The ledger's side against a witness in the same process.
struct Asked {
  explicit Asked(std::uint64_t size) : log(intl()), fork(intl(), "fork") {
    log.grow(40), fork.grow(40);
    witness = witness_of(folder / "state", log);
    cosigning = std::make_unique<tools::Cosigning>(log.note(size), Checkpoint{log.origin, size, log.root(size)}, log.tree(),
        [this](const std::string&, const std::string& body) -> Result<WitnessAnswer> {
          ++requests;
          return instead ? *instead : witness->add_checkpoint(body);
        },
        [this] { return Instant{now_ms}; });
  }
  std::string verdict(std::uint64_t old) {
    auto c = cosigning->ask(*NoteVerifier::parse_cosigner(witness->vkey()), "http://w", old);
    return c ? "good" : c.error().code;
  }

  command::Folder folder;
  Log log, fork;
  std::unique_ptr<Witness> witness;
  std::unique_ptr<tools::Cosigning> cosigning;
  std::optional<WitnessAnswer> instead;
  std::int64_t now_ms = kNowMs;
  int requests = 0;
};

}  // namespace

TEST_CASE("a witness that is elsewhere is asked again from there") {
  Asked a(30);
  REQUIRE(a.witness->add_checkpoint(a.log.request(0, 11)).status == 200);
  CHECK(a.verdict(0) == "good");
  CHECK(a.requests == 2);
  CHECK(a.verdict(30) == "good");
  CHECK(a.requests == 3);
}

TEST_CASE("what a witness says is believed only as far as it verifies") {
  Asked a(30);
  REQUIRE(a.witness->add_checkpoint(a.log.request(0, 35)).status == 200);
  CHECK(a.verdict(0) == "witness-refused");   // it has seen more than the ledger has
  a.instead = WitnessAnswer{409, "text/x.tlog.size", "12\n"};
  a.requests = 0;
  CHECK(a.verdict(0) == "witness-refused");
  CHECK(a.requests == 2);                     // no third time
  for (const char* body : {"", "\n", "x", "— w.example/1 AAAA\n", "more text\n\n— w.example/1 AAAAAAAA\n"}) {
    a.instead = WitnessAnswer{200, "text/plain", body};
    CHECK(a.verdict(0) == "note-malformed");
  }
  const auto key = intl().derive(sha256("witness").view());
  const auto text = Checkpoint{a.log.origin, 30, a.log.root(30)}.text();
  const auto answer = [&](const std::string& of, std::uint64_t time) { return WitnessAnswer{200, "", cosign(of, time, "w.example/1", intl(), *key)}; };
  a.instead = answer(text, kNowMs / 1000);
  CHECK(a.verdict(0) == "good");
  a.instead = answer(Checkpoint{a.log.origin, 31, a.log.root(31)}.text(), kNowMs / 1000);
  CHECK(a.verdict(0) == "note-unverified");
  for (const int off : {-301, 301}) {
    a.instead = answer(text, static_cast<std::uint64_t>(kNowMs / 1000 + off));
    CHECK(a.verdict(0) == "witness-refused");
  }
}

TEST_CASE("a note keeps its own lines, and of each witness the earliest and the newest") {
  Log log;
  log.grow(3);
  const auto note = log.note(3);
  const auto text = parse_note(note)->text;
  for (auto* suite : {&intl(), &gm()}) {
    const auto key = suite->derive(sha256("witness").view());
    const NoteVerifier witness("w", *suite, *suite->parse_public(key->public_key().spki()), suite->cosignature_type());
    auto grown = note;
    for (std::uint64_t time : {500, 300, 400, 900, 700}) {
      const auto line = cosign(text, time, "w", *suite, *key);
      auto c = cosignature_of(*parse_note(text + "\n" + line), witness);
      REQUIRE((c && *c));
      auto more = add_cosignature(grown, witness, **c);
      REQUIRE(more);
      grown = *more;
      CHECK(grown.rfind(note, 0) == 0);
      auto wrong = **c;
      ++wrong.time;
      CHECK(add_cosignature(grown, witness, wrong).error().code == "note-unverified");
    }
    const auto all = cosignatures_of(*parse_note(grown), witness);
    REQUIRE(all);
    REQUIRE(all->size() == 2);
    CHECK(all->front().time == 300);
    CHECK(all->back().time == 900);
  }
}

TEST_CASE("cosignatures bound admission times on both sides") {
  Log log;
  log.grow(30);
  const auto key = intl().derive(sha256("witness").view());
  const NoteVerifier verifier("w", intl(), *intl().parse_public(key->public_key().spki()), intl().cosignature_type());
  const auto policy = parse_policy("log " + log.verifier().vkey() + "\nwitness w " + verifier.vkey() + "\nquorum w\n");
  REQUIRE(policy);
  WitnessTimes times(*policy);
  auto note = [&](std::uint64_t size, std::uint64_t time) {
    const auto n = log.note(size);
    return n + cosign(parse_note(n)->text, time, "w", intl(), *key);
  };
  REQUIRE(times.add(note(20, 2000)));
  REQUIRE(times.add(log.note(30)));
  REQUIRE(times.add(note(10, 1000)));
  const auto wrong = times.add(log.note(5) + cosign(parse_note(log.note(6))->text, 9, "w", intl(), *key));
  CHECK(wrong.error().code == "cosignature-wrong");
  times.finish();
  CHECK(times.newest() == note(20, 2000));
  const auto bounds = [&](std::uint64_t position) { return std::pair(times.at(position).from.ms, times.at(position).to.ms); };
  CHECK(bounds(0) == std::pair(INT64_MIN, 1'000'000 + kWitnessedToleranceMs));
  CHECK(bounds(9) == bounds(0));
  CHECK(bounds(10) == std::pair(1'000'000 - kWitnessedToleranceMs, 2'000'000 + kWitnessedToleranceMs));
  CHECK(bounds(20) == std::pair(2'000'000 - kWitnessedToleranceMs, INT64_MAX));

  // A larger head seen earlier, a smaller one seen later: the tighter bound counts.
  WitnessTimes crossed(*policy);
  REQUIRE(crossed.add(note(10, 3000)));
  REQUIRE(crossed.add(note(20, 2000)));
  crossed.finish();
  CHECK(crossed.at(0).to.ms == 2'000'000 + kWitnessedToleranceMs);
  CHECK(crossed.at(25).from.ms == 3'000'000 - kWitnessedToleranceMs);
}
