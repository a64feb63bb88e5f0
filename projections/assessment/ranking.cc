#include "projections/assessment/ranking.h"

#include <algorithm>
#include <map>

namespace projections::assessment {
namespace {

struct Adjustment {
  const Entry* decision = nullptr;
  std::int64_t from = 0, to = 0;
};

bool is_upheld(const ledger::ObjectionDecided& d) {
  using Outcome = ledger::ObjectionDecided::Outcome;
  return d.outcome() == Outcome::upheld || d.outcome() == Outcome::partlyUpheld;
}

// The decision that stands for an indicator; every decision about it is read.
Adjustment adjustment_of(const Subject& s, const Indicator& indicator, Trace& t) {
  Adjustment out;
  for (auto* e : s.layer.of(s.unit.code, EventType::ObjectionDecided)) {
    const auto d = e->as<ledger::ObjectionDecided>();
    if (d.year() != s.scheme().year || !is_upheld(d)) continue;
    for (auto a : d.adjustments())
      if (a.indicator() == indicator.id) t.read(*e), out = {e, a.from(), a.to()};
  }
  return out;
}

void add_flag(Row& row, const std::string& flag) {
  if (std::find(row.flags.begin(), row.flags.end(), flag) == row.flags.end())
    row.flags.push_back(flag);
}

void adjust(const Subject& s, const Indicator& indicator, Trace& t, Row& row) {
  const Adjustment a = adjustment_of(s, indicator, t);
  t.settle(s.layer);
  if (a.decision == nullptr) return;
  if (a.from != t.points) add_flag(row, "adjustment-base-differs:" + indicator.id);
  if (!t.applicable) t.weight = indicator.weight, t.applicable = indicator.weight > 0;
  t.points = std::clamp<std::int64_t>(a.to, 0, t.weight);
  t.formula += " -> " + std::to_string(t.points);
}

bool is_late_entry(const Subject& s, const Entry& e) {
  return !e.annulled && s.layer.in_window(e.on) &&
         e.fact->admitted_on - e.on > s.layer.profiles().of(e.on).entry_lag_days;
}

// Shown only: a record of the unit, in the window, that was entered later than the profile allows.
void flag_late_entries(const Subject& s, Row& row) {
  for (std::uint16_t type = 0; type < ledger::kEventTypes; ++type)
    for (auto* e : s.layer.of(s.unit.code, static_cast<EventType>(type)))
      if (is_late_entry(s, *e)) return add_flag(row, "lateEntry");
}

void sum_up(const Scheme& scheme, Row& row) {
  std::int64_t sum = 0, weight = 0;
  for (auto& b : scheme.blocks()) row.blocks.emplace_back(b, 0);
  for (std::size_t i = 0; i < row.indicators.size(); ++i) {
    sum += row.indicators[i].points, weight += row.indicators[i].weight;
    for (auto& [block, points] : row.blocks)
      if (block == scheme.indicators[i].block) points += row.indicators[i].points;
  }
  constexpr std::int64_t kFull = 10'000;
  row.base = weight == 0 ? 0 : share(kFull, sum, weight);
  row.total = std::clamp(row.base + row.bonus.points - row.penalty.points, scheme.final.min,
                         scheme.final.max);
}

Result<Row> assess_unit(const Subject& s) {
  Row row;
  row.unit = s.unit.code, row.name = s.unit.name, row.category = s.unit.category;
  for (auto& indicator : s.scheme().indicators) {
    Trace t = LEDGER_TRY(measure(s, indicator));
    adjust(s, indicator, t, row);
    row.indicators.push_back(std::move(t));
  }
  row.bonus = bonus_of(s), row.penalty = penalty_of(s);
  Veto veto = veto_of(s);
  row.vetoed = veto.any(), row.veto = std::move(veto.trace);
  for (auto& f : veto.flags) add_flag(row, f);
  row.overdue_days = LEDGER_TRY(overdue_days(s));
  flag_late_entries(s, row);
  sum_up(s.scheme(), row);
  return row;
}

std::int64_t tie_value(const Scheme& scheme, const Row& row, const std::string& key) {
  if (key == "base") return row.base;
  if (key == "overdueDays") return row.overdue_days;
  for (std::size_t i = 0; i < scheme.indicators.size(); ++i)
    if (scheme.indicators[i].id == key) return row.indicators[i].points;
  for (auto& [block, points] : row.blocks)
    if (block == key) return points;
  return 0;
}

Grade grade_of(const Scheme& scheme, const Row& row) {
  if (row.vetoed) return Grade::unqualified;
  if (row.total >= scheme.final.excellent) return Grade::excellent;
  if (row.total >= scheme.final.good) return Grade::good;
  return row.total >= scheme.final.qualified ? Grade::qualified : Grade::unqualified;
}

// Rows are sorted; equals of the row before share its rank.
void number_rows(const Scheme& scheme, const std::vector<Row*>& rows, std::int32_t Row::*rank) {
  for (std::size_t i = 0; i < rows.size(); ++i)
    rows[i]->*rank = i != 0 && !ranks_before(scheme, *rows[i - 1], *rows[i])
                         ? rows[i - 1]->*rank
                         : static_cast<std::int32_t>(i) + 1;
}

void cap_excellent(const Scheme& scheme, std::vector<Row>& rows) {
  const auto most =
      static_cast<std::int64_t>(rows.size()) * scheme.final.excellent_share_percent / 100;
  const auto n =
      std::count_if(rows.begin(), rows.end(), [](auto& r) { return r.grade == Grade::excellent; });
  if (n <= most) return;
  for (auto& r : rows)
    if (r.grade == Grade::excellent && r.rank > most)
      r.grade = Grade::good, add_flag(r, "excellentCapped");
}

}  // namespace

bool ranks_before(const Scheme& scheme, const Row& a, const Row& b) {
  if (a.vetoed != b.vetoed) return b.vetoed;
  if (a.total != b.total) return a.total > b.total;
  for (auto& k : scheme.final.tie) {
    const auto x = tie_value(scheme, a, k.key), y = tie_value(scheme, b, k.key);
    if (x != y) return k.descending ? x > y : x < y;
  }
  return false;
}

void order_and_grade(const Scheme& scheme, std::vector<Row>& rows) {
  std::sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
    if (ranks_before(scheme, a, b)) return true;
    return !ranks_before(scheme, b, a) && a.unit < b.unit;
  });
  std::vector<Row*> all;
  std::map<ledger::UnitCategory, std::vector<Row*>> by_category;
  for (auto& r : rows) all.push_back(&r), by_category[r.category].push_back(&r);
  number_rows(scheme, all, &Row::rank);
  for (auto& [category, members] : by_category) number_rows(scheme, members, &Row::category_rank);
  for (auto& r : rows) r.grade = grade_of(scheme, r);
  cap_excellent(scheme, rows);
}

const Row* Ranking::find(UnitCode u) const {
  for (auto& r : rows)
    if (r.unit == u) return &r;
  return nullptr;
}

Result<Ranking> assess(const Facts& facts, const Scheme& scheme, const Head& head, Detail detail) {
  const Layer layer(facts, scheme, head);
  LEDGER_CHECK(layer.calendars().is_work_day(scheme.period_end));
  const Dockets dockets(layer);
  Ranking out;
  out.head = head, out.year = scheme.year, out.provisional = layer.provisional() || head.scheme == "default",
  out.last_day = layer.last_day();
  for (auto& i : scheme.indicators) out.indicator_ids.push_back(i.id);
  for (auto& [code, unit] : layer.units())
    if (layer.is_ranked(unit))
      out.rows.push_back(LEDGER_TRY(assess_unit({layer, dockets, unit, detail})));
  order_and_grade(scheme, out.rows);
  return out;
}

}  // namespace projections::assessment
