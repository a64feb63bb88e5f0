// The commands around the yearly assessment and the demonstration.
#pragma once

#include "tools/commands/commands.h"

namespace tools {

struct AssessOptions {
  std::string dir, scheme, as_of, format, unit, indicator;
  int year = 0;
  bool no_snapshots = false;
};
int run_rank(const App&, const AssessOptions&);
int run_explain(const App&, const AssessOptions&);
int run_notify(const App&, const AssessOptions&);   // the notification of the year's result

int run_scheme_default(const App&, int year);
int run_scheme_check(const App&, const std::string& file);
int run_scheme_explain(const App&, const std::string& file);

struct PublishOptions {
  std::string dir, key, passphrase_file, operator_key, stage = "preliminary", on, at;
  int year = 0;
};
int run_publish(const App&, const PublishOptions&);

struct ReplayOptions {
  std::string dir, result, scheme, with_file, format;
  std::vector<std::string> without;
};
int run_replay(const App&, const ReplayOptions&);

struct DemoOptions {
  std::string dir, suite = "intl", drafts;
};
int run_demo(const App&, const DemoOptions&);

// The ranking as a table of text.
std::string ranking_text(const App&, const struct Assessed&);

}  // namespace tools
