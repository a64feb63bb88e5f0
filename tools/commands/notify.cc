// pufa notify: the notification of the year's result
#include <iostream>

#include "projections/notification/notification.h"
#include "tools/cli/results.h"
#include "tools/commands/assess.h"

namespace tools {
namespace {

ledger::Result<projections::Notification> notification(const AssessOptions& o) {
  auto reader = LEDGER_TRY(open_reader(o.dir));
  auto folds = LEDGER_TRY(fold(reader, {o.as_of, true, true, {}}));
  auto scheme = LEDGER_TRY(choose_scheme(*folds.facts, o.year, o.scheme));
  auto assessed = LEDGER_TRY(assess_year(*folds.facts, o.year, scheme, {folds.size, folds.root, {}, o.as_of}, projections::assessment::Detail::events));
  return projections::notification_of_result({folds.state(), assessed.scheme, assessed.ranking, reader.genesis.district_name,
                                              reader.genesis.demonstration, ledger::local_date(folds.last_admitted)});
}

}  // namespace

int run_notify(const App& app, const AssessOptions& o) {
  auto n = notification(o);
  if (!n) return fail(app, n.error());
  const std::string format = app.json ? "json" : o.format.empty() ? "text" : o.format;
  if (format == "json") std::cout << projections::to_json(*n).dump() << "\n";
  else if (format == "html") std::cout << projections::to_html(*n);
  else if (format == "text") std::cout << projections::to_text(*n);
  else return fail(app, {"usage", "", "--format is text, html or json"});
  return kGood;
}

}  // namespace tools
