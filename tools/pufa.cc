// The pufa command: words in, one function called. Each subcommand lives in tools/commands.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <iostream>
#include <set>

#include "tools/bench/bench.h"
#include "tools/commands/assess.h"
#include "tools/commands/commands.h"
#include "tools/commands/views.h"

namespace {

using tools::App;
using Run = std::function<int(const App&)>;

const CLI::Range kYears(1949, 2199);

// A number of a tree; CLI11's own reading lets one over 64 bits through.
CLI::Validator count() {
  return {[](std::string& word) {
            std::uint64_t n = 0;
            const auto [end, ec] = std::from_chars(word.data(), word.data() + word.size(), n);
            return ec == std::errc() && end == word.data() + word.size() ? std::string() : word + " is no whole number from 0 to 18446744073709551615";
          }, "COUNT"};
}

struct Words {
  App app;
  std::string lang;
  Run run;
};

// Adds a subcommand with the flags that all have.
CLI::App* command(CLI::App& parent, Words& w, const char* name, const char* about, const char* example) {
  auto* c = parent.add_subcommand(name, about);
  c->add_flag("--json", w.app.json, "JSON for programs");
  c->add_option("--lang", w.lang, "zh or en")->check(CLI::IsMember({"zh", "en"}));
  c->footer(std::string("Example:\n  ") + example);
  return c;
}

void add_init(CLI::App& top, Words& w) {
  auto o = std::make_shared<tools::InitOptions>();
  auto* c = command(top, w, "init", "make a ledger",
                    "pufa init L --origin pufa.example/caidian --district 420114 --district-name 蔡甸区 --operator-key op.pem --registrar-key reg.pem --audit-key audit.pem");
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
  c->callback([&w, o] { w.run = [o](const App& a) { return tools::run_init(a, *o); }; });
}

void add_key(CLI::App& top, Words& w) {
  auto* key = top.add_subcommand("key", "make and show keys")->require_subcommand(1);
  for (const bool fresh : {true, false}) {
    auto o = std::make_shared<tools::KeyOptions>();
    auto* c = command(*key, w, fresh ? "new" : "show", fresh ? "make a key file (PKCS#8 PEM)" : "a key's id and public key",
                      fresh ? "pufa key new unit.pem --suite gm" : "pufa key show unit.pem --ledger L --json");
    c->add_option("file", o->file, "key file")->required();
    c->add_option("--passphrase-file", o->passphrase_file, "encrypt, or open, with its first line");
    if (fresh) c->add_option("--suite", o->suite, "intl or gm");
    else c->add_option("--ledger", o->ledger, "also prove possession for this ledger");
    c->callback([&w, o, fresh] { w.run = [o, fresh](const App& a) { return fresh ? tools::run_key_new(a, *o) : tools::run_key_show(a, *o); }; });
  }
}

void add_schema(CLI::App& top, Words& w) {
  auto type = std::make_shared<std::string>();
  auto* c = command(top, w, "schema", "the event catalogue", "pufa schema ActivityHeld --lang zh");
  c->add_option("type", *type, "one type");
  c->callback([&w, type] { w.run = [type](const App& a) { return tools::run_schema(a, *type); }; });
}

void add_submit(CLI::App& top, Words& w) {
  auto o = std::make_shared<tools::SubmitOptions>();
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
  c->callback([&w, o] { w.run = [o](const App& a) { return tools::run_submit(a, *o); }; });
}

void add_log(CLI::App& top, Words& w) {
  auto o = std::make_shared<tools::LogOptions>();
  auto* c = command(top, w, "log", "the records", "pufa log L --unit 11420114TA0000016W --json");
  c->add_option("dir", o->dir, "folder of the ledger")->required();
  c->add_option("--unit", o->unit, "records that name this unit");
  c->add_option("--type", o->type, "records of this event type");
  c->add_option("--since", o->since, "business date");
  c->add_option("--as-of", o->as_of, "@position or instant");
  c->callback([&w, o] { w.run = [o](const App& a) { return tools::run_log(a, *o); }; });
}

void add_verify(CLI::App& top, Words& w) {
  auto o = std::make_shared<tools::VerifyCommand>();
  auto* c = command(top, w, "verify", "derive everything anew and list findings", "pufa verify L --checkpoint receipt.note");
  c->add_option("dir", o->dir, "folder of the ledger")->required();
  c->add_option("--policy", o->policy, "trust policy file");
  c->add_option("--checkpoint", o->checkpoints, "a checkpoint that must be of this history");
  c->callback([&w, o] { w.run = [o](const App& a) { return tools::run_verify(a, *o); }; });
}

void add_merkle(CLI::App& top, Words& w) {
  auto* merkle = top.add_subcommand("merkle", "check bare RFC 6962 proofs")->require_subcommand(1);
  auto o = std::make_shared<tools::MerkleOptions>();
  auto* inclusion = command(*merkle, w, "inclusion", "that a leaf is in a tree", "pufa merkle inclusion --leaf HEX --index 3 --size 7 --root HEX HEX HEX HEX");
  auto* consistency = command(*merkle, w, "consistency", "that a tree extends another", "pufa merkle consistency --old-size 3 --old-root HEX --size 7 --root HEX HEX HEX");
  for (auto* c : {inclusion, consistency}) {
    c->add_option("proof", o->proof, "hashes, in order");
    c->add_option("--suite", o->suite, "intl or gm");
    c->add_option("--size", o->size, "of the tree, in leaves")->required()->check(count());
    c->add_option("--root", o->root, "root hash of that tree")->required();
  }
  inclusion->add_option("--leaf", o->leaf, "leaf hash");
  inclusion->add_option("--record", o->record, "file of the record's bytes, instead of --leaf");
  inclusion->add_option("--index", o->index, "of the leaf, from 0")->required()->check(count());
  consistency->add_option("--old-size", o->old_size, "of the earlier tree")->required()->check(count());
  consistency->add_option("--old-root", o->old_root, "root hash of the earlier tree")->required();
  inclusion->callback([&w, o] { w.run = [o](const App& a) { return tools::run_merkle_inclusion(a, *o); }; });
  consistency->callback([&w, o] { w.run = [o](const App& a) { return tools::run_merkle_consistency(a, *o); }; });
}

void add_scheme(CLI::App& top, Words& w) {
  auto* scheme = top.add_subcommand("scheme", "assessment schemes (TOML)")->require_subcommand(1);
  auto year = std::make_shared<int>(0);
  auto* d = command(*scheme, w, "default", "the built-in scheme as a file", "pufa scheme default --year 2026 > scheme.toml");
  d->add_option("--year", *year, "1949 to 2199")->required()->check(kYears);
  d->callback([&w, year] { w.run = [year](const App& a) { return tools::run_scheme_default(a, *year); }; });
  for (const bool check : {true, false}) {
    auto file = std::make_shared<std::string>();
    auto* c = command(*scheme, w, check ? "check" : "explain", check ? "whether a file is a valid scheme" : "what a scheme measures",
                      check ? "pufa scheme check scheme.toml" : "pufa scheme explain scheme.toml");
    c->add_option("file", *file, "a scheme, TOML")->required();
    c->callback([&w, file, check] { w.run = [file, check](const App& a) { return check ? tools::run_scheme_check(a, *file) : tools::run_scheme_explain(a, *file); }; });
  }
}

void add_assessments(CLI::App& top, Words& w) {
  struct Verb {
    const char *name, *about, *example, *formats_text;
    std::set<std::string> formats;
    int (*run)(const App&, const tools::AssessOptions&);
  };
  for (const Verb& v : {Verb{"rank", "the ranking of a year", "pufa rank L --year 2025 --format csv", "text, json, csv or html", {"text", "json", "csv", "html"}, tools::run_rank},
                        Verb{"explain", "every point of a unit, with the events behind it", "pufa explain L --year 2025 --unit 11420114TA0000016W --indicator A5", "text or json", {"text", "json"}, tools::run_explain},
                        Verb{"notify", "the notification of the year's result", "pufa notify L --year 2025 --format html > notice.html", "text, json or html", {"text", "json", "html"}, tools::run_notify}}) {
    auto o = std::make_shared<tools::AssessOptions>();
    auto* c = command(top, w, v.name, v.about, v.example);
    c->add_option("dir", o->dir, "folder of the ledger")->required();
    c->add_option("--year", o->year, "1949 to 2199")->required()->check(kYears);
    c->add_option("--scheme", o->scheme, "a TOML file or a scheme event's id");
    c->add_option("--as-of", o->as_of, "@position or instant");
    c->add_option("--format", o->format, v.formats_text)->check(CLI::IsMember(v.formats));
    c->add_flag("--no-snapshots", o->no_snapshots, "fold the whole log anew");
    if (std::string(v.name) == "explain") {
      c->add_option("--unit", o->unit, "the unit's code")->required();
      c->add_option("--indicator", o->indicator, "only this one, as A5");
    }
    c->callback([&w, o, run = v.run] { w.app.json |= o->format == "json"; w.run = [o, run](const App& a) { return run(a, *o); }; });
  }
}

void add_publish(CLI::App& top, Words& w) {
  auto o = std::make_shared<tools::PublishOptions>();
  auto* c = command(top, w, "publish", "append the year's result", "pufa publish L --key office.pem --year 2025 --stage preliminary");
  c->add_option("dir", o->dir, "folder of the ledger")->required();
  c->add_option("--key", o->key, "the office's key")->required();
  c->add_option("--passphrase-file", o->passphrase_file, "its first line opens the key; else PUFA_PASSPHRASE");
  c->add_option("--operator-key", o->operator_key, "instead of the remembered one");
  c->add_option("--year", o->year, "1949 to 2199")->required()->check(kYears);
  c->add_option("--stage", o->stage, "preliminary, final or superseding")->check(CLI::IsMember({"preliminary", "final", "superseding"}));
  c->add_option("--on", o->on, "business date");
  c->add_option("--at", o->at, "admission time (demonstration only)");
  c->callback([&w, o] { w.run = [o](const App& a) { return tools::run_publish(a, *o); }; });
}

void add_replay(CLI::App& top, Words& w) {
  auto o = std::make_shared<tools::ReplayOptions>();
  auto* c = command(top, w, "replay", "recompute a published result: same, or the first difference", "pufa replay L --result ID --without EVENT");
  c->add_option("dir", o->dir, "folder of the ledger")->required();
  c->add_option("--result", o->result, "id of the ResultPublished event")->required();
  c->add_option("--without", o->without, "leave an event out");
  c->add_option("--with", o->with_file, "add a file of drafts");
  c->add_option("--scheme", o->scheme, "under another scheme");
  c->add_option("--format", o->format, "text or json")->check(CLI::IsMember({"text", "json"}));
  c->callback([&w, o] { w.app.json |= o->format == "json"; w.run = [o](const App& a) { return tools::run_replay(a, *o); }; });
}

void add_demo(CLI::App& top, Words& w) {
  auto o = std::make_shared<tools::DemoOptions>();
  auto* c = command(top, w, "demo", "a whole demonstration district, the year 2025", "pufa demo D && pufa rank D --year 2025");
  c->add_option("dir", o->dir, "a new folder")->required();
  c->add_option("--suite", o->suite, "intl or gm");
  c->add_option("--drafts", o->drafts, "also write every submission's drafts here");
  c->callback([&w, o] { w.run = [o](const App& a) { return tools::run_demo(a, *o); }; });
}

void add_view(CLI::App& top, Words& w, const char* name, const char* about, const char* example) {
  auto o = std::make_shared<tools::ViewOptions>();
  auto* c = command(top, w, name, about, example);
  c->add_option("dir", o->dir, "folder of the ledger")->required();
  c->add_option("--as-of", o->as_of, "@position or instant");
  c->add_option("--unit", o->unit, "only this unit's rows, by its code");
  c->add_option("--year", o->year, "1949 to 2199")->check(kYears);
  c->add_option("--format", o->format, "text, json or csv")->check(CLI::IsMember({"text", "json", "csv"}));
  c->callback([&w, o, name] { w.app.json |= o->format == "json"; w.run = [o, name](const App& a) { return tools::run_view(a, name, *o); }; });
}

void add_views(CLI::App& top, Words& w) {
  add_view(top, w, "units", "the units and their officers", "pufa units L");
  add_view(top, w, "duties", "lists, plans and reports: filed, decided, overdue; the lists' items", "pufa duties L --year 2025 --unit 11420114TA0000016W");
  add_view(top, w, "activities", "the units' records of publicity work, with totals", "pufa activities L --year 2025 --format csv > activities.csv");
  add_view(top, w, "complaints", "complaints, with their state and answers", "pufa complaints L --year 2025");
  add_view(top, w, "rectifications", "orders to rectify, with their state and due dates", "pufa rectifications L --unit 11420114TA0000016W");
  add_view(top, w, "supervision", "inspections, surveys, evaluations, honours", "pufa supervision L --year 2025 --json");
  add_view(top, w, "deadlines", "what is still owed, by whom and by which day", "pufa deadlines L --as-of @200");
}

void add_bench(CLI::App& top, Words& w) {
  auto o = std::make_shared<tools::BenchOptions>();
  auto* c = command(top, w, "bench", "figures, each with a floor measured in the same run", "pufa bench --quick");
  c->add_flag("--quick", o->quick, "smaller, within a minute");
  c->add_option("--row", o->row, "only this figure, 1 to 7")->check(CLI::Range(1, 7));
  c->add_flag("--keep", o->keep, "leave the scratch ledgers there");
  c->add_option("--dir", o->dir, "where the scratch ledgers lie");
  c->add_option("--suite", o->suite, "intl or gm");
  c->callback([&w, o] { w.run = [o](const App& a) { return tools::run_bench(a, *o); }; });
}

// A value that was given but is empty is a slip (an unset variable of a script), never "none".
void refuse_empty_words(const CLI::App& app) {
  for (auto* option : app.get_options())
    for (auto& word : option->results())
      if (word.empty()) throw CLI::ValidationError(option->get_name(), "is empty");
  for (auto* sub : app.get_subcommands()) refuse_empty_words(*sub);
}

// What was printed must have arrived: a full disk or a closed pipe must not look like success.
int flushed(const App& app, int status) {
  std::cout.flush();
  if (std::cout.good()) return status;
  App text = app;
  text.json = false;   // standard output takes no more
  return tools::fail(text, {"file-write", "", "the output could not be written: the disk is full or the pipe is closed"});
}

const auto kAll = [](const CLI::App*) { return true; };

// The first word that stands where a command must and names none; empty: there is no such word.
std::string unknown_command(const CLI::App& top, const std::vector<std::string>& words) {
  const CLI::App* at = &top;
  for (auto& word : words) {
    const auto subs = at->get_subcommands(kAll);
    if (subs.empty() || word.empty() || word[0] == '-') return {};
    const auto found = std::find_if(subs.begin(), subs.end(), [&](auto* s) { return s->check_name(word); });
    if (found == subs.end()) return word;
    at = *found;
  }
  return {};
}

// Words that could not be read whole still say how failures are wanted.
void take_manner(Words& w, const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    w.app.json |= words[i] == "--json";
    if (words[i] == "--lang" && i + 1 < words.size()) w.lang = words[i + 1];
    if (words[i].rfind("--lang=", 0) == 0) w.lang = words[i].substr(7);
  }
  w.app.zh = tools::wants_chinese(w.lang);
}

