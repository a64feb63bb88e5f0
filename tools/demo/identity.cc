// Units, keys, roles and the year's changes in them.
#include "tools/demo/builder.h"

namespace demo {
namespace {

const Date kStart = day(12, 2, 2024);

void register_units(Year& y) {
  for (auto& u : y.units) {
    Json data{{"name", u.name},
              {"shortName", u.short_name},
              {"category", u.category},
              {"hasEnforcementPower", u.power},
              {"caseClass", u.case_class},
              {"districtCode", "420114"},
              {"from", "2019-03-01"}};
    if (!u.superior.empty()) data["superior"] = u.superior;
    if (!u.supervisor.empty()) data["localSupervisor"] = y.unit(u.supervisor).code;
    if (!u.former.empty()) data["formerNames"] = u.former;
    y.add("registrar", Year::at(kStart, 9), "UnitRegistered", u.code, kStart, data);
  }
}

void enrol(Year& y, const std::string& key, Instant at, Date on, const std::string& owner,
           const std::string& owner_unit) {
  Json data{{"keyId", y.keys.key_id(key)},
            {"publicKey", y.keys.public_key(key)},
            {"possession", y.keys.possession(key)},
            {"owner", owner},
            {"notBefore", "2024-12-01T00:00:00+08:00"},
            {"notAfter", "2026-12-31T23:59:59+08:00"}};
  if (!owner_unit.empty()) data["ownerUnit"] = owner_unit;
  y.add("registrar", at, "KeyEnrolled", "", on, data);
}

void grant(Year& y, const std::string& by, const std::string& key, Instant at, Date on,
           const std::string& role, const std::string& scope) {
  y.add(by, at, "RoleGranted", "", on,
        {{"keyId", y.keys.key_id(key)}, {"role", role}, {"scope", scope}, {"from", text(on)}});
}

struct Officeholder {
  const char* key;
  const char* owner;
};

constexpr Officeholder kDistrictKeys[] = {
    {"office", "蔡甸区普法工作办公室"},        {"reviewer", "区委全面依法治区委员会办公室"},
    {"intakeDesk", "蔡甸区12345热线受理专班"}, {"surveyor", "武汉知音民意调查中心"},
    {"evaluator", "湖北法治评估研究院"},       {"deputy", "区人大监察和司法委员会"},
    {"media", "蔡甸区融媒体中心新闻部"}};

void enrol_district(Year& y) {
  const Instant at = Year::at(kStart, 10);
  for (auto& k : kDistrictKeys) {
    const bool office = std::string(k.key) == "office";
    enrol(y, k.key, at, kStart, k.owner, office ? y.unit(kOfficeUnit).code : "");
    if (std::string(k.key) != "reviewer")
      grant(y, "registrar", k.key, at, kStart, k.key, "district");
  }
  enrol(y, "superior", at, kStart, "武汉市普法责任制联席会议", "");
  grant(y, "auditAdmin", "reviewer", Year::at(kStart, 11), kStart, "reviewer", "district");
}

// The last grant is the one under which the superior authority inspects.
void grant_superior(Year& y) {
  const Instant at = Year::at(kStart, 12);
  const Unit& last = y.unit("区市场监管局");
  for (auto& u : y.units)
    if (!u.superior.empty() && u.code != last.code)
      grant(y, "registrar", "superior", at, kStart, "superior", u.code);
  grant(y, "registrar", "superior", at, kStart, "superior", last.code);
}

void enrol_units(Year& y) {
  const Date on = kStart + 1;
  const Instant at = Year::at(on, 9);
  for (auto& u : y.units) {
    enrol(y, "unit-" + u.code, at, on, u.name, u.code);
    enrol(y, "head-" + u.code, at, on, u.name, u.code);
    grant(y, "registrar", "unit-" + u.code, at, on, "unit", u.code);
    grant(y, "registrar", "head-" + u.code, at, on, "unitHead", u.code);
  }
}

void grant_in_error(Year& y) {
  const Date on = kStart + 2;
  grant(y, "registrar", "media", Year::at(on, 9), on, "surveyor", "district");
  y.add("registrar", Year::at(on + 1, 9), "RoleRevoked", "", on + 1,
        {{"keyId", y.keys.key_id("media")},
         {"role", "surveyor"},
         {"scope", "district"},
         {"reason", "授权对象填写有误,予以撤销"}});
}

void revoke_lost_key(Year& y) {
  const Unit& u = y.unit(kLostKey);
  const std::string key = "unit-" + u.code, fresh = key + "-2";
  y.add("auditAdmin", Year::at(kCompromised, 9), "KeyRevoked", "", kCompromised,
        {{"keyId", y.keys.key_id(key)},
         {"reason", "compromised"},
         {"compromisedSince", "2025-06-20T00:00:00+08:00"}});
  enrol(y, fresh, Year::at(kCompromised, 10), kCompromised, u.name, u.code);
  grant(y, "registrar", fresh, Year::at(kCompromised, 10), kCompromised, "unit", u.code);
}

void merge_units(Year& y) {
  const Unit &from = y.unit(kMerged), &to = y.unit(kMergedInto);
  y.act("office", kMerger, "UnitRestructured", "",
        {{"kind", "merge"},
         {"from", {from.code}},
         {"to", {to.code}},
         {"recordsGoTo", to.code},
         {"docNo", {{"prefix", "蔡编办发"}, {"year", 2025}, {"seq", 17}}}});
}

void amend_units(Year& y) {
  y.act("office", day(9, 8), "UnitRestructured", "",
        {{"kind", "amend"},
         {"from", {y.unit("区科协").code}},
         {"changes", {{"localSupervisor", y.unit("区科技和经济信息化局").code}}}});
}

// The four roles that the assessment asks for, as many as the unit's care brings about, and a
// worker.
void designate(Year& y, Unit& u) {
  static const std::vector<const char*> kRoles{"firstResponsible", "officerInCharge", "liaison",
                                               "department"};
  static const std::vector<const char*> kTitles{"党组书记、局长", "分管负责人", "法规科科长",
                                                "法规科"};
  const int roles = u.index % 17 == 5 ? 0 : std::min(4, 1 + (u.quality - 30) / 14);
  const Date on = y.work_day(day(1, 8) + y.pick(40));
  for (int i = 0; i < roles; ++i) {
    Json data{
        {"role", kRoles[i]}, {"person", y.person()}, {"title", kTitles[i]}, {"from", "2025-01-01"}};
    if (i == 3) data = {{"role", kRoles[i]}, {"dept", "政策法规科"}, {"from", "2025-01-01"}};
    y.keep(u, y.act(y.head_key(u), on, "OfficerDesignated", u.code, data), "OfficerDesignated", on);
  }
  if (y.chance(60))
    y.act(y.head_key(u), on, "OfficerDesignated", u.code,
          {{"role", "worker"},
           {"person", y.person()},
           {"dept", "办公室"},
           {"from", "2025-01-01"},
           {"until", "2026-12-31"}});
}

void replace_liaison(Year& y) {
  for (auto& u : y.units)
    if (u.index % 9 == 4 && y.active(u, day(9, 2)))
      y.act(y.head_key(u), day(9, 2), "OfficerDesignated", u.code,
            {{"role", "liaison"},
             {"person", y.person()},
             {"title", "法规科副科长"},
             {"from", "2025-09-01"}});
}

}  // namespace

void add_identity(Year& y) {
  register_units(y);
  enrol_district(y);
  grant_superior(y);
  enrol_units(y);
  grant_in_error(y);
  revoke_lost_key(y);
  merge_units(y);
  amend_units(y);
  for (auto& u : y.units) designate(y, u);
  replace_liaison(y);
}

}  // namespace demo
