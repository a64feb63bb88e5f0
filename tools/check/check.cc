#include "tools/check/check.h"

#include "tools/check/docket.h"
#include "tools/check/words.h"
#include "tools/cli/policy_file.h"

namespace tools {
namespace {

using ledger::EvidenceKind;

// Evidence of a record, a receipt or a unit's file: views into the file it was read from.
struct Records {
  std::optional<ledger::Evidence> evidence;
  Verdict verdict;
  const ledger::Item& subject() const { return *evidence->find(evidence->subject); }
};

Records check_records(const App& app, ledger::BytesView file, const ledger::Policy& policy) {
  Records out;
  Verdict& v = out.verdict;
  auto evidence = ledger::parse_evidence(file);
  if (!evidence) {
    v.failure = {ledger::Level::parsed, std::nullopt, evidence.error()};
    return out;
  }
  const ledger::Evidence& e = out.evidence.emplace(std::move(*evidence));
  const auto report = ledger::check(e, policy);
  v.kind = e.kind, v.levels = words_of(app, e, report);
  v.failure = report.failure, v.genesis = report.genesis, v.trusted = report.trusted;
  if (v.failure || e.kind == EvidenceKind::unit) return out;
  v.record = show(*report.find(e.subject));
  if (e.kind == EvidenceKind::receipt)
    if (auto docket = read_docket(app, e)) v.docket = std::move(*docket);
  return out;
}

// Of a record's evidence and one taken before: the log still holds the record, byte for byte where it was.
// Each has been checked by itself.
std::optional<ledger::LevelFailure> check_still_there(const Records& now, const Records& before) {
  const auto& a = now.verdict.trusted.checkpoint;
  const auto& b = before.verdict.trusted.checkpoint;
  const auto fail = [&](const char* code, const std::string& message) { return ledger::LevelFailure{ledger::Level::included, now.evidence->subject, {code, "", message}}; };
  if (a.origin != b.origin) return fail("origin-differs", "the earlier evidence is of the log " + b.origin);
  if (a.size < b.size) return fail("checkpoint-older", "the earlier evidence goes to " + std::to_string(b.size) + " records, this one only to " + std::to_string(a.size));
  if (a.size == b.size && a.root != b.root) return fail("checkpoint-mismatch", "two signed checkpoints of one size have different roots: keep both files, they prove a fork");
  if (now.subject().bytes != before.subject().bytes || now.evidence->subject != before.evidence->subject)
    return fail("record-changed", "the earlier evidence shows another record, at " + std::to_string(before.evidence->subject));
  return std::nullopt;
}

// The verdict on a record's evidence in the light of one taken before.
Verdict check_since(const App& app, Records now, const std::string& name, const std::string& earlier, const ledger::Policy& policy) {
  if (now.verdict.failure) return std::move(now.verdict);
  const Records before = check_records(app, earlier, policy);
  if (before.verdict.failure) {
    now.verdict.failure = before.verdict.failure, now.verdict.failed_file = name;
    now.verdict.record.reset(), now.verdict.docket.reset();
    now.verdict.failure->error.message = "the earlier evidence: " + now.verdict.failure->error.message;
    return std::move(now.verdict);
  }
  now.verdict.failure = check_still_there(now, before);
  if (now.verdict.failure) now.verdict.record.reset(), now.verdict.docket.reset();
  if (!now.verdict.failure) now.verdict.levels.push_back({ledger::Level::included, true, still_there(app, before.verdict.trusted.checkpoint, now.verdict.trusted.checkpoint)});
  return std::move(now.verdict);
}

Verdict check_assessment(const App& app, ledger::EvidenceReader in, const ledger::Policy& policy) {
  const auto report = projections::check_assessment(std::move(in), policy);
  Verdict v;
  v.kind = EvidenceKind::assessment, v.levels = words_of(app, report), v.failure = report.failure;
  v.genesis = report.genesis, v.trusted = report.trusted;
  if (report.ranking) v.ranking = projections::assessment::to_json(*report.ranking);
  return v;
}

}  // namespace

int run_check(const App& app, const CheckOptions& o) {
  auto policy = read_policy(o.policy);
  if (!policy) return fail(app, policy.error());
  auto file = read_file(o.file);
  if (!file) return fail(app, file.error());
  auto earlier = o.earlier.empty() ? ledger::Result<std::string>() : read_file(o.earlier);
  if (!earlier) return fail(app, earlier.error());
  auto container = ledger::EvidenceReader::open(*file);
  if (!container) {
    Verdict v;
    v.failure = {ledger::Level::parsed, std::nullopt, container.error()};
    return print(app, o.file, v);
  }
  const auto kind = container->kind();
  const bool single = kind == EvidenceKind::record || kind == EvidenceKind::receipt;
  if (!o.earlier.empty() && !single) return fail(app, {"usage", "", "--earlier compares evidence of a record or a receipt"}, o.file);
  if (kind == EvidenceKind::assessment) return print(app, o.file, check_assessment(app, std::move(*container), *policy));
  auto records = check_records(app, *file, *policy);
  records.verdict.kind = kind;
  return print(app, o.file, o.earlier.empty() ? records.verdict : check_since(app, std::move(records), o.earlier, *earlier, *policy));
}

}  // namespace tools
