#include "ledger/log/witness_times.h"

#include <algorithm>

namespace ledger {
namespace {

constexpr std::uint64_t kSecondsMax = 1ull << 40;   // of a cosignature; a later one says nothing of this millennium

bool names_any(const Policy& policy, BytesView note) {
  return std::any_of(policy.witnesses.begin(), policy.witnesses.end(),
                     [&](auto& w) { return note.find(" " + w.second.name() + " ") != BytesView::npos; });
}

Instant instant(std::uint64_t seconds) { return {static_cast<std::int64_t>(std::min(seconds, kSecondsMax)) * 1000}; }

}  // namespace

Status WitnessTimes::add(BytesView text) {
  if (!names_any(*policy_, text)) return {};   // most: no need to parse them
  const auto note = parse_note(text);
  const auto head = note ? parse_checkpoint(note->text) : tl::unexpected<Error>(note.error());
  if (!head) return {};                        // a finding already
  std::vector<std::uint64_t> times;
  for (auto& [name, witness] : policy_->witnesses) {
    const auto cosignatures = cosignatures_of(*note, witness);
    if (!cosignatures) return refuse("cosignature-wrong", "the checkpoint over " + std::to_string(head->size) + " records: " + cosignatures.error().message);
    for (auto& c : *cosignatures) times.push_back(c.time);
  }
  if (times.empty()) return {};
  const auto [first, last] = std::minmax_element(times.begin(), times.end());
  rows_.push_back({head->size, instant(*last), instant(*first)});
  if (head->size >= newest_size_) newest_size_ = head->size, newest_ = std::string(text);
  return {};
}

void WitnessTimes::finish() {
  std::stable_sort(rows_.begin(), rows_.end(), [](auto& a, auto& b) { return a.size < b.size; });
  for (std::size_t i = 1; i < rows_.size(); ++i) rows_[i].from = std::max(rows_[i].from, rows_[i - 1].from);
  for (std::size_t i = rows_.size(); i-- > 1;) rows_[i - 1].to = std::min(rows_[i - 1].to, rows_[i].to);
}

WitnessTimes::Bounds WitnessTimes::at(std::uint64_t position) const {
  const auto covering = std::upper_bound(rows_.begin(), rows_.end(), position, [](std::uint64_t p, const Row& r) { return p < r.size; });
  Bounds out;
  if (covering != rows_.end()) out.to.ms = covering->to.ms + kWitnessedToleranceMs;
  if (covering != rows_.begin()) out.from.ms = std::prev(covering)->from.ms - kWitnessedToleranceMs;
  return out;
}

}  // namespace ledger
