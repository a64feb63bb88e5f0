// pufa-verify: checks an evidence file against a trust policy, offline, by itself. It links no storage and
// nothing of the writer: what it says rests on the file, the policy and the code of ledger/evidence.
#include <CLI/CLI.hpp>
#include <iostream>

#include "tools/check/check.h"
#include "tools/words/chinese.h"
#include "tools/words/manner.h"

int main(int argc, char** argv) {
  tools::App app{.program = "pufa-verify"};
  tools::CheckOptions o;
  std::string lang;
  CLI::App top{"pufa-verify: checks an evidence file of a Pufa ledger, offline"};
  const CLI::Validator not_empty([](std::string& word) { return word.empty() ? std::string("is empty") : std::string(); }, "");
  top.add_option("file", o.file, "evidence of a record, a receipt, a unit's file or an assessment")->required()->check(not_empty);
  top.add_option("--policy", o.policy, "trust policy file (C2SP tlog-policy)")->required()->check(not_empty);
  top.add_option("--earlier", o.earlier, "evidence of the same record taken before: that it is still there, unchanged")->check(not_empty);
  top.add_flag("--json", app.json, "JSON for programs");
  top.add_option("--lang", lang, "zh or en")->check(CLI::IsMember({"zh", "en"}));
  top.set_version_flag("--version", "pufa-verify " PUFA_VERSION);
  top.footer("Exit status: 0 all that the file claims holds; 1 it does not; 2 and 3 the command or the policy is wrong.\n"
             "Example:\n  pufa-verify record.evidence --policy policy");
  try {
    top.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    tools::take_manner(app, lang, {argv + 1, argv + argc});
    if (app.zh) tools::speak_chinese(top);
    if (e.get_exit_code() == 0) return tools::flushed(app, top.exit(e, std::cout, std::cerr));
    return tools::fail(app, {"usage", "", std::string(e.what()) + "; see pufa-verify --help"});
  }
  app.zh = tools::wants_chinese(lang);
  tools::end_when_memory_ends(app);
  return tools::flushed(app, tools::run_check(app, o));
}
