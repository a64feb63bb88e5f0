// One admitted (or about to be admitted) event, as rules and folds read it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/bytes.h"
#include "ledger/result.h"
#include "ledger/text/date.h"
#include "ledger/types.h"

namespace ledger {

// Bit of a role in Signer::roles.
constexpr std::uint32_t role_bit(Role r) { return 1u << static_cast<unsigned>(r); }

// Whose a key is, for as long as it is enrolled.
struct Holder {
  std::string owner;
  std::string unit;              // empty: not a unit's key
};

// Who signed an event: the key's holder, and those of its roles, in force at that position, that the
// event's type admits and whose scope covers the event. Never empty for an admitted event.
struct Signer {
  KeyId key;
  std::shared_ptr<const Holder> holder = std::make_shared<Holder>();
  std::uint32_t roles = 0;       // roles that cover this event
  std::vector<std::string> superior_scopes;  // units that it supervises, where `superior` signs

  const std::string& owner() const { return holder->owner; }
  const std::string& owner_unit() const { return holder->unit; }
  bool is(Role r) const { return (roles & role_bit(r)) != 0; }
};

struct Event {
  std::uint64_t position = 0;
  Instant admitted;
  Date admitted_on;              // UTC+08:00
  Id id;
  EventType type{};
  std::string_view unit;         // empty: none
  Date on;                       // business date
  const Body* body = nullptr;
  const Signer* signer = nullptr;
  Id submission;
  const std::vector<std::string>* named = nullptr;   // Header.named, where the caller has it

  template <typename T>
  T as() const { return body->as<T>(); }
};

// What rules may ask of the log so far: the records before the one being judged.
class History {
 public:
  virtual ~History() = default;
  virtual std::uint64_t size() const = 0;
  // Root of the first `size` records; nullopt when there are fewer.
  virtual std::optional<Hash> root_at(std::uint64_t size) const = 0;
  // Calls f with the events of positions [first, last), in order, until it returns false.
  virtual Status scan(std::uint64_t first, std::uint64_t last,
                      const std::function<bool(const Event&)>& f) const = 0;
};

// The procedure's rules, plugged into admission and into verification. A submission is judged
// between begin and commit or roll_back; after roll_back the state is as it was at begin.
class Rules {
 public:
  virtual ~Rules() = default;
  virtual void begin() = 0;
  // Judges the next event in order and, when it is admitted, takes it into the state. After a
  // refusal only roll_back may follow.
  virtual Status apply(const Event&, const History&) = 0;
  // Takes an event of a trusted log into the state without judging it.
  virtual void take(const Event&) = 0;
  virtual void commit() = 0;
  virtual void roll_back() = 0;
};

}  // namespace ledger
