// A unit's file over the demonstration's year: complete, followed through a merger and a complaint that
// moved, and showing of others no content.
#include <algorithm>
#include <map>
#include <set>

#include "ledger/evidence/check.h"
#include "ledger/text/json.h"
#include "tests/support/command.h"

using namespace command;
using ledger::Json;

namespace {

constexpr char kMerged[] = "11420114TA00006651", kSuccessor[] = "11420114TA00006576";

// One ledger for all cases: nothing here writes to it.
const std::string& demo() {
  static Folder folder;
  static const std::string dir = [] {
    REQUIRE(pufa({"demo", folder / "D"}).status == 0);
    return folder / "D";
  }();
  return dir;
}

std::vector<Json> log_of(std::vector<std::string> more) {
  std::vector<std::string> words{"log", demo(), "--json"};
  words.insert(words.end(), more.begin(), more.end());
  std::vector<Json> out;
  std::istringstream lines(pufa(words).out);
  for (std::string line; std::getline(lines, line);) out.push_back(*ledger::parse_json(line));
  return out;
}

struct File {
  ledger::Bytes bytes;
  ledger::Evidence evidence;
  ledger::EvidenceReport report;
};

std::unique_ptr<File> file_of(const std::string& unit, bool bodies) {
  Folder folder;
  std::vector<std::string> words{"prove", demo(), "--unit", unit, "--year", "2025", "-o", folder / "unit.evidence"};
  if (bodies) words.push_back("--body");
  REQUIRE(pufa(words).status == 0);
  auto f = std::make_unique<File>();
  f->bytes = read(folder / "unit.evidence");
  f->evidence = *ledger::parse_evidence(f->bytes);
  f->report = ledger::check(f->evidence, *ledger::parse_policy(read(demo() + "/policy")));
  if (f->report.failure) FAIL(f->report.failure->error.message);
  return f;
}

// The complaint, and the assignment that moved it to another unit.
std::pair<Json, Json> moved_complaint() {
  std::map<std::string, Json> complaints;
  for (auto& c : log_of({"--type", "ComplaintFiled"})) complaints[c["id"]] = c;
  for (auto& a : log_of({"--type", "ComplaintAssigned"})) {
    const Json& c = complaints[a["refs"]["complaint"]];
    if (c["unit"] != a["unit"]) return {c, a};
  }
  FAIL("the demonstration moves no complaint");
  return {};
}

}  // namespace

TEST_CASE("a unit's file holds every record that names it, those of the year with their proof") {
  const std::string unit = "11420114TA00000750";
  const auto file = file_of(unit, false);
  std::size_t met = 0;
  for (auto& record : log_of({"--unit", unit})) {
    const std::uint64_t position = record["position"];
    if (position >= *file->report.index) continue;
    const auto* item = file->evidence.find(position);
    REQUIRE(item != nullptr);
    CHECK(item->full == (record["on"].get<std::string>().substr(0, 4) == "2025" || item->body.has_value()));
    ++met;
  }
  CHECK(met > 100);
  CHECK(file->report.complete == std::vector<std::string>{unit});
}

TEST_CASE("a merged unit's file and its successor's follow each other") {
  for (auto* unit : {kMerged, kSuccessor}) {
    const auto file = file_of(unit, false);
    CHECK(file->report.complete == std::vector<std::string>{kSuccessor, kMerged});
  }
}

TEST_CASE("a complaint that moved to another unit is followed, without the other's content") {
  const auto [complaint, assignment] = moved_complaint();
  const auto file = file_of(complaint["unit"], true);
  const auto* item = file->evidence.find(assignment["position"]);
  REQUIRE(item != nullptr);
  CHECK(item->full);
  CHECK_FALSE(item->body.has_value());
  CHECK(file->evidence.find(complaint["position"])->body.has_value());
  // And the one that it moved to has it as its own.
  const auto other = file_of(assignment["unit"], true);
  CHECK(other->evidence.find(assignment["position"])->body.has_value());
}

TEST_CASE("bodies are shown only where asked for, but those that the check itself reads") {
  const auto closed = file_of("11420114TA00000750", false);
  const std::set<ledger::EventType> read{ledger::EventType::GenesisRecorded, ledger::EventType::KeyEnrolled, ledger::EventType::KeyRevoked,
                                         ledger::EventType::RoleGranted, ledger::EventType::RoleRevoked, ledger::EventType::IndexCommitted};
  for (auto& item : closed->evidence.items) CHECK((!item.body || read.count(item.header.type) != 0));
  const auto open = file_of("11420114TA00000750", true);
  CHECK(std::any_of(open->evidence.items.begin(), open->evidence.items.end(), [](auto& i) { return i.header.type == ledger::EventType::ActivityHeld && i.body; }));
}

TEST_CASE("a unit that no record names has no file") {
  Folder folder;
  const auto ran = pufa({"prove", demo(), "--unit", "11420114TA0000999X", "--year", "2025", "-o", folder / "f"});
  CHECK(ran.status == 3);
  CHECK(ran.err.find("[not-found]") != std::string::npos);
  CHECK_FALSE(fs::exists(folder / "f"));
}
