#include "projections/assessment_evidence.h"

#include "ledger/schema/catalogue.h"
#include "ledger/text/encoding.h"
#include "projections/assessment/measure_kinds.h"
#include "projections/result_check.h"

namespace projections {
namespace {

using ledger::Error;
using ledger::Event;
using ledger::Level;
using ledger::LevelFailure;
using ledger::LogEntry;

constexpr std::size_t kBundlesAtOnce = 16;   // enough records to keep all cores busy between judgements

class Checker {
 public:
  Checker(ledger::EvidenceReader in, const ledger::Policy& policy) : in_(std::move(in)), policy_(policy), log_([this](const Event& e) { return take(e); }) {}

  AssessmentReport run() {
    report_.failure = check();
    if (report_.failure)   // of a damaged file nothing else is worth telling
      if (auto intact = in_.intact(); !intact) report_.failure = fail(Level::parsed, intact.error());
    return std::move(report_);
  }

 private:
  std::optional<LevelFailure> check() {
    if (auto f = read_head()) return f;
    if (auto f = read_records()) return f;
    if (auto f = log_.finish()) return f;
    report_.genesis = log_.genesis(), report_.records = log_.size(), report_.submissions = log_.submissions();
    report_.indexes = log_.indexes(), report_.index_end = log_.index_end();
    if (auto f = check_tree()) return f;
    if (auto f = check_purpose()) return f;
    report_.holds = {Level::parsed, Level::included, Level::purpose, Level::signature, Level::entitled, Level::body, Level::complete};
    if (!policy_.quorum.empty()) report_.holds.push_back(Level::witnessed);
    if (auto f = check_score()) return f;
    report_.holds.push_back(Level::scored);
    return std::nullopt;
  }

  LevelFailure fail(Level level, Error e, std::optional<std::uint64_t> position = {}) { return {level, position, std::move(e)}; }
  LevelFailure malformed(const char* what) { return fail(Level::parsed, in_.malformed(what).value()); }

  std::optional<LevelFailure> read_head() {
    auto place = in_.take("result");
    if (!place) return fail(Level::parsed, place.error());
    auto parsed = ledger::parse_result_place(*place);
    if (!parsed || parsed->head > parsed->position) return malformed("the section \"result\" is not in its form");
    report_.place = *parsed;
    auto note = in_.take("checkpoint");
    if (!note) return fail(Level::parsed, note.error());
    auto trusted = ledger::check_note(policy_, *note);
    if (!trusted) return fail(Level::included, trusted.error());
    report_.trusted = std::move(*trusted);
    if (!report_.trusted.quorum) return fail(Level::witnessed, {"quorum-missing", "", "the checkpoint lacks the cosignatures that the policy's quorum asks for"});
    return std::nullopt;
  }

  std::optional<LevelFailure> read_records() {
    std::vector<LogEntry> batch;
    bool last = false;
    while (in_.next() == "entries") {
      if (last) return malformed("only the last bundle has fewer than 256 records");
      auto entries = in_.take("entries");
      auto bodies = entries ? in_.take("bodies") : tl::unexpected<Error>(entries.error());
      if (!bodies) return fail(Level::parsed, bodies.error());
      auto bundle = ledger::split_bundle(*entries, *bodies);
      if (!bundle || bundle->empty()) return malformed("a bundle of records is not in its form");
      last = bundle->size() < ledger::kBundleRecords;
      batch.insert(batch.end(), bundle->begin(), bundle->end());
      if (batch.size() < kBundlesAtOnce * ledger::kBundleRecords) continue;
      if (auto f = log_.add(batch)) return f;
      batch.clear();
    }
    if (auto f = log_.add(batch)) return f;
    if (auto ok = in_.finish(); !ok) return fail(Level::parsed, ok.error());
    if (log_.size() == 0) return malformed("the evidence holds no records");
    return std::nullopt;
  }

