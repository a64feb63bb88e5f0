// init, key, schema, submit, log, verify, merkle
#include <charconv>

#include "tools/commands/commands.h"
#include "tools/words/words.h"

namespace tools {
namespace {

// A number of a tree; CLI11's own reading lets one over 64 bits through.
CLI::Validator count() {
  return {[](std::string& word) {
            std::uint64_t n = 0;
            const auto [end, ec] = std::from_chars(word.data(), word.data() + word.size(), n);
            return ec == std::errc() && end == word.data() + word.size() ? std::string() : word + " is no whole number from 0 to 18446744073709551615";
          }, "COUNT"};
}

void add_init(CLI::App& top, Words& w) {
  auto o = std::make_shared<InitOptions>();
  auto* c = command(top, w, "init", "make a ledger",
                    "pufa init L --origin pufa.example/caidian --district 420114 --district-name 蔡甸区 --operator-key op.pem --registrar-key reg.pem --audit-key audit.pem");
  add_founding(c, o.get());
  c->callback([&w, o] { w.run = [o](const App& a) { return run_init(a, *o); }; });
}

void add_key(CLI::App& top, Words& w) {
  auto* key = top.add_subcommand("key", "make and show keys")->require_subcommand(1);
  for (const bool fresh : {true, false}) {
    auto o = std::make_shared<KeyOptions>();
    auto* c = command(*key, w, fresh ? "new" : "show", fresh ? "make a key file (PKCS#8 PEM)" : "a key's id and public key",
                      fresh ? "pufa key new unit.pem --suite gm" : "pufa key show unit.pem --ledger L --json");
    c->add_option("file", o->file, "key file")->required();
    c->add_option("--passphrase-file", o->passphrase_file, "encrypt, or open, with its first line");
    if (fresh) c->add_option("--suite", o->suite, "intl or gm");
    else c->add_option("--ledger", o->ledger, "also prove possession for this ledger");
    c->callback([&w, o, fresh] { w.run = [o, fresh](const App& a) { return fresh ? run_key_new(a, *o) : run_key_show(a, *o); }; });
  }
}

void add_schema(CLI::App& top, Words& w) {
  auto type = std::make_shared<std::string>();
  auto* c = command(top, w, "schema", "the event catalogue", "pufa schema ActivityHeld --lang zh");
  c->add_option("type", *type, "one type");
  c->callback([&w, type] { w.run = [type](const App& a) { return run_schema(a, *type); }; });
}

void add_submit(CLI::App& top, Words& w) {
  auto o = std::make_shared<SubmitOptions>();
  auto* c = command(top, w, "submit", "sign drafts and hand them in", "pufa submit L --key unit.pem march.jsonl");
  c->add_option("dir", o->dir, "folder of the ledger")->required();
  c->add_option("files", o->files, ".jsonl, .csv or .submission; - or none: standard input");
  c->add_option("--key", o->key, "signing key; with --at name also a folder of keys: each file has its own");
  c->add_option("--passphrase-file", o->passphrase_file, "its first line opens the key; else PUFA_PASSPHRASE");
  c->add_option("--operator-key", o->operator_key, "instead of the remembered one");
  c->add_option("--type", o->type, "type of all rows of a CSV file");
  c->add_option("--at", o->at, "admission time (demonstration only); name: of each file, named NUMBER-KEY@TIME.jsonl, as demo --drafts does");
  c->add_option("-o,--output", o->output, "file of --dry-run");
  c->add_option("--attachments", o->attachments, "folder of the attachments' files");
  c->add_flag("--dry-run", o->dry_run, "sign without sending");
  c->add_flag("--again", o->again, "a new submission even if this file was sent before");
  c->add_flag("--proofs", o->proofs, "inclusion proofs in the receipt");
  c->callback([&w, o] { w.run = [o](const App& a) { return run_submit(a, *o); }; });
}

void add_log(CLI::App& top, Words& w) {
  auto o = std::make_shared<LogOptions>();
  auto* c = command(top, w, "log", "the records", "pufa log L --unit 11420114TA0000016W --json");
  c->add_option("dir", o->dir, "folder of the ledger")->required();
  c->add_option("--unit", o->unit, "records that name this unit");
  c->add_option("--type", o->type, "records of this event type");
  c->add_option("--since", o->since, "business date");
  c->add_option("--as-of", o->as_of, "@position or instant");
  c->callback([&w, o] { w.run = [o](const App& a) { return run_log(a, *o); }; });
}

void add_verify(CLI::App& top, Words& w) {
  auto o = std::make_shared<VerifyCommand>();
  auto* c = command(top, w, "verify", "derive everything anew and list findings", "pufa verify L --checkpoint receipt.note");
  c->add_option("dir", o->dir, "folder of the ledger")->required();
  c->add_option("--policy", o->policy, "trust policy file");
  c->add_option("--checkpoint", o->checkpoints, "a checkpoint that must be of this history");
  c->callback([&w, o] { w.run = [o](const App& a) { return run_verify(a, *o); }; });
}

void add_merkle(CLI::App& top, Words& w) {
  auto* merkle = top.add_subcommand("merkle", "check bare RFC 6962 proofs")->require_subcommand(1);
  auto o = std::make_shared<MerkleOptions>();
  auto* inclusion = command(*merkle, w, "inclusion", "that a leaf is in a tree", "pufa merkle inclusion --index 3 --size 7 --leaf-hash HEX --root HEX --proof HEX HEX HEX");
  auto* consistency = command(*merkle, w, "consistency", "that a tree extends another", "pufa merkle consistency --size1 3 --size2 7 --root1 HEX --root2 HEX --proof HEX HEX HEX HEX");
  for (auto* c : {inclusion, consistency}) {
    c->add_option("--proof,proof", o->proof, "hashes, in order, in hex or base64");
    c->add_option("--suite", o->suite, "intl or gm");
  }
  inclusion->add_option("--index", o->index, "of the leaf, from 0")->required()->check(count());
  inclusion->add_option("--size", o->size, "of the tree, in leaves")->required()->check(count());
  inclusion->add_option("--leaf-hash,--leaf", o->leaf, "leaf hash");
  inclusion->add_option("--record", o->record, "file of the record's bytes, instead of --leaf-hash");
  inclusion->add_option("--root", o->root, "root hash of the tree")->required();
  consistency->add_option("--size1,--old-size", o->old_size, "of the earlier tree, in leaves")->required()->check(count());
  consistency->add_option("--size2,--size", o->size, "of the later tree")->required()->check(count());
  consistency->add_option("--root1,--old-root", o->old_root, "root hash of the earlier tree")->required();
  consistency->add_option("--root2,--root", o->root, "root hash of the later tree")->required();
  inclusion->callback([&w, o] { w.run = [o](const App& a) { return run_merkle_inclusion(a, *o); }; });
  consistency->callback([&w, o] { w.run = [o](const App& a) { return run_merkle_consistency(a, *o); }; });
}

}  // namespace

void add_founding(CLI::App* c, InitOptions* o) {
  c->add_option("dir", o->dir, "folder of the ledger")->required();
  c->add_option("--origin", o->origin, "the log's name: a note key name")->required();
  c->add_option("--district", o->district, "division code, 6 digits")->required();
  c->add_option("--district-name", o->district_name, "its name")->required();
  c->add_option("--suite", o->suite, "intl or gm");
  c->add_option("--purpose", o->purpose, "production or demonstration");
  c->add_option("--operator-key", o->operator_key, "key file of the log's operator")->required();
  c->add_option("--registrar-key", o->registrar_key, "key file of the registrar")->required();
  c->add_option("--audit-key", o->audit_key, "key file of the audit administrator")->required();
  c->add_option("--passphrase-file", o->passphrase_file, "its first line opens the key; else PUFA_PASSPHRASE");
  c->add_option("--at", o->at, "admission time (demonstration only)");
}

void add_ledger(CLI::App& top, Words& w) {
  for (auto* add : {add_init, add_key, add_schema, add_submit, add_log, add_verify, add_merkle}) add(top, w);
}

}  // namespace tools
