// Units, officers, keys and roles (events.md 2.1).
#include "ledger/log/history.h"
#include "tests/refusals/refusals.h"

namespace refusals {
namespace identity_family {
namespace {

constexpr char kDay[] = "2025-01-03";
constexpr char kNew[] = "11420114TA0000040D";   // not registered until a case does
constexpr char kNoKey[] = "00000000000000000000000000000000";

std::string key_id(World& w, const char* key) { return ledger::hex(w.keys[key]->public_key().id().view()); }

// ---- units and officers

Json registration(World& w) { return w.unit_draft(kNew, "区城管局"); }
Json amendment(World&) {
  return draft("UnitRestructured", kDay, {{"kind", "amend"}, {"from", {world::kCourt}}, {"changes", {{"parent", world::kOffice}}}});
}
// A third unit is registered, and what was the court's goes to it.
Json merger(World& w) {
  admit(w, "registrar", registration(w));
  return draft("UnitRestructured", kDay, {{"kind", "merge"}, {"from", {world::kCourt}}, {"to", {kNew, world::kOffice}}, {"recordsGoTo", kNew}});
}
Json officer(World&) {
  return draft("OfficerDesignated", kDay, {{"role", "liaison"}, {"person", "p-aaaa0001"}, {"from", kDay}, {"until", "2025-12-31"}}, nullptr, world::kCourt);
}

// ---- keys and roles

Json enrolment(World& w) { return w.key_draft("stranger", "区档案馆"); }
Json revocation_of(World& w, const char* key) { return draft("KeyRevoked", kDay, {{"keyId", key_id(w, key)}, {"reason", "lost"}}); }
Json revocation(World& w) { return revocation_of(w, "desk"); }
// Another key is revoked already.
Json second_revocation(World& w) {
  admit(w, "registrar", revocation_of(w, "head"));
  return revocation(w);
}
Json grant(World& w) { return w.role_draft("desk", "media", "district"); }
Json grant_after_revocation(World& w) {
  admit(w, "registrar", revocation_of(w, "head"));
  return grant(w);
}
Json end_of_role(World& w) {
  return draft("RoleRevoked", kDay, {{"keyId", key_id(w, "desk")}, {"role", "intakeDesk"}, {"scope", "district"}, {"reason", "换岗"}});
}
Json end_of_one_of_two(World& w) {
  admit(w, "auditAdmin", w.role_draft("desk", "reviewer", "district"));
  return end_of_role(w);
}
// The spoil names a key as the draft's.
Spoil name_key(const char* key) {
  return [=](World& w, Json& d) { d["data"]["keyId"] = key_id(w, key); };
}

// A record by a key that was compromised since, confirmed by another of its owner; to spare, one by the
// other key itself.
Json reaffirmation(World& w) {
  const auto doubtful = admit(w, "unit", World::training());
  const auto sound = admit(w, "head", officer(w));
  Json lost = revocation_of(w, "unit");
  lost["data"]["reason"] = "compromised", lost["data"]["compromisedSince"] = "2025-01-02T00:00:00Z";
  admit(w, "registrar", lost);
  Json d = draft("RecordsReaffirmed", kDay, {{"reason", "keyCompromised"}}, {{"targets", Json::array({doubtful})}}, world::kCourt);
  d["spare"] = Json::array({sound});
  return d;
}
Json plain_reaffirmation(World& w) {
  Json d = reaffirmation(w);
  d.erase("spare");
  return d;
}

const Register kScenarios(std::vector<Scenario>{
    {"UnitRegistered", "registrar", registration},
    {"UnitRestructured", "office", amendment},
    {"OfficerDesignated", "head", officer},
    {"KeyEnrolled", "registrar", enrolment},
    {"KeyRevoked", "registrar", revocation},
    {"RoleGranted", "registrar", grant},
    {"RoleRevoked", "registrar", end_of_role},
    {"RecordsReaffirmed", "head", plain_reaffirmation},
});

const Register kCases(std::vector<Case>{
    {"UnitRegistered", "unit-exists", "registrar", registration, [](World&, Json& d) { d["unit"] = world::kCourt; }},
    {"UnitRegistered", "short-name-taken", "registrar", registration, set("shortName", "区法院")},
    {"UnitRegistered", "parent-cycle", "registrar", registration, set("parent", kNew)},

    {"UnitRestructured", "restructure-shape", "office", amendment, drop("changes")},
    {"UnitRestructured", "restructure-shape", "office", merger, drop("recordsGoTo")},
    {"UnitRestructured", "unit-inactive", "office",
     [](World& w) {
       admit(w, "registrar", registration(w));
       admit(w, "office", draft("UnitRestructured", kDay, {{"kind", "dissolve"}, {"from", {kNew}}}));
       return amendment(w);
     },
     set("from", Json::array({kNew}))},
    {"UnitRestructured", "unit-unknown", "office", merger, set("to", Json::array({kNew, "11420114TA0000032J"}))},
    {"UnitRestructured", "restructure-cycle", "office", amendment, set("changes", {{"parent", world::kCourt}})},
    {"UnitRestructured", "restructure-cycle", "office", merger, set("from", Json::array({world::kCourt, kNew}))},

    {"OfficerDesignated", "officer-incomplete", "head", officer, drop("person")},
    {"OfficerDesignated", "officer-incomplete", "head", officer, set("role", "worker")},
    {"OfficerDesignated", "dates-reversed", "head", officer, set("until", "2025-01-02")},

    {"KeyEnrolled", "key-exists", "registrar", enrolment, name_key("unit")},
    {"KeyEnrolled", "dates-reversed", "registrar", enrolment, set("notAfter", "2024-12-31T00:00:00Z")},
    {"KeyEnrolled", "key-id-mismatch", "registrar", enrolment, set("keyId", kNoKey)},
    {"KeyEnrolled", "possession-wrong", "registrar", enrolment,
     [](World& w, Json& d) { d["data"]["possession"] = w.key_draft("unit", "区法院")["data"]["possession"]; }},

    {"KeyRevoked", "key-unknown", "registrar", revocation, set("keyId", kNoKey)},
    {"KeyRevoked", "key-revoked", "registrar", second_revocation, name_key("head")},
    {"KeyRevoked", "revocation-shape", "registrar", revocation, set("reason", "compromised")},
    {"KeyRevoked", "revocation-shape", "registrar", revocation, set("compromisedSince", "2025-01-02T00:00:00Z")},
    {"KeyRevoked", "last-key", "registrar", revocation, name_key("registrar")},
    {"KeyRevoked", "last-key", "registrar", revocation, name_key("auditAdmin")},

    {"RoleGranted", "key-unknown", "registrar", grant, set("keyId", kNoKey)},
    {"RoleGranted", "key-revoked", "registrar", grant_after_revocation, name_key("head")},
    {"RoleGranted", "scope-kind", "registrar", grant, set("scope", world::kCourt)},
    {"RoleGranted", "role-needs-audit-admin", "registrar", grant, set("role", "reviewer")},
    {"RoleGranted", "self-grant", "registrar", grant, name_key("registrar")},
    {"RoleGranted", "role-held", "registrar", grant, set("role", "intakeDesk")},

    {"RoleRevoked", "role-not-held", "registrar", end_of_role, set("role", "media")},
    {"RoleRevoked", "role-needs-audit-admin", "registrar", end_of_one_of_two, set("role", "reviewer")},

    {"RecordsReaffirmed", "nothing-to-reaffirm", "head", reaffirmation, use_spare("targets")},
});

// ---- genesis: signed by the operator, never drafted; its twin is record 0 of another ledger

Json key_ref(World& w, const char* key) { return {{"keyId", key_id(w, key)}, {"publicKey", ledger::base64(w.keys[key]->public_key().spki())}}; }
Json genesis(World& w) {
  return draft("GenesisRecorded", kDay,
               {{"origin", "demo.test/other"}, {"suite", w.suite.name()}, {"purpose", "demonstration"}, {"district", "420114"}, {"districtName", "蔡甸区"},
                {"nonce", std::string(64, 'a')}, {"operatorKey", key_ref(w, "operator")}, {"registrarKey", key_ref(w, "registrar")}, {"auditKey", key_ref(w, "auditAdmin")}});
}
void second(World&, Json&) {}   // the ledger has a genesis
void share_key(World&, Json& d) { d["data"]["auditKey"] = d["data"]["registrarKey"]; }

const Register kGenesisCases(std::vector<Case>{
    {"GenesisRecorded", "genesis-twice", "operator", genesis, second},
    {"GenesisRecorded", "keys-not-distinct", "operator", genesis, share_key},
    {"GenesisRecorded", "origin-purpose", "operator", genesis, set("purpose", "production")},
});

}  // namespace
}  // namespace identity_family
}  // namespace refusals
