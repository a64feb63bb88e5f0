// The commands around the yearly assessment and the demonstration.
#pragma once

#include "projections/assessment/ranking.h"
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
  std::string dir, result, scheme, with_file, as_of, format;
  std::vector<std::string> without;

  bool is_what_if() const { return !(scheme.empty() && with_file.empty() && as_of.empty() && without.empty()); }
};
int run_replay(const App&, const ReplayOptions&);

struct DiffOptions {
  std::string dir, before, after, format;   // ids of published results
};
int run_diff(const App&, const DiffOptions&);

struct DemoOptions {
  std::string dir, suite = "intl", drafts;
};
int run_demo(const App&, const DemoOptions&);

std::string grade_label(const App&, projections::assessment::Grade);
// The ranking as a table of text.
std::string ranking_text(const App&, const struct Assessed&);

}  // namespace tools
