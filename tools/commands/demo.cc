// pufa demo: one district, the year 2025, from genesis to the notification.
//
// Keys, ids and salts come from a published seed, so that the same suite gives the same event bytes
// every time; in a demonstration only. Each key file says so in its first line.
#include <filesystem>
#include <iostream>
#include <map>

#include "ledger/log/verify.h"
#include "ledger/schema/draft.h"
#include "ledger/text/encoding.h"
#include "tools/cli/folder.h"
#include "tools/cli/results.h"
#include "tools/commands/assess.h"
#include "tools/demo/year.h"

namespace tools {
namespace {

namespace fs = std::filesystem;
using ledger::Bytes;

constexpr char kOrigin[] = "demo.pufa.example/caidian";
constexpr char kKeyHead[] = "# pufa demonstration key: derived from a published seed, never for production\n";

// Bytes of H("pufa demo" ‖ purpose ‖ counter): the same in every run.
class SeededRandom final : public ledger::Random {
 public:
  explicit SeededRandom(std::string purpose) : purpose_(std::move(purpose)) {}
  void fill(char* out, std::size_t n) override {
    while (n > 0) {
      const auto block = ledger::sha256("pufa demo/" + purpose_ + "/" + std::to_string(counter_++));
      const std::size_t take = std::min<std::size_t>(n, 32);
      std::memcpy(out, block.b.data(), take);
      out += take, n -= take;
    }
  }

 private:
  std::string purpose_;
  std::uint64_t counter_ = 0;
};

class Demo {
 public:
  Demo(const App& app, const DemoOptions& o) : app_(app), o_(o), suite_(*ledger::find_suite(o.suite)), random_(o.suite + "/events") {}

  ledger::Status run() {
    LEDGER_CHECK(make_folders());
    LEDGER_CHECK(make_keys());
    LEDGER_CHECK(make_genesis());
    auto opened = open_writer(o_.dir, {"", "", false, &random_});
    if (!opened) return tl::unexpected<ledger::Error>(opened.error());
    ledger_ = std::move(*opened);
    const auto steps = demo::demo_year(lookups(), projections::assessment::default_scheme_text(2025));
    for (std::size_t i = 0; i < steps.size(); ++i) {
      LEDGER_CHECK(take(steps[i], i));
      if (app_.progress && (i % 64 == 0 || i + 1 == steps.size()))
        std::cerr << "\r" << app_.t("演示账本 ", "demonstration ") << (i + 1) * 100 / steps.size() << "%" << (i + 1 == steps.size() ? "\n" : "") << std::flush;
    }
    ledger_.reset();
    return write_policy();
  }

  const std::string& vkey() const { return vkey_; }

 private:
  const ledger::PrivateKey& key(const std::string& name) {
    auto& k = keys_[name];
    if (!k) k = ledger::demonstration_key(suite_, name);
    return *k;
  }
  std::string key_path(const std::string& name) const { return o_.dir + "/keys/" + name + ".pem"; }

  ledger::Status make_folders() {
    std::error_code ec;
    fs::create_directories(o_.dir + "/keys", ec);
    if (!ec && !o_.drafts.empty()) fs::create_directories(o_.drafts, ec);
    if (ec) return ledger::refuse("file-write", "the folders of " + o_.dir + " cannot be made: " + ec.message());
    return {};
  }

  ledger::Status make_keys() {
    std::vector<std::string> names{"operator", "registrar", "auditAdmin"};
    for (auto& n : demo::demo_key_names()) names.push_back(n);
    for (auto& name : names) LEDGER_CHECK(write_file(key_path(name), kKeyHead + key(name).pem(""), 0600));
    return write_file(o_.dir + "/keys/operator.vault", ledger::hex(ledger::sha256("pufa demo/" + o_.suite + "/vault").view()) + "\n", 0600);
  }

  ledger::Status make_genesis() {
    const auto& reg = key("registrar").public_key();
    const auto& audit = key("auditAdmin").public_key();
    const ledger::GenesisSpec g{kOrigin, "420114", "蔡甸区", true, &key("operator"), reg.spki(), audit.spki(), reg.id(), audit.id()};
    auto store = LEDGER_TRY(ledger::open_store(o_.dir, ledger::OpenMode::create));
    SeededRandom random(o_.suite + "/genesis");
    LEDGER_CHECK(ledger::Ledger::create(*store, suite_, g, *ledger::parse_instant("2024-12-01T00:00:00Z"), random));
    ledger_id_ = LEDGER_TRY(ledger::read_genesis(*store)).ledger_id;
    vkey_ = ledger::NoteVerifier(kOrigin, suite_, LEDGER_TRY(suite_.parse_public(key("operator").public_key().spki()))).vkey();
    // Paths relative to the folder would break when it is moved; the demonstration's keys move with it.
    return write_settings(o_.dir, {fs::absolute(key_path("operator")).string(), fs::absolute(o_.dir + "/keys/operator.vault").string()});
  }

  ledger::Status write_policy() const { return write_file(o_.dir + "/policy", "log " + vkey_ + "\nquorum none\n"); }

