// A store in memory, and what all stores share.
#include <array>
#include <map>
#include <mutex>
#include <shared_mutex>

#include "ledger/store/store.h"
#include "ledger/text/encoding.h"

namespace ledger {
namespace {

using Table = std::map<Bytes, Bytes, std::less<>>;

// Writers wait while it lives.
class MemoryCursor final : public Cursor {
 public:
  MemoryCursor(std::shared_mutex& m, const Table& t, BytesView from) : lock_(m), table_(t), at_(t.lower_bound(from)) {}
  bool valid() const override { return at_ != table_.end(); }
  BytesView key() const override { return at_->first; }
  BytesView value() const override { return at_->second; }
  void next() override { ++at_; }
  Status status() const override { return {}; }

 private:
  std::shared_lock<std::shared_mutex> lock_;
  const Table& table_;
  Table::const_iterator at_;
};

class MemoryStore final : public Store {
 public:
  Result<std::optional<Bytes>> get(Shelf s, BytesView key) const override {
    std::shared_lock lock(mutex_);
    auto& m = shelves_[static_cast<std::size_t>(s)];
    auto it = m.find(key);
    return it == m.end() ? std::optional<Bytes>() : std::optional<Bytes>(it->second);
  }
  std::unique_ptr<Cursor> seek(Shelf s, BytesView from) const override {
    return std::make_unique<MemoryCursor>(mutex_, shelves_[static_cast<std::size_t>(s)], from);
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
  std::array<Table, kShelves> shelves_;
};

}  // namespace

std::unique_ptr<Store> memory_store() { return std::make_unique<MemoryStore>(); }

const char* name_of(Shelf s) {
  static constexpr const char* kNames[] = {"records", "bodies", "tiles", "ids", "submissions", "checkpoints", "vault", "attachments"};
  return kNames[static_cast<int>(s)];
}

Bytes position_key(std::uint64_t position) {
  Bytes key;
  append_be(key, position, 8);
  return key;
}

}  // namespace ledger
