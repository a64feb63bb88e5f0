// What cosigned checkpoints say about when records were admitted.
//
// A record that a cosigned checkpoint covers was there by the cosignature's time. A record that it does not cover
// came after it, as heads are cosigned when they are the newest. Both hold up to the clocks' difference.
#pragma once

#include <functional>

#include "ledger/merkle/policy.h"
#include "ledger/store/store.h"
#include "ledger/text/date.h"

namespace ledger {

// How far a witness's clock may be from the ledger's, and how long a head may wait for its cosignature while the
// log goes on: minutes, where what is to be found (a filing dated back before its deadline) is hours.
inline constexpr std::int64_t kWitnessedToleranceMs = 10 * 60'000;

class WitnessTimes {
 public:
  explicit WitnessTimes(const Policy& policy) : policy_(&policy) {}

  // A checkpoint's note; one without a line of the policy's witnesses adds nothing. `cosignature-wrong`: one of them
  // does not verify. finish() once after the last.
  Status add(BytesView note);
  void finish();

  // Admission of the record at that position lay within these, tolerance included.
  struct Bounds {
    Instant from{INT64_MIN}, to{INT64_MAX};
  };
  Bounds at(std::uint64_t position) const;

  // The cosigned checkpoint of the largest size; empty: there is none.
  const std::string& newest() const { return newest_; }

 private:
  struct Row {
    std::uint64_t size = 0;
    Instant from, to;   // latest cosignature of this and smaller sizes; earliest of this and larger ones
  };
  const Policy* policy_;
  std::vector<Row> rows_;   // by size
  std::string newest_;
  std::uint64_t newest_size_ = 0;
};

}  // namespace ledger
