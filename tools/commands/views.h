// pufa units, duties, activities, complaints, rectifications, supervision, deadlines
#pragma once

#include "tools/cli/app.h"

namespace tools {

struct ViewOptions {
  std::string dir, as_of, unit, format;
  int year = 0;
};
int run_view(const App&, const std::string& name, const ViewOptions&);

}  // namespace tools
