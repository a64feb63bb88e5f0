#include "tools/commands/prove.h"

#include <filesystem>
#include <iostream>

#include "ledger/log/prove.h"
#include "ledger/schema/catalogue.h"
#include "ledger/text/encoding.h"
#include "projections/assessment_evidence.h"
#include "tools/cli/output.h"
#include "tools/cli/workspace.h"
#include "tools/commands/commands.h"
#include "tools/receipt/receipt.h"

namespace tools {
namespace {

using ledger::OrderedJson;
using Sink = ledger::EvidenceWriter::Sink;

ledger::Result<std::uint64_t> position_of(const Reader& reader, const std::string& event) {
  auto id = id_of(event);
  if (!id) return ledger::refuse("usage", "an event's id is needed, not " + event);
  return ledger::Prover::position_of(*reader.store, *id);
}

// One kind of evidence, and only options that mean something for it.
ledger::Status check_words(const ProveOptions& o) {
  if (o.event.empty() + o.unit.empty() + o.result.empty() != 2) return ledger::refuse("usage", "give one of --event, --result, --unit");
  if (o.unit.empty() != (o.year == 0)) return ledger::refuse("usage", "--unit and --year go together");
  if (o.tlog_proof && (o.event.empty() || o.body || !o.open.empty())) return ledger::refuse("usage", "--tlog-proof goes with --event alone: it shows no body");
  if (!o.open.empty() && o.event.empty()) return ledger::refuse("usage", "--open goes with --event");
  return {};
}

ledger::Result<Proved> prove_event(const Reader& reader, const ProveOptions& o, const Sink& sink) {
  const auto position = LEDGER_TRY(position_of(reader, o.event));
  auto prover = LEDGER_TRY(ledger::Prover::open(*reader.store, position));
  if (o.tlog_proof) {
    sink(ledger::format_tlog_proof(LEDGER_TRY(prover->tlog_proof(position))));
  } else {
    std::unique_ptr<ledger::Vault> vault;
    if (!o.open.empty()) vault = LEDGER_TRY(open_vault_of(o.dir, reader));
    if (!o.open.empty() && !vault) return ledger::refuse("vault-missing", "the ledger's vault key is needed to open sealed values");
    LEDGER_CHECK(prover->record(position, {o.body || !o.open.empty(), o.open, vault.get()}, sink));
  }
  return Proved{o.tlog_proof ? "tlog-proof" : "record", prover->checkpoint()};
}

ledger::Result<Proved> prove_unit(const Reader& reader, const ProveOptions& o, const Sink& sink) {
  auto prover = LEDGER_TRY(ledger::Prover::open(*reader.store, 0));
  LEDGER_CHECK(prover->unit(o.unit, o.year, o.body, sink));
  return Proved{"unit", prover->checkpoint()};
}

ledger::Result<Proved> prove_result(const Reader& reader, const ProveOptions& o, const Sink& sink) {
  const auto position = LEDGER_TRY(position_of(reader, o.result));
  auto prover = LEDGER_TRY(ledger::Prover::open(*reader.store, position));
  LEDGER_CHECK(prover->assessment(position, projections::is_shown, sink));
  return Proved{"assessment", prover->checkpoint()};
}

}  // namespace

ledger::Result<Proved> prove(const Reader& reader, const ProveOptions& o, const Sink& sink) {
  LEDGER_CHECK(check_words(o));
  if (!o.result.empty()) return prove_result(reader, o, sink);
  return o.unit.empty() ? prove_event(reader, o, sink) : prove_unit(reader, o, sink);
}

namespace {

// Sealed values are for nobody else on this machine.
ledger::Result<Proved> prove_to_file(const Reader& reader, const ProveOptions& o, std::uint64_t& bytes) {
  LEDGER_CHECK(check_words(o));
  auto out = LEDGER_TRY(OutputFile::open(o.output, o.open.empty() ? 0644 : 0600));
  auto proved = LEDGER_TRY(prove(reader, o, [&](ledger::BytesView b) { out.write(b); }));
  LEDGER_CHECK(out.close());
  LEDGER_CHECK(out.place());
  bytes = out.size();
  return proved;
}

}  // namespace

int run_prove(const App& app, const ProveOptions& o) {
  auto reader = open_reader(o.dir);
  if (!reader) return fail(app, reader.error());
  std::uint64_t bytes = 0;
  auto proved = prove_to_file(*reader, o, bytes);
  if (!proved) return fail(app, proved.error());
  if (app.json) {
    std::cout << OrderedJson{{"kind", proved->kind}, {"file", o.output}, {"bytes", bytes}, {"checkpoint", proved->checkpoint}}.dump() << "\n";
    return kGood;
  }
  std::cout << mark(app, reader->genesis) << o.output << ": " << bytes << app.t(" 字节\n", " bytes\n") << proved->checkpoint;
  return kGood;
}

namespace {

// 64 hex digits, given or in a file. What may be a secret with a slip in it is never repeated.
ledger::Result<ledger::Bytes> read_secret(std::string word) {
  if (auto text = read_file(word)) word = text->substr(0, text->find_last_not_of(" \r\n") + 1);
  for (auto& c : word)
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
  auto secret = ledger::unhex(word);
  if (!secret || secret->size() != 32) return ledger::refuse("usage", "--secret takes the filer's secret, 64 hex digits, or a file that holds it");
  return std::move(*secret);
}

// The sealed fields of a complaint: the filer's own words.
std::vector<std::string> sealed_fields(const ledger::Body& body) {
  std::vector<std::string> out;
  for (auto& f : ledger::type_of(ledger::EventType::ComplaintFiled).fields)
    if (f.kind == ledger::Kind::sealed && !body.payload().is_absent(f.offset)) out.push_back(f.name);
  return out;
}

ledger::Result<ReceiptPage> make_receipt(const App& app, const Reader& reader, const ReceiptOptions& o) {
  const auto position = LEDGER_TRY(position_of(reader, o.complaint));
  const auto secret = LEDGER_TRY(read_secret(o.secret));
  const auto complaint = LEDGER_TRY(ledger::load(*reader.store, position));
  if (complaint.header.type != ledger::EventType::ComplaintFiled) return ledger::refuse("not-a-complaint", "this record is no complaint");
  auto vault = LEDGER_TRY(open_vault_of(o.dir, reader));
  if (!vault) return ledger::refuse("vault-missing", "the ledger's vault key is needed to show the complaint's own text");
  auto prover = LEDGER_TRY(ledger::Prover::open(*reader.store, position));
  ledger::Bytes evidence;
  LEDGER_CHECK(prover->receipt(position, secret, {true, sealed_fields(complaint.body), vault.get(), true}, [&](ledger::BytesView b) { evidence += b; }));
  ReceiptPage page;
  page.docket = LEDGER_TRY(read_docket(app, LEDGER_TRY(ledger::parse_evidence(evidence))));
  page.checkpoint = LEDGER_TRY(ledger::parse_checkpoint(LEDGER_TRY(ledger::parse_note(prover->checkpoint())).text));
  page.district = reader.genesis.district_name, page.secret = ledger::hex(secret);
  page.evidence = std::move(evidence), page.evidence_name = std::filesystem::path(o.output + ".evidence").filename().string();
  return page;
}

}  // namespace

int run_receipt(const App& app, const ReceiptOptions& o) {
  auto reader = open_reader(o.dir);
  if (!reader) return fail(app, reader.error());
  auto page = make_receipt(app, *reader, o);
  if (!page) return fail(app, page.error());
  const auto text = to_text(app, *page), html = to_html(app, *page);
  // They hold the filer's secret: for nobody else on this machine.
  auto written = write_beside(o.output, {{".txt", text}, {".html", html}, {".evidence", page->evidence}}, 0600);
  if (!written) return fail(app, written.error());
  if (app.json) std::cout << OrderedJson{{"complaint", page->docket.event}, {"position", page->docket.position}, {"state", page->docket.state}, {"files", {o.output + ".txt", o.output + ".html", o.output + ".evidence"}}}.dump() << "\n";
  else std::cout << mark(app, reader->genesis) << o.output << ".txt .html .evidence: " << page->docket.state << "\n";
  return kGood;
}

int run_index(const App& app, const IndexOptions& o) {
  auto at = parse_at(o.at);
  if (!at) return fail(app, at.error());
  auto ledger = open_writer(o.dir, {o.operator_key, "", false, &ledger::system_random()});
  if (!ledger) return fail(app, ledger.error());
  auto outcome = (*ledger)->ensure_index(*at);
  if (auto* refusal = std::get_if<ledger::Refusal>(&outcome)) return fail(app, refusal->error);
  if (auto* unknown = std::get_if<ledger::Unknown>(&outcome)) return fail(app, unknown->error);
  const auto& receipt = std::get<ledger::Receipt>(outcome);
  if (app.json) std::cout << OrderedJson{{"size", (*ledger)->size()}, {"root", ledger::hex((*ledger)->root().view())}, {"checkpoint", receipt.checkpoint}}.dump() << "\n";
  else std::cout << mark(app, (*ledger)->genesis()) << app.t("索引已提交至 @", "indexed up to @") << (*ledger)->size() - 1 << "\n" << receipt.checkpoint;
  return kGood;
}

}  // namespace tools
