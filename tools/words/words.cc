#include "tools/words/words.h"

namespace tools {

CLI::App* command(CLI::App& parent, Words& w, const char* name, const char* about, const char* example) {
  auto* c = parent.add_subcommand(name, about);
  c->add_flag("--json", w.app.json, "JSON for programs");
  c->add_option("--lang", w.lang, "zh or en")->check(CLI::IsMember({"zh", "en"}));
  c->footer(std::string("Example:\n  ") + example);
  return c;
}

CLI::Range years() { return CLI::Range(1949, 2199); }

}  // namespace tools
