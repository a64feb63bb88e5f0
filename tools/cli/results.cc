#include "tools/cli/results.h"

#include "ledger/text/encoding.h"

namespace tools {
namespace {

namespace assessment = projections::assessment;

// The scheme and its name, from the words of the command line.
ledger::Result<std::pair<assessment::Scheme, std::string>> choose_scheme(const projections::State& state, int year, const std::string& which) {
  const auto& schemes = state.reference;
  if (auto id = ledger::parse_id(which)) {
    const auto* s = schemes.schemes.find(*id);
    if (s == nullptr) return ledger::refuse("usage", "no scheme has the id " + which);
    return std::pair{LEDGER_TRY(assessment::parse_scheme(s->toml)), which};
  }
  if (!which.empty()) return std::pair{LEDGER_TRY(assessment::parse_scheme(LEDGER_TRY(read_file(which)))), std::string("file")};
  if (const auto* s = schemes.standing_scheme(year)) return std::pair{LEDGER_TRY(assessment::parse_scheme(s->toml)), ledger::format_id(s->id)};
  return std::pair{assessment::default_scheme(year), std::string("default")};
}

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

ledger::Result<Assessed> assess_year(const Folds& folds, int year, const std::string& which, const std::string& as_of,
                                       std::uint64_t extra_facts) {
  auto [scheme, name] = LEDGER_TRY(choose_scheme(folds.state(), year, which));
  if (scheme.year != year) return ledger::refuse("usage", "the scheme is of the year " + std::to_string(scheme.year));
  auto ranking = LEDGER_TRY(assessment::assess(*folds.facts, scheme, {folds.size + extra_facts, folds.root, name, as_of}));
  return Assessed{std::move(scheme), std::move(ranking)};
}

ledger::Result<ledger::Json> result_draft(ledger::Ledger& ledger, const PublishSpec& p) {
  auto indexed = ledger.ensure_index(p.at);
  if (auto* r = std::get_if<ledger::Refusal>(&indexed)) return tl::unexpected<ledger::Error>(r->error);
  if (auto* u = std::get_if<ledger::Unknown>(&indexed)) return tl::unexpected<ledger::Error>(u->error);
  const auto& state = static_cast<const projections::ProcedureRules&>(ledger.rules()).state();
  const auto* standing = state.reference.standing_scheme(p.year);
  if (standing == nullptr) return ledger::refuse("scheme-not-standing", "no scheme is published for " + std::to_string(p.year));
  auto scheme = LEDGER_TRY(assessment::parse_scheme(standing->toml));
  assessment::Facts facts;
  ledger::Replay replay(ledger.store(), *ledger.genesis().suite);
  LEDGER_CHECK(replay.run(ledger.size(), [&](const ledger::Event& e, ledger::BytesView) -> ledger::Result<bool> {
    facts.apply(e);
    return true;
  }));
  auto ranking = LEDGER_TRY(assessment::assess(facts, scheme, {ledger.size(), ledger.root(), ledger::format_id(standing->id), ""}));
  ledger::Json data{{"year", p.year}, {"stage", p.stage}, {"headSize", ledger.size()}, {"headRoot", ledger::hex(ledger.root().view())},
                    {"resultHash", ledger::hex(assessment::result_hash(*ledger.genesis().suite, ranking).view())},
                    {"projection", assessment::kProjection}, {"projectionVersion", assessment::kProjectionVersion}, {"rows", ledger::Json::array()}};
  for (auto& r : ranking.rows) data["rows"].push_back(row_json(r));
  ledger::Json refs{{"scheme", ledger::format_id(standing->id)}};
  if (auto before = replaced(state, p); !before.is_null()) refs["replaces"] = before;
  return ledger::Json{{"type", "ResultPublished"}, {"on", ledger::format_date(p.on)}, {"refs", refs}, {"data", data}};
}

}  // namespace tools
