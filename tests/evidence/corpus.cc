// Writes the fuzz targets' corpus: real files of every kind. Not among the tests that run by themselves:
//   PUFA_CORPUS=tests/fuzz/corpus build/release/tests/evidence_test '[corpus]'
#include <cstdlib>

#include "ledger/evidence/bundle.h"
#include "ledger/log/prove.h"
#include "projections/assessment/scheme.h"
#include "tests/evidence/cases.h"
#include "tests/fuzz/small_ledger.h"
#include "tests/refusals/refusals.h"
#include "tests/support/command.h"

using namespace evidence;
using namespace ledger;

namespace {

constexpr std::size_t kFileBytesMax = 40'000;   // a corpus is kept with the sources

void put(const std::string& target, const std::string& name, BytesView bytes) {
  const std::string dir = std::string(std::getenv("PUFA_CORPUS")) + "/" + target;
  std::filesystem::create_directories(dir);
  if (bytes.size() <= kFileBytesMax) command::write(dir + "/" + name, bytes);
}

void put_parts(const std::string& name, const Case& c) {
  put("policy", name, c.policy);
  const auto sections = split(c.file);
  for (std::size_t i = 0; i < sections.size(); ++i) {
    auto& s = sections[i];
    if (s.name == "checkpoint") put("note", name, s.bytes), put("checkpoint", name, parse_note(s.bytes)->text);
    if (s.name == "entries") put("tiles", name + "-bundle", Bytes{'\0', '\0', static_cast<char>(split_bundle(s.bytes, sections[i + 1].bytes)->size())} + s.bytes);
    if (s.name != "tlog-proof") continue;
    const auto proof = *parse_tlog_proof(s.bytes);
    put("proof", name, s.bytes), put("proof", name + "-path", join(proof.path));
    put("note", name, proof.checkpoint), put("checkpoint", name, parse_note(proof.checkpoint)->text);
  }
}

}  // namespace

TEST_CASE("corpus of the fuzz targets", "[.][corpus]") {
  REQUIRE(std::getenv("PUFA_CORPUS") != nullptr);
  for (auto* suite : {&intl(), &gm()})
    for (int n = 0; auto& c : cases(*suite)) {
      const std::string name = std::string(suite->name()) + "-" + std::to_string(n++);
      // The smallest that shows each form: the forged ones differ in few bytes, which fuzzing does itself.
      if (c.level.empty()) put("evidence", name, c.file);
      if (c.level.empty() && n % 2 == 0) put_parts(name, c);
    }
  put("policy", "groups", "# two of three\nlog demo.test/log+00000000+AA== https://log.test/\nwitness a w+1+AA==\ngroup g 2 a b c\nquorum g\n");
  Bytes tile;
  for (int i = 0; i < 3; ++i) tile += sha256(std::to_string(i)).view();
  put("tiles", "tile", Bytes{'\0', '\0', '\3'} + tile);
  Bytes entries, bodies;
  append_entry(entries, bodies, "record", Bytes(40, 's'));
  put("tiles", "evidence-bundle", Bytes(3, '\0') + entries + bodies);
  put("tiles", "result", Bytes(3, '\0') + format_result_place({7, 5}));
}

TEST_CASE("corpus of the witness", "[.][corpus]") {
  const auto key = intl().derive(sha256("operator").view());
  std::vector<Hash> leaves;
  for (std::uint64_t size = 0, old = 0; size <= 9; old = size, size += 3) {
    for (std::uint64_t i = leaves.size(); i < size; ++i) leaves.push_back(leaf_hash(intl(), std::to_string(i)));
    const Checkpoint head{"demo.test/log", size, tree_hash(intl(), leaves)};
    std::string request = "old " + std::to_string(old) + "\n";
    auto reader = [&](const Subtree& s) {
      const std::size_t n = std::size_t{1} << s.level;
      return tree_hash(intl(), {leaves.begin() + static_cast<long>(s.index * n), leaves.begin() + static_cast<long>((s.index + 1) * n)});
    };
    for (auto& h : prove_consistency(intl(), old, size, reader)) request += base64(h.view()) + "\n";
    put("witness", "size-" + std::to_string(size), request + "\n" + sign_note(head.text(), head.origin, intl(), *key));
  }
}

// One draft of every type, as its event, and some as a file and as a submission.
TEST_CASE("corpus of events, drafts and submissions", "[.][corpus]") {
  int n = 0;
  for (auto& s : refusals::scenarios()) {
    refusals::World w;
    const auto draft = s.given(w);
    std::vector<Error> faults;
    const auto events = refusals::events_of(w, draft, faults);
    REQUIRE(events);
    const auto& e = events->front();
    put("event", s.type, Bytes{static_cast<char>(n % 2), static_cast<char>(e.header.size() >> 8), static_cast<char>(e.header.size())} + e.header + e.body);
    if (s.type != "GenesisRecorded") put("draft", s.type, draft.dump() + "\n");
    if (n++ % 8 == 0) put("submission", s.type, encode(w.sign(s.key, *events)));
  }
}

TEST_CASE("corpus of schemes and stored values", "[.][corpus]") {
  put("scheme", "default", projections::assessment::default_scheme_text(2025));
  const auto contents = fuzz::small_ledger();
  for (std::size_t i = 0; i < contents.size(); ++i) put("store", std::string(name_of(contents[i].shelf)) + "-" + std::to_string(i), Bytes(1, static_cast<char>(i)) + contents[i].value);
}
