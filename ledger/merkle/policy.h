// Trust policy files (C2SP tlog-policy): whose checkpoints to believe.
//
// Lines of words between spaces and tabs, a word that begins with # and what follows it being a comment:
// `log <vkey> [url]`, `witness <name> <vkey> [url]`, `group <name> <k|any|all> <member>…`, exactly one `quorum <name|none>`.
// No public key stands twice among the logs or among the witnesses, and no name is a member twice, of one group or of
// several: so each witness counts once. No control character but tab and newline.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "ledger/merkle/cosignature.h"

namespace ledger {

struct Policy {
  std::vector<NoteVerifier> logs;
  std::map<std::string, NoteVerifier> witnesses;
  std::map<std::string, std::string> urls;   // where witnesses answer, of those whose line says so
  struct Group {
    std::size_t threshold = 0;
    std::vector<std::string> members;
  };
  std::map<std::string, Group> groups;
  std::string quorum;   // of a witness or group; empty: none
};

// `policy-malformed` with the line.
Result<Policy> parse_policy(std::string_view text);

// A checkpoint that the policy trusts, and who vouches for it.
struct Trusted {
  Checkpoint checkpoint;
  std::string log;                                                  // the log's key name: the checkpoint's origin
  std::vector<std::pair<std::string, std::uint64_t>> witnesses;     // of the policy's, each with its cosignature's time
  bool quorum = false;                                              // whether they are enough
};

// The note's checkpoint, signed by one of the policy's logs: `note-malformed`, `checkpoint-malformed`;
// `note-unverified` when no log's signature, or a known key's wrong one, is there. Whether the quorum is
// met is for the caller to judge.
Result<Trusted> check_note(const Policy&, std::string_view note);

}  // namespace ledger
