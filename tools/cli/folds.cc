#include "tools/cli/folds.h"

#include "ledger/log/stored_tree.h"
#include "ledger/text/encoding.h"

namespace tools {

ledger::Result<Folds> fold(const Reader& reader, const FoldOptions& o) {
  const ledger::Suite& suite = *reader.genesis.suite;
  Folds out;
  out.size = LEDGER_TRY(ledger::resolve_as_of(*reader.store, o.as_of));
  out.root = LEDGER_TRY(ledger::stored_tree(*reader.store, suite, out.size))->root();
  if (o.facts) out.facts = std::make_unique<projections::assessment::Facts>();
  if (o.facts) out.facts->reserve(out.size);
  auto feed = [&](const ledger::Event& e) {
    if (out.rules) out.rules->take(e);
    if (out.facts) out.facts->apply(e);
    if (o.each) o.each(e);
    out.last_admitted = e.admitted;
    return true;
  };
  if (!o.rules) {
    LEDGER_CHECK(ledger::read_events(*reader.store, 0, out.size, [&](const ledger::Event& e, ledger::BytesView) { return feed(e); }));
    return out;
  }
  out.rules = std::make_unique<projections::ProcedureRules>(suite);
  ledger::Replay replay(*reader.store, suite);
  LEDGER_CHECK(replay.run(out.size, [&](const ledger::Event& e, ledger::BytesView) -> ledger::Result<bool> { return feed(e); }));
  return out;
}

ledger::Result<ledger::Hash> root_at(const Reader& reader, std::uint64_t size) {
  ledger::Frontier tree(*reader.genesis.suite);
  if (size == 0) return tree.root();
  LEDGER_CHECK(reader.store->scan(ledger::Shelf::records, ledger::position_key(0), [&](ledger::BytesView, ledger::BytesView record) {
    tree.add(ledger::leaf_hash(*reader.genesis.suite, record));
    return tree.size() < size;
  }));
  return tree.root();
}

}  // namespace tools
