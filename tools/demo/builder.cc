// Units, time, chance and steps.
#include "tools/demo/builder.h"

#include <algorithm>

#include "tools/demo/tables.h"

namespace demo {
namespace {

constexpr std::int64_t kMinute = 60'000;

Unit unit_of(const Row& row) {
  Unit u;
  u.code = row.at("code"), u.name = row.at("name"), u.short_name = row.at("shortName");
  u.category = row.at("category"), u.case_class = row.at("caseClass");
  u.superior = row.at("superior"), u.supervisor = row.at("localSupervisor");
  u.power = row.at("hasEnforcementPower") == "true";
  u.former = split(row.at("name2016"), ';');
  u.laws = split(row.at("laws"), ';');
  u.nodes = split(row.at("nodes"), ';');
  if (u.laws.empty()) u.laws = {"宪法", "著作权法", "广播电视管理条例"};
  return u;
}

int hour_of(const std::string& key) {
  if (key == "intakeDesk") return 9;
  if (key == "office") return 10;
  if (key == "reviewer") return 11;
  if (key.starts_with("unit-")) return 15;
  if (key.starts_with("head-")) return 16;
  return 14;
}

}  // namespace

std::string text(Date d) { return ledger::format_date(d); }

std::string number(const char* prefix, int n) {
  std::string digits = std::to_string(n);
  return prefix + std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') + digits;
}

Year::Year(const DemoKeys& k, const std::string& toml) : keys(k), scheme_toml(toml) {
  for (auto& row : table("units")) {
    units.push_back(unit_of(row));
    units.back().index = static_cast<int>(units.size()) - 1;
    units.back().quality = 35 + pick(66);
  }
  files.resize(units.size());
  for (auto name : {"calendar-2024", "calendar-2025", "calendar-2026"})
    for (auto& row : table(name))
      (row.at("kind") == "off" ? off_days_ : work_days_)
          .insert(*ledger::parse_date(row.at("date")));
}

// splitmix64: the same everywhere, unlike the library's distributions.
std::uint64_t Year::random() {
  std::uint64_t x = state_ += 0x9E3779B97F4A7C15ull;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
  return x ^ (x >> 31);
}

std::string Year::hex(int bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (int i = 0; i < 2 * bytes; ++i) out += kDigits[pick(16)];
  return out;
}

Instant Year::at(Date d, int hour, int minute) {
  return {ledger::local_midnight(d).ms + (hour * 60 + minute) * kMinute};
}

bool Year::is_work_day(Date d) const {
  if (work_days_.count(d)) return true;
  return !off_days_.count(d) && ledger::weekday_of(d) <= 5;
}

Date Year::work_day(Date d) const {
  while (!is_work_day(d)) d = d + 1;
  return d;
}

Date Year::after_work_days(Date d, int n) const {
  for (; n > 0; --n) d = work_day(d + 1);
  return d;
}

std::string Year::unit_key(const Unit& u, Date d) const {
  const bool replaced = u.short_name == kLostKey && d > kCompromised;
  return "unit-" + u.code + (replaced ? "-2" : "");
}

std::string Year::decider(const Unit& u) const {
  return u.short_name == kOfficeUnit ? "reviewer" : "office";
}

// UUIDv7: the moment, then chance.
std::string Year::new_id(Instant t) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string h;
  for (int shift = 44; shift >= 0; shift -= 4) h += kDigits[(t.ms >> shift) & 15];
  h += "7" + hex(2).substr(1) + kDigits[8 + pick(4)] + hex(8).substr(1);
  return h.substr(0, 8) + "-" + h.substr(8, 4) + "-" + h.substr(12, 4) + "-" + h.substr(16, 4) +
         "-" + h.substr(20);
}

std::string Year::add(const std::string& key, Instant t, const std::string& type,
                      const std::string& unit, Date on, Json data, Json refs) {
  auto [it, is_new] = step_of_.try_emplace({t.ms, key}, steps_.size());
  if (is_new) steps_.push_back({StepKind::drafts, {}, key, t, {}});
  std::string id = new_id(t);
  Json draft{{"type", type}, {"id", id}, {"on", text(on)}, {"data", std::move(data)}};
  if (!unit.empty()) draft["unit"] = unit;
  if (!refs.empty()) draft["refs"] = std::move(refs);
  steps_[it->second].drafts.push_back(std::move(draft));
  return id;
}

std::string Year::act(const std::string& key, Date d, const std::string& type,
                      const std::string& unit, Json data, Json refs) {
  return add(key, at(d, hour_of(key)), type, unit, d, std::move(data), std::move(refs));
}

void Year::mark(StepKind kind, const std::string& name, const std::string& key, Instant t) {
  steps_.push_back({kind, name, key, t, {}});
}

std::vector<Step> Year::take_steps() {
  std::stable_sort(steps_.begin(), steps_.end(),
                   [](const Step& a, const Step& b) { return a.at < b.at; });
  return std::move(steps_);
}

bool Year::active(const Unit& u, Date d) const {
  return u.short_name != kMerged || d < kMerger - 5;
}

Unit& Year::unit(const std::string& short_name) {
  return *std::find_if(units.begin(), units.end(),
                       [&](const Unit& u) { return u.short_name == short_name; });
}

Json Year::codes(Date d) const {
  Json list = Json::array();
  for (auto& u : units)
    if (active(u, d)) list.push_back(u.code);
  return list;
}

Json Year::laws(const Unit& u) {
  Json ref{{"law", law(u)}};
  if (chance(40)) ref["article"] = "第" + std::to_string(1 + pick(60)) + "条";
  Json list = Json::array();
  list.push_back(std::move(ref));
  return list;
}

}  // namespace demo
