// pufa bench: the figures the design promises, each beside a floor measured in the same run.
#pragma once

#include "tools/cli/app.h"

namespace tools {

struct BenchOptions {
  bool quick = false;
  int row = 0;                 // that figure alone; 4 to 8 and 10 need the ledger of 1, which is made; 0: all
  bool growth = false;         // instead of the figures, how cost grows from 10^4 to 10^7 events; quick: to 10^5
  bool keep = false;           // leave the scratch ledgers there
  std::string dir;             // where the scratch ledgers lie; empty: the current folder
  std::string suite = "intl";
};
// 0: measured, whether or not the goals are met. A memory file system is refused: kUsage.
int run_bench(const App&, const BenchOptions&);

}  // namespace tools
