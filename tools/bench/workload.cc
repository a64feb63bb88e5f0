#include "tools/bench/workload.h"

#include <filesystem>

#include "ledger/schema/draft.h"
#include "ledger/text/encoding.h"
#include "ledger/text/plain.h"
#include "projections/rules/rules.h"
#include "tools/cli/results.h"

namespace tools::bench {
namespace {

using ledger::Date;
using ledger::Instant;
using ledger::Json;
using ledger::Result;
using ledger::Status;

constexpr std::size_t kBodies = 64;              // different texts of the records
constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::uint64_t kGenesisSeed = 1, kDraftSeed = 1ull << 62, kEventSeed = 1'000;

Instant founding() { return {ledger::local_midnight(ledger::make_date(kYear, 1, 2)).ms + 9 * kHourMs}; }
Date date_of(int day) { return ledger::make_date(kYear, 1, 3) + day; }
Instant morning_after(int day) { return {ledger::local_midnight(date_of(day) + 1).ms + 9 * kHourMs}; }

// The unit codes of the district: a running number with the two check characters that make it sound
// (of the organisation code within, and of the whole).
std::string unit_code(std::size_t unit) {
  std::string stem = "11420114TA0000" + std::to_string(10 + unit);
  for (char inner : std::string("0123456789X"))
    for (char outer : std::string("0123456789ABCDEFGHJKLMNPQRTUWXY"))
      if (ledger::is_uscc(stem + inner + outer)) return stem + inner + outer;
  return stem;
}

Json work_calendar(int year) {
  return {{"type", "WorkCalendarPublished"}, {"on", "2025-01-02"},
          {"data", {{"year", year}, {"offDays", Json::array()}, {"workDays", Json::array()}, {"source", "bench"}}}};
}

Status verdict(const ledger::Outcome& o) {
  if (auto* r = std::get_if<ledger::Refusal>(&o)) return tl::unexpected<ledger::Error>(r->error);
  if (auto* u = std::get_if<ledger::Unknown>(&o)) return tl::unexpected<ledger::Error>(u->error);
  return {};
}

}  // namespace

std::uint64_t Seeded::next() {
  std::uint64_t z = state_ += 0x9E3779B97F4A7C15ull;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
  return z ^ (z >> 31);
}

void Seeded::fill(char* out, std::size_t n) {
  for (std::size_t i = 0; i < n; i += 8) {
    const std::uint64_t x = next();
    std::memcpy(out + i, &x, std::min<std::size_t>(8, n - i));
  }
}

Workload::Workload(const ledger::Suite& suite) : suite_(suite) {
  for (std::size_t u = 0; u < kUnits; ++u) codes_.push_back(unit_code(u));
  for (const char* name : {"operator", "registrar", "auditAdmin", "office"})
    keys_[name] = suite_.derive(ledger::sha256(name).view());
  for (auto& code : codes_) keys_[code] = suite_.derive(ledger::sha256(code).view());
  make_bodies();
}

void Workload::make_bodies() {
  Seeded random(kDraftSeed);
  ledger::DraftContext context{suite_, {}, random, founding(), {}};
  for (std::size_t i = 0; i < kBodies; ++i) {
    const Json data{{"title", "民法典专题学习 第" + std::to_string(i + 1) + "期"}, {"audienceGroup", "civilServants"},
                    {"minutes", 60 + i}, {"headcount", 20 + i}, {"lawRefs", {{{"law", "民法典"}}}}};
    std::vector<ledger::SealedValue> opened;
    std::vector<ledger::Error> faults;
    bodies_.push_back(ledger::encode_body(ledger::type_of(ledger::EventType::TrainingHeld), data, Json::object(), context, {},
                                          opened, faults));
  }
}

Result<std::unique_ptr<Scratch>> Workload::make_ledger(const std::string& dir, bool proofs) {
  auto scratch = std::make_unique<Scratch>();
  scratch->dir = dir, scratch->now = founding();
  std::filesystem::create_directories(dir);
  auto store = LEDGER_TRY(ledger::open_store(dir, ledger::OpenMode::create));
  auto spki = [&](const char* n) { return keys_[n]->public_key().spki(); };
  auto id = [&](const char* n) { return keys_[n]->public_key().id(); };
  const ledger::GenesisSpec g{kOrigin, "420114", "bench", true, keys_["operator"].get(), spki("registrar"), spki("auditAdmin"),
                              id("registrar"), id("auditAdmin")};
  Seeded random(kGenesisSeed);
  LEDGER_CHECK(ledger::Ledger::create(*store, suite_, g, scratch->now, random));
  ledger::LedgerOptions options;
  options.operator_key = suite_.derive(ledger::sha256("operator").view());
  options.rules = [](const ledger::Suite& s) { return std::make_unique<projections::ProcedureRules>(s); };
  options.clock = [now = &scratch->now] { return *now; };
  options.proofs = proofs;
  scratch->log = LEDGER_TRY(ledger::Ledger::open(std::make_unique<Metered>(std::move(store), scratch->meter), std::move(options)));
  ledger_id_ = scratch->log->genesis().ledger_id;
  LEDGER_CHECK(found(*scratch));
  return scratch;
}

Status Workload::found(Scratch& s) {
  std::vector<Json> drafts;
  for (std::size_t u = 0; u < kUnits; ++u) drafts.push_back(unit_draft(u));
  drafts.push_back(key_draft("office", codes_[0]));
  drafts.push_back(role_draft("office", "office", "district"));
  for (auto& code : codes_) drafts.push_back(key_draft(code, code)), drafts.push_back(role_draft(code, "unit", code));
  LEDGER_CHECK(submit_drafts(s, "registrar", drafts));
  return submit_drafts(s, "office", {work_calendar(kYear), work_calendar(kYear + 1)});
}

Status Workload::submit_drafts(Scratch& s, const std::string& key, const std::vector<Json>& drafts) {
  Seeded random(kDraftSeed + ++submissions_);
  ledger::DraftContext context{suite_, ledger_id_, random, s.now, {}};
  std::vector<ledger::Submittable> events;
  std::vector<ledger::Error> faults;
  for (auto& j : drafts) {
    auto d = ledger::read_draft(j, context, faults);
    if (!d) return tl::unexpected<ledger::Error>(faults.front());
    events.push_back(std::move(d->event));
  }
  return submit(s, ledger::sign_submission(suite_, ledger_id_, *keys_[key], std::move(events), ledger::make_uuid7(s.now, random), s.now));
}

Json Workload::unit_draft(std::size_t unit) const {
  const std::string name = "单位" + std::to_string(unit + 1);
  return {{"type", "UnitRegistered"}, {"unit", codes_[unit]}, {"on", "2025-01-02"},
          {"data", {{"name", name}, {"shortName", name}, {"category", "judicial"}, {"hasEnforcementPower", false},
                    {"districtCode", "420114"}, {"from", "2025-01-01"}}}};
}

Json Workload::key_draft(const std::string& name, const std::string& unit) const {
  auto& key = *keys_.at(name);
  const auto& id = key.public_key().id();
  const ledger::Bytes statement = "pufa/enrol/v1\n" + ledger::Bytes(ledger_id_.view()) + ledger::Bytes(id.view());
  return {{"type", "KeyEnrolled"}, {"on", "2025-01-02"},
          {"data", {{"keyId", ledger::hex(id.view())}, {"publicKey", ledger::base64(key.public_key().spki())},
                    {"possession", ledger::base64(key.sign(statement))}, {"owner", name}, {"ownerUnit", unit},
                    {"notBefore", "2025-01-01T00:00:00Z"}, {"notAfter", "2030-01-01T00:00:00Z"}}}};
}

Json Workload::role_draft(const std::string& name, const char* role, const std::string& scope) const {
  return {{"type", "RoleGranted"}, {"on", "2025-01-02"},
          {"data", {{"keyId", ledger::hex(keys_.at(name)->public_key().id().view())}, {"role", role}, {"scope", scope},
                    {"from", "2025-01-01"}}}};
}

ledger::Submittable Workload::event(std::size_t unit, Date on, Instant now, std::uint64_t number) const {
  Seeded random(kEventSeed + number);
  ledger::Submittable e;
  e.body = bodies_[number % kBodies];
  e.salt = random.bytes(32);
  e.header = ledger::encode(ledger::Header{ledger::make_uuid7(now, random), ledger::EventType::TrainingHeld, codes_[unit],
                                           {codes_[unit]}, on, ledger::body_commitment(suite_, e.salt, e.body)});
  return e;
}

Status Workload::publish_scheme(Scratch& s) {
  const auto& scheme = projections::assessment::default_scheme(kYear);
  const Json data{{"year", kYear}, {"name", scheme.name}, {"periodStart", ledger::format_date(scheme.period_start)}, {"periodEnd", ledger::format_date(scheme.period_end)},
                  {"cutoff", ledger::format_instant(scheme.cutoff)}, {"toml", projections::assessment::default_scheme_text(kYear)}};
  return submit_drafts(s, "office", {{{"type", "AssessmentSchemePublished"}, {"on", ledger::format_date(ledger::local_date(s.now))}, {"data", data}}});
}

Status Workload::publish_result(Scratch& s) {
  const auto draft = LEDGER_TRY(result_draft(*s.log, {kYear, "preliminary", ledger::local_date(s.now), std::nullopt}));
  return submit_drafts(s, "office", {draft});
}

ledger::Submission Workload::next(std::size_t events, int day) {
  const std::size_t unit = submissions_++ % kUnits;
  const Instant now = morning_after(day);
  std::vector<ledger::Submittable> list(events);
  ledger::parallel_for(events, [&](std::size_t i) { list[i] = event(unit, date_of(day), now, events_ + i); });
  events_ += events;
  Seeded random(kEventSeed + (submissions_ << 40));
  return ledger::sign_submission(suite_, ledger_id_, unit_key(unit), std::move(list), ledger::make_uuid7(now, random), now);
}

Status Workload::submit(Scratch& s, ledger::Submission submission) { return verdict(s.log->submit(std::move(submission))); }

void Workload::set_day(Scratch& s, int day) { s.now = std::max(s.now, morning_after(day)); }

}  // namespace tools::bench
