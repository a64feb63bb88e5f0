#include "tools/cli/what_if.h"

#include <algorithm>
#include <set>

#include "ledger/schema/draft.h"
#include "ledger/text/encoding.h"
#include "tools/import/importer.h"

namespace tools {
namespace {

namespace assessment = projections::assessment;

// Entered in time: at the end of its own business day.
Extra extra_from(const ledger::Draft& draft) {
  auto header = ledger::decode_header(draft.event.header);
  auto body = ledger::Body::parse(draft.event.body);
  const ledger::Instant admitted{ledger::local_midnight(header->on + 1).ms - 1};
  return {admitted, std::move(*header), std::move(*body)};
}

void lay(assessment::Facts& facts, const Extra& x, std::uint64_t position, ledger::Instant admitted) {
  facts.apply({position, admitted, ledger::local_date(admitted), x.header.id, x.header.type, x.header.unit, x.header.on, &x.body, nullptr, {}, &x.header.named});
}

ledger::Error placed(const FileRefusal& fault) {
  auto e = fault.error;
  e.file = fault.file;
  if (fault.line != 0) e.message = "line " + std::to_string(fault.line) + ": " + e.message;
  return e;
}

}  // namespace

ledger::Result<Extra> extra_of(const ledger::Json& draft, const ledger::Genesis& genesis) {
  std::vector<ledger::Error> faults;
  ledger::DraftContext context{*genesis.suite, genesis.ledger_id, ledger::system_random(), {0}, {}};
  auto read = ledger::read_draft(draft, context, faults);
  if (!read) return tl::unexpected<ledger::Error>(faults.front());
  return extra_from(*read);
}

ledger::Result<std::vector<Extra>> read_extras(const std::string& file, const ledger::Genesis& genesis) {
  std::vector<Extra> out;
  if (file.empty()) return out;
  auto text = LEDGER_TRY(read_file(file));
  std::vector<FileRefusal> faults;
  ledger::DraftContext context{*genesis.suite, genesis.ledger_id, ledger::system_random(), {0}, {}};
  auto sink = [&](const ledger::Json& j, std::size_t line) {
    std::vector<ledger::Error> own;
    auto draft = ledger::read_draft(j, context, own);
    for (auto& e : own) faults.push_back({file, line, {}, {}, e});
    if (draft) out.push_back(extra_from(*draft));
  };
  if (ends_with(file, ".csv")) read_csv(file, text, "", sink, faults);
  else read_jsonl(file, text, sink, faults);
  if (!faults.empty()) return tl::unexpected<ledger::Error>(placed(faults.front()));
  std::stable_sort(out.begin(), out.end(), [](const Extra& a, const Extra& b) { return a.admitted < b.admitted; });
  return out;
}

ledger::Result<assessment::Facts> what_if(const Reader& reader, std::uint64_t size, const std::unordered_set<ledger::Id>& without, const std::vector<Extra>& extras) {
  assessment::Facts facts(without);
  std::size_t next = 0;
  std::set<ledger::Id> missing(without.begin(), without.end());
  LEDGER_CHECK(ledger::read_events(*reader.store, 0, size, [&](const ledger::Event& e, ledger::BytesView) {
    for (; next < extras.size() && extras[next].admitted < e.admitted; ++next) lay(facts, extras[next], e.position + next, extras[next].admitted);
    ledger::Event moved = e;
    moved.position += next;
    missing.erase(e.id);
    facts.apply(moved);
    return true;
  }));
  if (!missing.empty()) return ledger::refuse("not-found", "--without names an event that is not among the records of the head: " + ledger::format_id(*missing.begin()));
  if (next < extras.size()) return ledger::refuse("usage", "a draft of --with is dated after the head");
  return facts;
}

void append_extra(assessment::Facts& facts, std::uint64_t size, const Extra& x) {
  lay(facts, x, size, facts.last_admission(size).value_or(x.admitted));
}

ledger::Result<std::unordered_set<ledger::Id>> parse_ids(const std::vector<std::string>& words, const char* option) {
  std::unordered_set<ledger::Id> out;
  for (auto& w : words) {
    auto id = id_of(w);
    if (!id) return ledger::refuse("usage", std::string(option) + " takes event ids, not " + w);
    out.insert(*id);
  }
  return out;
}

}  // namespace tools
