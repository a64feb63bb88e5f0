// scheme, rank, explain, notify, publish, replay, diff, dossier
#include <set>

#include "tools/commands/assess.h"
#include "tools/commands/dossier.h"
#include "tools/words/words.h"

namespace tools {
namespace {

void add_scheme(CLI::App& top, Words& w) {
  auto* scheme = top.add_subcommand("scheme", "assessment schemes (TOML)")->require_subcommand(1);
  auto year = std::make_shared<int>(0);
  auto* d = command(*scheme, w, "default", "the built-in scheme as a file", "pufa scheme default --year 2026 > scheme.toml");
  d->add_option("--year", *year, "1949 to 2199")->required()->check(years());
  d->callback([&w, year] { w.run = [year](const App& a) { return run_scheme_default(a, *year); }; });
  for (const bool check : {true, false}) {
    auto file = std::make_shared<std::string>();
    auto* c = command(*scheme, w, check ? "check" : "explain", check ? "whether a file is a valid scheme" : "what a scheme measures",
                      check ? "pufa scheme check scheme.toml" : "pufa scheme explain scheme.toml");
    c->add_option("file", *file, "a scheme, TOML")->required();
    c->callback([&w, file, check] { w.run = [file, check](const App& a) { return check ? run_scheme_check(a, *file) : run_scheme_explain(a, *file); }; });
  }
}

void add_assessments(CLI::App& top, Words& w) {
  struct Verb {
    const char *name, *about, *example, *formats_text;
    std::set<std::string> formats;
    int (*run)(const App&, const AssessOptions&);
  };
  for (const Verb& v : {Verb{"rank", "the ranking of a year", "pufa rank L --year 2025 --format csv", "text, json, csv or html", {"text", "json", "csv", "html"}, run_rank},
                        Verb{"explain", "every point of a unit, with the events behind it", "pufa explain L --year 2025 --unit 11420114TA0000016W --indicator A5", "text or json", {"text", "json"}, run_explain},
                        Verb{"notify", "the notification of the year's result", "pufa notify L --year 2025 --format html > notice.html", "text, json or html", {"text", "json", "html"}, run_notify}}) {
    auto o = std::make_shared<AssessOptions>();
    auto* c = command(top, w, v.name, v.about, v.example);
    c->add_option("dir", o->dir, "folder of the ledger")->required();
    c->add_option("--year", o->year, "1949 to 2199")->required()->check(years());
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
  auto o = std::make_shared<PublishOptions>();
  auto* c = command(top, w, "publish", "append the year's result", "pufa publish L --key office.pem --year 2025 --stage preliminary");
  c->add_option("dir", o->dir, "folder of the ledger")->required();
  c->add_option("--key", o->key, "the office's key")->required();
  c->add_option("--passphrase-file", o->passphrase_file, "its first line opens the key; else PUFA_PASSPHRASE");
  c->add_option("--operator-key", o->operator_key, "instead of the remembered one");
  c->add_option("--year", o->year, "1949 to 2199")->required()->check(years());
  c->add_option("--stage", o->stage, "preliminary, final or superseding")->check(CLI::IsMember({"preliminary", "final", "superseding"}));
  c->add_option("--on", o->on, "business date");
  c->add_option("--at", o->at, "admission time (demonstration only)");
  c->callback([&w, o] { w.run = [o](const App& a) { return run_publish(a, *o); }; });
}

void add_replay(CLI::App& top, Words& w) {
  auto o = std::make_shared<ReplayOptions>();
  auto* c = command(top, w, "replay", "recompute a published result: same, or what differs and why", "pufa replay L --result ID --without EVENT");
  c->add_option("dir", o->dir, "folder of the ledger")->required();
  c->add_option("--result", o->result, "id of the ResultPublished event")->required();
  c->add_option("--without", o->without, "leave an event out");
  c->add_option("--with", o->with_file, "add a file of drafts");
  c->add_option("--scheme", o->scheme, "under another scheme");
  c->add_option("--as-of", o->as_of, "at another head: @position or instant");
  c->add_option("--format", o->format, "text or json")->check(CLI::IsMember({"text", "json"}));
  c->callback([&w, o] { w.app.json |= o->format == "json"; w.run = [o](const App& a) { return run_replay(a, *o); }; });
}

void add_diff(CLI::App& top, Words& w) {
  auto o = std::make_shared<DiffOptions>();
  auto* c = command(top, w, "diff", "what changed between two published results, and the events behind it", "pufa diff L PRELIMINARY FINAL");
  c->add_option("dir", o->dir, "folder of the ledger")->required();
  c->add_option("before", o->before, "id of a ResultPublished event")->required();
  c->add_option("after", o->after, "id of another of the same year")->required();
  c->add_option("--format", o->format, "text or json")->check(CLI::IsMember({"text", "json"}));
  c->callback([&w, o] { w.app.json |= o->format == "json"; w.run = [o](const App& a) { return run_diff(a, *o); }; });
}

void add_dossier(CLI::App& top, Words& w) {
  auto o = std::make_shared<DossierOptions>();
  auto* c = command(top, w, "dossier", "a unit's dispute for people, with evidence: OUT.html, OUT.txt, OUT.evidence", "pufa dossier L --unit 11420114TA0000016W --year 2025 -o OUT");
  c->add_option("dir", o->dir, "folder of the ledger")->required();
  c->add_option("--unit", o->unit, "the unit's code")->required();
  c->add_option("--year", o->year, "1949 to 2199")->required()->check(years());
  c->add_option("--objection", o->objection, "only this one of the unit's objections");
  c->add_option("--without", o->without, "an event in dispute: what the points were without it");
  c->add_option("-o,--output", o->output, "name of the files, without their endings")->required();
  c->add_flag("--open", o->open, "with the sealed grounds and reasons, for those who may see them; needs the vault's key");
  // Chinese unless English is asked for by name: the dossier goes to others, whatever the locale here.
  c->callback([&w, o] { o->zh = w.lang != "en"; w.run = [o](const App& a) { return run_dossier(a, *o); }; });
}

}  // namespace

void add_assess(CLI::App& top, Words& w) {
  for (auto* add : {add_scheme, add_assessments, add_publish, add_replay, add_diff, add_dossier}) add(top, w);
}

}  // namespace tools
