// What every draft that a file may hold goes through, up to the bytes that would be signed.
#pragma once

#include "ledger/core/admission.h"
#include "ledger/schema/draft.h"
#include "ledger/schema/show.h"
#include "tests/fuzz/target.h"

namespace fuzz {

// The same bytes at each run.
class Counted final : public ledger::Random {
 public:
  void fill(char* out, std::size_t n) override {
    for (std::size_t i = 0; i < n; ++i) {
      if (i % 32 == 0) block_ = ledger::sha256("fuzz" + std::to_string(next_++));
      out[i] = static_cast<char>(block_.b[i % 32]);
    }
  }

 private:
  ledger::Hash block_;
  std::uint64_t next_ = 0;
};

inline ledger::DraftContext context(const ledger::Suite& s, ledger::Random& random) { return {s, ledger::Id::from(ledger::Bytes(16, 'l')), random, ledger::Instant{1'736'000'000'000'000}, {}}; }

// An event's form either is refused, or reads back from what is shown of it.
inline void require_readable(const ledger::Suite& suite, ledger::BytesView header, ledger::BytesView salt, ledger::BytesView body) {
  auto event = ledger::prepare_event(suite, header, salt, body);
  if (!event) return require(!event.error().code.empty());
  require(ledger::encode(event->header) == header && event->body.bytes() == body);
  Counted random;
  auto c = context(suite, random);
  std::vector<ledger::SealedValue> opened;
  std::vector<ledger::Error> faults;
  const auto again = ledger::encode_body(ledger::type_of(event->header.type), ledger::show_data(event->body), ledger::show_refs(event->body), c, event->header.id, opened, faults);
  require(faults.empty() && opened.empty() && again == body);
}

// A draft is refused with its faults, or makes an event of canonical bytes.
inline void require_sound(const ledger::Json& draft, ledger::DraftContext& c) {
  std::vector<ledger::Error> faults;
  auto made = ledger::read_draft(draft, c, faults);
  require(made.has_value() == faults.empty());
  for (auto& f : faults) require(!f.code.empty() && !f.message.empty());
  if (made) require_readable(c.suite, made->event.header, made->event.salt, made->event.body);
}

}  // namespace fuzz
