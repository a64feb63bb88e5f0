// pufa submit: files of drafts, or signed submissions, into the ledger.
//
// A signed submission is written to the outbox and synced before it is handed on, so that after
// "unknown" the same file with the same key sends the same bytes again, and doubles nothing.
#include <filesystem>
#include <iostream>

#include "ledger/schema/draft.h"
#include "ledger/text/encoding.h"
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
  std::vector<std::pair<std::string, std::string>> receipts;   // event id, the filer's secret
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
    if (!draft->receipt_secret.empty()) out.receipts.emplace_back(ledger::format_id(draft->id), draft->receipt_secret);
    out.events.push_back(std::move(draft->event));
    out.lines.push_back(line);
  };
  if (ends_with(file, ".csv")) read_csv(file, text, o.type, sink, faults);
  else read_jsonl(file, text, sink, faults);
  std::size_t bytes = 0;
  for (auto& e : out.events) bytes += e.header.size() + e.body.size() + e.salt.size();
  if (bytes > ledger::kSubmissionBytesMax) faults.push_back({file, 0, {}, {}, {"submission-too-large", "", "a submission has at most 64 MiB: split the file"}});
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

// The outbox entry of a file signed by a key: named by both, so that the same pair finds it again.
std::string outbox_path(const SubmitOptions& o, const std::string& text, const ledger::KeyId& key) {
  const auto name = ledger::sha256(ledger::Bytes(key.view()) + o.type + "\n" + text);
  return o.dir + "/outbox/" + ledger::hex(name.view().substr(0, 16)) + ".submission";
}

struct Sender {
  const App& app;
  const SubmitOptions& o;
  ledger::Ledger* ledger = nullptr;
  std::optional<ledger::Instant> at;

  int send(const std::string& file, ledger::Submission s, const Imported& from, const std::string& outbox) {
    auto outcome = ledger->submit(std::move(s), at);
    if (auto* refusal = std::get_if<ledger::Refusal>(&outcome)) return refused(file, *refusal, from, outbox);
    if (auto* unknown = std::get_if<ledger::Unknown>(&outcome)) return unknown_outcome(unknown->error);
    return accepted(file, std::get<ledger::Receipt>(outcome), from);
  }

 private:
  int refused(const std::string& file, const ledger::Refusal& r, const Imported& from, const std::string& outbox) {
    std::error_code ec;
    if (!outbox.empty()) fs::remove(outbox, ec);
    FileRefusal f{file, 0, r.event ? ledger::format_id(r.event) : "", r.type ? ledger::type_of(*r.type).name : "", r.error};
    if (r.index < from.lines.size()) f.line = from.lines[r.index];
    return refuse_all(app, {f});
  }

  int unknown_outcome(const ledger::Error& e) {
    if (app.json) std::cout << OrderedJson{{"accepted", nullptr}, {"unknown", true}, {"code", e.code}, {"message", e.message}}.dump() << "\n";
    else std::cerr << app.t("结果未知:请用同一文件再次提交。", "outcome unknown: submit the same file again. ") << explain_code(app, e) << " [" << e.code << "]\n";
    return kFailed;
  }

  int accepted(const std::string& file, const ledger::Receipt& r, const Imported& from) {
    if (app.json) {
      auto j = to_json(r);
      for (auto& [id, secret] : from.receipts) j["receipts"].push_back({{"event", id}, {"secret", secret}});
      if (ledger->genesis().demonstration) j["demonstration"] = true;
      std::cout << j.dump() << "\n";
      return kGood;
    }
    std::cout << mark(app, ledger->genesis()) << file << ": " << app.t(r.again ? "此前已受理 " : "已受理 ", r.again ? "accepted before: " : "accepted: ")
              << r.events.size() << app.t(" 条事件,位置 ", " events, positions ") << r.first << "–" << r.first + r.events.size() - 1 << "\n";
    for (auto& [id, secret] : from.receipts)
      std::cout << app.t("投诉回执(请交投诉人保存)", "the filer's receipt (hand it to the filer) ") << id << " " << secret << "\n";
    std::cout << r.checkpoint;
    return kGood;
  }
};

// A `.submission` file is somebody else's signed bytes: handed on as it is.
int submit_signed(const App& app, Sender& sender, const std::string& file, const std::string& text) {
  auto s = ledger::decode_submission(text);
  if (!s) return refuse_all(app, {{file, 0, {}, {}, s.error()}});
  return sender.send(file, std::move(*s), {}, {});
}

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

}  // namespace

