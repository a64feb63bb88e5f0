#include "tests/refusals/refusals.h"

#include "ledger/log/history.h"
#include "projections/assessment/scheme.h"

namespace refusals {
namespace {

std::vector<Scenario>& all_scenarios() {
  static std::vector<Scenario> all;
  return all;
}
std::vector<Case>& all_cases() {
  static std::vector<Case> all;
  return all;
}

}  // namespace

const std::vector<Scenario>& scenarios() { return all_scenarios(); }
const std::vector<Case>& own_cases() { return all_cases(); }
Register::Register(std::vector<Scenario> s) {
  for (auto& x : s) all_scenarios().push_back(std::move(x));
}
Register::Register(std::vector<Case> c) {
  for (auto& x : c) all_cases().push_back(std::move(x));
}

namespace {

using ledger::Submittable;

Submittable genesis_event(World& w, const Json& draft, ledger::DraftContext& c, std::vector<ledger::Error>& faults) {
  using namespace ledger;
  Submittable e;
  e.body = encode_body(type_of(EventType::GenesisRecorded), draft["data"], Json::object(), c, {}, e.opened, faults);
  e.salt = w.random.bytes(32);
  e.header = encode(Header{make_uuid7(w.now, w.random), EventType::GenesisRecorded, {}, {}, local_date(w.now), body_commitment(w.suite, e.salt, e.body)});
  return e;
}

}  // namespace

std::optional<std::vector<Submittable>> events_of(World& w, const Json& drafts, std::vector<ledger::Error>& faults) {
  ledger::DraftContext c{w.suite, w.log->genesis().ledger_id, w.random, w.now, {}};
  std::vector<Submittable> out;
  for (auto& d : drafts.is_array() ? drafts : Json::array({drafts})) {
    if (d["type"] == "GenesisRecorded") out.push_back(genesis_event(w, d, c, faults));
    else if (auto read = ledger::read_draft(d, c, faults)) out.push_back(read->event);
  }
  return faults.empty() ? std::optional(std::move(out)) : std::nullopt;
}

std::uint64_t write_past_admission(World& w, const std::string& key, const Json& draft) {
  std::vector<ledger::Error> faults;
  auto events = events_of(w, draft, faults);
  if (!events) FAIL(faults.front().code << " " << faults.front().field << " " << faults.front().message);
  return write_past_admission(w, w.sign(key, std::move(*events)));
}

std::uint64_t write_past_admission(World& w, ledger::Submission submission) {
  using namespace ledger;
  auto prepared = prepare(w.suite, std::move(submission));
  REQUIRE(prepared);
  const Prepared& p = **prepared;
  const std::uint64_t position = w.log->size();
  w.log.reset();
  Bytes entry = position_key(position);
  append_be(entry, 1, 4);
  REQUIRE(w.store->write({{Shelf::records, position_key(position), encode(make_record(p, 0, position, w.now))},
                          {Shelf::bodies, position_key(position), p.raw.events[0].salt + p.raw.events[0].body},
                          {Shelf::ids, Bytes(p.events[0].header.id.view()), position_key(position)},
                          {Shelf::submissions, Bytes(p.header.submission_id.view()), entry + Bytes(p.hash.view())}}, true));
  redo_checkpoint(w);
  return position;
}

void redo_checkpoint(World& w) {
  using namespace ledger;
  std::vector<Hash> leaves;
  REQUIRE(w.store->scan(Shelf::records, {}, [&](BytesView, BytesView v) { return leaves.push_back(leaf_hash(w.suite, v)), true; }));
  const Checkpoint head{"demo.test/log", leaves.size(), tree_hash(w.suite, leaves)};
  Batch batch{{Shelf::checkpoints, position_key(leaves.size()), sign_note(head.text(), head.origin, w.suite, *w.keys["operator"])}};
  if (leaves.size() % kTileHashes == 0) {
    Bytes tile;
    for (std::size_t i = leaves.size() - kTileHashes; i < leaves.size(); ++i) tile += leaves[i].view();
    batch.push_back({Shelf::tiles, tile_key({0, leaves.size() / kTileHashes - 1}), tile});
  }
  REQUIRE(w.store->write(batch, true));
}

std::vector<std::string> admit(World& w, const std::string& key, const std::vector<Json>& drafts) {
  auto outcome = w.submit(key, drafts);
  if (auto* r = std::get_if<ledger::Refusal>(&outcome))
    FAIL("the scenario itself is refused: " << r->error.code << " " << r->error.field << " " << r->error.message << " " << drafts[r->index < drafts.size() ? r->index : 0].dump());
  std::vector<std::string> ids;
  for (auto& e : std::get<ledger::Receipt>(outcome).events) ids.push_back(ledger::format_id(e.id));
  return ids;
}
std::string admit(World& w, const std::string& key, const Json& d) { return admit(w, key, std::vector<Json>{d}).front(); }

Json draft(const char* type, const char* on, Json data, Json refs, const char* unit) {
  Json d{{"type", type}, {"on", on}, {"data", std::move(data)}};
  if (!refs.is_null()) d["refs"] = std::move(refs);
  if (unit) d["unit"] = unit;
  return d;
}

Json scheme_draft(int year, Json refs) {
  const auto& s = projections::assessment::default_scheme(year);
  return draft("AssessmentSchemePublished", "2025-01-03",
               {{"year", year}, {"name", s.name}, {"periodStart", ledger::format_date(s.period_start)}, {"periodEnd", ledger::format_date(s.period_end)},
                {"cutoff", ledger::format_instant(s.cutoff)}, {"toml", projections::assessment::default_scheme_text(year)}},
               std::move(refs));
}

void set_now(World& w, const char* instant) { w.now = World::at(instant); }

void publish_calendars(World& w) {
  std::vector<Json> drafts;
  for (int year : {2024, 2025, 2026})
    drafts.push_back(draft("WorkCalendarPublished", "2025-01-03", {{"year", year}, {"offDays", Json::array()}, {"workDays", Json::array()}, {"source", "国务院办公厅通知"}}));
  admit(w, "office", drafts);
}

Spoil set(const char* field, Json value) {
  return [=](World&, Json& d) { d["data"][field] = value; };
}
Spoil drop(const char* field) {
  return [=](World&, Json& d) { d["data"].erase(field); };
}
Spoil use_spare(const char* ref) {
  return [=](World&, Json& d) { d["refs"][ref] = d["spare"]; };
}

}  // namespace refusals