  // Takes each event that passed into the facts of the result's head.
  std::optional<LevelFailure> take(const Event& e) {
    if (e.position == report_.place.head) head_root_ = log_.root();
    if (e.body == nullptr && is_shown(e.type)) return fail(Level::complete, {"body-missing", "", "the body of this record is needed and is not shown"}, e.position);
    report_.bodies += e.body != nullptr;
    if (e.position < report_.place.head) facts_.apply(e);
    if (e.position != report_.place.position) return std::nullopt;
    report_.result = e.id;
    if (e.type == ledger::EventType::ResultPublished) result_ = *ledger::Body::parse(e.body->bytes(), ledger::Trust::admitted);
    return std::nullopt;
  }

  std::optional<LevelFailure> check_tree() {
    const auto& head = report_.trusted.checkpoint;
    if (log_.size() != head.size) return fail(Level::complete, {"records-left-out", "", "the checkpoint counts " + std::to_string(head.size) + " records, the evidence holds " + std::to_string(log_.size())});
    if (log_.root() != head.root) return fail(Level::included, {"not-included", "", "the records are not those of the checkpoint's tree"});
    return std::nullopt;
  }

  std::optional<LevelFailure> check_purpose() {
    if (report_.genesis.origin != report_.trusted.checkpoint.origin) return fail(Level::purpose, {"origin-differs", "", "the genesis names another origin than the checkpoint"}, 0);
    if (ledger::poses_as_production(report_.genesis, log_.genesis_body().as<ledger::GenesisRecorded>()))
      return fail(Level::purpose, {"demonstration-key", "", "a ledger that says it is production is run with the demonstration's published keys"}, 0);
    return std::nullopt;
  }

  std::optional<LevelFailure> check_score() {
    const std::uint64_t at = report_.place.position;
    if (!result_) return fail(Level::scored, {"result-missing", "", "there is no published result at this position"}, at);
    const auto r = result_->as<ledger::ResultPublished>();
    if (static_cast<std::uint64_t>(r.head_size()) != report_.place.head || !head_root_ || head_root_->view() != r.head_root())
      return fail(Level::scored, {"head-unknown", "", "the result names another head than the log's"}, at);
    auto again = score(r);
    if (!again) return fail(Level::scored, again.error(), at);
    if (auto same = compare_result(r, *again, *report_.genesis.suite); !same) return fail(Level::scored, same.error(), at);
    report_.ranking = std::move(*again);
    return std::nullopt;
  }

  // The ranking at the result's head under the scheme that it names.
  ledger::Result<assessment::Ranking> score(const ledger::ResultPublished& r) const {
    for (auto& f : facts_.schemes()) {
      if (f.id != r.scheme()) continue;
      auto scheme = LEDGER_TRY(assessment::parse_scheme(f.as<ledger::AssessmentSchemePublished>().toml()));
      return assessment::assess(facts_, scheme, {report_.place.head, *head_root_, ledger::format_id(f.id), {}}, assessment::Detail::points);
    }
    return ledger::refuse("scheme-not-standing", "the scheme that the result names was not published before its head");
  }

  ledger::EvidenceReader in_;
  const ledger::Policy& policy_;
  AssessmentReport report_;
  ledger::LogCheck log_;
  assessment::Facts facts_;
  std::optional<ledger::Hash> head_root_;
  std::optional<ledger::Body> result_;
};

}  // namespace

bool is_shown(ledger::EventType t) {
  using ledger::EventType;
  const auto& family = ledger::type_of(t).family;
  return t == EventType::GenesisRecorded || family == "identity" || family == "reference" || t == EventType::ResultPublished || t == EventType::FinalResultConfirmed ||
         t == EventType::IndexCommitted || assessment::is_scored(t);
}

AssessmentReport check_assessment(ledger::EvidenceReader in, const ledger::Policy& policy) { return Checker(std::move(in), policy).run(); }

}  // namespace projections
