// pufa merkle: checks a bare RFC 6962 proof given in hex or base64
#include <iostream>

#include "ledger/merkle/merkle.h"
#include "ledger/text/encoding.h"
#include "tools/commands/commands.h"

namespace tools {
namespace {

std::string lower(std::string s) {
  for (char& c : s) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return s;
}

ledger::Result<ledger::Hash> parse_hash(const std::string& s, const char* what) {
  auto bytes = s.size() == 64 ? ledger::unhex(lower(s)) : ledger::unbase64(s);
  if (!bytes || bytes->size() != 32) return ledger::refuse("usage", std::string(what) + " must be 32 bytes in hex or base64");
  return ledger::Hash::from(*bytes);
}

ledger::Result<ledger::Proof> parse_proof(const std::vector<std::string>& words) {
  ledger::Proof proof;
  for (auto& w : words) proof.push_back(LEDGER_TRY(parse_hash(w, "a proof hash")));
  return proof;
}

ledger::Result<bool> check_inclusion(const MerkleOptions& o) {
  const ledger::Suite* suite = ledger::find_suite(o.suite);
  if (suite == nullptr) return ledger::refuse("usage", "--suite is intl or gm");
  if (!o.record.empty() && !o.leaf.empty()) return ledger::refuse("usage", "give --leaf-hash or --record, not both");
  ledger::Hash leaf;
  if (!o.record.empty()) leaf = ledger::leaf_hash(*suite, LEDGER_TRY(read_file(o.record)));
  else leaf = LEDGER_TRY(parse_hash(o.leaf, "--leaf-hash"));
  return ledger::check_inclusion(*suite, o.index, o.size, leaf, LEDGER_TRY(parse_proof(o.proof)), LEDGER_TRY(parse_hash(o.root, "--root")));
}

ledger::Result<bool> check_consistency(const MerkleOptions& o) {
  const ledger::Suite* suite = ledger::find_suite(o.suite);
  if (suite == nullptr) return ledger::refuse("usage", "--suite is intl or gm");
  return ledger::check_consistency(*suite, o.old_size, o.size, LEDGER_TRY(parse_hash(o.old_root, "--root1")),
                                   LEDGER_TRY(parse_hash(o.root, "--root2")), LEDGER_TRY(parse_proof(o.proof)));
}

int answer(const App& app, const ledger::Result<bool>& good) {
  if (!good) return fail(app, good.error());
  if (app.json) std::cout << ledger::OrderedJson{{"good", *good}}.dump() << "\n";
  else std::cout << (*good ? app.t("证明成立", "the proof holds") : app.t("证明不成立", "the proof does not hold")) << "\n";
  return *good ? kGood : kDifferent;
}

}  // namespace

int run_merkle_inclusion(const App& app, const MerkleOptions& o) { return answer(app, check_inclusion(o)); }
int run_merkle_consistency(const App& app, const MerkleOptions& o) { return answer(app, check_consistency(o)); }

}  // namespace tools
