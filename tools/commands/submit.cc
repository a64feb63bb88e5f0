// pufa submit: files of drafts, or signed submissions, into the ledger, by way of the outbox.
#include <filesystem>
#include <iostream>

#include "ledger/schema/catalogue.h"
#include "ledger/schema/draft.h"
#include "ledger/text/encoding.h"
#include "tools/cli/outbox.h"
#include "tools/cli/output.h"
#include "tools/cli/table.h"
#include "tools/cli/workspace.h"
#include "tools/commands/commands.h"
#include "tools/import/attachments.h"
#include "tools/import/importer.h"

namespace tools {
namespace {

namespace fs = std::filesystem;
using ledger::OrderedJson;

// What became of a file's drafts: where each event came from, for refusals.
struct Imported {
  std::vector<ledger::Submittable> events;
  std::vector<std::size_t> lines;
  std::vector<ledger::Bytes> attachments;
  Receipts receipts;
};

Imported import(const std::string& file, std::string_view text, const SubmitOptions& o, const ledger::Genesis& genesis,
                ledger::Instant now, std::vector<FileRefusal>& faults) {
  Imported out;
  ledger::DraftContext context{*genesis.suite, genesis.ledger_id, ledger::system_random(), now, {}};
  const auto beside = fs::path(file).parent_path().string();
  const std::string folder = !o.attachments.empty() ? o.attachments : beside.empty() ? "." : beside;
  std::set<ledger::Hash> seen;
  auto sink = [&](ledger::Json j, std::size_t line) {
    std::vector<ledger::Error> own;
    attach(j, folder, genesis.suite == &ledger::gm(), out.attachments, seen, own);
    auto draft = ledger::read_draft(j, context, own);
    const std::string type = j.is_object() && j.contains("type") && j["type"].is_string() ? j["type"].get<std::string>() : "";
    for (auto& e : own)
      if (faults.size() < kFaultsMax) faults.push_back({file, line, {}, type, e});
    if (!draft) return;
    if (out.events.size() >= ledger::kSubmissionEventsMax) {
      if (faults.empty()) faults.push_back({file, line, {}, {}, {"submission-too-large", "", "a file has at most 100,000 drafts: split it"}});
      return;
    }
    if (!draft->receipt_secret.empty()) out.receipts.emplace(ledger::format_id(draft->id), draft->receipt_secret);
    out.events.push_back(std::move(draft->event));
    out.lines.push_back(line);
  };
  if (ends_with(file, ".csv")) read_csv(file, text, o.type, sink, faults);
  else read_jsonl(file, text, sink, faults);
  if (ledger::count_bytes(out.events) > ledger::kSubmissionBytesMax) faults.push_back({file, 0, {}, {}, {"submission-too-large", "", "a submission has at most 64 MiB: split the file"}});
  if (out.events.empty() && faults.empty()) faults.push_back({file, 0, {}, {}, {"field-missing", "", "the file holds no drafts"}});
  return out;
}

int refuse_all(const App& app, const std::vector<FileRefusal>& faults) {
  if (app.json) {
    OrderedJson j{{"accepted", false}, {"refusals", OrderedJson::array()}};
    for (auto& f : faults) j["refusals"].push_back(to_json(f));
    std::cout << j.dump() << "\n";
  } else {
    for (auto& f : faults) std::cerr << to_line(app, f) << "\n";
    std::cerr << app.t("已拒绝,账本未改动\n", "refused; nothing was stored\n");
  }
  return kRefused;
}

OrderedJson to_json(const ledger::Receipt& r) {
  OrderedJson j{{"accepted", true}, {"submission", ledger::format_id(r.submission)}, {"first", r.first}, {"count", r.events.size()}, {"events", OrderedJson::array()}};
  for (auto& e : r.events) {
    OrderedJson event{{"id", ledger::format_id(e.id)}, {"position", e.position}, {"leafHash", ledger::hex(e.leaf.view())}};
    for (auto& h : e.proof) event["proof"].push_back(ledger::hex(h.view()));
    j["events"].push_back(std::move(event));
  }
  j["checkpoint"] = r.checkpoint;
  if (r.again) j["again"] = true;
  return j;
}

void add_receipts(OrderedJson& j, const Receipts& receipts) {
  for (auto& [id, secret] : receipts) j["receipts"].push_back({{"event", id}, {"secret", secret}});
}
void print(const App& app, const Receipts& receipts) {
  for (auto& [id, secret] : receipts)
    std::cout << app.t("投诉回执(请交投诉人保存)", "the filer's receipt (hand it to the filer) ") << id << " " << secret << "\n";
}

struct Sender {
  const App& app;
  const SubmitOptions& o;
  ledger::Ledger* ledger = nullptr;
  std::optional<ledger::Instant> at;

