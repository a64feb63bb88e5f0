#include <algorithm>

#include "ledger/log/prove.h"
#include "ledger/schema/catalogue.h"
#include "ledger/text/encoding.h"
#include "tools/cli/say.h"
#include "tools/commands/dossier.h"

namespace tools {
namespace {

namespace assessment = projections::assessment;
using projections::PublishedResult;
using Ids = std::unordered_set<ledger::Id>;

constexpr std::size_t kContentLength = 300;   // code points; the evidence has the whole

class Gatherer {
 public:
  Gatherer(const App& app, const DossierOptions& o) : app_(app), o_(o), unit_(projections::unit_code(o.unit)) {}

  ledger::Result<Dossier> run() {
    d_.reader = LEDGER_TRY(open_reader(o_.dir));
    without_ = LEDGER_TRY(parse_ids(o_.without, "--without"));
    if (o_.open) vault_ = LEDGER_TRY(open_vault_of(o_.dir, d_.reader));
    if (o_.open && !vault_) return ledger::refuse("vault-missing", "the ledger's vault key is needed to show sealed grounds");
    d_.folds = LEDGER_TRY(fold(d_.reader, {"", true, true, {}}));
    LEDGER_CHECK(find_results());
    for (auto& claim : LEDGER_TRY(claims())) d_.matters.push_back(LEDGER_TRY(matter(claim)));
    LEDGER_CHECK(collect());
    for (auto& m : d_.matters) LEDGER_CHECK(try_without(m));
    return std::move(d_);
  }

 private:
  const projections::State& state() const { return d_.folds.state(); }

  ledger::Status find_results() {
    const auto& table = state().assessment.results;
    for (auto& key : table.sorted_keys())
      if (auto* r = table.find(key); r->year == o_.year) d_.results.push_back(r);
    std::sort(d_.results.begin(), d_.results.end(), [](auto* a, auto* b) { return a->at.position < b->at.position; });
    if (d_.results.empty()) return ledger::refuse("not-found", "no result of " + std::to_string(o_.year) + " is published: there is nothing to dispute");
    return {};
  }

  ledger::Result<std::vector<DossierClaim>> claims() const {
    std::vector<DossierClaim> out;
    add_objections(out);
    if (!o_.objection.empty() && out.empty()) return ledger::refuse("not-found", "the unit filed no objection " + o_.objection + " in that year");
    if (o_.objection.empty()) add_external(out);
    std::stable_sort(out.begin(), out.end(), [](auto& a, auto& b) { return place(a) < place(b); });
    if (out.empty()) out.push_back({"", nullptr, nullptr, d_.results.back(), 0});
    return out;
  }

  static std::uint64_t place(const DossierClaim& c) { return c.objection ? c.objection->at.position : c.external->at.position; }

  void add_objections(std::vector<DossierClaim>& out) const {
    const auto& a = state().assessment;
    for (auto& key : a.objections.sorted_keys()) {
      const auto* x = a.objections.find(key);
      if (x->year != o_.year || !state().identity.same(x->unit, unit_)) continue;
      if (o_.objection.empty() || o_.objection == ledger::format_id(key)) out.push_back({x->indicator, x, nullptr, &a.result(x->result), x->claimed});
    }
  }

  // A decision from outside, which no objection asked for, is about the last result before it.
  void add_external(std::vector<DossierClaim>& out) const {
    const auto& decisions = state().assessment.decisions;
    for (auto& key : decisions.sorted_keys()) {
      const auto* x = decisions.find(key);
      if (x->year != o_.year || x->objection || !state().identity.same(x->unit, unit_)) continue;
      const PublishedResult* about = nullptr;
      for (auto* r : d_.results)
        if (r->at.position < x->at.position) about = r;
      for (auto& a : x->adjustments)
        if (about != nullptr) out.push_back({a.indicator, nullptr, x, about, a.to});
    }
  }

