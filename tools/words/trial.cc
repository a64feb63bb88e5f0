// demo, bench
#include "tools/bench/bench.h"
#include "tools/commands/assess.h"
#include "tools/commands/commands.h"
#include "tools/commands/views.h"
#include "tools/words/words.h"

namespace tools {
namespace {

void add_demo(CLI::App& top, Words& w) {
  auto o = std::make_shared<DemoOptions>();
  auto* c = command(top, w, "demo", "a whole demonstration district, the year 2025", "pufa demo D && pufa rank D --year 2025");
  c->add_option("dir", o->dir, "a new folder")->required();
  c->add_option("--suite", o->suite, "intl or gm");
  c->add_option("--drafts", o->drafts, "also write every submission's drafts here");
  c->callback([&w, o] { w.run = [o](const App& a) { return run_demo(a, *o); }; });
}

void add_bench(CLI::App& top, Words& w) {
  auto o = std::make_shared<BenchOptions>();
  auto* c = command(top, w, "bench", "figures, each with a floor measured in the same run", "pufa bench --quick");
  c->add_flag("--quick", o->quick, "smaller, within a minute");
  auto* row = c->add_option("--row", o->row, "only this figure, 1 to 15")->check(CLI::Range(1, 15));
  c->add_flag("--growth", o->growth, "how cost grows from 10,000 to 10,000,000 events instead; takes minutes and 3 GiB")->excludes(row);
  c->add_flag("--keep", o->keep, "leave the scratch ledgers there");
  c->add_option("--dir", o->dir, "where the scratch ledgers lie");
  c->add_option("--suite", o->suite, "intl or gm");
  c->callback([&w, o] { w.run = [o](const App& a) { return run_bench(a, *o); }; });
}

}  // namespace

void add_trial(CLI::App& top, Words& w) {
  for (auto* add : {add_demo, add_bench}) add(top, w);
}

}  // namespace tools
