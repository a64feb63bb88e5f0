// The bytes behind the attachments that a draft names.
#pragma once

#include <set>

#include "tools/cli/app.h"

namespace tools {

// Looks for each attachment of the draft by name in `folder`. Found: its size and SHA-256 must be those
// stated (`attachment-differs`), its bytes go to `out`, and in a gm ledger its SM3 into the draft.
// Not found: the hash alone is recorded. `seen` keeps one copy of the same bytes.
void attach(ledger::Json& draft, const std::string& folder, bool gm, std::vector<ledger::Bytes>& out,
            std::set<ledger::Hash>& seen, std::vector<ledger::Error>& faults);

}  // namespace tools
