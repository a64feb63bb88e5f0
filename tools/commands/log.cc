// pufa log, pufa verify
#include <unistd.h>

#include <iostream>

#include "ledger/log/verify.h"
#include "ledger/merkle/policy.h"
#include "ledger/schema/show.h"
#include "ledger/text/encoding.h"
#include "projections/rules/rules.h"
#include "tools/cli/table.h"
#include "tools/cli/workspace.h"
#include "tools/commands/commands.h"
#include "tools/import/checkpoints.h"

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

bool wanted(const LogOptions& o, const ledger::Event& e, std::optional<ledger::Date> since) {
  if (!o.type.empty() && ledger::type_of(e.type).name != o.type) return false;
  if (since && e.on < *since) return false;
  if (o.unit.empty()) return true;
  for (auto& u : *e.named)
    if (u == o.unit) return true;
  return false;
}

OrderedJson to_json(const ledger::VerifyReport& r) {
  OrderedJson j{{"size", r.size}, {"root", ledger::hex(r.root.view())}, {"checkpoints", r.checkpoints}, {"submissions", r.submissions},
                {"findings", OrderedJson::array()}};
  for (auto& f : r.findings) {
    OrderedJson one;
    if (f.position) one["position"] = *f.position;
    if (f.event) one["event"] = ledger::format_id(f.event);
    one["code"] = f.code;
    one["message"] = f.message;
    j["findings"].push_back(std::move(one));
  }
  j["attachments"] = {{"present", r.attachments_present}, {"absent", r.attachments_absent}};
  if (!r.shared_powers.empty()) j["sharedPowers"] = r.shared_powers;
  return j;
}

void print(const App& app, const ledger::VerifyReport& r) {
  std::cout << app.t("记录 ", "records ") << r.size << app.t(",提交 ", ", submissions ") << r.submissions << app.t(",检查点 ", ", checkpoints ")
            << r.checkpoints << "\n" << app.t("树根 ", "root ") << ledger::hex(r.root.view()) << "\n";
  for (auto& o : r.shared_powers) std::cout << app.t("注意:同一方掌握多项权力:", "note: one owner holds several powers: ") << o << "\n";
  for (auto& f : r.findings)
    std::cout << app.t("发现 ", "finding ") << (f.position ? "@" + std::to_string(*f.position) + " " : "") << (f.event ? ledger::format_id(f.event) + " " : "")
              << f.code << ": " << f.message << "\n";
  std::cout << (r.findings.empty() ? app.t("校验通过", "verified: no findings") : app.t("校验未通过", "verification found defects")) << "\n";
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
  if (!app.json) std::cout << mark(app, reader->genesis);
  TextTable table({">@", app.t("受理时间", "admitted"), app.t("日期", "on"), app.t("类型", "type"), app.t("责任主体", "unit"), app.t("编号", "id")});
  ledger::Replay replay(*reader->store, *reader->genesis.suite);
  auto ok = replay.run(*last, [&](const ledger::Event& e, ledger::BytesView) -> ledger::Result<bool> {
    if (!wanted(o, e, since)) return true;
    auto& type = ledger::type_of(e.type);
    if (app.json) std::cout << to_json(e).dump() << "\n";
    else table.add({std::to_string(e.position), ledger::format_instant(e.admitted), ledger::format_date(e.on), app.zh ? type.zh : type.name,
                    std::string(e.unit), ledger::format_id(e.id)});
    return true;
  });
  if (!ok) return fail(app, ok.error());
  if (!app.json) std::cout << table.str();
  return kGood;
}

int run_verify(const App& app, const VerifyCommand& o) {
  auto store = ledger::open_store(o.dir, ledger::OpenMode::read);
  if (!store) return fail(app, store.error());
  ledger::VerifyOptions options;
  options.rules = [](const ledger::Suite& s) { return std::make_unique<projections::ProcedureRules>(s); };
  for (auto& file : o.checkpoints) {
    auto text = read_file(file);
    if (!text) return fail(app, text.error());
    auto notes = read_checkpoints(*text);
    if (!notes) return fail(app, notes.error(), file);
    for (auto& note : *notes) options.checkpoints.push_back(std::move(note));
  }
  if (!o.policy.empty()) {
    auto text = read_file(o.policy);
    if (!text) return fail(app, text.error());
    if (auto policy = ledger::parse_policy(*text); !policy) return fail(app, policy.error(), o.policy);
    options.policy = std::move(*text);
  }
  if (app.progress)
    options.progress = [&](std::uint64_t done, std::uint64_t size) {
      const int percent = size == 0 ? 100 : static_cast<int>(done * 100 / size);
      std::cerr << "\r" << app.t("校验 ", "verifying ") << "[" << std::string(static_cast<std::size_t>(percent / 4), '#')
                << std::string(static_cast<std::size_t>(25 - percent / 4), ' ') << "] " << percent << "%" << (done >= size ? "\n" : "") << std::flush;
    };
  auto report = ledger::verify(**store, options);
  if (!report) return fail(app, report.error());
  if (app.json) {
    std::cout << to_json(*report).dump() << "\n";
  } else {
    if (auto g = ledger::read_genesis(**store)) std::cout << mark(app, *g);
    print(app, *report);
  }
  return report->findings.empty() ? kGood : kDifferent;
}

}  // namespace tools
