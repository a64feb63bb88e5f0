#include "projections/result_check.h"

#include "ledger/text/encoding.h"

namespace projections {
namespace {

using assessment::Ranking;
using Published = ledger::ResultPublished::Row;

tl::unexpected<ledger::Error> differs(const std::string& what, const char* field) {
  return refuse("result-differs", what + "; publish what the assessment at that head gives.",
                field);
}

Status check_projection(const ledger::ResultPublished& r) {
  if (r.projection() != assessment::kProjection)
    return differs(std::string("The projection is \"") + assessment::kProjection + "\"",
                   "data.projection");
  if (r.projection_version() != assessment::kProjectionVersion)
    return differs("The projection's version is " + std::to_string(assessment::kProjectionVersion),
                   "data.projectionVersion");
  return {};
}

bool same(const Published& p, const assessment::Row& r) {
  return p.unit() == text_of(r.unit) && p.total() == r.total && p.rank() == r.rank &&
         p.category_rank() == r.category_rank && p.grade() == r.grade && p.vetoed() == r.vetoed;
}

std::string describe(const assessment::Row& r) {
  return "unit " + std::string(text_of(r.unit)) + " total " + std::to_string(r.total) + " rank " +
         std::to_string(r.rank) + " category rank " + std::to_string(r.category_rank) + " grade " +
         assessment::name_of(r.grade) + (r.vetoed ? " vetoed" : "");
}

Status check_rows(const ledger::ResultPublished& r, const Ranking& ranking) {
  if (r.rows().size() != ranking.rows.size())
    return differs("There are " + std::to_string(ranking.rows.size()) + " ranked units",
                   "data.rows");
  for (std::uint32_t i = 0; i < r.rows().size(); ++i)
    if (!same(r.rows()[i], ranking.rows[i]))
      return differs("Row " + std::to_string(i) + " should be " + describe(ranking.rows[i]),
                     "data.rows");
  return {};
}

// The scheme's text, from its record.
Result<assessment::Scheme> scheme_of(const Case& c, const Id& id) {
  const RecordInfo* record = c.state.records.find(id);
  if (record == nullptr) return refuse("ref-missing", "There is no such scheme.", "refs.scheme");
  std::string toml;
  LEDGER_CHECK(c.history.scan(record->position, record->position + 1, [&](const Event& e) {
    toml = e.as<ledger::AssessmentSchemePublished>().toml();
    return true;
  }));
  return assessment::parse_scheme(toml);
}

}  // namespace

Status compare_result(const ledger::ResultPublished& r, const Ranking& ranking, const ledger::Suite& suite) {
  LEDGER_CHECK(check_projection(r));
  LEDGER_CHECK(check_rows(r, ranking));
  const auto hash = assessment::result_hash(suite, ranking);
  if (hash.view() == r.result_hash()) return {};
  return differs("The result's hash is " + ledger::hex(hash.view()), "data.resultHash");
}

Status check_result(const Case& c, const ledger::ResultPublished& r) {
  LEDGER_CHECK(check_projection(r));
  const auto scheme = LEDGER_TRY(scheme_of(c, r.scheme()));
  const auto size = static_cast<std::uint64_t>(r.head_size());
  assessment::Facts facts;
  LEDGER_CHECK(c.history.scan(0, size, [&](const Event& e) {
    facts.apply(e);
    return true;
  }));
  assessment::Head head{size, ledger::Hash::from(r.head_root()), ledger::format_id(r.scheme()), ""};
  const Ranking ranking = LEDGER_TRY(assessment::assess(facts, scheme, head, assessment::Detail::points));
  return compare_result(r, ranking, *c.state.suite);
}

}  // namespace projections
