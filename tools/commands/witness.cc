#include "tools/commands/witness.h"

#include <iostream>

#include "ledger/text/encoding.h"
#include "tools/witness/http.h"

namespace tools {
namespace {

using ledger::OrderedJson;

ledger::Result<std::vector<ledger::NoteVerifier>> parse_logs(const std::vector<std::string>& vkeys) {
  std::vector<ledger::NoteVerifier> logs;
  for (auto& vkey : vkeys) {
    auto log = ledger::NoteVerifier::parse(vkey);
    if (!log) return ledger::refuse("usage", "--log " + vkey + ": " + log.error().message);
    for (auto& other : logs)
      if (other.name() == log->name() && &other.suite() != &log->suite())
        return ledger::refuse("usage", "the keys of the log " + log->name() + " are of two suites: it has one tree");
    logs.push_back(std::move(*log));
  }
  return logs;
}

ledger::Result<std::unique_ptr<Witness>> open_witness(const WitnessOptions& o) {
  if (!ledger::is_key_name(o.name)) return ledger::refuse("usage", "--name has no white space and no '+'");
  auto logs = LEDGER_TRY(parse_logs(o.logs));
  auto loaded = LEDGER_TRY(load_key(o.key, o.passphrase_file));
  auto state = LEDGER_TRY(WitnessState::open(o.state));
  return std::make_unique<Witness>(o.name, *loaded.suite, std::move(loaded.key), std::move(logs), std::move(state), ledger::system_now);
}

OrderedJson to_json(const Witness& w) {
  OrderedJson j{{"vkey", w.vkey()}, {"cosigned", OrderedJson::array()}};
  for (auto& [origin, head] : w.state().heads())
    j["cosigned"].push_back({{"origin", origin}, {"size", head.size}, {"root", ledger::hex(head.root.view())}});
  return j;
}

void say_itself(const App& app, const Witness& w) {
  std::cout << app.t("见证方 ", "witness ") << w.vkey() << "\n";
  for (auto& [origin, head] : w.state().heads())
    std::cout << app.t("最近签署 ", "last cosigned ") << origin << " " << head.size << " " << ledger::hex(head.root.view()) << "\n";
}

int show(const App& app, const Witness& w) {
  if (app.json) std::cout << to_json(w).dump() << "\n";
  else say_itself(app, w);
  return kGood;
}

// The answer's body alone goes to standard output, so that it can be carried back as it is.
int answer_once(const App& app, Witness& w, const std::string& file) {
  auto request = read_file(file);
  if (!request) return fail(app, request.error());
  const auto a = w.add_checkpoint(*request);
  if (app.json) {
    std::cout << OrderedJson{{"status", a.status}, {"type", a.type}, {"body", a.body}}.dump() << "\n";
  } else {
    std::cout << a.body;
    if (a.status != 200) std::cerr << "pufa: " << app.t("未签署,状态 ", "not cosigned, status ") << a.status << "\n";
  }
  return a.status == 200 ? kGood : a.status == 500 ? kFailed : kRefused;
}

int serve(const App& app, Witness& w, const std::string& address) {
  const auto host = address.substr(0, address.rfind(':'));
  auto served = serve_witness(w, address, [&](int port) {
    const auto at = host + ":" + std::to_string(port);
    if (app.json) {
      auto j = to_json(w);
      j["listening"] = at;
      std::cout << j.dump() << std::endl;
      return;
    }
    say_itself(app, w);
    std::cout << app.t("监听 ", "listening at ") << at << std::endl;
  });
  if (!served) return fail(app, served.error());
  return kGood;
}

}  // namespace

int run_witness(const App& app, const WitnessOptions& o) {
  auto witness = open_witness(o);
  if (!witness) return fail(app, witness.error());
  if (!o.once.empty()) return answer_once(app, **witness, o.once);
  return o.listen.empty() ? show(app, **witness) : serve(app, **witness, o.listen);
}

}  // namespace tools
