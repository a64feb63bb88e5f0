// What the rules may ask of the log while a group is being built: the store, and what is pending.
#pragma once

#include "ledger/log/ledger.h"
#include "ledger/log/stored_tree.h"

namespace ledger {

class Ledger::LogHistory final : public History {
 public:
  explicit LogHistory(Ledger& l) : ledger_(l) {}

  std::uint64_t size() const override { return ledger_.tree_.size(); }
  std::optional<Hash> root_at(std::uint64_t size) const override {
    if (size > ledger_.tree_.size()) return std::nullopt;
    auto root = ledger_.tree_.root_at(size);
    return root ? std::optional(*root) : std::nullopt;
  }

  // From position 0 with signers, as the log is followed; from elsewhere without.
  Status scan(std::uint64_t first, std::uint64_t last, const std::function<bool(const Event&)>& f) const override {
    const std::uint64_t stored_last = std::min(last, ledger_.committed_);
    bool more = true;
    if (first == 0) {
      Replay replay(*ledger_.store_, ledger_.suite_);
      LEDGER_CHECK(replay.run(stored_last, [&](const Event& e, BytesView) -> Result<bool> { return more = f(e); }));
    } else {
      LEDGER_CHECK(read_events(*ledger_.store_, first, stored_last, [&](const Event& e, BytesView) { return more = f(e); }));
    }
    for (std::uint64_t p = std::max(first, ledger_.committed_); p < last && more; ++p)
      if (p - ledger_.committed_ < ledger_.pending_.size()) more = f(ledger_.pending_[p - ledger_.committed_]->event);
    return {};
  }

 private:
  Ledger& ledger_;
};

}  // namespace ledger
