// Trust policy files (C2SP tlog-policy): whose checkpoints to believe.
//
// Lines, white space separated, # comments: `log <vkey> [url]`, `witness <name> <vkey> [url]`,
// `group <name> <k|any|all> <member>…`, exactly one `quorum <name|none>`.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ledger/merkle/note.h"

namespace ledger {

struct Policy {
  std::vector<NoteVerifier> logs;
  std::map<std::string, NoteVerifier> witnesses;
  struct Group {
    std::size_t threshold = 0;
    std::vector<std::string> members;
  };
  std::map<std::string, Group> groups;
  std::string quorum;   // of a witness or group; empty: none
};

// `policy-malformed` with the line.
Result<Policy> parse_policy(std::string_view text);

}  // namespace ledger
