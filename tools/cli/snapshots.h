// Rankings on demand: from a snapshot where one fits, else folded anew.
//
//   DIR/snapshots/ranking-<year>-<request>   the newest ranking that was asked for in these words
//
// Snapshots lie beside the database, not in it: whoever reads may keep one without the writer's lock,
// and deleting the folder changes no output.
#pragma once

#include "tools/cli/results.h"

namespace tools {

struct RankRequest {
  std::string dir, scheme, as_of;
  int year = 0;
  bool snapshots = true;
};
ledger::Result<Assessed> rank_on_demand(const Reader&, const RankRequest&);

}  // namespace tools
