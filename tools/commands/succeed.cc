// pufa succeed: a ledger that goes on after one that was lost
#include "tools/cli/policy_file.h"
#include "tools/commands/commands.h"
#include "tools/import/checkpoints.h"

namespace tools {
namespace {

// Whose checkpoints are believed.
ledger::Result<ledger::Policy> trusted_logs(const SucceedOptions& o) {
  if (!o.policy.empty()) return read_policy(o.policy);
  ledger::Policy policy;
  policy.logs.push_back(LEDGER_TRY(ledger::NoteVerifier::parse(o.vkey)));
  return policy;
}

// The largest head in the file, each of its notes being signed by a trusted log.
ledger::Result<ledger::Checkpoint> last_head(const SucceedOptions& o) {
  if (o.policy.empty() == o.vkey.empty())
    return ledger::refuse("usage", "give --policy or --vkey: who signed the checkpoint that --after names");
  const auto policy = LEDGER_TRY(trusted_logs(o));
  const auto notes = LEDGER_TRY(read_checkpoint_files({o.after}));
  ledger::Checkpoint last;
  for (auto& note : notes) {
    auto trusted = ledger::check_note(policy, note);
    if (!trusted && trusted.error().code == "note-unverified")
      return ledger::refuse("checkpoint-unsigned", o.after + ": " + trusted.error().message);
    const auto& good = LEDGER_TRY(std::move(trusted));
    if (!good.quorum) return ledger::refuse("quorum-missing", o.after + ": the checkpoint lacks the policy's quorum " + policy.quorum);
    if (good.checkpoint.size >= last.size) last = good.checkpoint;
  }
  return last;
}

}  // namespace

int run_succeed(const App& app, const SucceedOptions& o) {
  auto head = last_head(o);
  if (!head) return fail(app, head.error());
  if (head->origin == o.init.origin)
    return fail(app, {"usage", "", "--origin must be a new name: under the old one everyone would take the successor for a fork"});
  return run_init(app, o.init, *head);
}

}  // namespace tools
