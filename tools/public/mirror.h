// One step of a mirror: from what it holds to the log's newest checkpoint.
#pragma once

#include "ledger/merkle/policy.h"
#include "tools/public/folder.h"
#include "tools/public/source.h"

namespace tools {

struct Mirrored {
  ledger::Checkpoint head;
  std::uint64_t old = 0;        // size that the mirror had before
  std::uint64_t files = 0, bytes = 0;
};

// Fetches and checks all that is new, then publishes it in `folder`; `whole`: all that there is, and what differs in the
// folder is published anew. Nothing is changed by a failure:
//   `checkpoint-unsigned`, `quorum-missing`   the policy does not trust the log's checkpoint
//   `log-foreign`        it is of another log than the mirror's
//   `log-rolled-back`    it is of an earlier size, and consistent
//   `log-forked`         it does not extend the mirror's, or the mirror's it: both notes are kept as
//                        fork-<size>-<n>.mirrored and fork-<size>-<n>.served, size being the served one's
//   `log-damaged`        a file does not hash to what the checkpoint signs
//   `log-unreachable`, `copy-damaged`, `file-write`
ledger::Result<Mirrored> mirror(LogSource&, const std::string& folder, const ledger::Policy&, bool whole = false);

}  // namespace tools
