#include "projections/assessment/difference.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "ledger/text/encoding.h"

namespace projections::assessment {
namespace {

using ledger::OrderedJson;
using Disputed = std::unordered_set<Id>;

std::vector<Id> minus(const std::vector<Id>& a, const std::vector<Id>& b) {
  std::vector<Id> out;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

std::vector<Id> causes_in(const std::vector<Id>& a, const std::vector<Id>& b, const Disputed& disputed) {
  std::set<Id> out;
  for (auto* events : {&a, &b})
    for (auto& id : *events)
      if (disputed.count(id) != 0) out.insert(id);
  return {out.begin(), out.end()};
}

// An amount of one ranking; none: the ranking has no such amount.
struct Amount {
  std::optional<std::int64_t> value;
  Trace trace;
};

void compare(const std::string& name, const Amount& a, const Amount& b, const Disputed& disputed, UnitChange& out) {
  if (a.value == b.value && a.trace.weight == b.trace.weight) return;
  const auto &x = a.trace.events, &y = b.trace.events;
  out.amounts.push_back({name, a.value, b.value, a.trace.weight, b.trace.weight, minus(x, y), minus(y, x), causes_in(x, y, disputed)});
}

Amount indicator_of(const Ranking& r, const Row* row, const std::string& id) {
  const auto at = std::find(r.indicator_ids.begin(), r.indicator_ids.end(), id);
  if (row == nullptr || at == r.indicator_ids.end()) return {};
  const Trace& t = row->indicators[static_cast<std::size_t>(at - r.indicator_ids.begin())];
  return {t.points, t};
}

Amount whole(const Row* row, const Trace Row::*part) { return row == nullptr ? Amount{} : Amount{(row->*part).points, row->*part}; }

Amount veto_of(const Row* row) { return row == nullptr ? Amount{} : Amount{row->vetoed ? 1 : 0, row->veto}; }

std::vector<std::string> indicators_of(const Ranking& a, const Ranking& b) {
  auto out = b.indicator_ids;
  for (auto& id : a.indicator_ids)
    if (std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
  return out;
}

std::optional<Standing> standing_of(const Row* r) {
  if (r == nullptr) return std::nullopt;
  return Standing{r->base, r->total, r->rank, r->category_rank, r->grade, r->vetoed};
}

UnitChange change_of(const Ranking& a, const Ranking& b, UnitCode unit, const Disputed& disputed) {
  const Row *x = a.find(unit), *y = b.find(unit);
  UnitChange out{unit, (y != nullptr ? y : x)->name, standing_of(x), standing_of(y), {}, {}};
  if (a.indicator_ids.empty() || b.indicator_ids.empty()) return out;
  for (auto& id : indicators_of(a, b)) compare(id, indicator_of(a, x, id), indicator_of(b, y, id), disputed, out);
  compare("bonus", whole(x, &Row::bonus), whole(y, &Row::bonus), disputed, out);
  compare("penalty", whole(x, &Row::penalty), whole(y, &Row::penalty), disputed, out);
  compare("veto", veto_of(x), veto_of(y), disputed, out);
  return out;
}

// -1, 0, 1: before, equal to, after the other; a unit that is not ranked stands after every other.
int order(const std::optional<Standing>& a, const std::optional<Standing>& b) {
  const std::int32_t x = a ? a->rank : INT32_MAX, y = b ? b->rank : INT32_MAX;
  return x < y ? -1 : x > y ? 1 : 0;
}

void find_passed(std::vector<UnitChange>& units) {
  for (auto& u : units)
    for (auto& other : units)
      if (!other.amounts.empty() && u.unit != other.unit && order(u.before, other.before) != order(u.after, other.after))
        u.passed.push_back(other.unit);
}

int last_of(const std::optional<Standing>& s) { return s ? s->rank : INT32_MAX; }

bool comes_first(const UnitChange& a, const UnitChange& b) {
  return std::tuple(last_of(a.after), last_of(a.before), a.unit) < std::tuple(last_of(b.after), last_of(b.before), b.unit);
}

OrderedJson ids(const std::vector<Id>& list) {
  OrderedJson out = OrderedJson::array();
  for (auto& id : list) out.push_back(ledger::format_id(id));
  return out;
}

OrderedJson to_json(const std::optional<Standing>& s) {
  if (!s) return nullptr;
  return {{"base", s->base}, {"total", s->total}, {"rank", s->rank}, {"categoryRank", s->category_rank}, {"grade", name_of(s->grade)}, {"vetoed", s->vetoed}};
}

OrderedJson number(const std::optional<std::int64_t>& n) { return n ? OrderedJson(*n) : OrderedJson(nullptr); }

OrderedJson to_json(const AmountChange& c) {
  return {{"indicator", c.name}, {"before", number(c.before)}, {"after", number(c.after)}, {"weightBefore", c.weight_before}, {"weightAfter", c.weight_after},
          {"causes", ids(c.causes)}, {"onlyBefore", ids(c.only_before)}, {"onlyAfter", ids(c.only_after)}};
}

OrderedJson to_json(const UnitChange& u) {
  OrderedJson out{{"unit", std::string(text_of(u.unit))}, {"name", u.name}, {"before", to_json(u.before)}, {"after", to_json(u.after)},
                  {"amounts", OrderedJson::array()}, {"passed", OrderedJson::array()}};
  for (auto& a : u.amounts) out["amounts"].push_back(to_json(a));
  for (auto& p : u.passed) out["passed"].push_back(std::string(text_of(p)));
  return out;
}

}  // namespace

const UnitChange* RankingDifference::find(UnitCode unit) const {
  for (auto& u : units)
    if (u.unit == unit) return &u;
  return nullptr;
}

RankingDifference difference_of(const Ranking& before, const Ranking& after, const Disputed& disputed) {
  std::set<UnitCode> codes;
  for (auto* r : {&before, &after})
    for (auto& row : r->rows) codes.insert(row.unit);
  RankingDifference out;
  std::set<Id> causes;
  for (auto& code : codes) {
    auto change = change_of(before, after, code, disputed);
    if (change.before == change.after && change.amounts.empty()) continue;
    for (auto& a : change.amounts) causes.insert(a.causes.begin(), a.causes.end());
    out.units.push_back(std::move(change));
  }
  find_passed(out.units);
  std::sort(out.units.begin(), out.units.end(), comes_first);
  out.causes.assign(causes.begin(), causes.end());
  return out;
}

ledger::OrderedJson to_json(const RankingDifference& d) {
  OrderedJson out{{"causes", ids(d.causes)}, {"units", OrderedJson::array()}};
  for (auto& u : d.units) out["units"].push_back(to_json(u));
  return out;
}

}  // namespace projections::assessment
