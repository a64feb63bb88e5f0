// An assessment scheme as values: what its TOML says, with every absent key filled by the default.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/core/event.h"

namespace projections::assessment {

using ledger::Date;
using ledger::EventType;
using ledger::Instant;
using ledger::Result;
using ledger::Status;

enum class Measure {
  filing,
  officers,
  presence,
  completion,
  disclosure,
  count,
  distinctPerQuarter,
  coverage,
  ratio,
  reportScore,
  survey,
  inspectionScore,
  deduction,
  countDeduction,
  inTime,
  upheldComplaints,
  closedOnce,
};

// Keeps the records whose field `field` holds one of `values`.
struct Filter {
  std::string field;
  std::vector<std::string> values;
};

// One measure of an indicator. Which parameters a kind has is said in measure_kinds.cc; every one
// of them is present here, so that a look-up never fails.
struct Part {
  Measure kind{};
  std::map<std::string, std::int64_t, std::less<>> numbers;  // flags are 0 and 1
  std::map<std::string, std::string, std::less<>> texts;
  std::map<std::string, std::vector<std::string>, std::less<>> lists;
  std::map<std::string, std::int64_t> target_by_class;  // empty: `target` holds for all
  std::vector<EventType> types;
  std::vector<Filter> where;

  std::int64_t number(std::string_view name) const { return numbers.find(name)->second; }
  const std::string& text(std::string_view name) const { return texts.find(name)->second; }
  const std::vector<std::string>& list(std::string_view name) const {
    return lists.find(name)->second;
  }
};

struct Indicator {
  std::string id, block, name, clause;
  std::int64_t weight = 0;
  std::vector<Part> parts;
};

// What ties are broken by: an indicator's points, a block's, `base`, or `overdueDays`.
struct TieKey {
  std::string key;
  bool descending = true;
};

struct Scheme {
  int year = 0;
  std::string name;
  Date period_start, period_end, ranked_if_from_by;
  Instant cutoff, verification_cutoff;
  std::int32_t backdate_grace_days = 0, procedure_grace_days = 0;
  std::vector<EventType> must_verify;
  std::vector<Indicator> indicators;
  struct {
    std::int64_t cap = 0;
    std::array<std::array<std::int64_t, 4>, 4> points{};  // by HonourConferred.honour, .level
  } bonus;
  struct {
    std::int64_t criticism = 0, false_record = 0, overdue_rect = 0;
    std::int32_t overdue_rect_days = 0;
    std::vector<std::string> false_findings;
  } penalty;
  struct {
    std::vector<std::string> v1_findings;
    std::int64_t v3_rejections = 0;
    std::int32_t v3_overdue_days = 0;
  } veto;
  struct {
    std::int64_t min = 0, max = 0, excellent = 0, good = 0, qualified = 0,
                 excellent_share_percent = 0;
    std::vector<TieKey> tie;
  } final;

  const Indicator* find(std::string_view id) const;
  std::vector<std::string> blocks() const;  // in order of first use
  bool must_be_verified(EventType) const;
};

// Refusal: `scheme-invalid`, with the key's path as field and the line in the message.
Result<Scheme> parse_scheme(std::string_view toml);

std::string default_scheme_text(int year);
const Scheme& default_scheme(int year);

// The embedded text, {Y} and {Y-1} unfilled.
extern const std::string_view kDefaultScheme;

}  // namespace projections::assessment
