// pufa prove, pufa receipt, pufa index: evidence for others.
#pragma once

#include "ledger/evidence/container.h"
#include "tools/cli/workspace.h"

namespace tools {

struct ProveOptions {
  std::string dir, event, result, unit, output;
  int year = 0;
  bool body = false, tlog_proof = false;
  std::vector<std::string> open;
};
int run_prove(const App&, const ProveOptions&);

struct ReceiptOptions {
  std::string dir, complaint, secret, output;
};
int run_receipt(const App&, const ReceiptOptions&);

struct Proved {
  std::string kind, checkpoint;
};
// Writes the evidence that the options ask for.
ledger::Result<Proved> prove(const Reader&, const ProveOptions&, const ledger::EvidenceWriter::Sink&);

struct IndexOptions {
  std::string dir, operator_key, at;
};
int run_index(const App&, const IndexOptions&);

}  // namespace tools
