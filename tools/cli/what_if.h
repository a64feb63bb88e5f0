// Facts of a log as it would be without some of its events, or with others: nothing is written.
#pragma once

#include <unordered_set>

#include "tools/cli/results.h"

namespace tools {

// An event that the log does not hold.
struct Extra {
  ledger::Instant admitted;
  ledger::Header header;
  ledger::Body body;
};

// The drafts of a file (.csv, else JSON lines), as if admitted at the end of their own business day; by that time.
ledger::Result<std::vector<Extra>> read_extras(const std::string& file, const ledger::Genesis&);
// One draft, as the office would sign it.
ledger::Result<Extra> extra_of(const ledger::Json& draft, const ledger::Genesis&);

// The facts of the log's first `size` records without some and with others laid between by their time; positions
// move along. `usage`: an event to leave out that is not among them, a draft dated after the last of them.
ledger::Result<projections::assessment::Facts> what_if(const Reader&, std::uint64_t size, const std::unordered_set<ledger::Id>& without,
                                                       const std::vector<Extra>&);
// Lays one more event right behind the facts, at the time of the last.
void append_extra(projections::assessment::Facts&, std::uint64_t size, const Extra&);

// Ids of events; another word: `usage`, naming the option.
ledger::Result<std::unordered_set<ledger::Id>> parse_ids(const std::vector<std::string>& words, const char* option);

}  // namespace tools
