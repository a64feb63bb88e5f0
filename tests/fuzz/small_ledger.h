// A ledger small enough to be verified thousands of times a second: a genesis, units, a role, an index, checkpoints.
#pragma once

#include "ledger/log/ledger.h"
#include "projections/rules/rules.h"
#include "tests/fuzz/drafts.h"

namespace fuzz {

inline std::unique_ptr<ledger::Rules> rules(const ledger::Suite& s) { return std::make_unique<projections::ProcedureRules>(s); }

inline ledger::Result<std::unique_ptr<ledger::Ledger>> open(std::unique_ptr<ledger::Store> store, ledger::Random& random) {
  ledger::LedgerOptions o;
  o.operator_key = operator_key(ledger::intl()), o.rules = rules, o.random = &random;
  return ledger::Ledger::open(std::move(store), std::move(o));
}

inline ledger::Json unit(const char* code, const char* name) {
  return {{"type", "UnitRegistered"}, {"unit", code}, {"on", "2025-01-02"},
          {"data", {{"name", name}, {"shortName", name}, {"category", "judicial"}, {"hasEnforcementPower", false}, {"districtCode", "420114"}, {"from", "2025-01-01"}}}};
}

// All that it stores, in order of shelf and key.
inline ledger::Batch small_ledger() {
  using namespace ledger;
  Counted random;
  const auto op = operator_key(intl()), registrar = intl().derive(sha256("registrar").view()), audit = intl().derive(sha256("auditAdmin").view());
  const auto& r = registrar->public_key();
  const auto& a = audit->public_key();
  const Instant now = *parse_instant("2025-01-02T00:00:00Z");
  auto store = memory_store();
  require(Ledger::create(*store, intl(), {"demo.test/log", "420114", "蔡甸区", true, op.get(), r.spki(), a.spki(), r.id(), a.id(), {}}, now, random).has_value());
  auto log = std::move(*open(std::move(store), random));
  for (auto& [code, name] : {std::pair{"11420114TA0000016W", "区法院"}, std::pair{"11420114TA0000024P", "区司法局"}}) {
    DraftContext c{intl(), log->genesis().ledger_id, random, now, {}};
    std::vector<Error> faults;
    auto draft = read_draft(unit(code, name), c, faults);
    require(draft.has_value());
    require(std::holds_alternative<Receipt>(log->submit(sign_submission(intl(), c.ledger, *registrar, {draft->event}, make_uuid7(now, random), now), now)));
  }
  require(std::holds_alternative<Receipt>(log->ensure_index(now)));
  Batch out;
  const Bytes checkpoint = log->checkpoint();
  for (int s = 0; s < kShelves; ++s)
    require(log->store().scan(static_cast<Shelf>(s), {}, [&](BytesView k, BytesView v) { return out.push_back({static_cast<Shelf>(s), Bytes(k), Bytes(v)}), true; }).has_value());
  out.push_back({Shelf::checkpoints, position_key(log->size()), checkpoint});
  return out;
}

}  // namespace fuzz
