// Evidence files, under a digest that is always right, so that what lies behind it is reached.
#include "ledger/evidence/check.h"
#include "projections/assessment_evidence.h"
#include "tests/fuzz/target.h"

namespace {

constexpr std::size_t kEndBytes = 4 + 64 + 1;

ledger::Bytes resealed(ledger::BytesView input) {
  if (input.size() >= kEndBytes && input.substr(input.size() - kEndBytes).starts_with("end ")) input.remove_suffix(kEndBytes);
  return ledger::Bytes(input) + "end " + ledger::hex(ledger::sha256(input).view()) + "\n";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ledger::Bytes file = resealed(fuzz::view(data, size));
  auto reader = ledger::EvidenceReader::open(file);
  if (!reader) return 0;
  if (reader->kind() == ledger::EvidenceKind::assessment) {
    const auto report = projections::check_assessment(std::move(*reader), fuzz::policy());
    fuzz::require(report.failure || report.ranking);
    return 0;
  }
  auto evidence = ledger::parse_evidence(file);
  if (!evidence) return 0;
  const auto report = ledger::check(*evidence, fuzz::policy());
  fuzz::require(report.failure || !report.holds.empty());
  return 0;
}