  ledger::Result<Assessed> assess(const assessment::Facts& facts, const PublishedResult& r, std::uint64_t size) const {
    const auto* scheme = state().reference.schemes.find(r.scheme);
    return assess_year(facts, o_.year, {ledger::format_id(r.scheme), scheme->toml}, {size, r.head_root, {}, {}}, assessment::Detail::events);
  }

  ledger::Result<DossierCase> counted(DossierCase::Kind kind, const Assessed& a, const DossierClaim& claim) const {
    const auto* row = a.ranking.find(unit_);
    if (row == nullptr) return ledger::refuse("not-found", "no ranked unit has the code " + o_.unit);
    DossierCase out{kind, {}, 0, 0, {row->base, row->total, row->rank, row->category_rank, row->grade, row->vetoed}};
    for (std::size_t i = 0; i < row->indicators.size(); ++i)
      if (a.ranking.indicator_ids[i] == claim.indicator) out.points = row->indicators[i].points, out.weight = row->indicators[i].weight;
    return out;
  }

  ledger::Result<DossierMatter> matter(const DossierClaim& claim) {
    const auto& facts = *d_.folds.facts;
    auto at_result = LEDGER_TRY(assess(facts, *claim.result, claim.result->head_size));
    DossierMatter m{claim, at_result.scheme, {}, {}, {}};
    m.cases.push_back(LEDGER_TRY(counted(DossierCase::Kind::published, at_result, claim)));
    m.row = *at_result.ranking.find(unit_);
    if (!claim.indicator.empty()) m.cases.push_back(LEDGER_TRY(granted(claim, m.cases[0].points)));
    const auto& latest = *d_.results.back();
    if (&latest != claim.result) m.cases.push_back(LEDGER_TRY(counted(DossierCase::Kind::latest, LEDGER_TRY(assess(facts, latest, latest.head_size)), claim)));
    m.events = events_of(m, at_result.ranking);
    return m;
  }

  static std::vector<ledger::Id> events_of(const DossierMatter& m, const assessment::Ranking& r) {
    std::set<ledger::Id> out;
    for (std::size_t i = 0; i < m.row.indicators.size(); ++i)
      if (m.claim.indicator.empty() || r.indicator_ids[i] == m.claim.indicator)
        out.insert(m.row.indicators[i].events.begin(), m.row.indicators[i].events.end());
    return {out.begin(), out.end()};
  }

  // As if a decision had upheld the claim right after the contested result's head.
  ledger::Result<DossierCase> granted(const DossierClaim& claim, std::int64_t from) const {
    const ledger::Json draft{{"type", "ObjectionDecided"}, {"unit", o_.unit}, {"on", ledger::format_date(claim.result->at.on)},
                             {"data", {{"year", o_.year}, {"level", "external"}, {"outcome", "upheld"}, {"reason", "granted"}, {"basis", "granted"},
                                       {"adjustments", {{{"indicator", claim.indicator}, {"from", from}, {"to", claim.claimed}}}}}}};
    const auto decision = LEDGER_TRY(extra_of(draft, d_.reader.genesis));
    const auto size = claim.result->head_size;
    auto facts = LEDGER_TRY(what_if(d_.reader, size, {}, {}));
    append_extra(facts, size, decision);
    return counted(DossierCase::Kind::granted, LEDGER_TRY(assess(facts, *claim.result, size + 1)), claim);
  }

  // Every event below the contested head that was named, or that is doubtful and that the points rest on.
  ledger::Status try_without(DossierMatter& m) {
    Ids out = without_;
    for (auto& id : m.events)
      if (const auto at = d_.positions.find(id); at != d_.positions.end() && d_.events[at->second].doubtful()) out.insert(id);
    if (out.empty()) return {};
    const auto size = m.claim.result->head_size;
    const auto facts = LEDGER_TRY(what_if(d_.reader, size, out, {}));
    auto one = LEDGER_TRY(counted(DossierCase::Kind::without, LEDGER_TRY(assess(facts, *m.claim.result, size)), m.claim));
    for (auto& id : out) one.left_out.insert(d_.positions.at(id));
    m.cases.push_back(std::move(one));
    return {};
  }

  // ---- the events

