#include "tools/cli/workspace.h"

#include <cstdlib>
#include <filesystem>

#include "ledger/text/encoding.h"
#include "projections/rules/rules.h"
#include "tools/cli/folder.h"

namespace tools {

namespace {

// How many members it took: an absent path stays empty, and what is no string is left.
int take_path(const ledger::Json& settings, const char* name, std::string& out) {
  const auto it = settings.find(name);
  if (it == settings.end() || !it->is_string()) return 0;
  out = it->get<std::string>();
  return 1;
}

}  // namespace

ledger::Result<Settings> read_settings(const std::string& dir) {
  auto text = read_file(dir + "/settings.json");
  if (!text) return Settings{};
  auto j = ledger::parse_json(*text);
  Settings s;
  const auto paths = [&] { return take_path(*j, "operatorKey", s.operator_key) + take_path(*j, "vaultKey", s.vault_key); };
  if (!j || !j->is_object() || paths() != static_cast<int>(j->size()))
    return ledger::refuse("storage-damaged", dir + "/settings.json is damaged: it holds the paths operatorKey and vaultKey, as JSON");
  return s;
}

ledger::Status write_settings(const std::string& dir, const Settings& s) {
  ledger::OrderedJson j{{"operatorKey", s.operator_key}, {"vaultKey", s.vault_key}};
  return write_file(dir + "/settings.json", j.dump(2) + "\n");
}

namespace {

std::string operator_key_path(const WriterOptions& o, const Settings& s) {
  if (!o.operator_key.empty()) return o.operator_key;
  if (const char* v = std::getenv("PUFA_OPERATOR_KEY"); v != nullptr && *v != '\0') return v;
  return s.operator_key;
}

// A key file is made at the first sealed value, and never when it should be there.
ledger::Status check_slots_file(const std::string& path, const ledger::Store& store) {
  std::error_code ec;
  if (std::filesystem::exists(path, ec)) return {};
  for (auto shelf : {ledger::Shelf::vault, ledger::Shelf::attachments})
    if (LEDGER_TRY(store.last(shelf))) return ledger::refuse("vault-missing", path + " is missing, and sealed values have their keys there: put it back from a backup");
  return {};
}

ledger::Result<std::unique_ptr<ledger::Vault>> open_own_vault(const std::string& dir, const Settings& s, const ledger::Store& store,
                                                              const ledger::Suite& suite, ledger::Random& random) {
  if (s.vault_key.empty()) return std::unique_ptr<ledger::Vault>();
  LEDGER_CHECK(check_slots_file(dir + "/vault.keys", store));
  auto text = read_file(s.vault_key);
  if (!text) return ledger::refuse("vault-missing", "the vault's key file " + s.vault_key + " cannot be read");
  auto kek = ledger::unhex(text->substr(0, 64));
  ledger::cleanse(*text);
  if (!kek || kek->size() != 32) return ledger::refuse("vault-damaged", s.vault_key + " is no vault key: 64 hex digits");
  return ledger::open_vault(dir + "/vault.keys", suite, std::move(*kek), random);
}

}  // namespace

ledger::Result<std::unique_ptr<ledger::Ledger>> open_writer(const std::string& dir, const WriterOptions& o) {
  if (is_backup(dir)) return ledger::refuse("backup-not-writable", dir + " is a backup: nothing is appended to it; make a ledger of it with pufa restore");
  // The key first: without it nothing is opened for writing.
  auto reader = LEDGER_TRY(open_reader(dir));
  const ledger::Suite& suite = *reader.genesis.suite;
  reader.store.reset();
  auto settings = LEDGER_TRY(read_settings(dir));
  const std::string path = operator_key_path(o, settings);
  if (path.empty()) return ledger::refuse("operator-key-missing", "appending is the operator's: give --operator-key or set PUFA_OPERATOR_KEY");
  auto loaded = load_key(path, o.passphrase_file);
  if (!loaded) return ledger::refuse("operator-key-missing", "the operator's key is needed to append: " + loaded.error().message);
  if (loaded->suite != &suite) return ledger::refuse("operator-key-wrong", "the operator's key is of another suite");
  auto store = LEDGER_TRY(ledger::open_store(dir, ledger::OpenMode::write));
  ledger::LedgerOptions options;
  options.operator_key = std::move(loaded->key);
  options.rules = [](const ledger::Suite& s) { return std::make_unique<projections::ProcedureRules>(s); };
  options.random = o.random;
  options.proofs = o.proofs;
  options.vault = LEDGER_TRY(open_own_vault(dir, settings, *store, suite, *o.random));
  return ledger::Ledger::open(std::move(store), std::move(options));
}

ledger::Result<Reader> open_reader(const std::string& dir) {
  Reader r;
  r.store = LEDGER_TRY(ledger::open_store(dir, ledger::OpenMode::read));
  r.genesis = LEDGER_TRY(ledger::read_genesis(*r.store));
  return r;
}

ledger::Result<Salvaged> open_salvaged(const std::string& dir) {
  auto whole = ledger::open_store(dir, ledger::OpenMode::read);
  if (whole) return Salvaged{std::move(*whole), {}};
  if (whole.error().code != "storage-damaged") return tl::unexpected<ledger::Error>(whole.error());
  auto rest = ledger::open_store(dir, ledger::OpenMode::salvage);
  if (!rest) return tl::unexpected<ledger::Error>(whole.error());
  return Salvaged{std::move(*rest), whole.error()};
}

ledger::Result<std::unique_ptr<ledger::Vault>> open_vault_of(const std::string& dir, const Reader& reader) {
  return open_own_vault(dir, LEDGER_TRY(read_settings(dir)), *reader.store, *reader.genesis.suite, ledger::system_random());
}

std::string mark(const App& app, const ledger::Genesis& g) {
  if (!g.demonstration) return {};
  return app.t("【演示数据】", "[demonstration data] ") + std::string(g.district_name) + " " + g.origin + "\n";
}

std::string succession(const App& app, const ledger::Genesis& g) {
  if (!g.predecessor) return {};
  return app.t("前身账本 ", "succeeds ") + g.predecessor->origin + app.t(",记录 ", ", of ") + std::to_string(g.predecessor->size) +
         app.t(" 条,树根 ", " records with root ") + ledger::hex(g.predecessor->root.view()) + "\n";
}

}  // namespace tools
