// One function a subcommand: options in, exit status out. pufa.cc reads the words of the command line.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/cli/app.h"

namespace tools {

struct InitOptions {
  std::string dir, origin, district, district_name, suite = "intl", purpose = "production";
  std::string operator_key, registrar_key, audit_key, passphrase_file, at;
};
// With a predecessor: a ledger that succeeds it.
int run_init(const App&, const InitOptions&, const std::optional<ledger::Checkpoint>& predecessor = std::nullopt);

struct SucceedOptions {
  InitOptions init;
  std::string after, policy, vkey;
};
int run_succeed(const App&, const SucceedOptions&);

struct BackupOptions {
  std::string dir, output;
};
int run_backup(const App&, const BackupOptions&);

struct RestoreOptions {
  std::string backup, dir;
  std::vector<std::string> checkpoints;
};
int run_restore(const App&, const RestoreOptions&);

struct RepairOptions {
  std::string dir, output, backup;
};
int run_repair(const App&, const RepairOptions&);

struct KeyOptions {
  std::string file, suite = "intl", passphrase_file, ledger;
};
int run_key_new(const App&, const KeyOptions&);
int run_key_show(const App&, const KeyOptions&);

int run_schema(const App&, const std::string& type);

int run_verifier(const App&, const std::string& output);

struct SubmitOptions {
  std::string dir, key, passphrase_file, operator_key, type, at, output, attachments;
  std::vector<std::string> files;
  bool dry_run = false, again = false, proofs = false;
};
int run_submit(const App&, const SubmitOptions&);

struct LogOptions {
  std::string dir, unit, type, since, as_of;
};
int run_log(const App&, const LogOptions&);

struct VerifyCommand {
  std::string dir, policy;
  std::vector<std::string> checkpoints;
};
int run_verify(const App&, const VerifyCommand&);

struct MerkleOptions {
  std::string suite = "intl", leaf, record, root, old_root;
  std::uint64_t index = 0, size = 0, old_size = 0;
  std::vector<std::string> proof;
};
int run_merkle_inclusion(const App&, const MerkleOptions&);
int run_merkle_consistency(const App&, const MerkleOptions&);

// An `--at` of the command line; empty: none.
ledger::Result<std::optional<ledger::Instant>> parse_at(const std::string&);

}  // namespace tools
