// Each (type, code) of the table: refused with it and nothing changed, its twin accepted, and found by
// verification when it was put past admission.
#include "tests/refusals/refusals.h"

#include <map>
#include <set>

#include "ledger/schema/catalogue.h"

using namespace refusals;

namespace {

// Every stored byte, to see that a refusal changes none.
std::map<std::pair<int, ledger::Bytes>, ledger::Bytes> contents(World& w) {
  std::map<std::pair<int, ledger::Bytes>, ledger::Bytes> out;
  for (int s = 0; s < ledger::kShelves; ++s)
    REQUIRE(w.store->scan(static_cast<ledger::Shelf>(s), {}, [&](ledger::BytesView k, ledger::BytesView v) { return out.emplace(std::pair(s, ledger::Bytes(k)), ledger::Bytes(v)), true; }));
  return out;
}

// The code with which a draft is refused, by the importer or by admission; "accepted" otherwise.
std::string verdict(World& w, const std::string& key, const Json& draft) {
  ledger::DraftContext c{w.suite, w.log->genesis().ledger_id, w.random, w.now, {}};
  std::vector<ledger::Error> faults;
  if (!ledger::read_draft(draft, c, faults)) {
    std::string codes;
    for (auto& f : faults) codes += (codes.empty() ? "" : " ") + f.code;
    return codes;
  }
  return w.verdict(key, {draft});
}

bool is_shape(World& w, const Json& draft) {
  ledger::DraftContext c{w.suite, w.log->genesis().ledger_id, w.random, w.now, {}};
  std::vector<ledger::Error> faults;
  return !ledger::read_draft(draft, c, faults);
}

void check(const Case& c) {
  INFO(c.type << " " << c.code);
  World w;
  Json twin = c.given(w);
  Json spoiled = twin;
  c.spoil(w, spoiled);
  twin.erase("spare"), spoiled.erase("spare");
  const auto before = contents(w);
  const std::string got = verdict(w, c.key, spoiled);
  CHECK((" " + got + " ").find(" " + c.code + " ") != std::string::npos);
  CHECK(contents(w) == before);
  const bool shape = is_shape(w, spoiled);
  if (!shape) {
    // In a world of its own, past the admission: verification names its position and code.
    World past;
    Json draft = c.given(past);
    c.spoil(past, draft);
    draft.erase("spare");
    const auto position = write_past_admission(past, c.key, draft);
    bool found = false;
    for (auto& f : past.verify().findings) found = found || (f.position == position && f.code == c.code);
    CHECK(found);
  }
  CHECK(verdict(w, c.key, twin) == "accepted");
}

}  // namespace

TEST_CASE("every type has a scenario in which it is admitted") {
  std::set<std::string> have;
  for (auto& s : scenarios()) {
    INFO(s.type);
    World w;
      const Json d = s.given(w);
    CHECK(d["type"] == s.type);
    CHECK(verdict(w, s.key, d) == "accepted");
    CHECK(w.verify().findings.empty());
    have.insert(s.type);
  }
  for (auto& t : ledger::catalogue())
    if (t.name != "GenesisRecorded" && !have.count(t.name)) WARN("no scenario yet: " << t.name);
}

TEST_CASE("common codes") {
  for (auto& s : scenarios())
    for (auto& c : generic_cases(s)) check(c);
}

TEST_CASE("each type's own codes") {
  for (auto& c : own_cases()) check(c);
  std::set<std::pair<std::string, std::string>> have;
  for (auto& c : own_cases()) have.insert({c.type, c.code});
  std::size_t missing = 0;
  for (auto& t : ledger::catalogue())
    for (auto& code : t.codes) missing += have.count({t.name, code}) == 0;
  WARN(have.size() << " of the catalogue's own (type, code) pairs are tabled, " << missing << " are not yet");
}