  demo::DemoKeys lookups() {
    return {[this](const std::string& n) { return ledger::hex(key(n).public_key().id().view()); },
            [this](const std::string& n) { return ledger::base64(key(n).public_key().spki()); },
            [this](const std::string& n) {
              return ledger::base64(key(n).sign("pufa/enrol/v1\n" + Bytes(ledger_id_.view()) + Bytes(key(n).public_key().id().view())));
            }};
  }

  // Puts in what the drafts could not know: ids of results, and a past head.
  void fill(ledger::Json& j) const {
    if (j.is_structured()) {
      for (auto& item : j) fill(item);
      return;
    }
    if (!j.is_string()) return;
    const auto s = j.get<std::string>();
    if (s == "@size") j = ledger_->size();
    else if (s == "@root") j = ledger::hex(ledger_->root().view());
    else if (auto it = results_.find(s); it != results_.end()) j = it->second;
  }

  ledger::Status take(const demo::Step& step, std::size_t number) {
    if (step.kind == demo::StepKind::index) return done(ledger_->ensure_index(step.at), step);
    std::vector<ledger::Json> drafts = step.drafts;
    if (step.kind != demo::StepKind::drafts) {
      const std::string stage = step.kind == demo::StepKind::publish_preliminary ? "preliminary" : step.kind == demo::StepKind::publish_final ? "final" : "superseding";
      drafts = {LEDGER_TRY(result_draft(*ledger_, {2025, stage, ledger::local_date(step.at), step.at}))};
    }
    for (auto& d : drafts) fill(d);
    LEDGER_CHECK(dump(step, number, drafts));
    ledger::DraftContext context{suite_, ledger_id_, random_, step.at, {}};
    std::vector<ledger::Submittable> events;
    for (auto& d : drafts) {
      std::vector<ledger::Error> faults;
      auto draft = ledger::read_draft(d, context, faults);
      if (!draft) return refused(step, d.dump(), faults.front());
      if (draft->type == ledger::EventType::ResultPublished) results_["@" + step.name] = ledger::format_id(draft->id);
      events.push_back(std::move(draft->event));
    }
    return done(ledger_->submit(ledger::sign_submission(suite_, ledger_id_, key(step.key), std::move(events), ledger::make_uuid7(step.at, random_), step.at), step.at), step);
  }

  ledger::Status done(const ledger::Outcome& outcome, const demo::Step& step) const {
    if (auto* r = std::get_if<ledger::Refusal>(&outcome))
      return refused(step, r->index < step.drafts.size() ? step.drafts[r->index].dump() : step.name, r->error);
    if (auto* u = std::get_if<ledger::Unknown>(&outcome)) return tl::unexpected<ledger::Error>(u->error);
    return {};
  }

  ledger::Status refused(const demo::Step& step, const std::string& draft, const ledger::Error& e) const {
    return ledger::refuse(e.code, "the demonstration's own step of " + step.key + " at " + ledger::format_instant(step.at) + " was refused: " + e.message + ": " + draft, e.field);
  }

  // One file a submission, named so that their order is that of the year: NNNNN-key@time.jsonl.
  ledger::Status dump(const demo::Step& step, std::size_t number, const std::vector<ledger::Json>& drafts) const {
    if (o_.drafts.empty()) return {};
    std::string n = std::to_string(number), text;
    n.insert(0, 5 - std::min<std::size_t>(5, n.size()), '0');
    for (auto& d : drafts) text += d.dump() + "\n";
    return write_file(o_.drafts + "/" + n + "-" + step.key + "@" + ledger::format_instant(step.at) + ".jsonl", text);
  }

  const App& app_;
  const DemoOptions& o_;
  const ledger::Suite& suite_;
  SeededRandom random_;
  std::map<std::string, std::unique_ptr<ledger::PrivateKey>> keys_;
  std::unique_ptr<ledger::Ledger> ledger_;
  ledger::Id ledger_id_;
  std::string vkey_;
  std::map<std::string, std::string> results_;
};

}  // namespace

int run_demo(const App& app, const DemoOptions& o) {
  if (ledger::find_suite(o.suite) == nullptr) return fail(app, {"usage", "", "--suite is intl or gm"});
  if (auto free = check_new_folder(o.dir); !free) return fail(app, free.error());
  Demo demo(app, o);
  if (auto made = demo.run(); !made) {
    fail(app, made.error());
    return kFailed;
  }
  if (app.json) {
    auto reader = open_reader(o.dir);
    if (!reader) return fail(app, reader.error());
    auto size = ledger::stored_size(*reader->store);
    std::cout << ledger::OrderedJson{{"ledger", o.dir}, {"vkey", demo.vkey()}, {"records", size.value_or(0)}, {"demonstration", true}}.dump() << "\n";
    return kGood;
  }
  AssessOptions year{o.dir, "", "", "text", "", "", 2025};
  if (int status = run_rank(app, year); status != kGood) return status;
  std::cout << "\n";
  if (int status = run_notify(app, year); status != kGood) return status;
  std::cout << "\n";
  return run_verify(app, {o.dir, o.dir + "/policy", {}});
}

}  // namespace tools
