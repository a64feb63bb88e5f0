// The register of units, with their officers in force and what became of them.
#include "projections/views/views.h"

namespace projections::views {
namespace {

using E = EventType;
using Kind = ledger::UnitRestructured::Kind;

std::string status_of(const Query& q, const Unit& u) {
  if (q.today < u.from) return "notYet";
  if (!u.ended || q.today <= *u.ended) return "active";
  for (auto r = u.history.rbegin(); r != u.history.rend(); ++r)
    if (r->on == *u.ended && r->kind != Kind::amend)
      return code(E::UnitRestructured, "kind", r->kind);
  return "dissolve";
}

Row history_of(const Unit& u) {
  Row out = Row::array();
  for (auto& r : u.history)
    out.push_back({{"on", text(r.on)},
                   {"kind", code(E::UnitRestructured, "kind", r.kind)},
                   {"event", text(r.id)}});
  return out;
}

Row officer_row(const Officer& o) {
  return {{"role", code(E::OfficerDesignated, "role", o.role)},
          {"person", text(o.person)},
          {"title", text(o.title)},
          {"dept", text(o.dept)},
          {"from", text(o.from)},
          {"until", text(o.last_day)},
          {"event", text(o.id)}};
}

bool in_force(const Officer& o, Date today) {
  return o.from <= today && (!o.last_day || today <= *o.last_day);
}

Row officers_of(const Query& q, UnitCode unit) {
  Row out = Row::array();
  const std::size_t roles = field_at(E::OfficerDesignated, "role")->choices.size();
  for (std::size_t r = 0; r < roles; ++r) {
    const auto* chain = q.state.identity.chains.find({unit, static_cast<Officer::Role>(r)});
    if (!chain) continue;
    for (auto& id : *chain) {
      const Officer& o = *q.state.identity.officers.find(id);
      if (in_force(o, q.today)) out.push_back(officer_row(o));
    }
  }
  return out;
}

// The person in that role, or none.
Row person_in(const Row& officers, const char* role) {
  for (auto& o : officers)
    if (o["role"] == role) return o["person"];
  return {};
}

Row unit_row(const Query& q, const Unit& u) {
  Row row = row_of("unit");
  row["unit"] = text(text_of(u.code)), row["name"] = u.name, row["shortName"] = u.short_name;
  row["category"] = code(E::UnitRegistered, "category", u.category);
  row["status"] = status_of(q, u);
  row["from"] = text(u.from), row["ended"] = text(u.ended);
  row["recordsGoTo"] = text(text_of(u.records_go_to));
  row["hasEnforcementPower"] = u.has_enforcement_power;
  row["caseClass"] =
      u.case_class ? Row(code(E::UnitRegistered, "caseClass", *u.case_class)) : Row();
  row["parent"] = text(text_of(u.parent)), row["superior"] = text(u.superior);
  row["localSupervisor"] = text(text_of(u.local_supervisor));
  row["districtCode"] = u.district_code, row["ranked"] = u.ranked;
  const Row officers = officers_of(q, u.code);
  for (auto* role : {"firstResponsible", "officerInCharge", "liaison"})
    row[role] = person_in(officers, role);
  row["formerNames"] = u.former_names, row["officers"] = officers;
  row["restructurings"] = history_of(u);
  row["event"] = text(u.id);
  return row;
}

}  // namespace

Rows units(const Query& q) {
  Rows rows = Rows::array();
  for (UnitCode u : q.state.identity.all_sorted())
    if (q.wants(u)) rows.push_back(unit_row(q, *q.state.identity.find(u)));
  return rows;
}

}  // namespace projections::views
