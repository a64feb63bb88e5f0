// State of folds: tables that can be rolled back.
//
// Invariants: outside a transaction the undo log is empty; within one it holds, oldest first, the value
// that a key had before each run of edits of it; undone from the newest on, it restores exactly the
// state at begin.
#pragma once

#include <algorithm>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "ledger/bytes.h"

namespace ledger {

class TableBase {
 public:
  virtual ~TableBase() = default;
  virtual void forget_undo() = 0;
  virtual void undo() = 0;
};

// The tables touched by the running transaction.
class Journal {
 public:
  void begin() { active_ = true; }
  bool active() const { return active_; }
  void touch(TableBase* t) { touched_.push_back(t); }
  void commit() {
    for (auto* t : touched_) t->forget_undo();
    end();
  }
  void roll_back() {
    for (auto* t : touched_) t->undo();
    end();
  }

 private:
  void end() { touched_.clear(); active_ = false; }
  std::vector<TableBase*> touched_;
  bool active_ = false;
};

template <typename K, typename V, typename H = std::hash<K>>
class Table final : public TableBase {
 public:
  explicit Table(Journal& j) : journal_(&j) {}
  Table(const Table&) = delete;

  // The value of k, or nullptr. Valid until k is erased.
  const V* find(const K& k) const {
    auto it = map_.find(k);
    return it == map_.end() ? nullptr : &it->second;
  }
  bool has(const K& k) const { return map_.count(k) != 0; }

  // The value of k to change, made when absent.
  V& edit(const K& k) {
    auto [it, fresh] = map_.try_emplace(k);
    if (remembers(k)) remember(k, fresh ? nullptr : std::make_unique<V>(it->second));
    return it->second;
  }
  void erase(const K& k) {
    auto it = map_.find(k);
    if (it == map_.end()) return;
    if (remembers(k)) remember(k, std::make_unique<V>(it->second));
    map_.erase(it);
  }

  std::size_t size() const { return map_.size(); }
  std::vector<K> sorted_keys() const {
    std::vector<K> keys;
    keys.reserve(map_.size());
    for (auto& [k, v] : map_) keys.push_back(k);
    std::sort(keys.begin(), keys.end());
    return keys;
  }

  void forget_undo() override { undo_.clear(); }
  void undo() override {
    for (auto it = undo_.rbegin(); it != undo_.rend(); ++it) {
      if (it->second) map_.insert_or_assign(it->first, std::move(*it->second));
      else map_.erase(it->first);
    }
    undo_.clear();
  }

 private:
  // Edits of one key often follow each other: only the value before the first is needed.
  bool remembers(const K& k) const { return journal_->active() && (undo_.empty() || !(undo_.back().first == k)); }
  void remember(const K& k, std::unique_ptr<V> before) {
    if (undo_.empty()) journal_->touch(this);
    undo_.emplace_back(k, std::move(before));
  }

  Journal* journal_;
  std::unordered_map<K, V, H> map_;
  std::vector<std::pair<K, std::unique_ptr<V>>> undo_;   // null: it was not there
};

// Hash of pairs and triples of hashable values, for composite keys.
struct TupleHash {
  template <typename... T>
  std::size_t operator()(const std::tuple<T...>& t) const {
    std::size_t h = 1469598103934665603ull;
    std::apply([&](const auto&... x) { ((h = (h ^ hash(x)) * 1099511628211ull), ...); }, t);
    return h;
  }

 private:
  template <typename X>
  static std::size_t hash(const X& x) {
    if constexpr (std::is_enum_v<X>) return static_cast<std::size_t>(x);
    else return std::hash<X>{}(x);
  }
};

}  // namespace ledger
