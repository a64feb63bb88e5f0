// A small ledger in memory with its keys, for tests of admission, sequencing and verification.
#pragma once

#include <catch2/catch.hpp>

#include <filesystem>
#include <map>

#include "ledger/log/ledger.h"
#include "ledger/log/verify.h"
#include "ledger/schema/draft.h"
#include "ledger/text/encoding.h"
#include "projections/rules/rules.h"

namespace world {

using namespace ledger;

inline constexpr char kCourt[] = "11420114TA0000016W";
inline constexpr char kOffice[] = "11420114TA0000024P";

// Deterministic bytes, so that a failing case can be run again.
class Counted final : public Random {
 public:
  void fill(char* out, std::size_t n) override {
    for (std::size_t i = 0; i < n; ++i) {
      if (i % 32 == 0) block_ = sha256("world" + std::to_string(next_++));
      out[i] = static_cast<char>(block_.b[i % 32]);
    }
  }

 private:
  Hash block_;
  std::uint64_t next_ = 0;
};

// Lends a store to a ledger that wants to own one, and can be told to fail.
class Lent final : public Store {
 public:
  explicit Lent(Store& s) : store_(s) {}
  Result<std::optional<Bytes>> get(Shelf s, BytesView k) const override { return store_.get(s, k); }
  std::unique_ptr<Cursor> seek(Shelf s, BytesView f) const override { return store_.seek(s, f); }
  Result<std::optional<std::pair<Bytes, Bytes>>> last(Shelf s) const override { return store_.last(s); }
  Status write(const Batch& b, bool sync) override {
    if (fail_next && sync) return refuse("storage-full", "the disk is full");
    return store_.write(b, sync);
  }
  static inline bool fail_next = false;

 private:
  Store& store_;
};

class World {
 public:
  explicit World(const Suite& s = intl()) : suite(s), store(memory_store()) {
    for (auto* name : {"operator", "registrar", "auditAdmin", "office", "unit", "head", "reviewer", "desk", "stranger", "roleless", "elsewhere"})
      keys[name] = suite.derive(sha256(name).view());
    auto spki = [&](const char* n) { return keys[n]->public_key().spki(); };
    auto id = [&](const char* n) { return keys[n]->public_key().id(); };
    GenesisSpec g{"demo.test/log", "420114", "蔡甸区", true, keys["operator"].get(), spki("registrar"), spki("auditAdmin"), id("registrar"), id("auditAdmin")};
    REQUIRE(Ledger::create(*store, suite, g, at("2025-01-02T00:00:00Z"), random));
    open();
    found();
  }

  ~World() {
    log.reset();
    std::filesystem::remove(vault_path);
  }
  World(const World&) = delete;

  static Instant at(const char* s) { return *parse_instant(s); }

  void open() {
    log.reset();
    auto opened = try_open();
    if (!opened) FAIL(opened.error().code << " " << opened.error().message);
    log = std::move(*opened);
  }
  Result<std::unique_ptr<Ledger>> try_open() {
    LedgerOptions o;
    o.operator_key = suite.derive(sha256("operator").view());
    o.rules = [](const Suite& s) { return std::make_unique<projections::ProcedureRules>(s); };
    o.random = &random;
    o.vault = std::move(*open_vault(vault_path, suite, Bytes(32, 'v'), random));
    return Ledger::open(std::make_unique<Lent>(*store), std::move(o));
  }

  Submittable event(const Json& draft, Id* id = nullptr) {
    DraftContext c{suite, log->genesis().ledger_id, random, now, {}};
    std::vector<Error> faults;
    auto d = read_draft(draft, c, faults);
    if (!d) FAIL(faults.front().code << " " << faults.front().field << " " << faults.front().message);
    if (id) *id = d->id;
    return d->event;
  }
  Submission sign(const std::string& key, std::vector<Submittable> events) {
    return sign_submission(suite, log->genesis().ledger_id, *keys[key], std::move(events), make_uuid7(now, random), now);
  }
  Outcome submit(const std::string& key, const std::vector<Json>& drafts) {
    std::vector<Submittable> events;
    for (auto& d : drafts) events.push_back(event(d));
    return log->submit(sign(key, std::move(events)), now);
  }
  // The refusal's code, or "accepted", or "unknown".
  static std::string verdict(const Outcome& o) {
    if (auto* r = std::get_if<Refusal>(&o)) return r->error.code;
    return std::holds_alternative<Receipt>(o) ? "accepted" : "unknown";
  }
  std::string verdict(const std::string& key, const std::vector<Json>& drafts) { return verdict(submit(key, drafts)); }

