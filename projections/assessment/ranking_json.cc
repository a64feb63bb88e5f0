// A ranking as the bytes of its hash and as the document of `rank --format json`.
#include "ledger/schema/show.h"
#include "ledger/text/encoding.h"
#include "projections/assessment/ranking.h"

namespace projections::assessment {
namespace {

using ledger::OrderedJson;

std::string choice(EventType type, const char* field, std::uint16_t ordinal) {
  return ledger::choice_name(*ledger::find_field(ledger::type_of(type).fields, field), ordinal);
}

void add_sums(const Row& r, OrderedJson& out) {
  out["base"] = r.base;
  out["bonus"] = r.bonus.points;
  out["penalty"] = r.penalty.points;
  out["total"] = r.total;
  out["rank"] = r.rank;
  out["categoryRank"] = r.category_rank;
  out["grade"] = name_of(r.grade);
  out["vetoed"] = r.vetoed;
}

OrderedJson hashed_row(const Ranking& ranking, const Row& r) {
  OrderedJson out;
  out["unit"] = std::string(text_of(r.unit));
  OrderedJson indicators = OrderedJson::array();
  for (std::size_t i = 0; i < r.indicators.size(); ++i)
    indicators.push_back(OrderedJson::array(
        {ranking.indicator_ids[i], r.indicators[i].points, r.indicators[i].weight}));
  out["indicators"] = std::move(indicators);
  add_sums(r, out);
  return out;
}

OrderedJson shown_row(const Ranking& ranking, const Row& r) {
  OrderedJson out;
  out["unit"] = std::string(text_of(r.unit));
  out["name"] = r.name;
  out["category"] = name_of(r.category);
  OrderedJson indicators = OrderedJson::object();
  for (std::size_t i = 0; i < r.indicators.size(); ++i) {
    const Trace& t = r.indicators[i];
    indicators[ranking.indicator_ids[i]] =
        OrderedJson{{"points", t.points}, {"weight", t.weight}, {"applicable", t.applicable}};
  }
  out["indicators"] = std::move(indicators);
  out["blocks"] = OrderedJson::object();
  for (auto& [block, points] : r.blocks) out["blocks"][block] = points;
  add_sums(r, out);
  out["overdueDays"] = r.overdue_days;
  out["flags"] = r.flags;
  return out;
}

}  // namespace

std::string name_of(Grade g) {
  static constexpr const char* kNames[] = {"excellent", "good", "qualified", "unqualified"};
  return kNames[static_cast<std::size_t>(g)];
}

std::string name_of(ledger::UnitCategory c) {
  return choice(EventType::UnitRegistered, "category", static_cast<std::uint16_t>(c));
}

std::string result_bytes(const Ranking& r) {
  OrderedJson out;
  out["year"] = r.year;
  out["scheme"] = r.head.scheme;
  out["headSize"] = r.head.size;
  out["headRoot"] = ledger::hex(r.head.root.view());
  out["projection"] = kProjection;
  out["projectionVersion"] = kProjectionVersion;
  out["rows"] = OrderedJson::array();
  for (auto& row : r.rows) out["rows"].push_back(hashed_row(r, row));
  return out.dump();
}

ledger::Hash result_hash(const ledger::Suite& suite, const Ranking& r) {
  return suite.hash(result_bytes(r));
}

OrderedJson to_json(const Ranking& r) {
  OrderedJson out;
  out["year"] = r.year;
  out["scheme"] = r.head.scheme;
  out["head"] = OrderedJson{{"size", r.head.size}, {"root", ledger::hex(r.head.root.view())}};
  if (!r.head.as_of.empty()) out["asOf"] = r.head.as_of;
  out["projection"] = kProjection;
  out["projectionVersion"] = kProjectionVersion;
  out["provisional"] = r.provisional;
  out["lastDay"] = ledger::format_date(r.last_day);
  out["rows"] = OrderedJson::array();
  for (auto& row : r.rows) out["rows"].push_back(shown_row(r, row));
  return out;
}

}  // namespace projections::assessment
