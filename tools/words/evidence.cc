// prove, check, verifier, receipt, index, export, mirror
#include "tools/check/check.h"
#include "tools/commands/commands.h"
#include "tools/commands/prove.h"
#include "tools/commands/public_log.h"
#include "tools/words/words.h"

namespace tools {
namespace {

void add_prove(CLI::App& top, Words& w) {
  auto o = std::make_shared<ProveOptions>();
  auto* c = command(top, w, "prove", "evidence that others check offline", "pufa prove L --event 019384e1-a280-70a5-81ac-c10cb4f83d1e --body -o record.evidence");
  c->add_option("dir", o->dir, "folder of the ledger")->required();
  c->add_option("--event", o->event, "of one record");
  c->add_option("--result", o->result, "of a published result: every record, so that the ranking can be computed anew");
  c->add_option("--unit", o->unit, "of a unit's file, with --year");
  c->add_option("--year", o->year, "1949 to 2199")->check(years());
  c->add_flag("--body", o->body, "with the content, for those who may see it");
  c->add_option("--open", o->open, "with this sealed field's value");
  c->add_flag("--tlog-proof", o->tlog_proof, "the bare C2SP proof of --event");
  c->add_option("-o,--output", o->output, "file to write")->required();
  c->callback([&w, o] { w.run = [o](const App& a) { return run_prove(a, *o); }; });
}

void add_check(CLI::App& top, Words& w) {
  auto o = std::make_shared<CheckOptions>();
  auto* c = command(top, w, "check", "check an evidence file, offline", "pufa check record.evidence --policy policy");
  c->add_option("file", o->file, "evidence file")->required();
  c->add_option("--policy", o->policy, "trust policy file")->required();
  c->add_option("--earlier", o->earlier, "evidence of the same record taken before: that it is still there, unchanged");
  c->callback([&w, o] { w.run = [o](const App& a) { return run_check(a, *o); }; });
}

void add_verifier(CLI::App& top, Words& w) {
  auto output = std::make_shared<std::string>();
  auto* c = command(top, w, "verifier", "the page that checks evidence in any browser, offline", "pufa verifier -o verifier.html");
  c->add_option("-o,--output", *output, "file to write")->required();
  c->callback([&w, output] { w.run = [output](const App& a) { return run_verifier(a, *output); }; });
}

void add_receipt(CLI::App& top, Words& w) {
  auto o = std::make_shared<ReceiptOptions>();
  auto* c = command(top, w, "receipt", "a complaint's receipt for its filer: a page, a text and the evidence", "pufa receipt L --complaint 019384e1-a280-70a5-81ac-c10cb4f83d1e --secret secret.txt -o receipt");
  c->add_option("dir", o->dir, "folder of the ledger")->required();
  c->add_option("--complaint", o->complaint, "the complaint's event id")->required();
  c->add_option("--secret", o->secret, "the filer's secret as submit printed it, or a file with it")->required();
  c->add_option("-o,--output", o->output, "name of the files, to which .txt, .html and .evidence are added")->required();
  c->callback([&w, o] { w.run = [o](const App& a) { return run_receipt(a, *o); }; });
}

void add_index(CLI::App& top, Words& w) {
  auto o = std::make_shared<IndexOptions>();
  auto* c = command(top, w, "index", "append an index over all records, so that evidence can cite it", "pufa index L");
  c->add_option("dir", o->dir, "folder of the ledger")->required();
  c->add_option("--operator-key", o->operator_key, "instead of the remembered one");
  c->add_option("--at", o->at, "admission time (demonstration only)");
  c->callback([&w, o] { w.run = [o](const App& a) { return run_index(a, *o); }; });
}

void add_export(CLI::App& top, Words& w) {
  auto o = std::make_shared<ExportOptions>();
  auto* c = command(top, w, "export", "the log as a static tree of C2SP tiles, for anyone to read", "pufa export L --tiles /srv/www/log");
  c->add_option("dir", o->dir, "folder of the ledger")->required();
  c->add_option("--tiles", o->tiles, "folder to publish in; the next run adds what is new")->required();
  c->add_flag("--whole", o->whole, "compare what was published before too, and mend what differs");
  c->callback([&w, o] { w.run = [o](const App& a) { return run_export(a, *o); }; });
}

void add_mirror(CLI::App& top, Words& w) {
  auto o = std::make_shared<MirrorOptions>();
  auto* c = command(top, w, "mirror", "follow a published log, check all that is new and keep a copy", "pufa mirror https://log.example/caidian /srv/mirror --policy policy");
  c->add_option("source", o->source, "folder or http(s) address of the log's files")->required();
  c->add_option("dir", o->dir, "folder of the copy; the next run adds what is new")->required();
  c->add_option("--policy", o->policy, "trust policy file")->required();
  c->add_flag("--whole", o->whole, "check what was copied before too, and mend what differs");
  c->callback([&w, o] { w.run = [o](const App& a) { return run_mirror(a, *o); }; });
}

}  // namespace

void add_evidence(CLI::App& top, Words& w) {
  for (auto* add : {add_prove, add_check, add_verifier, add_receipt, add_index, add_export, add_mirror}) add(top, w);
}

}  // namespace tools
