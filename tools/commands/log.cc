// pufa log
#include <algorithm>
#include <iostream>

#include "ledger/schema/show.h"
#include "ledger/text/encoding.h"
#include "tools/cli/table.h"
#include "tools/cli/workspace.h"
#include "tools/commands/commands.h"

namespace tools {
namespace {

using ledger::OrderedJson;

OrderedJson to_json(const ledger::Event& e) {
  OrderedJson j{{"position", e.position}, {"id", ledger::format_id(e.id)}, {"type", ledger::type_of(e.type).name}};
  if (!e.unit.empty()) j["unit"] = std::string(e.unit);
  j["on"] = ledger::format_date(e.on);
  j["admittedAt"] = ledger::format_instant(e.admitted);
  j["key"] = ledger::hex(e.signer->key.view());
  j["submission"] = ledger::format_id(e.submission);
  j["refs"] = ledger::show_refs(*e.body);
  j["data"] = ledger::show_data(*e.body);
  return j;
}

bool names(const ledger::Event& e, const std::string& unit) { return std::find(e.named->begin(), e.named->end(), unit) != e.named->end(); }

bool wanted(const LogOptions& o, const ledger::Event& e, std::optional<ledger::Date> since) {
  if (!o.type.empty() && ledger::type_of(e.type).name != o.type) return false;
  return !since || e.on >= *since;
}

}  // namespace

int run_log(const App& app, const LogOptions& o) {
  auto reader = open_reader(o.dir);
  if (!reader) return fail(app, reader.error());
  auto last = ledger::resolve_as_of(*reader->store, o.as_of);
  if (!last) return fail(app, last.error());
  if (!o.type.empty() && ledger::find_type(o.type) == nullptr) return fail(app, {"usage", "", "there is no event type " + o.type});
  auto since = o.since.empty() ? std::optional<ledger::Date>() : ledger::parse_date(o.since);
  if (!o.since.empty() && !since) return fail(app, {"usage", "", "--since takes a date as 2025-03-15"});
  TextTable table({">@", app.t("受理时间", "admitted"), app.t("日期", "on"), app.t("类型", "type"), app.t("责任主体", "unit"), app.t("编号", "id")});
  bool unit_named = o.unit.empty();
  ledger::Replay replay(*reader->store, *reader->genesis.suite);
  auto ok = replay.run(*last, [&](const ledger::Event& e, ledger::BytesView) -> ledger::Result<bool> {
    if (!o.unit.empty() && !names(e, o.unit)) return true;
    unit_named = true;
    if (!wanted(o, e, since)) return true;
    auto& type = ledger::type_of(e.type);
    if (app.json) std::cout << to_json(e).dump() << "\n";
    else table.add({std::to_string(e.position), ledger::format_instant(e.admitted), ledger::format_date(e.on), app.zh ? type.zh : type.name,
                    std::string(e.unit), ledger::format_id(e.id)});
    return true;
  });
  if (!ok) return fail(app, ok.error());
  if (!unit_named) return fail(app, {"not-found", "", "no event names a unit " + o.unit});
  if (!app.json) std::cout << mark(app, reader->genesis) << succession(app, reader->genesis) << table.str();
  return kGood;
}

}  // namespace tools