int run_submit(const App& app, const SubmitOptions& o) {
  auto reader = open_reader(o.dir);
  if (!reader) return fail(app, reader.error());
  const ledger::Genesis genesis = reader->genesis;
  reader->store.reset();
  const bool named = o.at == "name";
  auto at = named ? ledger::Result<std::optional<ledger::Instant>>() : parse_at(o.at);
  if (!at) return fail(app, at.error());
  if ((named || *at) && !genesis.demonstration) return fail(app, {"at-not-allowed", "", "only a demonstration ledger takes --at"});
  std::optional<ledger::LoadedKey> key;
  if (!o.key.empty() && !is_key_folder(o)) {
    auto loaded = load_signer(o.key, o, genesis);
    if (!loaded) return fail(app, loaded.error());
    key = std::move(*loaded);
  }
  std::unique_ptr<ledger::Ledger> writer;
  Sender sender{app, o, nullptr, *at};
  int status = kGood;
  const auto files = o.files.empty() ? std::vector<std::string>{"-"} : o.files;
  for (auto& file : files) {
    if (named) {
      auto name = read_name(file);
      if (!name) return fail(app, name.error());
      sender.at = *at = name->at;
      if (is_key_folder(o)) {
        auto loaded = load_signer(o.key + "/" + name->key + ".pem", o, genesis);
        if (!loaded) return fail(app, loaded.error());
        key = std::move(*loaded);
      }
    }
    auto text = read_file(file);
    if (!text) return fail(app, text.error());
    if (text->size() > kFileBytesMax) return refuse_all(app, {{file, 0, {}, {}, {"submission-too-large", "", "the file is over 512 MiB: split it"}}});
    const bool is_signed = ends_with(file, ".submission");
    if (!is_signed && !key) return fail(app, {"usage", "", "drafts need a signing key: give --key"});
    ledger::Submission submission;
    Imported imported;
    std::string outbox;
    if (!is_signed) {
      outbox = outbox_path(o, *text, key->key->public_key().id());
      std::vector<FileRefusal> faults;
      const ledger::Instant now = (*at).value_or(ledger::system_now());
      imported = import(file, *text, o, genesis, now, faults);
      if (!faults.empty()) return refuse_all(app, faults);
      std::error_code ec;
      auto earlier = !o.again && !o.dry_run && fs::exists(outbox, ec) ? read_file(outbox) : ledger::Result<std::string>(std::string());
      auto kept = earlier && !earlier->empty() ? ledger::decode_submission(*earlier) : ledger::Result<ledger::Submission>(tl::unexpected<ledger::Error>(ledger::Error{}));
      if (kept) {
        submission = std::move(*kept);
        imported.receipts.clear();
      } else {
        submission = ledger::sign_submission(*genesis.suite, genesis.ledger_id, *key->key, std::move(imported.events),
                                             ledger::make_uuid7(now, ledger::system_random()), now);
        submission.attachments = std::move(imported.attachments);
      }
    }
    if (o.dry_run) {
      if (is_signed || o.output.empty()) return fail(app, {"usage", "", "--dry-run signs drafts into the file of -o"});
      auto written = write_file(o.output, ledger::encode(submission), 0600, true);
      if (!written) return fail(app, written.error());
      if (app.json) std::cout << OrderedJson{{"signed", true}, {"file", o.output}, {"count", submission.events.size()}}.dump() << "\n";
      else std::cout << app.t("已签名,未提交:", "signed, not sent: ") << o.output << "\n";
      continue;
    }
    if (!writer) {
      auto opened = open_writer(o.dir, {o.operator_key, "", o.proofs, &ledger::system_random()});
      if (!opened) return fail(app, opened.error());
      writer = std::move(*opened);
      sender.ledger = writer.get();
    }
    if (is_signed) {
      status = submit_signed(app, sender, file, *text);
    } else {
      std::error_code ec;
      fs::create_directories(o.dir + "/outbox", ec);
      auto kept = write_file(outbox, ledger::encode(submission), 0600, true);
      if (!kept) return fail(app, kept.error());
      status = sender.send(file, std::move(submission), imported, outbox);
    }
    if (status != kGood) return status;
  }
  return status;
}

}  // namespace tools
