// State of folds: tables that can be rolled back.
//
// Invariants: outside a transaction the undo log is empty; within one it holds, oldest first, the value
// that a key had before each run of edits of it; undone from the newest on, it restores exactly the
// state at begin.
#pragma once

#include <tsl/robin_map.h>

#include <algorithm>
#include <deque>
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
    auto it = places_.find(k);
    return it == places_.end() ? nullptr : value_at(it->second);
  }
  bool has(const K& k) const { return places_.count(k) != 0; }

  // The value of k to change, made when absent.
  V& edit(const K& k) {
    auto [value, fresh] = place_of(k);
    if (remembers(k)) remember(k, fresh ? nullptr : std::make_unique<V>(*value));
    return *value;
  }
  void erase(const K& k) {
    auto it = places_.find(k);
    if (it == places_.end()) return;
    if (remembers(k)) remember(k, std::make_unique<V>(*value_at(it->second)));
    take_out(k);
  }

  std::size_t size() const { return places_.size(); }
  std::vector<K> sorted_keys() const {
    std::vector<K> keys;
    keys.reserve(places_.size());
    for (auto& [k, place] : places_) keys.push_back(k);
    std::sort(keys.begin(), keys.end());
    return keys;
  }

  void forget_undo() override { undo_.clear(); }
  void undo() override {
    for (auto it = undo_.rbegin(); it != undo_.rend(); ++it) {
      if (it->second) *place_of(it->first).first = std::move(*it->second);
      else take_out(it->first);
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

  // Where the value of k lies, and whether it was made just now.
  std::pair<V*, bool> place_of(const K& k) {
    auto [it, fresh] = places_.try_emplace(k, nullptr);
    if (fresh) it.value() = new_place();
    return {value_at(it->second), fresh};
  }
  V* new_place() {
    if (free_.empty()) return &values_.emplace_back();
    V* place = free_.back();
    free_.pop_back();
    return place;
  }
  void take_out(const K& k) {
    auto it = places_.find(k);
    V* place = value_at(it->second);
    *place = V();
    free_.push_back(place);
    places_.erase(it);
  }
  static V* value_at(void* place) { return static_cast<V*>(place); }

  Journal* journal_;
  tsl::robin_map<K, void*, H> places_;   // flat: every record is looked up, all over memory; one type for all V, for the compiler's sake
  std::deque<V> values_;                 // each stays where it is
  std::vector<V*> free_;                 // places of what was erased: named by no key, each with a fresh value
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
