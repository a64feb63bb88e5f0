// What the themes of the year share: units, time, chance, and the steps made so far.
//
// Invariants: `add` gives each draft an id that depends only on the drafts before it; the drafts of
// one key at one moment are one step, in the order in which they were added.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tools/demo/year.h"

namespace demo {

using ledger::Date;
using ledger::Instant;
using ledger::Json;

struct Unit {
  std::string code, name, short_name, category, case_class, superior, supervisor;
  bool power = false;
  std::vector<std::string> former, laws, nodes;
  int index = 0;
  int quality = 0;  // 35…100: how well it does its duty
};

struct Node {
  std::string id, code, name;
  Date start, end;
  bool all_units = false;
  std::set<std::string> units;
  bool names(const Unit& u) const { return all_units || units.count(u.code) != 0; }
};

struct HotIssue {
  std::string id;
  Date on;
  std::set<std::string> units;
};

// A record that waits for its verification.
struct Work {
  std::string id, type;
  Date on;
};

// One item of an accepted list: when it is due, and when its completion is reported.
struct Item {
  std::string no;
  Date due, done;
  bool cancelled = false;
};

struct UnitFile {
  std::string list, learning_list, plan;  // accepted; empty: none
  std::vector<Item> items;
  std::vector<Work> works;  // not yet verified
  std::vector<Work> verified;
  std::vector<std::string> upheld;  // complaints that its answers found upheld
  std::string forged;               // the record found forged; empty: none
  std::vector<Node> missed;         // nodes of its own at which it held nothing
};

inline Date day(int month, int d, int year = 2025) { return ledger::make_date(year, month, d); }
std::string text(Date);
std::string number(const char* prefix, int n);  // prefix and three digits

class Year {
 public:
  Year(const DemoKeys&, const std::string& scheme_toml);

  // Chance.
  std::uint64_t random();
  int pick(int n) { return static_cast<int>(random() % static_cast<std::uint64_t>(n)); }
  bool chance(int percent) { return pick(100) < percent; }
  template <typename T>
  const T& one_of(const std::vector<T>& list) {
    return list[pick(static_cast<int>(list.size()))];
  }
  std::string hex(int bytes);
  std::string person() { return "p-" + hex(4); }

  // Time. Moments are of UTC+08:00.
  static Instant at(Date d, int hour, int minute = 0);
  bool is_work_day(Date) const;
  Date work_day(Date) const;  // the day, or the next work day
  Date after_work_days(Date, int n) const;

  // Signers.
  std::string unit_key(const Unit&, Date) const;
  std::string head_key(const Unit& u) const { return "head-" + u.code; }
  std::string decider(const Unit&) const;  // who decides on the unit's matters

  // Adds a draft to the step of the key and moment; returns its id.
  std::string add(const std::string& key, Instant, const std::string& type, const std::string& unit,
                  Date on, Json data, Json refs = Json::object());
  // The same, done and admitted on one day, at the hour at which that key signs.
  std::string act(const std::string& key, Date, const std::string& type, const std::string& unit,
                  Json data, Json refs = Json::object());
  void mark(StepKind, const std::string& name, const std::string& key, Instant);
  std::vector<Step> take_steps();

  // The unit is there and files on its own behalf.
  bool active(const Unit&, Date) const;
  Unit& unit(const std::string& short_name);
  UnitFile& file(const Unit& u) { return files[u.index]; }
  Json codes(Date) const;  // of all active units
  Json laws(const Unit&);  // lawRefs, one of the unit's laws
  std::string law(const Unit& u) { return one_of(u.laws); }
  void keep(const Unit& u, const std::string& id, const char* type, Date on) {
    file(u).works.push_back({id, type, on});
  }

  const DemoKeys& keys;
  const std::string& scheme_toml;
  std::vector<Unit> units;
  std::vector<UnitFile> files;
  std::vector<Node> nodes;
  std::vector<HotIssue> hot_issues;
  std::map<std::string, std::string> ids;  // of records that a later theme refers to, by name
  std::map<std::string, int> counters;     // of running numbers
  int next(const std::string& series) { return ++counters[series]; }

 private:
  std::string new_id(Instant);

  std::uint64_t state_ = 20250101;
  std::set<Date> off_days_, work_days_;
  std::vector<Step> steps_;
  std::map<std::pair<std::int64_t, std::string>, std::size_t> step_of_;
};

inline const Date kMerger = day(7, 10);       // of kMerged into kMergedInto
inline const Date kCompromised = day(7, 15);  // the day on which kLostKey's key was revoked
inline constexpr const char* kOfficeUnit = "区司法局";
inline constexpr const char* kMerged = "洪北管理区";
inline constexpr const char* kMergedInto = "桐湖管理区";
inline constexpr const char* kLostKey = "区商务局";
inline constexpr const char* kNoList = "区城投公司";  // files no list
inline constexpr const char* kForger = "区公交公司";  // has a record found forged
inline const Date kLastDay = day(1, 16, 2026);        // procedures still open then stay open

// The themes, in the order in which they are made.
void add_identity(Year&);
void add_reference(Year&);
void add_plans(Year&);
void add_work_reports(Year&);
void add_work(Year&);
// Verifies on that day what was done up to `last`.
void add_verification(Year&, Date last, Date on);
void add_corrections(Year&);
void add_complaints(Year&);
void add_coordination(Year&);
void add_supervision(Year&);
void add_assessment(Year&);
void add_bulletins(Year&);
void add_archives(Year&);
// Late entries, days beside a node's and lesser honours: what only some key of the scheme tells apart.
void add_borderline(Year&);

// How an order for rectification goes.
enum class Rectify { on_time, entered_late, late, rejected, rejected_twice, extended, escalated, open };
// Makes the order on that day and its course; returns the order's id.
std::string add_rectification(Year&, const Unit&, const char* ground, Date, Json refs, Rectify);

}  // namespace demo