int refuse_words(const CLI::App& top, const CLI::ParseError& e, Words& w, const std::vector<std::string>& words) {
  take_manner(w, words);
  const auto unknown = unknown_command(top, words);
  const auto what = unknown.empty() ? std::string(e.what()) : "there is no command " + unknown;
  return tools::fail(w.app, {"usage", "", what + "; see pufa --help"});
}

void add_commands(CLI::App& top, Words& w) {
  for (auto* add : {add_init, add_key, add_schema, add_submit, add_log, add_verify, add_merkle, add_scheme, add_assessments, add_publish, add_replay,
                    add_demo, add_bench, add_views})
    add(top, w);
}

int run(Words& w) {
  w.app.zh = tools::wants_chinese(w.lang);
  w.app.color = ::isatty(STDOUT_FILENO) != 0;
  w.app.progress = ::isatty(STDERR_FILENO) != 0;
  try {
    return flushed(w.app, w.run(w.app));
  } catch (const std::exception& e) {
    return tools::fail(w.app, {"storage", "", std::string("the command failed: ") + e.what()});
  }
}

}  // namespace

int main(int argc, char** argv) {
  Words w;
  CLI::App top{"Pufa Ledger (普法账本): the audit ledger of a district's law-publicity duty system"};
  top.require_subcommand(1);
  top.set_version_flag("--version", "pufa " PUFA_VERSION);
  add_commands(top, w);
  try {
    top.parse(argc, argv);
    refuse_empty_words(top);
  } catch (const CLI::ParseError& e) {
    if (e.get_exit_code() == 0) return top.exit(e, std::cout, std::cerr);
    return refuse_words(top, e, w, {argv + 1, argv + argc});
  }
  return run(w);
}
