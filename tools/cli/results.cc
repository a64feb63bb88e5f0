#include "tools/cli/results.h"

#include "ledger/text/encoding.h"

namespace tools {
namespace {

namespace assessment = projections::assessment;

// The result that a further one of the same stage replaces.
ledger::Json replaced(const projections::State& state, const PublishSpec& p) {
  const auto* year = state.assessment.years.find(p.year);
  const auto* latest = year == nullptr ? nullptr : state.assessment.results.find(year->latest);
  if (latest == nullptr) return {};
  using Stage = ledger::ResultPublished::Stage;
  const bool same = (p.stage == "preliminary" && latest->stage == Stage::preliminary) || (p.stage == "final" && latest->stage == Stage::final) ||
                    p.stage == "superseding";
  return same ? ledger::Json(ledger::format_id(year->latest)) : ledger::Json();
}

ledger::Json row_json(const assessment::Row& r) {
  return {{"unit", std::string(projections::text_of(r.unit))}, {"total", r.total}, {"rank", r.rank}, {"categoryRank", r.category_rank},
          {"grade", assessment::name_of(r.grade)}, {"vetoed", r.vetoed}};
}

}  // namespace

ledger::Result<NamedScheme> choose_scheme(const assessment::Facts& facts, int year, const std::string& which) {
  const auto id = id_of(which);
  if (!which.empty() && !id) return NamedScheme{"file", LEDGER_TRY(read_file(which)), which};
  const auto& published = facts.schemes();
  for (auto f = published.rbegin(); f != published.rend(); ++f) {
    const auto s = f->as<ledger::AssessmentSchemePublished>();
    if (id ? f->id == *id : s.year() == year) return NamedScheme{ledger::format_id(f->id), std::string(s.toml())};
  }
  if (id) return ledger::refuse("not-found", "no scheme has the id " + which);
  return NamedScheme{"default", assessment::default_scheme_text(year)};
}

ledger::Result<Assessed> assess_year(const assessment::Facts& facts, int year, const NamedScheme& named, assessment::Head head,
                                     assessment::Detail detail) {
  auto scheme = LEDGER_TRY(ledger::in_file(named.file, assessment::parse_scheme(named.toml)));
  if (scheme.year != year) return ledger::refuse("usage", "the scheme is of the year " + std::to_string(scheme.year));
  head.scheme = named.name;
  auto ranking = LEDGER_TRY(assessment::assess(facts, scheme, head, detail));
  return Assessed{std::move(scheme), std::move(ranking)};
}

ledger::Result<ledger::Json> result_draft(ledger::Ledger& ledger, const PublishSpec& p) {
  auto indexed = ledger.ensure_index(p.at);
  if (auto* r = std::get_if<ledger::Refusal>(&indexed)) return tl::unexpected<ledger::Error>(r->error);
  if (auto* u = std::get_if<ledger::Unknown>(&indexed)) return tl::unexpected<ledger::Error>(u->error);
  const auto& state = static_cast<const projections::ProcedureRules&>(ledger.rules()).state();
  const auto* standing = state.reference.standing_scheme(p.year);
  if (standing == nullptr) return ledger::refuse("scheme-not-standing", "no scheme is published for " + std::to_string(p.year));
  assessment::Facts facts;
  LEDGER_CHECK(ledger::read_events(ledger.store(), 0, ledger.size(), [&](const ledger::Event& e, ledger::BytesView) {
    facts.apply(e);
    return true;
  }));
  const NamedScheme scheme{ledger::format_id(standing->id), standing->toml};
  const auto ranking = LEDGER_TRY(assess_year(facts, p.year, scheme, {ledger.size(), ledger.root(), {}, {}}, assessment::Detail::points)).ranking;
  ledger::Json data{{"year", p.year}, {"stage", p.stage}, {"headSize", ledger.size()}, {"headRoot", ledger::hex(ledger.root().view())},
                    {"resultHash", ledger::hex(assessment::result_hash(*ledger.genesis().suite, ranking).view())},
                    {"projection", assessment::kProjection}, {"projectionVersion", assessment::kProjectionVersion}, {"rows", ledger::Json::array()}};
  for (auto& r : ranking.rows) data["rows"].push_back(row_json(r));
  ledger::Json refs{{"scheme", ledger::format_id(standing->id)}};
  if (auto before = replaced(state, p); !before.is_null()) refs["replaces"] = before;
  return ledger::Json{{"type", "ResultPublished"}, {"on", ledger::format_date(p.on)}, {"refs", refs}, {"data", data}};
}

}  // namespace tools