  // `outbox`: its entry there; null: it has none.
  int send(const std::string& file, ledger::Submission s, const Imported& from, OutboxEntry* outbox) {
    auto outcome = ledger->submit(std::move(s), at);
    if (auto* refusal = std::get_if<ledger::Refusal>(&outcome)) return refused(file, *refusal, from, outbox);
    if (auto* unknown = std::get_if<ledger::Unknown>(&outcome)) return unknown_outcome(unknown->error);
    return accepted(file, std::get<ledger::Receipt>(outcome), from, outbox);
  }

 private:
  int refused(const std::string& file, const ledger::Refusal& r, const Imported& from, OutboxEntry* outbox) {
    if (outbox) outbox->forget(from.receipts);
    FileRefusal f{file, 0, r.event ? ledger::format_id(r.event) : "", r.type ? ledger::type_of(*r.type).name : "", r.error};
    if (r.index < from.lines.size()) f.line = from.lines[r.index];
    return refuse_all(app, {f});
  }

  int unknown_outcome(const ledger::Error& e) {
    if (app.json) std::cout << OrderedJson{{"accepted", nullptr}, {"unknown", true}, {"code", e.code}, {"message", e.message}}.dump() << "\n";
    else std::cerr << app.t("结果未知:请用同一文件再次提交。", "outcome unknown: submit the same file again. ") << explain_code(app, e) << " [" << e.code << "]\n";
    return kFailed;
  }

  std::string events_text(const ledger::Receipt& r) const {
    const auto n = r.events.size();
    const auto first = std::to_string(r.first);
    if (n == 1) return app.t("1 条事件,位置 ", "1 event, position ") + first;
    return std::to_string(n) + app.t(" 条事件,位置 ", " events, positions ") + first + "–" + std::to_string(r.first + n - 1);
  }

  // The secrets are kept until somebody has them.
  int accepted(const std::string& file, const ledger::Receipt& r, const Imported& from, OutboxEntry* outbox) {
    tell(file, r, from);
    std::cout.flush();
    if (outbox && std::cout.good()) outbox->handed_out(from.receipts);
    return kGood;
  }

  void tell(const std::string& file, const ledger::Receipt& r, const Imported& from) {
    if (app.json) {
      auto j = to_json(r);
      add_receipts(j, from.receipts);
      if (ledger->genesis().demonstration) j["demonstration"] = true;
      std::cout << j.dump() << "\n";
      return;
    }
    std::cout << mark(app, ledger->genesis()) << file << ": " << app.t(r.again ? "此前已受理 " : "已受理 ", r.again ? "accepted before: " : "accepted: ")
              << events_text(r) << "\n";
    print(app, from.receipts);
    std::cout << r.checkpoint;
  }
};

// What a file's name says under `--at name`, as `pufa demo --drafts` gives it: NNNNN-KEY@TIME.jsonl.
struct NamedFile {
  std::string key;
  ledger::Instant at;
};

ledger::Result<NamedFile> read_name(const std::string& file) {
  const std::string name = fs::path(file).stem().string();
  const auto dash = name.find('-'), sign = name.rfind('@');
  const auto at = sign == std::string::npos ? std::nullopt : ledger::parse_instant(name.substr(sign + 1));
  if (!at || dash > sign) return ledger::refuse("usage", file + " is not named NUMBER-KEY@TIME.jsonl, which --at name needs");
  return NamedFile{name.substr(dash + 1, sign - dash - 1), *at};
}

// With `--at name` a folder of keys may be given: each file is signed by the key of its own name.
bool is_key_folder(const SubmitOptions& o) {
  std::error_code ec;
  return o.at == "name" && fs::is_directory(o.key, ec);
}

ledger::Result<ledger::LoadedKey> load_signer(const std::string& path, const SubmitOptions& o, const ledger::Genesis& genesis) {
  auto loaded = load_key(path, o.passphrase_file);
  if (loaded && loaded->suite != genesis.suite) return ledger::refuse("key-file", path + " is a key of another suite than the ledger's");
  return loaded;
}

// One run of the command over its files. Each step returns an exit status; the first but kGood ends it.
class Run {
 public:
  Run(const App& app, const SubmitOptions& o) : app_(app), o_(o), named_(o.at == "name"), sender_{app, o, nullptr, {}} {}

