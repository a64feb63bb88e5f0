// The units' work, month by month, and its verification by the office.
#include <algorithm>

#include "tools/demo/builder.h"
#include "tools/demo/works.h"

namespace demo {
namespace {

Month month_of(int month) {
  if (month == 0) return {0, day(12, 11, 2024), day(12, 31, 2024)};
  if (month == 12) return {12, day(12, 1), day(12, 9)};
  return {month, day(month, 1), day(month + 1, 1) - 1};
}

// The day on which a unit reports its month; in December there is no time to be late.
Date filing_day(Year& y, const Unit& u, const Month& m) {
  if (m.number == 12) return m.last;
  return m.last + y.pick(u.quality > 70 ? 2 : 5);
}

void complete_items(Filing& f, const std::vector<Work>& works) {
  UnitFile& file = f.year.file(f.unit);
  if (file.list.empty() || works.empty() || f.month.number < 5) return;
  for (auto& item : file.items) {
    const Date done = f.month.number == 12 ? day(12, 10) : f.month.last;
    if (item.cancelled || item.done != done) continue;
    Json refs{{"list", file.list}, {"works", {works[0].id}}};
    if (works.size() > 2) refs["works"].push_back(works[2].id);
    f.keep("ListItemCompleted", f.month.last,
           {{"itemNo", item.no}, {"summary", "该事项已按计划办结,资料齐全"}}, refs);
  }
}

void report_month(Year& y, Unit& u, const Month& m) {
  const Date filed = filing_day(y, u, m);
  if (!y.active(u, filed)) return;
  Filing f{y, u, m, y.unit_key(u, filed), Year::at(filed, 17)};
  const auto before = static_cast<std::ptrdiff_t>(y.file(u).works.size());
  hold_activities(f);
  auto& kept = y.file(u).works;
  const std::vector<Work> activities(kept.begin() + before, kept.end());
  release_content(f);
  publish_cases(f);
  study(f);
  answer_inquiries(f);
  disclose_bases(f);
  complete_items(f, activities);
}

}  // namespace

std::string Filing::add(const char* type, Date on, Json data, Json refs) {
  return year.add(key, at, type, unit.code, on, std::move(data), std::move(refs));
}

std::string Filing::keep(const char* type, Date on, Json data, Json refs) {
  std::string id = add(type, on, std::move(data), std::move(refs));
  year.keep(unit, id, type, on);
  return id;
}

Date Filing::some_day() { return month.first + year.pick(month.last - month.first + 1); }

void add_work(Year& y) {
  for (int n = 0; n <= 12; ++n) {
    const Month m = month_of(n);
    for (auto& u : y.units) report_month(y, u, m);
    add_media_month(y, m);
    add_village_posts(y, m);
    add_verification(y, m.last, n == 12 ? day(12, 10) : m.last + 8);
  }
  add_honours(y);
}

}  // namespace demo
