// Each (type, code) of the table: refused with it and nothing changed, its twin accepted, and found by
// verification when it was put past admission. Refusals and twins go through `pufa submit`; under
// sanitizers, where a thousand process starts take too long, the ledger in process answers.
#include "tests/refusals/refusals.h"

#include <set>

#include "ledger/schema/catalogue.h"
#include "tests/refusals/on_disk.h"

using namespace refusals;

namespace {

Json without_spare(Json draft) {
  draft.erase("spare");
  return draft;
}

// The draft's own shape is at fault: it never becomes an event that could be put past admission.
bool is_shape(World& w, const Json& draft) {
  ledger::DraftContext c{w.suite, w.log->genesis().ledger_id, w.random, w.now, {}};
  std::vector<ledger::Error> faults;
  return !ledger::read_draft(draft, c, faults);
}

#ifdef __SANITIZE_ADDRESS__
class Desk {
 public:
  explicit Desk(World& w) : world_(w) {}

  std::string submit(const std::string& key, const Json& draft) {
    ledger::DraftContext c{world_.suite, world_.log->genesis().ledger_id, world_.random, world_.now, {}};
    std::vector<ledger::Error> faults;
    if (ledger::read_draft(draft, c, faults)) return answered(world_.verdict(key, {draft}));
    std::string codes;
    for (auto& f : faults) codes += " " + f.code;
    return codes;
  }
  std::map<std::pair<int, ledger::Bytes>, ledger::Bytes> contents() const {
    std::map<std::pair<int, ledger::Bytes>, ledger::Bytes> out;
    for (int s = 0; s < ledger::kShelves; ++s)
      REQUIRE(world_.store->scan(static_cast<ledger::Shelf>(s), {}, [&](ledger::BytesView k, ledger::BytesView v) { return out[{s, ledger::Bytes(k)}] = v, true; }));
    return out;
  }

 private:
  static std::string answered(const std::string& verdict) { return verdict == "accepted" ? verdict : " " + verdict; }
  World& world_;
};
#else
using Desk = OnDisk;
#endif

void check_refused(World& w, Desk& disk, const Case& c, const Json& twin) {
  INFO(c.type << " " << c.code);
  Json spoiled = twin;
  c.spoil(w, spoiled);
  const auto before = disk.contents();
  const std::string got = disk.submit(c.key, without_spare(spoiled));
  INFO(got);
  CHECK((got + " ").find(" " + c.code + " ") != std::string::npos);
  CHECK(disk.contents() == before);
}

// In a world of its own, past the admission: verification names its position and code.
void check_found(const Case& c) {
  INFO(c.type << " " << c.code << " past admission");
  World past;
  Json draft = c.given(past);
  c.spoil(past, draft);
  draft.erase("spare");
  if (is_shape(past, draft)) return;
  const auto position = write_past_admission(past, c.key, draft);
  bool found = false;
  for (auto& f : past.verify().findings) found = found || (f.position == position && f.code == c.code);
  CHECK(found);
}

}  // namespace

TEST_CASE("every type is admitted in its scenario, and refused with each common code") {
  for (auto& s : scenarios()) {
    INFO(s.type);
    World w;
    const Json twin = s.given(w);
    CHECK(twin["type"] == s.type);
    Desk disk(w);
    for (auto& c : generic_cases(s)) {
      check_refused(w, disk, c, twin);
      check_found(c);
    }
    CHECK(disk.submit(s.key, without_spare(twin)) == "accepted");
    if (std::is_same_v<Desk, OnDisk>) CHECK(w.verdict(s.key, {without_spare(twin)}) == "accepted");
    CHECK(w.verify().findings.empty());
  }
}

TEST_CASE("each type's own codes") {
  for (auto& c : own_cases()) {
    INFO(c.type << " " << c.code);
    World w;
    const Json twin = c.given(w);
    Desk disk(w);
    check_refused(w, disk, c, twin);
    check_found(c);
    CHECK(disk.submit(c.key, without_spare(twin)) == "accepted");
  }
}

TEST_CASE("the table is complete") {
  std::set<std::string> types;
  std::set<std::pair<std::string, std::string>> pairs;
  for (auto& s : scenarios()) types.insert(s.type);
  for (auto& c : own_cases()) pairs.insert({c.type, c.code});
  for (auto& t : ledger::catalogue()) {
    if (t.name == "GenesisRecorded") continue;   // its codes have a test of their own: identity.cc
    INFO(t.name);
    CHECK(types.count(t.name) == 1);
    for (auto& code : t.codes) {
      INFO(code);
      CHECK(pairs.count({t.name, code}) == 1);
    }
  }
}
