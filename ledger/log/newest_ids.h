// The greatest ids of a shelf of them, in memory. Ids are UUIDv7 and so grow with the time at which they were made:
// whether a new one is taken is mostly said here, and the store is asked only of older ones.
//
// Invariant: every id of the shelf that is not less than the floor is kept.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "ledger/bytes.h"

namespace ledger {

class NewestIds {
 public:
  // Whether the shelf has the id; none: it is less than the floor, so only the store knows.
  std::optional<bool> has(const Id& id) {
    settle();
    if (id < floor_) return std::nullopt;
    return !kept_.empty() && id <= kept_.back() && std::binary_search(kept_.begin(), kept_.end(), id);
  }

  void add(const Id& id) {
    added_.push_back(id);
    if (added_.size() == 4 * kMost) settle();
  }

 private:
  static constexpr std::size_t kLeast = 4'096, kMost = 8'192;   // kept

  // Takes in what was added, in order, so that most comes at the end.
  void settle() {
    if (added_.empty()) return;
    if (added_.size() > kLeast) {   // of many only the greatest
      std::nth_element(added_.begin(), added_.end() - kLeast, added_.end());
      floor_ = std::max(floor_, *(added_.end() - kLeast));
    }
    std::erase_if(added_, [&](const Id& id) { return id < floor_; });
    std::sort(added_.begin(), added_.end());
    for (auto& id : added_) kept_.insert(kept_.empty() || kept_.back() < id ? kept_.end() : std::lower_bound(kept_.begin(), kept_.end(), id), id);
    added_.clear();
    if (kept_.size() > kMost) floor_ = std::max(floor_, *(kept_.end() - kLeast));
    kept_.erase(kept_.begin(), std::lower_bound(kept_.begin(), kept_.end(), floor_));
  }

  std::vector<Id> kept_;    // ascending
  std::vector<Id> added_;   // since it settled
  Id floor_;
};

}  // namespace ledger
