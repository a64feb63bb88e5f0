// What the views share: the question asked, rows, and names of codes.
//
// A row is a flat object of codes, dates, numbers and ids, and of arrays of such objects. Its first
// key is `section`, for views that hold several kinds of rows. Absent values are null.
#pragma once

#include "ledger/schema/catalogue.h"
#include "ledger/text/json.h"
#include "projections/rules/state.h"

namespace projections::views {

using ledger::Date;
using ledger::EventType;
using ledger::Id;
using Row = ledger::OrderedJson;
using Rows = ledger::OrderedJson;  // an array

struct Query {
  const State& state;
  Date today;     // UTC+08:00 day of the head's last admission
  UnitCode unit;  // none: all
  int year = 0;   // 0: all

  // A unit's rows are also those of units whose records went to it.
  bool wants(UnitCode u) const { return !unit || state.identity.same(unit, u); }
  bool wants_any(const std::vector<UnitCode>&) const;
  bool wants_year(int y) const { return year == 0 || year == y; }
  bool wants_year(Date d) const { return wants_year(ledger::year_of(d)); }
};

Row row_of(const char* section);
void put_unit(const Query&, Row&, UnitCode, const std::string& key = "unit");

Row text(std::string_view);  // null when empty
Row text(std::optional<Date>);
inline Row text(Date d) { return text(std::optional<Date>(d)); }
Row text(const Id&);         // null when none
Row text(const std::vector<UnitCode>&);
Row text(const std::vector<Id>&);

// The name of an enum value of the type's field; `path` leads through groups by dots.
std::string choice(EventType, std::string_view path, std::size_t ordinal);
template <typename E>
std::string code(EventType t, std::string_view path, E v) {
  return choice(t, path, static_cast<std::size_t>(v));
}
const ledger::Field* field_at(EventType, std::string_view path);

std::string_view name_of(FilingState);
std::string_view name_of(ListItemState);
std::string_view name_of(RecordState);

// daysLeft and overdueDays of something that is open; null when the due date is unknown.
void put_open(Row&, Date today, std::optional<Date> due);

// The values of a table in the order of the log.
template <typename K, typename V, typename H>
std::vector<const V*> by_position(const Table<K, V, H>& table, std::uint64_t (*position)(const V&)) {
  std::vector<const V*> out;
  for (auto& k : table.sorted_keys()) out.push_back(table.find(k));
  std::sort(out.begin(), out.end(),
            [&](const V* a, const V* b) { return position(*a) < position(*b); });
  return out;
}
template <typename K, typename V, typename H>
std::vector<const V*> by_position(const Table<K, V, H>& table) {
  return by_position<K, V, H>(table, [](const V& v) { return v.position; });
}

}  // namespace projections::views
