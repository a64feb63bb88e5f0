// How people see the rows of the views: columns, their headers, and labels of codes.
#pragma once

#include "ledger/text/json.h"
#include "tools/cli/app.h"

namespace tools {

struct ViewColumn {
  const char *key, *zh, *en;
  const char* labels = "";  // where codes get their label: "Type.field", or a vocabulary; empty: none
  bool right = false;
};
struct ViewSection {
  const char *name, *zh, *en;
  std::vector<ViewColumn> columns;
};
const std::vector<ViewSection>& view_sections();

// A value as a cell: labels for codes, yes and no, ids in full, lists with spaces between.
std::string view_cell(const App&, const ViewColumn&, const ledger::OrderedJson& row);

}  // namespace tools
