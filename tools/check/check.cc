#include "tools/check/check.h"

#include "ledger/merkle/policy.h"
#include "tools/check/docket.h"
#include "tools/check/words.h"

namespace tools {
namespace {

using ledger::EvidenceKind;

Verdict check_records(const App& app, ledger::BytesView file, const ledger::Policy& policy, EvidenceKind kind) {
  Verdict v;
  v.kind = kind;
  auto evidence = ledger::parse_evidence(file);
  if (!evidence) {
    v.failure = {ledger::Level::parsed, std::nullopt, evidence.error()};
    return v;
  }
  const auto report = ledger::check(*evidence, policy);
  v.levels = words_of(app, *evidence, report);
  v.failure = report.failure, v.genesis = report.genesis, v.trusted = report.trusted;
  if (v.failure || kind == EvidenceKind::unit) return v;
  v.record = show(*report.find(evidence->subject));
  if (kind == EvidenceKind::receipt)
    if (auto docket = read_docket(app, *evidence)) v.docket = std::move(*docket);
  return v;
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
  auto policy_text = read_file(o.policy);
  if (!policy_text) return fail(app, policy_text.error());
  auto policy = ledger::parse_policy(*policy_text);
  if (!policy) return fail(app, policy.error(), o.policy);
  auto file = read_file(o.file);
  if (!file) return fail(app, file.error());
  auto container = ledger::EvidenceReader::open(*file);
  if (!container) {
    Verdict v;
    v.failure = {ledger::Level::parsed, std::nullopt, container.error()};
    return print(app, o.file, v);
  }
  const auto kind = container->kind();
  return print(app, o.file, kind == EvidenceKind::assessment ? check_assessment(app, std::move(*container), *policy) : check_records(app, *file, *policy, kind));
}

}  // namespace tools
