// Privacy, archives and the index (events.md 2.12).
#include "ledger/core/unit_index.h"
#include "ledger/log/replay.h"
#include "tests/refusals/refusals.h"

namespace refusals {
namespace archive_family {
namespace {

constexpr char kDay[] = "2025-01-03";

Json with_spare(Json d, std::string spare) {
  d["spare"] = std::move(spare);
  return d;
}

// ---- records with sealed values

std::string open_complaint(World& w) {
  return admit(w, "desk", draft("ComplaintFiled", kDay,
                                {{"kind", "complaint"}, {"channel", "visit"}, {"filerClass", "served"}, {"anonymous", false}, {"filerName", "来访人"},
                                 {"filerContact", "前台登记"}, {"subject", "窗口服务"}, {"text", "窗口未按时开放"}, {"receivedOn", kDay}},
                                nullptr, world::kCourt));
}
std::string withdrawn_complaint(World& w) {
  const auto id = open_complaint(w);
  admit(w, "desk", draft("ComplaintWithdrawn", kDay, {{"reason", "satisfied"}, {"voluntary", true}}, {{"complaint", id}}, world::kCourt));
  return id;
}
std::string open_order(World& w) {
  const auto inspection = admit(w, "office", draft("InspectionOpened", kDay, {{"kind", "routine"}, {"title", "一季度督查"}, {"units", {world::kCourt}}}));
  const auto finding = admit(w, "office", draft("InspectionFindingRecorded", kDay, {{"severity", "major"}, {"text", "台账不全"}},
                                                {{"inspection", inspection}}, world::kCourt));
  return admit(w, "office", draft("RectificationOrdered", kDay,
                                  {{"orderNo", "ZG-1"}, {"ground", "weakMeasures"}, {"requirements", {{{"no", 1}, {"text", "补齐台账"}}}}, {"due", "2025-02-10"}},
                                  {{"finding", finding}}, world::kCourt));
}

// ---- requests and destructions

Json request(const std::string& target, const char* outcome = "granted") {
  return draft("SubjectRequestDecided", kDay, {{"kind", "erasure"}, {"outcome", outcome}, {"reason", "依申请"}, {"receivedOn", "2025-01-02"}},
               {{"target", target}});
}
Json destruction_of(const std::string& target, const char* field = "filerName") {
  return draft("PersonalDataKeyDestroyed", kDay, {{"field", field}, {"legalBasis", "periodOver"}, {"retentionEnded", kDay}}, {{"target", target}});
}
Json destruction(World& w) { return destruction_of(withdrawn_complaint(w)); }
// The key of another value of the record is destroyed.
Json second_destruction(World& w) {
  const auto id = withdrawn_complaint(w);
  admit(w, "auditAdmin", destruction_of(id));
  return destruction_of(id, "filerContact");
}
// On a granted request, with one to spare that was refused.
Json requested_destruction(World& w) {
  const auto id = withdrawn_complaint(w);
  const auto refused = admit(w, "registrar", request(id, "refused"));
  Json d = destruction_of(id);
  d["data"]["legalBasis"] = "request", d["refs"]["request"] = admit(w, "registrar", request(id));
  return with_spare(d, refused);
}

// ---- packages, indexes, access logs

Json package(World& w, const char* number = "DA-2") {
  return draft("ArchivePackageExported", kDay,
               {{"packageNo", number}, {"year", 2024}, {"headSize", w.log->size()}, {"headRoot", ledger::hex(w.log->root().view())},
                {"sha256", std::string(64, 'b')}, {"retention", "permanent"}, {"fourPropertyReport", std::string(64, 'c')}});
}
Json index(World& w) {
  ledger::UnitIndex units(w.suite);
  for (std::uint64_t p = 0; p < w.log->size(); ++p) {
    auto record = w.store->get(ledger::Shelf::records, ledger::position_key(p));
    auto stored = ledger::load(*w.store, p);
    REQUIRE((record && *record && stored));
    units.add(p, ledger::leaf_hash(w.suite, **record), stored->header.named);
  }
  const auto roots = units.roots(w.log->keys());
  return draft("IndexCommitted", kDay,
               {{"headSize", w.log->size()}, {"unitsRoot", ledger::hex(roots.units.view())}, {"units", roots.unit_count},
                {"keysRoot", ledger::hex(roots.keys.view())}, {"keys", roots.key_count}});
}
Json access_log(const char* day) { return draft("AccessLogCommitted", kDay, {{"day", day}, {"entries", 3}, {"head", std::string(64, 'd')}}); }

const Register kScenarios(std::vector<Scenario>{
    {"SubjectRequestDecided", "registrar", [](World& w) { return request(open_complaint(w)); }},
    {"PersonalDataKeyDestroyed", "auditAdmin", destruction},
    {"ArchivePackageExported", "auditAdmin", [](World& w) { return package(w); }},
    {"IndexCommitted", "operator", index},
    {"AccessLogCommitted", "operator", [](World&) { return access_log("2025-01-02"); }},
});

const Register kCases(std::vector<Case>{
    {"PersonalDataKeyDestroyed", "not-sealed", "auditAdmin", destruction, set("field", "channel")},
    {"PersonalDataKeyDestroyed", "already-destroyed", "auditAdmin", second_destruction, set("field", "filerName")},
    {"PersonalDataKeyDestroyed", "retention-running", "auditAdmin", destruction, set("retentionEnded", "2025-01-04")},
    {"PersonalDataKeyDestroyed", "procedure-open", "auditAdmin",
     [](World& w) {
       const auto open = open_complaint(w);
       return with_spare(destruction(w), open);
     },
     use_spare("target")},
    {"PersonalDataKeyDestroyed", "procedure-open", "auditAdmin",
     [](World& w) {
       const auto open = open_order(w);
       return with_spare(destruction_of(withdrawn_complaint(w), "*"), open);
     },
     use_spare("target")},
    {"PersonalDataKeyDestroyed", "request-not-granted", "auditAdmin", requested_destruction, use_spare("request")},
    {"PersonalDataKeyDestroyed", "request-not-granted", "auditAdmin", requested_destruction, [](World&, Json& d) { d["refs"].erase("request"); }},

    {"ArchivePackageExported", "head-unknown", "auditAdmin", [](World& w) { return package(w); }, set("headRoot", std::string(64, 'a'))},
    {"ArchivePackageExported", "package-exists", "operator",
     [](World& w) {
       admit(w, "auditAdmin", package(w, "DA-1"));
       return package(w);
     },
     set("packageNo", "DA-1")},

    {"IndexCommitted", "index-not-current", "operator", index, [](World& w, Json& d) { d["data"]["headSize"] = w.log->size() - 1; }},
    {"IndexCommitted", "index-root-wrong", "operator", index, set("unitsRoot", std::string(64, 'a'))},
    {"IndexCommitted", "index-root-wrong", "operator", index, set("keysRoot", std::string(64, 'a'))},
    {"IndexCommitted", "index-root-wrong", "operator", index, [](World&, Json& d) { d["data"]["keys"] = d["data"]["keys"].get<int>() + 1; }},

    {"AccessLogCommitted", "access-day-order", "operator",
     [](World& w) {
       admit(w, "operator", access_log("2025-01-02"));
       return access_log("2025-01-03");
     },
     set("day", "2025-01-02")},
});

}  // namespace
}  // namespace archive_family
}  // namespace refusals
