// A store that counts its synced writes and, while asked to, keeps copies of what is written.
//
// The time spent on copying is kept apart, so that a measured run can leave it out.
#pragma once

#include <atomic>
#include <chrono>

#include "ledger/store/store.h"

namespace tools::bench {

using Seconds = double;

class Stopwatch {
 public:
  Seconds seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point start_ = Clock::now();
};

struct Meter {
  std::atomic<std::uint64_t> synced{0};
  bool keep = false;
  std::vector<ledger::Batch> kept;   // one a synced write
  Seconds copying = 0;
};

class Metered final : public ledger::Store {
 public:
  Metered(std::unique_ptr<ledger::Store> s, Meter& m) : store_(std::move(s)), meter_(m) {}

  ledger::Result<std::optional<ledger::Bytes>> get(ledger::Shelf s, ledger::BytesView key) const override {
    return store_->get(s, key);
  }
  std::unique_ptr<ledger::Cursor> seek(ledger::Shelf s, ledger::BytesView from) const override { return store_->seek(s, from); }
  ledger::Result<std::optional<std::pair<ledger::Bytes, ledger::Bytes>>> last(ledger::Shelf s) const override {
    return store_->last(s);
  }
  ledger::Status write(const ledger::Batch& b, bool sync) override {
    if (sync) ++meter_.synced;
    if (sync && meter_.keep) {
      Stopwatch watch;
      meter_.kept.push_back(b);
      meter_.copying += watch.seconds();
    }
    return store_->write(b, sync);
  }

 private:
  std::unique_ptr<ledger::Store> store_;
  Meter& meter_;
};

}  // namespace tools::bench
