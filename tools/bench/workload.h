// What the figures are measured on: a district of sixty units with keys, and signed submissions of
// training records. The same bytes in every run: ids, salts and times follow from a counter.
#pragma once

#include <map>
#include <vector>

#include "ledger/log/ledger.h"
#include "ledger/text/json.h"
#include "tools/bench/metered.h"

namespace tools::bench {

inline constexpr std::size_t kUnits = 60;
inline constexpr int kYear = 2025;
inline constexpr int kDays = 355;   // of it, over which a large ledger's records lie
inline constexpr char kOrigin[] = "demo.bench/log";
inline constexpr std::uint64_t kFoundingRecords = 1 + 3 * kUnits + 4;   // genesis, units, keys, roles, calendars

// SplitMix64: fast and repeatable; nothing here protects anything.
class Seeded final : public ledger::Random {
 public:
  explicit Seeded(std::uint64_t seed) : state_(seed * 0xD1342543DE82EF95ull) {}
  void fill(char* out, std::size_t n) override;
  std::uint64_t next();

 private:
  std::uint64_t state_;
};

// A ledger on disk, opened for writing, with its meter and a clock set by hand.
struct Scratch {
  std::string dir;
  Meter meter;
  ledger::Instant now;
  std::unique_ptr<ledger::Ledger> log;
};

class Workload {
 public:
  explicit Workload(const ledger::Suite&);

  const ledger::Suite& suite() const { return suite_; }
  const ledger::Id& ledger_id() const { return ledger_id_; }
  const ledger::PrivateKey& operator_key() const { return *keys_.at("operator"); }
  const ledger::PrivateKey& unit_key(std::size_t unit) const { return *keys_.at(codes_[unit]); }

  // A new ledger in `dir` with the units, their keys, roles and the work calendars.
  ledger::Result<std::unique_ptr<Scratch>> make_ledger(const std::string& dir, bool proofs);

  // Publishes the default scheme now, before its cutoff; the year's preliminary result, after it.
  ledger::Status publish_scheme(Scratch&);
  ledger::Status publish_result(Scratch&);

  // The next submission of `events` records of one unit, the units in turn, done on `day` of the year.
  ledger::Submission next(std::size_t events, int day);
  std::size_t last_unit() const { return (submissions_ - 1) % kUnits; }   // of the newest submission
  // Submits; anything but a receipt is an error.
  static ledger::Status submit(Scratch&, ledger::Submission);
  // Sets the ledger's clock to the morning after that day.
  static void set_day(Scratch&, int day);

 private:
  ledger::Status found(Scratch&);
  ledger::Status submit_drafts(Scratch&, const std::string& key, const std::vector<ledger::Json>&);
  ledger::Json unit_draft(std::size_t unit) const;
  ledger::Json key_draft(const std::string& name, const std::string& unit) const;
  ledger::Json role_draft(const std::string& name, const char* role, const std::string& scope) const;
  ledger::Submittable event(std::size_t unit, ledger::Date on, ledger::Instant now, std::uint64_t number) const;
  void make_bodies();

  const ledger::Suite& suite_;
  ledger::Id ledger_id_;
  std::vector<std::string> codes_;
  std::map<std::string, std::unique_ptr<ledger::PrivateKey>> keys_;
  std::vector<ledger::Bytes> bodies_;
  std::uint64_t events_ = 0, submissions_ = 0;
};

}  // namespace tools::bench
