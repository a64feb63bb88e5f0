#include "projections/scheme.h"

#include "projections/assessment/scheme.h"

namespace projections {
namespace {

ledger::Status differs(const char* key) {
  return ledger::refuse("scheme-invalid",
                        std::string("The text's `") + key + "` is not the event's.", "data.toml");
}

}  // namespace

ledger::Status check_scheme(const ledger::AssessmentSchemePublished& e) {
  auto scheme = assessment::parse_scheme(e.toml());
  if (!scheme) return ledger::refuse("scheme-invalid", scheme.error().message, "data.toml");
  if (scheme->year != e.year()) return differs("year");
  if (scheme->name != e.name()) return differs("name");
  if (scheme->period_start != e.period_start()) return differs("periodStart");
  if (scheme->period_end != e.period_end()) return differs("periodEnd");
  if (scheme->cutoff != e.cutoff()) return differs("cutoff");
  return {};
}

ledger::Instant verification_cutoff(std::string_view toml, ledger::Instant cutoff) {
  auto scheme = assessment::parse_scheme(toml);
  return scheme ? scheme->verification_cutoff : cutoff;
}

std::optional<std::int64_t> indicator_weight(std::string_view toml, std::string_view indicator) {
  auto scheme = assessment::parse_scheme(toml);
  const assessment::Indicator* found = scheme ? scheme->find(indicator) : nullptr;
  return found ? std::optional(found->weight) : std::nullopt;
}

}  // namespace projections