  VerifyReport verify(std::vector<std::string> checkpoints = {}) {
    VerifyOptions o;
    o.rules = [](const Suite& s) { return std::make_unique<projections::ProcedureRules>(s); };
    o.checkpoints = std::move(checkpoints);
    auto report = ledger::verify(*store, o);
    REQUIRE(report);
    return *report;
  }
  bool finds(const std::string& code) {
    for (auto& f : verify().findings)
      if (f.code == code) return true;
    return false;
  }

  // Two keys more: one without a role, one that is head and superior at the office's unit.
  void enrol_outsiders() {
    std::vector<Json> drafts{key_draft("roleless", "区图书馆"), key_draft("elsewhere", "区司法局", kOffice)};
    for (auto* role : {"unitHead", "superior"}) drafts.push_back(role_draft("elsewhere", role, kOffice));
    REQUIRE(verdict("registrar", drafts) == "accepted");
  }

  Json unit_draft(const char* code, const char* name) const {
    return {{"type", "UnitRegistered"}, {"unit", code}, {"on", "2025-01-02"},
            {"data", {{"name", name}, {"shortName", name}, {"category", "judicial"}, {"hasEnforcementPower", false}, {"districtCode", "420114"}, {"from", "2025-01-01"}}}};
  }
  Json key_draft(const std::string& key, const std::string& owner, const char* unit = nullptr) {
    auto& k = keys[key]->public_key();
    Json data{{"keyId", hex(k.id().view())}, {"publicKey", base64(k.spki())},
              {"possession", base64(keys[key]->sign("pufa/enrol/v1\n" + Bytes(log->genesis().ledger_id.view()) + Bytes(k.id().view())))},
              {"owner", owner}, {"notBefore", "2025-01-01T00:00:00Z"}, {"notAfter", "2030-01-01T00:00:00Z"}};
    if (unit) data["ownerUnit"] = unit;
    return {{"type", "KeyEnrolled"}, {"on", "2025-01-02"}, {"data", data}};
  }
  Json role_draft(const std::string& key, const char* role, const char* scope) {
    return {{"type", "RoleGranted"}, {"on", "2025-01-02"},
            {"data", {{"keyId", hex(keys[key]->public_key().id().view())}, {"role", role}, {"scope", scope}, {"from", "2025-01-01"}}}};
  }
  static Json training(const char* title = "民法典学习", const char* on = "2025-01-03") {
    return {{"type", "TrainingHeld"}, {"unit", kCourt}, {"on", on},
            {"data", {{"title", title}, {"audienceGroup", "civilServants"}, {"minutes", 60}, {"headcount", 20}, {"lawRefs", {{{"law", "民法典"}}}}}}};
  }

  const Suite& suite;
  Counted random;
  std::string vault_path = (std::filesystem::temp_directory_path() / ("pufa-world-" + hex(system_random().bytes(8)) + ".vault")).string();
  std::unique_ptr<Store> store;
  std::map<std::string, std::unique_ptr<PrivateKey>> keys;
  std::unique_ptr<Ledger> log;
  Instant now = at("2025-01-03T00:00:00Z");

 private:
  void found() {
    REQUIRE(verdict("registrar", {unit_draft(kCourt, "区法院"), unit_draft(kOffice, "区司法局"), key_draft("office", "区普法办", kOffice),
                                  key_draft("unit", "区法院", kCourt), key_draft("head", "区法院", kCourt), key_draft("reviewer", "区委依法治区办"),
                                  key_draft("desk", "受理台"), role_draft("office", "office", "district"), role_draft("unit", "unit", kCourt),
                                  role_draft("head", "unitHead", kCourt), role_draft("desk", "intakeDesk", "district")}) == "accepted");
    REQUIRE(verdict("auditAdmin", {role_draft("reviewer", "reviewer", "district")}) == "accepted");
  }
};

}  // namespace world
