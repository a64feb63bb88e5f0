// Writes what the browser's verifier is tested with: files of records and receipts, each with its policy. Not among
// the tests that run by themselves (tests/browser does):
//   PUFA_PAGE_CASES=FOLDER build/release/tests/evidence_test '[page]'
#include <cstdlib>

#include "ledger/log/prove.h"
#include "tests/evidence/cases.h"
#include "tests/support/command.h"

using namespace evidence;
using namespace ledger;
using refusals::World;

namespace {

constexpr std::size_t kFlipsOfFile = 60;

const Bytes kSecret(32, 's');

void put(const Suite& suite, const std::string& name, const Bytes& file, const std::string& policy, const Bytes& earlier = {}) {
  const std::string path = std::string(std::getenv("PUFA_PAGE_CASES")) + "/" + suite.name() + " " + name;
  command::write(path + ".evidence", file);
  command::write(path + ".policy", policy);
  if (!earlier.empty()) command::write(path + ".earlier", earlier);
}

// Single bits flipped all over the sections, each under a digest made anew.
void put_flips(const Suite& suite, const std::string& name, const Bytes& file, const std::string& policy) {
  auto sections = split(file);
  const EvidenceKind kind = EvidenceReader::open(file)->kind();
  std::size_t total = 0, at = 0, n = 0;
  for (auto& s : sections) total += s.bytes.size();
  for (auto& s : sections)
    for (auto& byte : s.bytes) {
      if (++at % (total / kFlipsOfFile) != 0) continue;
      const char flip = static_cast<char>(1 << (n % 8));
      byte = static_cast<char>(byte ^ flip);
      put(suite, name + " flip " + std::to_string(n++), join(kind, sections), policy);
      byte = static_cast<char>(byte ^ flip);
    }
}

std::string policy_of(World& w) {
  return "log " + NoteVerifier("demo.test/log", w.suite, *w.suite.parse_public(w.keys.at("operator")->public_key().spki())).vkey() + "\nquorum none\n";
}

Json complaint(World& w) {
  for (auto& scenario : refusals::scenarios())
    if (scenario.type == "ComplaintFiled") {
      Json draft = scenario.given(w);
      draft["data"]["receipt"] = hex(w.suite.hash(kSecret).view());
      return draft;
    }
  FAIL("no scenario of ComplaintFiled");
  return {};
}

// The same text once more, without its setting.
Json complaint_again(const Json& first) {
  Json draft = first;
  draft["data"]["subject"] = "另一事项";
  return draft;
}

Bytes receipt(World& w, std::uint64_t position) {
  w.log.reset();
  auto prover = Prover::open(*w.store, position);
  REQUIRE(prover);
  Bytes out;
  REQUIRE((*prover)->receipt(position, kSecret, {true, {}, nullptr}, [&](BytesView b) { out += b; }));
  return out;
}

void put_receipts(const Suite& suite) {
  World w(suite);
  refusals::admit(w, "desk", complaint(w));
  const auto policy = policy_of(w);
  const Bytes file = receipt(w, w.log->size() - 1);
  put(suite, "receipt", file, policy);
  put_flips(suite, "receipt", file, policy);
  auto sections = split(file);
  for (auto& s : sections)
    if (s.name == "secret") s.bytes.assign(32, 'x');
  put(suite, "receipt with another secret", join(EvidenceKind::receipt, sections), policy);
}

// A receipt beside one taken before: of the same complaint, the newer of the two, another complaint's, damaged.
void put_later_receipts(const Suite& suite) {
  World w(suite);
  const Json draft = complaint(w);
  refusals::admit(w, "desk", draft);
  const auto position = w.log->size() - 1;
  const auto policy = policy_of(w);
  const Bytes before = receipt(w, position);
  w.open();
  refusals::admit(w, "desk", complaint_again(draft));
  const auto other = w.log->size() - 1;
  const Bytes now = receipt(w, position);
  w.open();
  const Bytes others = receipt(w, other);
  Bytes damaged = before;
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
  put(suite, "receipt, later", now, policy, before);
  put(suite, "receipt, later, the files exchanged", before, policy, now);
  put(suite, "receipt, later, of another complaint", now, policy, others);
  put(suite, "receipt, later, the earlier one damaged", now, policy, damaged);
}

// A text that would run in a page that took it for HTML.
void put_hostile(const Suite& suite) {
  World w(suite);
  refusals::admit(w, "unit", World::training("<img src=x onerror=\"document.title='ran'\"><script>document.title='ran'</script>"));
  const auto position = w.log->size() - 1;
  w.log.reset();
  auto prover = Prover::open(*w.store, position);
  REQUIRE(prover);
  Bytes out;
  REQUIRE((*prover)->record(position, {true, {}, nullptr}, [&](BytesView b) { out += b; }));
  put(suite, "hostile text", out, policy_of(w));
}

}  // namespace

TEST_CASE("cases of the browser's verifier", "[.][page]") {
  REQUIRE(std::getenv("PUFA_PAGE_CASES") != nullptr);
  for (auto* suite : {&intl(), &gm()}) {
    for (auto& c : cases(*suite)) {
      if (c.kind != "record") continue;
      put(*suite, c.name, c.file, c.policy);
      if (c.name == "record with its witness") put_flips(*suite, c.name, c.file, c.policy);
    }
    for (auto& c : quorum_cases(*suite)) put(*suite, c.name, c.file, c.policy);
    put_receipts(*suite);
    put_later_receipts(*suite);
    put_hostile(*suite);
  }
}
