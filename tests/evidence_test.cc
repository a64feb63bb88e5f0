// Evidence: what holds, what a forger with the operator's key makes of it, and every bit that is flipped.
#include "tests/evidence/cases.h"

#include "ledger/evidence/check.h"
#include "projections/assessment_evidence.h"
#include "tests/support/build.h"

using namespace evidence;
using namespace ledger;

namespace {

// The level at which it fails, or nothing.
std::string failure_of(const Bytes& file, const std::string& policy_text) {
  const auto policy = parse_policy(policy_text);
  REQUIRE(policy);
  auto reader = EvidenceReader::open(file);
  if (!reader) return "parsed";
  if (reader->kind() == EvidenceKind::assessment) {
    auto report = projections::check_assessment(std::move(*reader), *policy);
    return report.failure ? name_of(report.failure->level) : "";
  }
  auto parsed = parse_evidence(file);
  if (!parsed) return "parsed";
  auto report = check(*parsed, *policy);
  return report.failure ? name_of(report.failure->level) : "";
}

const std::size_t kStride = build::sanitized ? 23 : 1;

}  // namespace

TEST_CASE("evidence holds, or fails at the level where it was forged") {
  for (auto* suite : {&intl(), &gm()})
    for (auto& c : cases(*suite)) {
      INFO(suite->name() << ": " << c.name);
      CHECK(failure_of(c.file, c.policy) == c.level);
    }
}

TEST_CASE("the file is the same each time it is made") {
  CHECK(cases(intl()).front().file == cases(intl()).front().file);
}

TEST_CASE("every single flipped bit of a small file is refused") {
  const Case c = cases(intl()).front();
  for (std::size_t i = 0; i < c.file.size(); i += kStride)
    for (int bit = 0; bit < 8; ++bit) {
      Bytes flipped = c.file;
      flipped[i] = static_cast<char>(flipped[i] ^ (1 << bit));
      if (failure_of(flipped, c.policy) != "parsed") FAIL("bit " << bit << " of byte " << i);
    }
}

TEST_CASE("a flipped bit under a digest made anew is refused by what the file claims") {
  for (auto* suite : {&intl(), &gm()}) {
    std::vector<Case> all = cases(*suite);
    for (auto& c : {all[5], all[6], all[7]}) {   // a record with its witness, a unit's file, an assessment
      auto sections = split(c.file);
      const EvidenceKind kind = EvidenceReader::open(c.file)->kind();
      std::size_t at = 0;
      for (auto& s : sections)
        for (std::size_t i = 0; i < s.bytes.size(); ++i) {
          if (++at % (kStride * (suite == &gm() ? 29 : 7)) != 0) continue;
          const char flip = static_cast<char>(1 << (at / 7 % 8));
          s.bytes[i] = static_cast<char>(s.bytes[i] ^ flip);
          INFO(c.name << " section " << s.name << " byte " << i);
          CHECK_FALSE(failure_of(join(kind, sections), c.policy).empty());
          s.bytes[i] = static_cast<char>(s.bytes[i] ^ flip);
        }
    }
  }
}

TEST_CASE("sections that are missing, doubled, swapped or foreign are refused") {
  for (auto& c : cases(intl())) {
    if (!c.level.empty()) continue;
    const auto sections = split(c.file);
    const EvidenceKind kind = EvidenceReader::open(c.file)->kind();
    for (std::size_t i = 0; i < sections.size(); ++i) {
      INFO(c.name << " section " << i << " " << sections[i].name);
      auto without = sections, twice = sections;
      without.erase(without.begin() + static_cast<long>(i));
      twice.insert(twice.begin() + static_cast<long>(i), sections[i]);
      // What the file claims less about is no forgery: a body that is not shown, an index that is not cited.
      const bool optional = sections[i].name == "body" || sections[i].name == "key";
      if (!optional) CHECK_FALSE(failure_of(join(kind, without), c.policy).empty());
      CHECK_FALSE(failure_of(join(kind, twice), c.policy).empty());
    }
    auto foreign = sections;
    foreign.push_back({"extra", "x"});
    CHECK(failure_of(join(kind, foreign), c.policy) == "parsed");
  }
}

TEST_CASE("containers that are cut, empty or malformed are refused with the byte") {
  const Bytes good = cases(intl()).front().file;
  for (std::size_t n = 0; n < good.size(); n += 1 + n / 50) CHECK_FALSE(EvidenceReader::open(BytesView(good).substr(0, n)));
  for (auto* bad : {"", "pufa-evidence/v1 record\n", "pufa-evidence/v2 record\n", "pufa-evidence/v1 nothing\n"}) {
    auto r = EvidenceReader::open(bad);
    REQUIRE_FALSE(r);
    CHECK(r.error().code == "evidence-malformed");
    CHECK(r.error().message.starts_with("byte "));
  }
}
