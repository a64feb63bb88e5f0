// Evidence files that hold, and forged ones that must not: made by one who has the operator's real key,
// so that every checkpoint is validly signed. Each names the level at which a checker must refuse it.
#pragma once

#include <string>
#include <vector>

#include "ledger/evidence/container.h"
#include "tests/refusals/refusals.h"

namespace evidence {

using ledger::Bytes;

struct Case {
  std::string name, kind;     // kind: record, receipt, unit, assessment
  Bytes file;
  std::string policy;
  std::string level;          // where it fails; empty: it holds
};

std::vector<Case> cases(const ledger::Suite&);
// A record with its witness under policies that ask for more or less; level `policy`: it is none.
std::vector<Case> quorum_cases(const ledger::Suite&);

// The sections of a file, to be altered and put together again with a digest that is right.
struct Section {
  std::string name;
  Bytes bytes;
};
std::vector<Section> split(const Bytes& file);
Bytes join(ledger::EvidenceKind, const std::vector<Section>&);

}  // namespace evidence
