// A log for tests of scoring: drafts become events of an imagined ledger, without admission.
#pragma once

#include <catch2/catch.hpp>

#include <deque>
#include <memory>

#include "ledger/schema/draft.h"
#include "projections/assessment/ranking.h"

namespace scoring_test {

using ledger::Json;
using namespace projections::assessment;

inline constexpr const char* kUnit = "11420114TA00000750";

// Counts, so that every run makes the same ids.
class CountingRandom final : public ledger::Random {
 public:
  void fill(char* out, std::size_t n) override {
    for (std::size_t i = 0; i < n; ++i) out[i] = static_cast<char>(next());
  }

 private:
  // SplitMix64.
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15ull;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
  }
  std::uint64_t state_ = 0;
};

class ScoredLog {
 public:
  struct Options {
    std::string unit = kUnit;
    std::string label;
    std::string admitted;  // default: noon of `on`
  };

  // One event; its id.
  ledger::Id add(const std::string& type, const std::string& on, Json data, Json refs,
                 const Options& o) {
    Json draft{{"type", type}, {"on", on}, {"data", std::move(data)}};
    if (!refs.empty()) draft["refs"] = std::move(refs);
    if (!o.unit.empty()) draft["unit"] = o.unit;
    if (!o.label.empty()) draft["label"] = o.label;
    std::vector<ledger::Error> faults;
    auto made = ledger::read_draft(draft, context_, faults);
    if (!made)
      FAIL(type << ": " << faults.front().code << " " << faults.front().field << " "
                << faults.front().message);
    keep(*made, o.unit, on, o.admitted.empty() ? on + "T12:00:00+08:00" : o.admitted);
    return made->id;
  }
  ledger::Id add(const std::string& type, const std::string& on, Json data = Json::object(),
                 Json refs = Json::object(), const std::string& label = "",
                 const std::string& unit = kUnit) {
    return add(type, on, std::move(data), std::move(refs), {unit, label, ""});
  }
  ledger::Id district(const std::string& type, const std::string& on, Json data,
                      Json refs = Json::object(), const std::string& label = "") {
    return add(type, on, std::move(data), std::move(refs), label, "");
  }
  // A record and its verification.
  ledger::Id verified(const std::string& type, const std::string& on, Json data,
                      Json refs = Json::object()) {
    const std::string label = "v-" + std::to_string(++labels_);
    const auto id = add(type, on, std::move(data), std::move(refs), label);
    add("RecordVerified", on, {{"finding", "ok"}, {"method", "documents"}},
        {{"targets", {"#" + label}}});
    return id;
  }

  Ranking rank(const Scheme& scheme, std::unordered_set<ledger::Id> without = {}) const {
    Facts facts(std::move(without));
    for (auto& s : events_) facts.apply(s.event);
    auto ranking = assess(facts, scheme, Head{events_.size(), {}, "of-the-test", ""});
    if (!ranking) FAIL(ranking.error().code << " " << ranking.error().message);
    return std::move(*ranking);
  }

  std::size_t size() const { return events_.size(); }
  ledger::Id id_at(std::size_t i) const { return events_[i].event.id; }
  ledger::EventType type_at(std::size_t i) const { return events_[i].event.type; }
  void feed(Facts& facts) const {
    each([&](const ledger::Event& e) { facts.apply(e); });
  }
  template <typename F>
  void each(F&& f) const {
    for (auto& s : events_) f(s.event);
  }

 private:
  struct Stored {
    ledger::Body body;
    std::string unit;
    ledger::Event event;
  };

  void keep(const ledger::Draft& d, const std::string& unit, const std::string& on,
            const std::string& admitted) {
    Stored& s = events_.emplace_back(Stored{ledger::Body::parse(d.event.body).value(), unit, {}});
    s.event.position = events_.size() - 1;
    s.event.admitted = ledger::parse_instant(admitted).value();
    s.event.admitted_on = ledger::local_date(s.event.admitted);
    s.event.id = d.id;
    s.event.type = d.type;
    s.event.unit = s.unit;
    s.event.on = ledger::parse_date(on).value();
    s.event.body = &s.body;
    s.event.signer = &signer_;
  }

  CountingRandom random_;
  ledger::DraftContext context_{
      ledger::intl(), {}, random_, ledger::Instant{1'767'225'600'000}, {}};
  ledger::Signer signer_;
  std::deque<Stored> events_;
  int labels_ = 0;
};

}  // namespace scoring_test
