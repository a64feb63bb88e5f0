#include "tools/commands/prove.h"

#include <filesystem>
#include <fstream>
#include <iostream>

#include "ledger/log/prove.h"
#include "ledger/schema/catalogue.h"
#include "ledger/text/encoding.h"
#include "projections/assessment_evidence.h"
#include "tools/cli/workspace.h"
#include "tools/commands/commands.h"
#include "tools/receipt/receipt.h"

namespace tools {
namespace {

using ledger::OrderedJson;

// A file that is there whole or not at all.
class Output {
 public:
  explicit Output(const std::string& path) : path_(path), part_(path + ".part"), out_(part_, std::ios::binary | std::ios::trunc) {}
  ~Output() {
    if (!done_) std::remove(part_.c_str());
  }
  ledger::EvidenceWriter::Sink sink() {
    return [this](ledger::BytesView bytes) { out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size())), size_ += bytes.size(); };
  }
  ledger::Status finish() {
    out_.close();
    if (!out_ || std::rename(part_.c_str(), path_.c_str()) != 0) return ledger::refuse("file-write", path_ + " cannot be written");
    done_ = true;
    return {};
  }
  std::size_t size() const { return size_; }

 private:
  std::string path_, part_;
  std::ofstream out_;
  std::size_t size_ = 0;
  bool done_ = false;
};

ledger::Result<std::uint64_t> position_of(const Reader& reader, const std::string& event) {
  auto id = ledger::parse_id(event);
  if (!id) return ledger::refuse("usage", "an event's id is needed, not " + event);
  return ledger::Prover::position_of(*reader.store, *id);
}

ledger::Result<Proved> prove_event(const Reader& reader, const ProveOptions& o) {
  const auto position = LEDGER_TRY(position_of(reader, o.event));
  auto prover = LEDGER_TRY(ledger::Prover::open(*reader.store, position));
  Output out(o.output);
  if (o.tlog_proof) {
    out.sink()(ledger::format_tlog_proof(LEDGER_TRY(prover->tlog_proof(position))));
  } else {
    std::unique_ptr<ledger::Vault> vault;
    if (!o.open.empty()) vault = LEDGER_TRY(open_vault_of(o.dir, *reader.genesis.suite));
    if (!o.open.empty() && !vault) return ledger::refuse("vault-missing", "the ledger's vault key is needed to open sealed values");
    LEDGER_CHECK(prover->record(position, {o.body || !o.open.empty(), o.open, vault.get()}, out.sink()));
  }
  LEDGER_CHECK(out.finish());
  return Proved{o.tlog_proof ? "tlog-proof" : "record", prover->checkpoint(), out.size()};
}

ledger::Result<Proved> prove_unit(const Reader& reader, const ProveOptions& o) {
  auto prover = LEDGER_TRY(ledger::Prover::open(*reader.store, 0));
  Output out(o.output);
  LEDGER_CHECK(prover->unit(o.unit, o.year, o.body, out.sink()));
  LEDGER_CHECK(out.finish());
  return Proved{"unit", prover->checkpoint(), out.size()};
}

ledger::Result<Proved> prove_result(const Reader& reader, const ProveOptions& o) {
  const auto position = LEDGER_TRY(position_of(reader, o.result));
  auto prover = LEDGER_TRY(ledger::Prover::open(*reader.store, position));
  Output out(o.output);
  LEDGER_CHECK(prover->assessment(position, projections::is_shown, out.sink()));
  LEDGER_CHECK(out.finish());
  return Proved{"assessment", prover->checkpoint(), out.size()};
}

}  // namespace

ledger::Result<Proved> prove(const Reader& reader, const ProveOptions& o) {
  if (o.event.empty() + o.unit.empty() + o.result.empty() != 2) return ledger::refuse("usage", "give one of --event, --result, --unit");
  if (!o.unit.empty() && o.year == 0) return ledger::refuse("usage", "--unit needs --year");
  if (!o.result.empty()) return prove_result(reader, o);
  return o.unit.empty() ? prove_event(reader, o) : prove_unit(reader, o);
}

int run_prove(const App& app, const ProveOptions& o) {
  auto reader = open_reader(o.dir);
  if (!reader) return fail(app, reader.error());
  auto proved = prove(*reader, o);
  if (!proved) return fail(app, proved.error());
  if (app.json) {
    std::cout << OrderedJson{{"kind", proved->kind}, {"file", o.output}, {"bytes", proved->bytes}, {"checkpoint", proved->checkpoint}}.dump() << "\n";
    return kGood;
  }
  std::cout << mark(app, reader->genesis) << o.output << ": " << proved->bytes << app.t(" 字节\n", " bytes\n") << proved->checkpoint;
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
  auto vault = LEDGER_TRY(open_vault_of(o.dir, *reader.genesis.suite));
  if (!vault) return ledger::refuse("vault-missing", "the ledger's vault key is needed to show the complaint's own text");
  auto prover = LEDGER_TRY(ledger::Prover::open(*reader.store, position));
  ledger::Bytes evidence;
  LEDGER_CHECK(prover->receipt(position, secret, {true, sealed_fields(complaint.body), vault.get(), true}, [&](ledger::BytesView b) { evidence += b; }));
  ReceiptPage page;
  page.docket = LEDGER_TRY(read_docket(app, LEDGER_TRY(ledger::parse_evidence(evidence))));
  page.checkpoint = LEDGER_TRY(ledger::parse_checkpoint(LEDGER_TRY(ledger::parse_note(prover->checkpoint())).text));
  page.district = reader.genesis.district_name, page.secret = ledger::hex(secret);
  page.evidence_name = std::filesystem::path(o.output + ".evidence").filename().string();
  LEDGER_CHECK(write_file(o.output + ".evidence", evidence, 0600));
  return page;
}

}  // namespace

int run_receipt(const App& app, const ReceiptOptions& o) {
  auto reader = open_reader(o.dir);
  if (!reader) return fail(app, reader.error());
  auto page = make_receipt(app, *reader, o);
  if (!page) return fail(app, page.error());
  // They hold the filer's secret: for nobody else on this machine.
  for (auto& [suffix, text] : {std::pair{".txt", to_text(app, *page)}, std::pair{".html", to_html(app, *page)}})
    if (auto written = write_file(o.output + suffix, text, 0600); !written) return fail(app, written.error());
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
