// A ledger's folder as the command sees it: the store, its settings, its vault.
//
//   DIR/db             the store             DIR/vault.keys     key slots of sealed values
//   DIR/settings.json  {"operatorKey":PATH,"vaultKey":PATH}: paths, never copies
//   DIR/outbox         submissions written before they are sent
//   DIR/snapshots      rankings of earlier runs (snapshots.h)
#pragma once

#include "tools/cli/app.h"

namespace tools {

struct Settings {
  std::string operator_key, vault_key;
};
ledger::Result<Settings> read_settings(const std::string& dir);
ledger::Status write_settings(const std::string& dir, const Settings&);

struct WriterOptions {
  std::string operator_key;        // overrides the remembered path
  std::string passphrase_file;
  bool proofs = false;
  ledger::Random* random = &ledger::system_random();
};
ledger::Result<std::unique_ptr<ledger::Ledger>> open_writer(const std::string& dir, const WriterOptions&);

struct Reader {
  std::unique_ptr<ledger::Store> store;
  ledger::Genesis genesis;
};
ledger::Result<Reader> open_reader(const std::string& dir);

// A ledger's store as far as it can be read, and what keeps it from being opened as a whole one is.
struct Salvaged {
  std::unique_ptr<ledger::Store> store;
  std::optional<ledger::Error> damage;
};
ledger::Result<Salvaged> open_salvaged(const std::string& dir);

// The vault with its key, as the settings name it; none is there: nullptr. `vault-missing`, `vault-damaged`.
ledger::Result<std::unique_ptr<ledger::Vault>> open_vault_of(const std::string& dir, const Reader&);

// The line that marks every human output of a demonstration ledger; empty in production.
std::string mark(const App&, const ledger::Genesis&);
// The line that says which ledger this one succeeds, at which head; empty for a first one.
std::string succession(const App&, const ledger::Genesis&);

}  // namespace tools
