// Assessment schemes: what may be published ranks a log without records, every time the same.
#include "projections/assessment/ranking.h"
#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace projections::assessment;
  auto scheme = parse_scheme(fuzz::view(data, size));
  if (!scheme) return fuzz::require(!scheme.error().message.empty()), 0;
  const Facts none;
  auto ranking = assess(none, *scheme, {});
  auto again = assess(none, *parse_scheme(fuzz::view(data, size)), {});
  fuzz::require(ranking.has_value() == again.has_value());
  if (ranking) fuzz::require(to_json(*ranking) == to_json(*again));
  return 0;
}
