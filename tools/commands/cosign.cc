// pufa cosign
#include <future>
#include <iostream>

#include "ledger/log/stored_tree.h"
#include "ledger/text/encoding.h"
#include "tools/cli/policy_file.h"
#include "tools/cli/workspace.h"
#include "tools/commands/witness.h"
#include "tools/witness/cosigning.h"

namespace tools {
namespace {

using ledger::OrderedJson;

using Answers = std::map<std::string, ledger::Result<ledger::Cosignature>>;   // by the policy's name of the witness

struct Cosigned {
  Answers answers;
  ledger::Trusted trusted;   // the checkpoint as it is stored now
  std::string mark;
};

// All at once, so that a dead one does not hold up the others.
Answers ask_all(Cosigning& cosigning, const ledger::Policy& policy, const std::map<std::string, std::uint64_t>& sizes) {
  std::map<std::string, std::future<ledger::Result<ledger::Cosignature>>> asked;
  for (auto& [name, witness] : policy.witnesses) {
    const auto url = policy.urls.find(name);
    if (url == policy.urls.end()) continue;
    const auto old = sizes.find(name);
    asked[name] = std::async(std::launch::async, [&, &w = witness, u = url->second, size = old == sizes.end() ? 0 : old->second] {
      return cosigning.ask(w, u, size);
    });
  }
  Answers answers;
  for (auto& [name, answer] : asked) answers.emplace(name, answer.get());
  return answers;
}

// The store is opened for writing only once the answers are there: nobody waits for a witness.
ledger::Result<ledger::Trusted> store(const std::string& dir, const ledger::Policy& policy, const ledger::CosignableCheckpoint& newest, const Answers& answers) {
  std::map<std::string, ledger::Cosignature> good;
  for (auto& [name, answer] : answers)
    if (answer) good.emplace(name, *answer);
  if (good.empty()) return newest.trusted;
  auto store = LEDGER_TRY(ledger::open_store(dir, ledger::OpenMode::write));
  return ledger::check_note(policy, LEDGER_TRY(ledger::store_cosignatures(*store, newest.trusted.checkpoint.size, policy, good)));
}

ledger::Result<Cosigned> cosign(const App& app, const CosignOptions& o, const ledger::Policy& policy) {
  auto reader = LEDGER_TRY(open_reader(o.dir));
  const auto newest = LEDGER_TRY(ledger::cosignable_checkpoint(*reader.store, policy));
  const auto& checkpoint = newest.trusted.checkpoint;
  const auto sizes = LEDGER_TRY(ledger::cosigned_sizes(*reader.store, policy));
  auto tree = LEDGER_TRY(ledger::stored_tree(*reader.store, *reader.genesis.suite, checkpoint.size));
  if (tree->root() != checkpoint.root)
    return ledger::refuse("checkpoint-mismatch", "the newest checkpoint does not fit the tree: stored records were changed; run pufa verify");
  Cosigning cosigning(newest.note, checkpoint, *tree, ask_witness, ledger::system_now);
  Cosigned out{ask_all(cosigning, policy, sizes), {}, mark(app, reader.genesis)};
  tree.reset(), reader.store.reset();
  out.trusted = LEDGER_TRY(store(o.dir, policy, newest, out.answers));
  return out;
}

std::string instant(std::uint64_t seconds) { return ledger::format_instant({static_cast<std::int64_t>(seconds) * 1000}); }

OrderedJson to_json(const Cosigned& c) {
  const auto& head = c.trusted.checkpoint;
  OrderedJson j{{"origin", head.origin}, {"size", head.size}, {"root", ledger::hex(head.root.view())}, {"witnesses", OrderedJson::array()}, {"failed", OrderedJson::array()}};
  for (auto& [name, time] : c.trusted.witnesses) j["witnesses"].push_back({{"name", name}, {"time", instant(time)}});
  for (auto& [name, answer] : c.answers)
    if (!answer) j["failed"].push_back({{"name", name}, {"code", answer.error().code}, {"message", answer.error().message}});
  j["quorum"] = c.trusted.quorum;
  return j;
}

void print(const App& app, const Cosigned& c) {
  std::cout << c.mark << app.t("检查点 ", "checkpoint ") << c.trusted.checkpoint.origin << app.t(",记录 ", ", records ") << c.trusted.checkpoint.size << "\n";
  for (auto& [name, time] : c.trusted.witnesses) std::cout << "✓ " << name << app.t(" 签署于 ", " cosigned at ") << instant(time) << "\n";
  for (auto& [name, answer] : c.answers)
    if (!answer) std::cout << "✗ " << name << ": " << answer.error().message << " [" << answer.error().code << "]\n";
  std::cout << (c.trusted.quorum ? app.t("达到信任策略要求的见证数\n", "the policy's quorum is met\n") : app.t("未达到信任策略要求的见证数\n", "the policy's quorum is not met\n"));
}

}  // namespace

int run_cosign(const App& app, const CosignOptions& o) {
  auto policy = read_policy(o.policy);
  if (!policy) return fail(app, policy.error());
  if (policy->urls.empty()) return fail(app, {"usage", "", "the policy names no witness with a URL: witness NAME VKEY URL"}, o.policy);
  auto cosigned = cosign(app, o, *policy);
  if (!cosigned) return fail(app, cosigned.error());
  if (app.json) std::cout << to_json(*cosigned).dump() << "\n";
  else print(app, *cosigned);
  return cosigned->trusted.quorum ? kGood : kDifferent;
}

}  // namespace tools
