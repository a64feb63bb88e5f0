// pufa publish
#include <iostream>

#include "ledger/schema/draft.h"
#include "ledger/text/encoding.h"
#include "tools/cli/results.h"
#include "tools/commands/assess.h"
#include "tools/import/importer.h"

namespace tools {
namespace {

using ledger::OrderedJson;

// One draft of the tool's own making, signed and submitted.
ledger::Result<ledger::Receipt> submit_draft(ledger::Ledger& ledger, const ledger::PrivateKey& key, const ledger::Json& draft, std::optional<ledger::Instant> at) {
  const ledger::Instant now = at.value_or(ledger::system_now());
  auto& random = ledger::system_random();
  ledger::DraftContext context{*ledger.genesis().suite, ledger.genesis().ledger_id, random, now, {}};
  std::vector<ledger::Error> faults;
  auto read = ledger::read_draft(draft, context, faults);
  if (!read) return tl::unexpected<ledger::Error>(faults.front());
  auto outcome = ledger.submit(ledger::sign_submission(*ledger.genesis().suite, ledger.genesis().ledger_id, key, {read->event}, ledger::make_uuid7(now, random), now), at);
  if (auto* r = std::get_if<ledger::Refusal>(&outcome)) return tl::unexpected<ledger::Error>(r->error);
  if (auto* u = std::get_if<ledger::Unknown>(&outcome)) return tl::unexpected<ledger::Error>(u->error);
  return std::get<ledger::Receipt>(std::move(outcome));
}

}  // namespace

int run_publish(const App& app, const PublishOptions& o) {
  auto at = parse_at(o.at);
  if (!at) return fail(app, at.error());
  auto ledger = open_writer(o.dir, {o.operator_key, "", false, &ledger::system_random()});
  if (!ledger) return fail(app, ledger.error());
  auto key = load_key(o.key, o.passphrase_file);
  if (!key) return fail(app, key.error());
  if (key->suite != (*ledger)->genesis().suite) return fail(app, {"key-file", "", "the key is of another suite than the ledger's"});
  auto on = o.on.empty() ? std::optional(ledger::local_date((*at).value_or(ledger::system_now()))) : ledger::parse_date(o.on);
  if (!on) return fail(app, {"usage", "", "--on takes a date as 2025-12-15"});
  auto draft = result_draft(**ledger, {o.year, o.stage, *on, *at});
  auto receipt = draft ? submit_draft(**ledger, *key->key, *draft, *at) : ledger::Result<ledger::Receipt>(tl::unexpected<ledger::Error>(draft.error()));
  if (!receipt) {
    if (!app.json) return fail(app, receipt.error());
    std::cout << OrderedJson{{"accepted", false}, {"refusals", {to_json(FileRefusal{"", 0, "", "ResultPublished", receipt.error()})}}}.dump() << "\n";
    return exit_of(receipt.error().code);
  }
  auto& e = receipt->events.at(0);
  OrderedJson j{{"accepted", true}, {"submission", ledger::format_id(receipt->submission)}, {"first", receipt->first}, {"count", 1},
                {"events", {{{"id", ledger::format_id(e.id)}, {"position", e.position}, {"leafHash", ledger::hex(e.leaf.view())}}}}, {"checkpoint", receipt->checkpoint}};
  if (app.json) std::cout << j.dump() << "\n";
  else std::cout << mark(app, (*ledger)->genesis()) << app.t("结果已公布:", "result published: ") << ledger::format_id(e.id) << " @" << e.position << "\n" << receipt->checkpoint;
  return kGood;
}

}  // namespace tools
