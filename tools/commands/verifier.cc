// pufa verifier: the page that checks evidence in a browser
#include <iostream>

#include "tools/cli/output.h"
#include "tools/commands/commands.h"
#include "tools/verifier/page.h"

namespace tools {

int run_verifier(const App& app, const std::string& output) {
  const auto page = verifier_page();
  if (auto ok = write_outputs({{output, page}}); !ok) return fail(app, ok.error());
  if (app.json) std::cout << ledger::OrderedJson{{"file", output}, {"bytes", page.size()}}.dump() << "\n";
  else std::cout << output << app.t(": 在浏览器中打开即可核验证据,不需联网\n", ": open it in a browser to check evidence; it needs no network\n");
  return kGood;
}

}  // namespace tools