  int all() {
    if (const int s = begin(); s != kGood) return s;
    if (const int s = check_words(); s != kGood) return s;
    for (auto& file : o_.files.empty() ? std::vector<std::string>{"-"} : o_.files)
      if (const int s = one(file); s != kGood) return s;
    return kGood;
  }

 private:
  int begin() {
    auto reader = open_reader(o_.dir);
    if (!reader) return fail(app_, reader.error());
    genesis_ = reader->genesis;
    auto at = named_ ? ledger::Result<std::optional<ledger::Instant>>() : parse_at(o_.at);
    if (!at) return fail(app_, at.error());
    sender_.at = *at;
    if ((named_ || *at) && !genesis_.demonstration) return fail(app_, {"at-not-allowed", "", "only a demonstration ledger takes --at"});
    return o_.key.empty() || is_key_folder(o_) ? kGood : take_key(o_.key);
  }

  // A spreadsheet's own format, whatever the case of its ending.
  static bool is_spreadsheet(const std::string& file) {
    std::string ending = fs::path(file).extension().string();
    for (auto& c : ending) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return ending == ".xlsx" || ending == ".xls" || ending == ".ods" || ending == ".et";
  }

  // Before the first file is sent: that all are there, and that none would be lost.
  int check_words() const {
    std::error_code ec;
    for (auto& file : o_.files)
      if (file != "-" && !fs::exists(file, ec)) return fail(app_, {"file", "", file + " cannot be read: there is no such file"});
    for (auto& file : o_.files)
      if (is_spreadsheet(file)) return refuse_all(app_, {{file, 0, {}, {}, {"csv-malformed", "", "a spreadsheet is to be saved as CSV (UTF-8), and the .csv file submitted"}}});
    if (!o_.type.empty() && ledger::find_type(o_.type) == nullptr) return fail(app_, {"unknown-type", "--type", "there is no event type " + o_.type});
    if (!o_.attachments.empty() && !fs::is_directory(o_.attachments, ec)) return fail(app_, {"file", "", o_.attachments + " is no folder of attachments"});
    if (!o_.dry_run && !o_.output.empty()) return fail(app_, {"usage", "", "-o is for --dry-run, which signs into a file instead of sending"});
    if (o_.dry_run && o_.files.size() > 1) return fail(app_, {"usage", "", "--dry-run signs one file at a time, into the file of -o"});
    return kGood;
  }

  int take_key(const std::string& path) {
    auto loaded = load_signer(path, o_, genesis_);
    if (!loaded) return fail(app_, loaded.error());
    key_ = std::move(*loaded);
    return kGood;
  }

  int take_name(const std::string& file) {
    auto name = read_name(file);
    if (!name) return fail(app_, name.error());
    sender_.at = name->at;
    return is_key_folder(o_) ? take_key(o_.key + "/" + name->key + ".pem") : kGood;
  }

