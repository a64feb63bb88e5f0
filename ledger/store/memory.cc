// A store in memory, and what all stores share.
#include <array>
#include <map>
#include <mutex>
#include <shared_mutex>

#include "ledger/store/store.h"
#include "ledger/text/encoding.h"

namespace ledger {
namespace {

class MemoryStore final : public Store {
 public:
  Result<std::optional<Bytes>> get(Shelf s, BytesView key) const override {
    std::shared_lock lock(mutex_);
    auto& m = shelves_[static_cast<std::size_t>(s)];
    auto it = m.find(key);
    return it == m.end() ? std::optional<Bytes>() : std::optional<Bytes>(it->second);
  }
  Status scan(Shelf s, BytesView from, const std::function<bool(BytesView, BytesView)>& f) const override {
    std::shared_lock lock(mutex_);
    auto& m = shelves_[static_cast<std::size_t>(s)];
    for (auto it = m.lower_bound(from); it != m.end(); ++it)
      if (!f(it->first, it->second)) break;
    return {};
  }
  Result<std::optional<std::pair<Bytes, Bytes>>> last(Shelf s) const override {
    std::shared_lock lock(mutex_);
    auto& m = shelves_[static_cast<std::size_t>(s)];
    if (m.empty()) return std::optional<std::pair<Bytes, Bytes>>();
    return std::optional(std::pair<Bytes, Bytes>(*m.rbegin()));
  }
  Status write(const Batch& batch, bool) override {
    std::unique_lock lock(mutex_);
    for (auto& p : batch) shelves_[static_cast<std::size_t>(p.shelf)][p.key] = p.value;
    return {};
  }

 private:
  mutable std::shared_mutex mutex_;
  std::array<std::map<Bytes, Bytes, std::less<>>, kShelves> shelves_;
};

}  // namespace

std::unique_ptr<Store> memory_store() { return std::make_unique<MemoryStore>(); }

const char* name_of(Shelf s) {
  static constexpr const char* kNames[] = {"records",     "bodies", "tiles",     "ids",        "submissions",
                                           "checkpoints", "vault",  "snapshots", "attachments"};
  return kNames[static_cast<int>(s)];
}

Bytes position_key(std::uint64_t position) {
  Bytes key;
  append_be(key, position, 8);
  return key;
}

}  // namespace ledger
