// pufa init, pufa key
#include <sys/stat.h>

#include <filesystem>
#include <iostream>

#include "ledger/text/encoding.h"
#include "tools/cli/folder.h"
#include "tools/cli/workspace.h"
#include "tools/commands/commands.h"

namespace tools {
namespace {

namespace fs = std::filesystem;
using ledger::OrderedJson;

constexpr char kDemoKeyWarning[] = "a production ledger refuses the demonstration's published keys";

// Keys of `pufa demo` are derived from a published seed; each is marked by its file's first line.
ledger::Result<ledger::LoadedKey> load_role_key(const std::string& path, const InitOptions& o, const ledger::Suite& suite) {
  auto text = read_file(path);
  if (text && o.purpose == "production" && text->find("pufa demonstration key") != std::string::npos)
    return ledger::refuse("demonstration-key", path + ": " + kDemoKeyWarning);
  auto key = LEDGER_TRY(load_key(path, o.passphrase_file));
  if (key.suite != &suite) return ledger::refuse("key-file", path + " is a key of the suite " + key.suite->name() + ", not " + suite.name());
  return key;
}

ledger::Result<std::string> create_vault_key(const std::string& operator_key) {
  const auto path = fs::absolute(fs::path(operator_key)).parent_path() / (fs::path(operator_key).stem().string() + ".vault");
  if (fs::exists(path)) return path.string();
  LEDGER_CHECK(write_file(path.string(), ledger::hex(ledger::system_random().bytes(32)) + "\n", 0600, true));
  return path.string();
}

bool is_division_code(const std::string& s) { return s.size() == 6 && s.find_first_not_of("0123456789") == std::string::npos; }

// Words that no key or folder is needed to judge.
ledger::Status check_words(const InitOptions& o) {
  if (ledger::find_suite(o.suite) == nullptr) return ledger::refuse("usage", "--suite is intl or gm");
  if (!is_division_code(o.district)) return ledger::refuse("usage", "--district is a division code of 6 digits, as 420114");
  if (o.purpose != "production" && o.purpose != "demonstration") return ledger::refuse("usage", "--purpose is production or demonstration");
  return {};
}

ledger::Result<std::string> init(const InitOptions& o, const std::optional<ledger::Checkpoint>& predecessor) {
  LEDGER_CHECK(check_words(o));
  const ledger::Suite* suite = ledger::find_suite(o.suite);
  LEDGER_CHECK(check_no_ledger(o.dir));
  auto at = LEDGER_TRY(parse_at(o.at));
  if (at && o.purpose == "production") return ledger::refuse("at-not-allowed", "only a demonstration ledger takes --at");
  auto op = LEDGER_TRY(load_role_key(o.operator_key, o, *suite));
  auto reg = LEDGER_TRY(load_role_key(o.registrar_key, o, *suite));
  auto audit = LEDGER_TRY(load_role_key(o.audit_key, o, *suite));
  ledger::GenesisSpec g{o.origin, o.district, o.district_name, o.purpose == "demonstration", op.key.get(),
                        reg.key->public_key().spki(), audit.key->public_key().spki(), reg.key->public_key().id(), audit.key->public_key().id(), predecessor};
  // Everything is checked on a store in memory first, so that a refusal leaves no folder behind.
  auto rehearsal = ledger::memory_store();
  LEDGER_CHECK(ledger::Ledger::create(*rehearsal, *suite, g, at.value_or(ledger::system_now()), ledger::system_random()));
  std::error_code ec;
  fs::create_directories(o.dir, ec);
  if (ec) return ledger::refuse("file-write", o.dir + " cannot be made: " + ec.message());
  auto store = LEDGER_TRY(ledger::open_store(o.dir, ledger::OpenMode::create));
  LEDGER_CHECK(ledger::Ledger::create(*store, *suite, g, at.value_or(ledger::system_now()), ledger::system_random()));
  LEDGER_CHECK(write_settings(o.dir, {fs::absolute(o.operator_key).string(), LEDGER_TRY(create_vault_key(o.operator_key))}));
  return ledger::NoteVerifier(o.origin, *suite, LEDGER_TRY(suite->parse_public(op.key->public_key().spki()))).vkey();
}

}  // namespace

ledger::Result<std::optional<ledger::Instant>> parse_at(const std::string& s) {
  if (s.empty()) return std::optional<ledger::Instant>();
  auto t = ledger::parse_instant(s);
  if (!t) return ledger::refuse("usage", "--at takes a moment as 2025-03-15T09:00:00+08:00");
  return std::optional<ledger::Instant>(*t);
}

int run_init(const App& app, const InitOptions& o, const std::optional<ledger::Checkpoint>& predecessor) {
  auto vkey = init(o, predecessor);
  if (!vkey) return fail(app, vkey.error());
  if (!app.json) {
    std::cout << app.t("账本已建立:", "ledger made: ") << o.dir << "\n" << succession(app, {.predecessor = predecessor})
              << app.t("校验公钥(vkey):", "verifier key (vkey): ") << *vkey << "\n";
    return kGood;
  }
  OrderedJson j{{"ledger", o.dir}, {"vkey", *vkey}};
  if (auto& p = predecessor) j["predecessor"] = {{"origin", p->origin}, {"size", p->size}, {"root", ledger::hex(p->root.view())}};
  std::cout << j.dump() << "\n";
  return kGood;
}

namespace {

int show_key(const App& app, const KeyOptions& o, ledger::LoadedKey loaded) {
  auto& key = loaded.key->public_key();
  OrderedJson j{{"keyId", ledger::hex(key.id().view())}, {"publicKey", ledger::base64(key.spki())}, {"suite", loaded.suite->name()}};
  if (!o.ledger.empty()) {
    auto reader = open_reader(o.ledger);
    if (!reader) return fail(app, reader.error());
    if (reader->genesis.suite != loaded.suite) return fail(app, {"key-file", "", "the key is of another suite than the ledger"});
    const ledger::Bytes message = "pufa/enrol/v1\n" + ledger::Bytes(reader->genesis.ledger_id.view()) + ledger::Bytes(key.id().view());
    j["possession"] = ledger::base64(loaded.key->sign(message));
  }
  if (app.json) {
    std::cout << j.dump() << "\n";
    return kGood;
  }
  for (auto& [name, value] : j.items()) std::cout << name << ": " << value.get<std::string>() << "\n";
  return kGood;
}

}  // namespace

int run_key_new(const App& app, const KeyOptions& o) {
  const ledger::Suite* suite = ledger::find_suite(o.suite);
  if (suite == nullptr) return fail(app, {"usage", "", "--suite is intl or gm"});
  std::error_code ec;
  if (fs::exists(o.file, ec)) return fail(app, {"file-write", "", o.file + " exists already: a key is never overwritten"});
  auto pass = passphrase(o.passphrase_file);
  if (!pass) return fail(app, pass.error());
  auto key = suite->generate();
  auto pem = key->pem(*pass);
  auto written = replace_file(o.file, pem, 0600);
  ledger::cleanse(pem);
  if (!written) return fail(app, written.error());
  return show_key(app, o, {suite, std::move(key)});
}

int run_key_show(const App& app, const KeyOptions& o) {
  auto loaded = load_key(o.file, o.passphrase_file);
  if (!loaded) return fail(app, loaded.error());
  return show_key(app, o, std::move(*loaded));
}

}  // namespace tools