  int one(const std::string& file) {
    if (named_)
      if (const int s = take_name(file); s != kGood) return s;
    auto text = read_file(file);
    if (!text && text.error().code == "file-too-large") return refuse_all(app_, {{file, 0, {}, {}, {"submission-too-large", "", "the file is over 512 MiB: split it"}}});
    if (!text) return fail(app_, text.error());
    return ends_with(file, ".submission") ? hand_on(file, *text) : sign_and_send(file, *text);
  }

  // A `.submission` file is somebody else's signed bytes: handed on as it is.
  int hand_on(const std::string& file, const std::string& text) {
    if (o_.dry_run) return fail(app_, {"usage", "", "--dry-run signs drafts: this file is signed already"});
    auto s = ledger::decode_submission(text);
    if (!s) return refuse_all(app_, {{file, 0, {}, {}, s.error()}});
    if (const int opened = open(); opened != kGood) return opened;
    return sender_.send(file, std::move(*s), {}, nullptr);
  }

  int sign_and_send(const std::string& file, const std::string& text) {
    if (!key_) return fail(app_, {"usage", "", "drafts need a signing key: give --key"});
    if (o_.dry_run && o_.output.empty()) return fail(app_, {"usage", "", "--dry-run signs drafts into the file of -o"});
    OutboxEntry outbox(o_.dir, key_->key->public_key().id(), o_.type, text);
    const ledger::Instant now = sender_.at.value_or(ledger::system_now());
    std::vector<FileRefusal> faults;
    Imported imported = import(file, text, o_, genesis_, now, faults);
    if (!faults.empty()) return refuse_all(app_, faults);
    if (o_.dry_run) return write_signed(sign(imported, now), imported.receipts);
    if (const int opened = open(); opened != kGood) return opened;   // before anything is kept
    auto s = first_or_kept(outbox, imported, now);
    if (!s) return fail(app_, s.error());
    return sender_.send(file, std::move(*s), imported, &outbox);
  }

  // What an earlier run of the same file with the same key sent, with its secrets; else what this one signs.
  ledger::Result<ledger::Submission> first_or_kept(OutboxEntry& outbox, Imported& imported, ledger::Instant now) {
    auto kept = o_.again ? std::nullopt : LEDGER_TRY(outbox.submission());
    if (kept) imported.receipts = LEDGER_TRY(outbox.receipts());
    if (kept) return std::move(*kept);
    auto s = sign(imported, now);
    LEDGER_CHECK(outbox.keep(s, imported.receipts));
    return s;
  }

  ledger::Submission sign(Imported& imported, ledger::Instant now) const {
    auto s = ledger::sign_submission(*genesis_.suite, genesis_.ledger_id, *key_->key, std::move(imported.events),
                                     ledger::make_uuid7(now, ledger::system_random()), now);
    s.attachments = std::move(imported.attachments);
    return s;
  }

  int write_signed(const ledger::Submission& s, const Receipts& receipts) const {
    const auto bytes = ledger::encode(s);
    auto written = write_outputs({{o_.output, bytes}}, 0600);
    if (!written) return fail(app_, written.error());
    if (app_.json) {
      OrderedJson j{{"signed", true}, {"file", o_.output}, {"count", s.events.size()}};
      add_receipts(j, receipts);
      std::cout << j.dump() << "\n";
      return kGood;
    }
    std::cout << app_.t("已签名,未提交:", "signed, not sent: ") << o_.output << "\n";
    print(app_, receipts);
    return kGood;
  }

  // The writer, at the first file that needs it.
  int open() {
    if (writer_) return kGood;
    auto opened = open_writer(o_.dir, {o_.operator_key, "", o_.proofs, &ledger::system_random()});
    if (!opened) return fail(app_, opened.error());
    writer_ = std::move(*opened);
    sender_.ledger = writer_.get();
    return kGood;
  }

  const App& app_;
  const SubmitOptions& o_;
  const bool named_;                                // --at name: time and key from each file's name
  ledger::Genesis genesis_;
  std::optional<ledger::LoadedKey> key_;
  std::unique_ptr<ledger::Ledger> writer_;
  Sender sender_;
};

}  // namespace

int run_submit(const App& app, const SubmitOptions& o) { return Run(app, o).all(); }

}  // namespace tools
