// Each (type, code) of the table: refused with it and nothing changed, its twin accepted, and found by
// verification when it was put past admission. Refusals and twins go through `pufa submit`; under
// sanitizers, where a thousand process starts take too long, the ledger in process answers.
#include "tests/refusals/refusals.h"

#include <set>

#include "ledger/core/keyring.h"
#include "ledger/schema/catalogue.h"
#include "ledger/text/json.h"
#include "tests/refusals/on_disk.h"

using namespace refusals;

namespace {

Json without_spare(Json draft) {
  if (draft.is_object()) draft.erase("spare");
  else for (auto& d : draft) d.erase("spare");
  return draft;
}

// The ledger itself.
class InProcess final : public Desk {
 public:
  explicit InProcess(World& w) : world_(w) {}

  std::string submit(const std::string& key, const Json& drafts) override {
    std::vector<ledger::Error> faults;
    if (auto events = events_of(world_, drafts, faults)) return answered(World::verdict(world_.log->submit(world_.sign(key, std::move(*events)), world_.now)));
    std::string codes;
    for (auto& f : faults) codes += " " + f.code;
    return codes;
  }
  std::string found(const Json& genesis) override {
    std::vector<ledger::Error> faults;
    const auto event = events_of(world_, genesis, faults).value().front();
    auto body = ledger::Body::parse(event.body);
    REQUIRE(body);
    auto ok = ledger::KeyRing(world_.suite).apply_genesis(body->as<ledger::GenesisRecorded>(), event.body);
    return ok ? "accepted" : " " + ok.error().code;
  }
  Contents contents() const override {
    Contents out;
    for (int s = 0; s < ledger::kShelves; ++s)
      REQUIRE(world_.store->scan(static_cast<ledger::Shelf>(s), {}, [&](ledger::BytesView k, ledger::BytesView v) { return out[{s, ledger::Bytes(k)}] = v, true; }));
    return out;
  }

 private:
  static std::string answered(const std::string& verdict) { return verdict == "accepted" ? verdict : " " + verdict; }
  World& world_;
};

std::unique_ptr<Desk> desk_of(World& w) {
  if (build::sanitized) return std::make_unique<InProcess>(w);
  return std::make_unique<OnDisk>(w);
}

// A genesis is accepted only as the first record of another ledger.
std::string accepts(Desk& disk, const std::string& key, const Json& twin) {
  return twin["type"] == "GenesisRecorded" ? disk.found(twin) : disk.submit(key, without_spare(twin));
}

void check_refused(World& w, Desk& disk, const Case& c, const Json& twin) {
  INFO(c.type << " " << c.code);
  Json spoiled = twin;
  c.spoil(w, spoiled);
  const auto before = disk.contents();
  const std::string got = disk.submit(c.refused_key(), without_spare(spoiled));
  INFO(got);
  CHECK((got + " ").find(" " + c.code + " ") != std::string::npos);
  CHECK(disk.contents() == before);
}

// In a world of its own, past the admission: verification names its position and code. A draft whose own
// shape is at fault never becomes an event that could be put there.
void check_found(const Case& c) {
  INFO(c.type << " " << c.code << " past admission");
  World past;
  past.enrol_outsiders();
  Json draft = c.given(past);
  c.spoil(past, draft);
  draft = without_spare(draft);
  std::vector<ledger::Error> faults;
  if (!events_of(past, draft, faults)) return;
  const auto position = write_past_admission(past, c.refused_key(), draft);
  bool found = false;
  for (auto& f : past.verify().findings) found = found || (f.position == position && f.code == c.code);
  CHECK(found);
}

void check_alone(const Case& c) {
  INFO(c.type << " " << c.code);
  World w;
  w.enrol_outsiders();
  const Json twin = c.given(w);
  const auto made = desk_of(w);
  Desk& disk = *made;
  check_refused(w, disk, c, twin);
  check_found(c);
  CHECK(accepts(disk, c.key, twin) == "accepted");
}

void check_common(const Scenario& s) {
  INFO(s.type);
  World w;
  w.enrol_outsiders();
  const Json twin = s.given(w);
  CHECK(twin["type"] == s.type);
  const auto made = desk_of(w);
  Desk& disk = *made;
  for (auto& c : generic_cases(s)) {
    check_refused(w, disk, c, twin);
    check_found(c);
  }
  CHECK(accepts(disk, s.key, twin) == "accepted");
  if (!build::sanitized) CHECK(w.verdict(s.key, {without_spare(twin)}) == "accepted");
  CHECK(w.verify().findings.empty());
}

// What `pufa schema --json` says that can be refused.
std::set<std::pair<std::string, std::string>> catalogue_pairs() {
  std::set<std::pair<std::string, std::string>> out;
  const auto schema = ledger::parse_json(command::pufa({"schema", "--json"}).out);
  REQUIRE(schema);
  for (auto& t : (*schema)["types"])
    for (auto& code : t["codes"]) out.emplace(t["type"].get<std::string>(), code.get<std::string>());
  return out;
}

}  // namespace

// In parts, which run beside each other.
TEMPLATE_TEST_CASE_SIG("every type is admitted in its scenario, and refused with each common code, part", "", ((int Part), Part), 0, 1, 2, 3) {
  for (std::size_t i = Part; i < scenarios().size(); i += 4) check_common(scenarios()[i]);
}

TEST_CASE("each type's own codes") {
  for (auto& c : own_cases()) check_alone(c);
}

TEST_CASE("references that a type need not have") {
  for (auto& c : reference_cases()) check_alone(c);
}

TEST_CASE("the table is the catalogue's: each type, each of its codes, and no other") {
  std::set<std::pair<std::string, std::string>> table;
  for (auto& s : scenarios())
    for (auto& c : generic_cases(s)) table.insert({c.type, c.code});
  for (auto& cases : {own_cases(), reference_cases()})
    for (auto& c : cases) table.insert({c.type, c.code});
  const auto catalogue = catalogue_pairs();
  for (auto& [type, code] : catalogue) {
    INFO(type << " " << code << " has no case");
    CHECK(table.count({type, code}) == 1);
  }
  for (auto& [type, code] : table) {
    INFO(type << " " << code << " is not in the catalogue");
    CHECK(catalogue.count({type, code}) == 1);
  }
}
