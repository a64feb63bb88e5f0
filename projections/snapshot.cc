#include "projections/snapshot.h"

#include "ledger/text/encoding.h"

namespace projections {
namespace {

using assessment::Ranking;
using assessment::Row;
using ledger::Json;

constexpr int kFormat = 2;   // also raised when what is shown but not hashed changes (flags)

Json json_of(const Row& r) {
  Json indicators = Json::array(), blocks = Json::array();
  for (auto& t : r.indicators) indicators.push_back(Json::array({t.points, t.weight, t.applicable}));
  for (auto& [block, points] : r.blocks) blocks.push_back(Json::array({block, points}));
  return {{"unit", std::string(text_of(r.unit))}, {"name", r.name}, {"category", static_cast<int>(r.category)},
          {"indicators", indicators}, {"blocks", blocks}, {"bonus", r.bonus.points}, {"penalty", r.penalty.points},
          {"base", r.base}, {"total", r.total}, {"overdueDays", r.overdue_days}, {"rank", r.rank},
          {"categoryRank", r.category_rank}, {"grade", static_cast<int>(r.grade)}, {"vetoed", r.vetoed}, {"flags", r.flags}};
}

Row row_of(const Json& j) {
  Row r;
  r.unit = unit_code(j.at("unit").get_ref<const std::string&>());
  r.name = j.at("name");
  r.category = static_cast<ledger::UnitCategory>(j.at("category").get<int>());
  for (auto& t : j.at("indicators")) {
    auto& trace = r.indicators.emplace_back();
    trace.points = t.at(0), trace.weight = t.at(1), trace.applicable = t.at(2);
  }
  for (auto& b : j.at("blocks")) r.blocks.emplace_back(b.at(0), b.at(1));
  r.bonus.points = j.at("bonus"), r.penalty.points = j.at("penalty");
  r.base = j.at("base"), r.total = j.at("total"), r.overdue_days = j.at("overdueDays");
  r.rank = j.at("rank"), r.category_rank = j.at("categoryRank");
  r.grade = static_cast<assessment::Grade>(j.at("grade").get<int>());
  r.vetoed = j.at("vetoed"), r.flags = j.at("flags");
  return r;
}

// Throws the library's exception where a key is absent or of another type.
std::optional<RankingSnapshot> snapshot_of(const Json& j) {
  if (j.at("snapshot") != kFormat || j.at("projection") != assessment::kProjection ||
      j.at("projectionVersion") != assessment::kProjectionVersion)
    return std::nullopt;
  RankingSnapshot s;
  s.scheme_toml = j.at("toml");
  Ranking& r = s.ranking;
  auto root = ledger::unhex(j.at("root").get<std::string>());
  auto last_day = ledger::parse_date(j.at("lastDay").get<std::string>());
  if (!root || !last_day) return std::nullopt;
  r.head = {j.at("size"), ledger::Hash::from(*root), j.at("scheme"), {}};
  r.year = j.at("year"), r.provisional = j.at("provisional"), r.last_day = *last_day;
  r.indicator_ids = j.at("indicators");
  for (auto& row : j.at("rows")) r.rows.push_back(row_of(row));
  return s;
}

}  // namespace

std::string encode(const RankingSnapshot& s) {
  const Ranking& r = s.ranking;
  Json rows = Json::array();
  for (auto& row : r.rows) rows.push_back(json_of(row));
  const Json j{{"snapshot", kFormat}, {"projection", assessment::kProjection}, {"projectionVersion", assessment::kProjectionVersion},
               {"size", r.head.size}, {"root", ledger::hex(r.head.root.view())}, {"year", r.year}, {"scheme", r.head.scheme},
               {"toml", s.scheme_toml}, {"provisional", r.provisional}, {"lastDay", ledger::format_date(r.last_day)},
               {"indicators", r.indicator_ids}, {"rows", rows}};
  const std::string line = j.dump() + "\n";
  return line + ledger::hex(ledger::sha256(line).view()) + "\n";
}

std::optional<RankingSnapshot> decode_snapshot(std::string_view bytes) {
  const auto end = bytes.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const auto line = bytes.substr(0, end + 1);
  if (bytes.substr(end + 1) != ledger::hex(ledger::sha256(line).view()) + "\n") return std::nullopt;
  try {
    return snapshot_of(Json::parse(line));
  } catch (const Json::exception&) {
    return std::nullopt;   // not what encode() writes
  }
}

void Continuation::apply(ledger::EventType type, ledger::Instant admitted) {
  touched_ |= type == ledger::EventType::AssessmentSchemePublished || assessment::is_read(scheme_, type, admitted);
  last_ = admitted;
}

bool Continuation::holds() const {
  if (!last_) return true;
  const auto reach = assessment::reach_of(scheme_, last_);
  const bool provisional = reach.provisional || ranking_.head.scheme == "default";
  return !touched_ && reach.last_day == ranking_.last_day && provisional == ranking_.provisional;
}

}  // namespace projections
