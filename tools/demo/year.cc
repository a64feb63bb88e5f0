// The year, theme by theme.
#include "tools/demo/year.h"

#include "tools/demo/builder.h"

namespace demo {

std::vector<std::string> demo_key_names() {
  std::vector<std::string> names{"registrar", "auditAdmin", "operator", "office",
                                 "reviewer",  "intakeDesk", "surveyor", "evaluator",
                                 "deputy",    "media",      "superior"};
  const DemoKeys none;
  const std::string no_scheme;
  Year y(none, no_scheme);
  for (auto& u : y.units) {
    names.push_back("unit-" + u.code);
    names.push_back("head-" + u.code);
  }
  names.push_back("unit-" + y.unit(kLostKey).code + "-2");
  return names;
}

std::vector<Step> demo_year(const DemoKeys& keys, const std::string& scheme_toml) {
  Year y(keys, scheme_toml);
  for (auto theme : {add_identity, add_reference, add_plans, add_work_reports, add_work,
                     add_corrections, add_complaints, add_coordination, add_supervision,
                     add_assessment, add_bulletins, add_archives, add_borderline})
    theme(y);
  return y.take_steps();
}

}  // namespace demo