  bool names_unit(const ledger::Event& e) const {
    return std::any_of(e.named->begin(), e.named->end(), [&](auto& u) { return state().identity.same(projections::unit_code(u), unit_); });
  }

  bool in_year(const ledger::Event& e) const {
    const auto& s = d_.matters[0].scheme;
    return (s.period_start <= e.on && e.on <= s.period_end) || ledger::year_of(e.on) == o_.year || decided_.count(e.id) != 0;
  }

  void note_wanted() {
    wanted_ = without_;
    for (auto& m : d_.matters) wanted_.insert(m.events.begin(), m.events.end());
    const auto& a = state().assessment;
    for (auto& key : a.objections.sorted_keys())
      if (a.objections.find(key)->year == o_.year) decided_.insert(key);
    for (auto& key : a.decisions.sorted_keys())
      if (a.decisions.find(key)->year == o_.year) decided_.insert(key);
  }

  ledger::Status collect() {
    note_wanted();
    ledger::Replay replay(*d_.reader.store, *d_.reader.genesis.suite);
    LEDGER_CHECK(replay.run(d_.folds.size, [&](const ledger::Event& e, ledger::BytesView) -> ledger::Result<bool> {
      if (e.type == ledger::EventType::RecordCorrected) corrected_[e.as<ledger::RecordCorrected>().target()].push_back(e.position);
      if (e.type == ledger::EventType::RecordAnnulled) annulled_[e.as<ledger::RecordAnnulled>().target()].push_back(e.position);
      if (e.type == ledger::EventType::IndexCommitted) d_.last_index = e.position;
      const bool names = names_unit(e);
      if (wanted_.count(e.id) != 0 || (names && in_year(e))) LEDGER_CHECK(keep(e, names));
      return true;
    }));
    for (auto& [position, e] : d_.events) e.corrected = corrected_[e.id], e.annulled = annulled_[e.id];
    return {};
  }

  // The sealed fields of an event of the dispute, each with its label. What was destroyed is told as that.
  ledger::Result<std::string> opened(const ledger::Event& e) const {
    std::string out;
    if (!vault_ || ledger::type_of(e.type).family != "assessment") return out;
    for (auto& f : ledger::type_of(e.type).fields) {
      if (f.kind != ledger::Kind::sealed || e.body->payload().is_absent(f.offset)) continue;
      auto value = ledger::open_sealed(*d_.reader.store, *vault_, e.position, f.name);
      if (!value && value.error().code != "key-destroyed") return tl::unexpected<ledger::Error>(value.error());
      out += app_.t(";", "; ") + (app_.zh ? f.zh : f.en) + app_.t(":", ": ") + (value ? value->substr(ledger::kSaltBytes) : app_.t("〔密钥已销毁〕", "[key destroyed]"));
    }
    return out;
  }

  ledger::Status keep(const ledger::Event& e, bool names) {
    DossierEvent out{e.position, e.id, e.type, e.on, e.admitted_on, e.admitted, say_signer(app_, *e.signer),
                     shortened(say_content(app_, *e.body), kContentLength) + LEDGER_TRY(opened(e)), names, false, state().profiles.of(e.on).entry_lag_days, {}, {}, {}};
    out.names_code = std::find(e.named->begin(), e.named->end(), o_.unit) != e.named->end();
    if (const auto* since = state().identity.compromised.find(e.signer->key); since != nullptr && *since <= e.admitted) out.compromised_since = *since;
    d_.positions[e.id] = e.position;
    d_.events.emplace(e.position, std::move(out));
    return {};
  }

  const App& app_;
  const DossierOptions& o_;
  projections::UnitCode unit_;
  std::unique_ptr<ledger::Vault> vault_;
  Dossier d_;
  Ids without_, wanted_, decided_;
  std::unordered_map<ledger::Id, std::vector<std::uint64_t>> corrected_, annulled_;
};

}  // namespace

ledger::Result<Dossier> gather_dossier(const App& app, const DossierOptions& o) { return Gatherer(app, o).run(); }

}  // namespace tools
