// Rows and names of codes, for all views.
#include "projections/views/rows.h"

#include "ledger/text/encoding.h"

namespace projections::views {

bool Query::wants_any(const std::vector<UnitCode>& units) const {
  return std::any_of(units.begin(), units.end(), [&](UnitCode u) { return wants(u); });
}

Row row_of(const char* section) { return Row{{"section", section}}; }

void put_unit(const Query& q, Row& row, UnitCode code, const std::string& key) {
  const Unit* unit = q.state.identity.find(code);
  row[key] = text(text_of(code));
  row[key + "Name"] = unit ? text(unit->short_name) : Row();
}

Row text(std::string_view s) { return s.empty() ? Row() : Row(std::string(s)); }
Row text(std::optional<Date> d) { return d ? Row(ledger::format_date(*d)) : Row(); }
Row text(const Id& id) { return id ? Row(ledger::format_id(id)) : Row(); }

Row text(const std::vector<UnitCode>& units) {
  Row out = Row::array();
  for (UnitCode u : units) out.push_back(text(text_of(u)));
  return out;
}

Row text(const std::vector<Id>& ids) {
  Row out = Row::array();
  for (const Id& id : ids) out.push_back(text(id));
  return out;
}

const ledger::Field* field_at(EventType type, std::string_view path) {
  const auto* fields = &ledger::type_of(type).fields;
  while (true) {
    const auto dot = path.find('.');
    const ledger::Field* field = ledger::find_field(*fields, path.substr(0, dot));
    if (!field || dot == std::string_view::npos) return field;
    fields = &field->members;
    path.remove_prefix(dot + 1);
  }
}

std::string choice(EventType type, std::string_view path, std::size_t ordinal) {
  const ledger::Field* field = field_at(type, path);
  return field && ordinal < field->choices.size() ? field->choices[ordinal].name : "?";
}

std::string_view name_of(FilingState s) {
  constexpr std::string_view kNames[] = {"submitted", "accepted", "returned"};
  return kNames[static_cast<std::size_t>(s)];
}

std::string_view name_of(ListItemState s) {
  constexpr std::string_view kNames[] = {"open", "amending", "completed", "closed", "cancelled"};
  return kNames[static_cast<std::size_t>(s)];
}

std::string_view name_of(RecordState s) {
  constexpr std::string_view kNames[] = {"unverified", "ok", "disallowed", "annulled"};
  return kNames[static_cast<std::size_t>(s)];
}

void put_open(Row& row, Date today, std::optional<Date> due) {
  row["daysLeft"] = due ? Row(*due - today) : Row();
  row["overdueDays"] = due ? Row(std::max(0, today - *due)) : Row();
}

}  // namespace projections::views
