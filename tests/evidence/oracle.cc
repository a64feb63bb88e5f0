// A stranger's reading of evidence: the checker in Python, made from the page alone, comes to the verdict of pufa-verify.
#include <cstdio>
#include <catch2/catch.hpp>

#include <set>

#include "ledger/evidence/check.h"
#include "ledger/log/prove.h"
#include "ledger/log/vault.h"
#include "ledger/store/store.h"
#include "ledger/text/json.h"
#include "tests/evidence/cases.h"
#include "tests/support/command.h"

using namespace evidence;
using namespace ledger;
using command::Folder;
using command::quoted;

namespace {

constexpr std::size_t kFlipsOfSuite = 150;
constexpr std::size_t kWitnessed = 5;   // of the cases: a record with its witness

std::string output_of(const std::string& line) {
  std::FILE* pipe = ::popen(line.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string out;
  char buffer[4096];
  for (std::size_t n; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, n);
  ::pclose(pipe);
  return out;
}

std::string level_of(const Json& report) {
  if (report.contains("error")) return report["error"]["code"] == "policy-malformed" ? "policy" : report["error"]["code"].get<std::string>();
  return report["valid"] ? "holds" : report["failure"]["level"].get<std::string>();
}

std::string verdict_of_command(const std::string& command) {
  auto report = parse_json(output_of(command));
  REQUIRE(report);
  return level_of(*report);
}

// In this process, by what pufa-verify is made of.
std::string verdict_of(const Bytes& file, const std::string& policy) {
  auto parsed = parse_evidence(file);
  if (!parsed) return "parsed";
  auto report = check(*parsed, *parse_policy(policy));
  return report.failure ? name_of(report.failure->level) : "holds";
}

// Files and their policies in a folder, all checked by one run of the other checker.
class Checked {
 public:
  Checked() {
    command::write(folder_ / "schema", command::pufa({"schema", "--json"}).out);
  }
  void add(const std::string& what, const Bytes& file, const std::string& policy) {
    command::write(file_of(size()), file);
    command::write(policy_of(size()), policy);
    what_.push_back(what);
  }
  const std::string& what(std::size_t i) const { return what_[i]; }
  std::size_t size() const { return what_.size(); }

  std::vector<std::string> verdicts() const {
    std::string words = quoted(build::python) + " '" SOURCE_ROOT "/tests/oracle/evidence.py' " + quoted(folder_ / "schema");
    for (std::size_t i = 0; i < size(); ++i) words += " " + quoted(file_of(i)) + " " + quoted(policy_of(i));
    std::istringstream lines(output_of(words));
    std::vector<std::string> out;
    for (std::string line; std::getline(lines, line);) out.push_back(line.substr(0, line.find('\t')));
    REQUIRE(out.size() == size());
    return out;
  }
  std::string by_program(std::size_t i) const {
    return verdict_of_command(quoted(build::pufa_verify) + " --json " + quoted(file_of(i)) + " --policy " + quoted(policy_of(i)));
  }

 private:
  std::string file_of(std::size_t i) const { return folder_ / std::to_string(i); }
  std::string policy_of(std::size_t i) const { return file_of(i) + ".policy"; }

  Folder folder_;
  std::vector<std::string> what_;
};

// A record's sections with one bit flipped, at a stride through all their bytes, under digests made anew.
void each_flip(const Case& c, const std::function<void(const std::string& what, const Bytes& file)>& f) {
  auto sections = split(c.file);
  std::size_t total = 0, at = 0;
  for (auto& s : sections) total += s.bytes.size();
  const std::size_t stride = total / kFlipsOfSuite;
  for (auto& s : sections)
    for (std::size_t i = 0; i < s.bytes.size(); ++i) {
      if (++at % stride != 0) continue;
      const char flip = static_cast<char>(1 << (at / stride % 8));
      s.bytes[i] = static_cast<char>(s.bytes[i] ^ flip);
      f("section " + s.name + " byte " + std::to_string(i) + " of " + std::to_string(s.bytes.size()) + " ^ " + std::to_string(flip), join(EvidenceKind::record, sections));
      s.bytes[i] = static_cast<char>(s.bytes[i] ^ flip);
    }
}

// A training with a remark, which is opened.
Bytes opened_record(refusals::World& w) {
  auto draft = refusals::World::training();
  draft["data"]["remark"] = "内部说明";
  refusals::admit(w, "unit", draft);
  const auto position = w.log->size() - 1;
  w.log.reset();
  auto vault = open_vault(w.vault_path, w.suite, Bytes(32, 'v'), w.random);
  REQUIRE(vault);
  auto prover = Prover::open(*w.store, position);
  REQUIRE(prover);
  Bytes file;
  REQUIRE((*prover)->record(position, {true, {"remark"}, vault->get()}, [&](BytesView b) { file += b; }));
  return file;
}

// One altered: the value, its salt, its field's name (of another field, or of none), or it stands without a body.
std::vector<std::pair<std::string, Bytes>> altered_openings(const Bytes& file) {
  const auto sections = split(file);
  std::size_t at = 0;
  while (sections.at(at).name != "opened") ++at;
  const std::string field = "remark\n";
  const Bytes rest = sections[at].bytes.substr(field.size());
  std::vector<std::pair<std::string, Bytes>> out;
  const auto add = [&](const std::string& what, const Bytes& opened) {
    auto changed = sections;
    changed[at].bytes = opened;
    out.emplace_back(what, join(EvidenceKind::record, changed));
  };
  add("another value", field + rest + "x");
  add("another salt", field + static_cast<char>(rest[0] ^ 1) + rest.substr(1));
  add("of another field", "title\n" + rest);
  add("of no field", "none\n" + rest);
  add("cut", field + rest.substr(0, 20));
  auto twice = sections;
  twice.insert(twice.begin() + static_cast<long>(at), sections[at]);
  out.emplace_back("twice", join(EvidenceKind::record, twice));
  auto bodiless = sections;
  bodiless.erase(bodiless.begin() + static_cast<long>(at) - 1);
  out.emplace_back("without a body", join(EvidenceKind::record, bodiless));
  return out;
}

}  // namespace

TEST_CASE("the checker in Python and pufa-verify agree on each case of a record and its level", "[oracle]") {
  for (auto* suite : {&intl(), &gm()}) {
    Checked batch;
    std::vector<std::string> expected;
    for (auto& c : cases(*suite)) {
      if (c.kind != "record") continue;
      batch.add(c.name, c.file, c.policy);
      expected.push_back(c.level.empty() ? "holds" : c.level);
    }
    const auto verdicts = batch.verdicts();
    for (std::size_t i = 0; i < batch.size(); ++i) {
      INFO(suite->name() << ": " << batch.what(i));
      CHECK(verdicts[i] == expected[i]);
      CHECK(batch.by_program(i) == expected[i]);
    }
  }
}

TEST_CASE("they agree on flipped bits under a digest made anew, and refuse each", "[oracle]") {
  for (auto* suite : {&intl(), &gm()}) {
    const Case c = cases(*suite)[kWitnessed];
    Checked batch;
    each_flip(c, [&](const std::string& what, const Bytes& file) {
      INFO(what);
      CHECK(verdict_of(file, c.policy) != "holds");
      batch.add(what, file, c.policy);
    });
    REQUIRE(batch.size() >= kFlipsOfSuite);
    const auto verdicts = batch.verdicts();
    for (std::size_t i = 0; i < batch.size(); ++i) {
      INFO(suite->name() << ": " << batch.what(i));
      CHECK(verdicts[i] != "holds");
    }
  }
}

TEST_CASE("the checker in Python and pufa-verify agree on quorums of witnesses and groups", "[oracle]") {
  for (auto* suite : {&intl(), &gm()}) {
    const auto quorums = quorum_cases(*suite);
    Checked batch;
    for (auto& c : quorums) batch.add(c.policy, c.file, c.policy);
    const auto verdicts = batch.verdicts();
    for (std::size_t i = 0; i < batch.size(); ++i) {
      INFO(suite->name() << ": " << batch.what(i));
      const std::string expected = quorums[i].level.empty() ? "holds" : quorums[i].level;
      CHECK(verdicts[i] == expected);
      CHECK(batch.by_program(i) == expected);
    }
  }
}

TEST_CASE("the checker in Python and pufa-verify agree on opened values", "[oracle]") {
  for (auto* suite : {&intl(), &gm()}) {
    refusals::World w(*suite);
    const Bytes file = opened_record(w);
    const NoteVerifier log("demo.test/log", *suite, *suite->parse_public(w.keys.at("operator")->public_key().spki()));
    const std::string policy = "log " + log.vkey() + "\nquorum none\n";
    REQUIRE(verdict_of(file, policy) == "holds");
    Checked batch;
    std::vector<std::string> expected{"holds"};
    batch.add("as it is", file, policy);
    for (auto& [what, altered] : altered_openings(file)) {
      batch.add(what, altered, policy);
      expected.push_back(verdict_of(altered, policy));
      CHECK(expected.back() != "holds");
    }
    const auto verdicts = batch.verdicts();
    for (std::size_t i = 0; i < batch.size(); ++i) {
      INFO(suite->name() << ": " << batch.what(i));
      CHECK(verdicts[i] == expected[i]);
    }
  }
}

TEST_CASE("both hold on 200 records of the demonstration, every type among them", "[oracle]") {
  constexpr std::size_t kRecords = 200;
  Folder folder;
  const std::string dir = folder / "demo";
  REQUIRE(command::pufa({"demo", dir}).status == 0);
  std::map<std::uint64_t, bool> chosen;   // position; whether with its body
  std::set<std::string> types;
  std::istringstream lines(command::pufa({"log", dir, "--json"}).out);
  std::uint64_t size = 0;
  for (std::string line; std::getline(lines, line); ++size)
    if (types.insert((*parse_json(line))["type"]).second) chosen[size] = true;
  REQUIRE(types.size() >= 92);
  for (std::uint64_t at = 7; chosen.size() < kRecords; at += size / kRecords) chosen.emplace(at % size, at % 2 == 0);

  auto store = open_store(dir, OpenMode::read);
  REQUIRE(store);
  auto prover = Prover::open(**store, 0);
  REQUIRE(prover);
  const std::string policy = command::read(dir + "/policy");
  Checked batch;
  for (auto& [position, body] : chosen) {
    Bytes file;
    REQUIRE((*prover)->record(position, {body, {}, nullptr}, [&](BytesView b) { file += b; }));
    INFO("record " << position);
    CHECK(verdict_of(file, policy) == "holds");
    batch.add("record " + std::to_string(position), file, policy);
  }
  const auto verdicts = batch.verdicts();
  for (std::size_t i = 0; i < batch.size(); ++i) {
    INFO(batch.what(i));
    CHECK(verdicts[i] == "holds");
  }
}
