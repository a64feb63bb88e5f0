// A trust policy in a file.
#pragma once

#include "ledger/merkle/policy.h"

namespace tools {

// Codes of read_file and of the policy's format, which name the file.
ledger::Result<ledger::Policy> read_policy(const std::string& file);

}  // namespace tools
