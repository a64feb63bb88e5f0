// The log in public: exported as C2SP tiles, and mirrored by others.
#pragma once

#include "tools/cli/app.h"

namespace tools {

struct ExportOptions {
  std::string dir, tiles;
  bool whole = false;   // compare what was published before too, and mend it
};
int run_export(const App&, const ExportOptions&);

struct MirrorOptions {
  std::string source, dir, policy;
  bool whole = false;   // as above
};
int run_mirror(const App&, const MirrorOptions&);

}  // namespace tools
