// pufa prove, pufa receipt, pufa index: evidence for others.
#pragma once

#include "tools/cli/app.h"

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

struct IndexOptions {
  std::string dir, operator_key, at;
};
int run_index(const App&, const IndexOptions&);

}  // namespace tools
