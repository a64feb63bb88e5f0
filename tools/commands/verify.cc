// pufa verify
#include "tools/commands/verify.h"

#include <iostream>

#include "ledger/text/encoding.h"
#include "projections/rules/rules.h"
#include "tools/cli/policy_file.h"
#include "tools/cli/workspace.h"
#include "tools/commands/commands.h"
#include "tools/import/checkpoints.h"

namespace tools {
namespace {

using ledger::OrderedJson;

void show_progress(const App& app, std::uint64_t done, std::uint64_t size) {
  const int percent = size == 0 ? 100 : static_cast<int>(done * 100 / size);
  std::cerr << "\r" << app.t("校验 ", "verifying ") << "[" << std::string(static_cast<std::size_t>(percent / 4), '#')
            << std::string(static_cast<std::size_t>(25 - percent / 4), ' ') << "] " << percent << "%" << (done >= size ? "\n" : "") << std::flush;
}

// The notes of files, and the policy.
ledger::Result<VerifyInput> read_input(const VerifyCommand& o) {
  VerifyInput in{LEDGER_TRY(read_checkpoint_files(o.checkpoints)), {}, o.dir + "/vault.keys"};
  if (o.policy.empty()) return in;
  in.policy = LEDGER_TRY(read_file(o.policy));
  LEDGER_CHECK(ledger::in_file(o.policy, ledger::parse_policy(in.policy)));
  return in;
}

}  // namespace

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
  if (r.slots_closed) j["keySlotsChecked"] = false;
  if (!r.shared_powers.empty()) j["sharedPowers"] = r.shared_powers;
  return j;
}

void print(const App& app, const ledger::VerifyReport& r) {
  std::cout << app.t("记录 ", "records ") << r.size << app.t(",提交 ", ", submissions ") << r.submissions << app.t(",检查点 ", ", checkpoints ")
            << r.checkpoints << "\n" << app.t("树根 ", "root ") << ledger::hex(r.root.view()) << "\n";
  if (r.attachments_present + r.attachments_absent != 0)
    std::cout << app.t("附件:在库 ", "attachments: stored ") << r.attachments_present << app.t(",仅有摘要 ", ", known by their hash alone ") << r.attachments_absent << "\n";
  if (r.slots_closed) std::cout << app.t("注意:无权读取密封内容的密钥文件,未校验其密钥位\n", "note: the key file of sealed values may not be read by you: its slots were not checked\n");
  for (auto& o : r.shared_powers) std::cout << app.t("注意:同一方掌握多项权力:", "note: one owner holds several powers: ") << o << "\n";
  for (auto& f : r.findings)
    std::cout << app.t("发现 ", "finding ") << (f.position ? "@" + std::to_string(*f.position) + " " : "") << (f.event ? ledger::format_id(f.event) + " " : "")
              << f.code << ": " << explain_code(app, {f.code, "", f.message}) << "\n";
  std::cout << (r.findings.empty() ? app.t("校验通过", "verified: no findings") : app.t("校验未通过", "verification found defects")) << "\n";
}

ledger::Result<ledger::VerifyReport> verify_store(const App& app, const ledger::Store& store, const VerifyInput& in) {
  ledger::VerifyOptions options;
  options.rules = [](const ledger::Suite& s) { return std::make_unique<projections::ProcedureRules>(s); };
  options.checkpoints = in.checkpoints, options.policy = in.policy, options.vault_keys = in.vault_keys;
  if (app.progress) options.progress = [&](std::uint64_t done, std::uint64_t size) { show_progress(app, done, size); };
  return ledger::verify(store, options);
}

int run_verify(const App& app, const VerifyCommand& o) {
  auto found = open_salvaged(o.dir);
  if (!found) return fail(app, found.error());
  const auto& store = found->store;
  auto in = read_input(o);
  if (!in) return fail(app, in.error());
  auto report = verify_store(app, *store, *in);
  if (!report) return fail(app, found->damage.value_or(report.error()));
  if (auto settings = read_settings(o.dir); !settings) report->findings.push_back({std::nullopt, {}, settings.error().code, settings.error().message});
  if (found->damage) report->findings.insert(report->findings.begin(), {std::nullopt, {}, found->damage->code, found->damage->message});
  if (app.json) {
    std::cout << to_json(*report).dump() << "\n";
  } else {
    if (auto g = ledger::read_genesis(*store)) std::cout << mark(app, *g);
    print(app, *report);
  }
  return report->findings.empty() ? kGood : kDifferent;
}

}  // namespace tools
