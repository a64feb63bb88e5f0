// Trust policy files.
#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto policy = ledger::parse_policy(fuzz::view(data, size));
  if (!policy) return 0;
  fuzz::require(!policy->logs.empty());
  for (auto& [name, group] : policy->groups) fuzz::require(group.threshold >= 1 && group.threshold <= group.members.size());
  fuzz::require(policy->quorum.empty() || policy->witnesses.count(policy->quorum) != 0 || policy->groups.count(policy->quorum) != 0);
  (void)ledger::check_note(*policy, fuzz::view(data, size));
  return 0;
}
