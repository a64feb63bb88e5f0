// The demonstration's year is admitted as it stands: every draft has the shape, the signer and the
// place in the procedure that the rules demand; every type and every state of a docket occurs.
#include <catch2/catch.hpp>
#include <deque>
#include <map>
#include <set>

#include "ledger/schema/draft.h"
#include "ledger/schema/shape.h"
#include "ledger/text/encoding.h"
#include "projections/assessment/scheme.h"
#include "projections/rules/rules.h"
#include "tools/demo/year.h"

namespace {

using Authority = ledger::FilingDecided::Authority;
using ledger::EventType;
using ledger::Id;
using ledger::Json;
using ledger::Role;
using ledger::Status;

class Counter final : public ledger::Random {
 public:
  void fill(char* out, std::size_t n) override {
    for (std::size_t i = 0; i < n; ++i)
      out[i] = static_cast<char>((state_ = state_ * 6364136223846793005ull + 1) >> 56);
  }

 private:
  std::uint64_t state_ = 1;
};

// The events so far, in memory, with a root that is the same for every size.
class Log final : public ledger::History {
 public:
  struct Entry {
    std::string unit;
    std::optional<ledger::Body> body;
    ledger::Signer signer;
    ledger::Event event;
  };

  std::uint64_t size() const override { return entries.size(); }
  std::optional<ledger::Hash> root_at(std::uint64_t n) const override {
    return n <= size() ? std::optional(kRoot) : std::nullopt;
  }
  Status scan(std::uint64_t first, std::uint64_t last,
              const std::function<bool(const ledger::Event&)>& f) const override {
    for (auto i = first; i < last && f(entries[i].event); ++i) {
    }
    return {};
  }

  inline static const ledger::Hash kRoot = ledger::Hash::from(std::string(32, 'r'));
  std::deque<Entry> entries;
};

// Stands for the id of the key of that name.
std::string key_id(const std::string& name) {
  return ledger::hex(ledger::intl().hash(name).view().substr(0, 16));
}

// Who may sign what, folded from the drafts as the ledger's key ring does.
struct Keys {
  struct Grant {
    Role role;
    std::string scope;
  };
  struct Key {
    std::string owner, owner_unit;
    std::vector<Grant> grants;
    bool revoked = false;
  };
  std::map<std::string, Key> keys{
      {key_id("operator"), {"operator", "", {{Role::operator_, "district"}}}},
      {key_id("registrar"), {"registrar", "", {{Role::registrar, "district"}}}},
      {key_id("auditAdmin"), {"auditAdmin", "", {{Role::auditAdmin, "district"}}}}};

  static Role role_named(const std::string& name) {
    for (std::size_t i = 0; i < ledger::roles().size(); ++i)
      if (ledger::roles()[i].name == name) return static_cast<Role>(i);
    throw std::runtime_error("no role " + name);
  }

  static bool covers(const Grant& g, EventType t, const std::string& unit) {
    if (g.scope == "district" || g.scope == unit) return true;
    if (t == EventType::InspectionOpened || t == EventType::InspectionClosed) return true;
    return t == EventType::GuidanceGiven && g.role == Role::unit;
  }

  ledger::Signer signer(const std::string& name, EventType t, const std::string& unit) const {
    const Key& key = keys.at(key_id(name));
    ledger::Signer s;
    s.key = ledger::KeyId::from(*ledger::unhex(key_id(name)));
    if (key.revoked) return s;
    s.holder = std::make_shared<ledger::Holder>(ledger::Holder{key.owner, key.owner_unit});
    const auto& may = ledger::type_of(t).signers;
    for (auto& g : key.grants) {
      if (std::find(may.begin(), may.end(), g.role) == may.end() || !covers(g, t, unit)) continue;
      s.roles |= ledger::role_bit(g.role);
      if (g.role == Role::superior) s.superior_scopes.push_back(g.scope);
    }
    return s;
  }

  void take(const Json& draft) {
    const Json& d = draft["data"];
    if (!d.contains("keyId")) return;
    const std::string type = draft["type"], id = d["keyId"];
    if (type == "KeyEnrolled") keys[id] = {d["owner"], d.value("ownerUnit", ""), {}, false};
    if (type == "KeyRevoked") keys.at(id).revoked = true;
    if (type == "RoleGranted") keys.at(id).grants.push_back({role_named(d["role"]), d["scope"]});
    if (type == "RoleRevoked")
      std::erase_if(keys.at(id).grants, [&](const Grant& g) {
        return g.role == role_named(d["role"]) && g.scope == d["scope"];
      });
  }
};

// In the order of the enumerations.
constexpr std::string_view kRecordStates[] = {"unverified", "ok", "disallowed", "annulled"};
constexpr std::string_view kFilingStates[] = {"submitted", "accepted", "returned"};
constexpr std::string_view kItemStates[] = {"open", "amending", "completed", "closed", "cancelled"};

class Player {
 public:
  void play(const demo::Step& step) {
    rules_.begin();
    if (step.kind == demo::StepKind::drafts)
      for (auto& draft : step.drafts) admit(step, draft, true);
    else if (step.kind == demo::StepKind::index)
      admit(step,
            draft_of(step, "IndexCommitted",
                     {{"headSize", size()},
                      {"unitsRoot", root()},
                      {"units", 66},
                      {"keysRoot", root()},
                      {"keys", 140}},
                     {}),
            true);
    else
      publish(step);
    rules_.commit();
  }

  std::set<std::string> types, states;
  std::vector<std::string> refusals;
  std::uint64_t size() const { return log_.size(); }
  const projections::State& state() const { return rules_.state(); }

 private:
  static std::string root() { return ledger::hex(Log::kRoot.view()); }

  Json draft_of(const demo::Step& step, const char* type, Json data, Json refs) {
    return {{"type", type},
            {"on", ledger::format_date(ledger::local_date(step.at))},
            {"data", std::move(data)},
            {"refs", refs.is_null() ? Json::object() : refs}};
  }

  // The rows are the scoring's matter: a result is taken without being judged.
  void publish(const demo::Step& step) {
    const Json row{{"unit", "11420114TA0000016W"},
                   {"total", 8000},
                   {"rank", 1},
                   {"categoryRank", 1},
                   {"grade", "good"},
                   {"vetoed", false}};
    const Json draft = draft_of(step, "ResultPublished",
                                {{"year", 2025},
                                 {"stage", step.name},
                                 {"headSize", size()},
                                 {"headRoot", root()},
                                 {"resultHash", root()},
                                 {"projection", "test"},
                                 {"projectionVersion", 1},
                                 {"rows", Json::array({row})}},
                                {{"scheme", scheme_}});
    results_["@" + step.name] = admit(step, draft, false);
  }

  void fill(Json& j) const {
    if (j.is_structured())
      for (auto& member : j) fill(member);
    if (!j.is_string()) return;
    const std::string s = j;
    if (s == "@size") j = size();
    if (s == "@root") j = root();
    if (auto it = results_.find(s); it != results_.end()) j = it->second;
  }

  std::string admit(const demo::Step& step, Json draft, bool judged) {
    fill(draft);
    std::vector<ledger::Error> faults;
    context_.now = step.at;
    const auto read = ledger::read_draft(draft, context_, faults);
    for (auto& f : faults) refuse(step, draft, f);
    if (!read) return {};
    auto& e = log_.entries.emplace_back();
    e.unit = draft.value("unit", "");
    e.body = *ledger::Body::parse(read->event.body);
    e.signer = keys_.signer(step.key, read->type, e.unit);
    if (e.signer.roles == 0) refuse(step, draft, {"role-missing", "", step.key});
    e.event = {log_.size() - 1,
               step.at,
               ledger::local_date(step.at),
               read->id,
               read->type,
               e.unit,
               *ledger::parse_date(draft["on"].get<std::string>()),
               &*e.body,
               &e.signer,
               {},
               nullptr};
    judge(step, draft, e.event, judged);
    keys_.take(draft);
    if (read->type == EventType::AssessmentSchemePublished) scheme_ = draft["id"];
    types.insert(draft["type"]);
    return ledger::format_id(read->id);
  }

  void judge(const demo::Step& step, const Json& draft, const ledger::Event& e, bool judged) {
    if (!judged) rules_.take(e);
    else if (auto ok = rules_.apply(e, log_); !ok) return refuse(step, draft, ok.error());
    if (e.type == EventType::UnitListSubmitted)
      for (auto& item : draft["data"]["items"]) items_.emplace_back(e.id, item["no"]);
    note_states(e.id);
    for (auto& id : referred(draft)) note_states(id);
    if (draft["type"].get<std::string>().starts_with("ListItem") || e.type == EventType::RecordVerified)
      note_items();
  }

  static std::vector<Id> referred(const Json& draft) {
    std::vector<Id> ids;
    if (draft.contains("refs"))
      for (auto& ref : draft["refs"])
        for (auto& id : ref.is_array() ? ref : Json::array({ref}))
          ids.push_back(*ledger::parse_id(id.get<std::string>()));
    return ids;
  }

  void note_states(const Id& id) {
    const auto& s = rules_.state();
    if (auto* c = s.complaint.complaint_of.find(id))
      note("complaint ", name_of(s.complaint.docket(*c).phase));
    if (auto* o = s.rectification.order_of.find(id))
      note("rectification ", name_of(s.rectification.order(*o).phase));
    if (auto* b = s.bulletin.drafts.find(id)) note("bulletin ", name_of(b->phase));
    if (auto* d = s.bulletin.draft_of.find(id))
      note("bulletin ", name_of(s.bulletin.draft(*d).phase));
    if (auto* r = s.records.find(id))
      note("record ", kRecordStates[static_cast<int>(projections::state_of(*r))]);
    if (s.organisation.submissions.find(id)) {
      note("office filing ", kFilingStates[filing(id, Authority::office)]);
      note("superior filing ", kFilingStates[filing(id, Authority::superior)]);
    }
    note("assessment ", name_of(projections::assessment_phase(s, 2025)));
  }
  int filing(const Id& id, Authority by) const {
    return static_cast<int>(rules_.state().organisation.filing_state(id, by));
  }
  void note_items() {
    for (auto& [list, no] : items_)
      if (auto* item = rules_.state().organisation.find_item(list, no))
        note("item ", kItemStates[static_cast<int>(item->state)]);
  }
  void note(const std::string& machine, std::string_view phase) {
    states.insert(machine + std::string(phase));
  }

  void refuse(const demo::Step& step, const Json& draft, const ledger::Error& e) {
    refusals.push_back(ledger::format_instant(step.at) + " " + step.key + " " +
                       draft["type"].get<std::string>() + ": " + e.code + " " + e.field + " " +
                       e.message);
  }

  projections::ProcedureRules rules_{ledger::intl()};
  Log log_;
  Keys keys_;
  Counter random_;
  ledger::DraftContext context_{ledger::intl(), {}, random_, {}, {}};
  std::map<std::string, std::string> results_;
  std::string scheme_;
  std::vector<std::pair<Id, std::string>> items_;
};

demo::DemoKeys test_keys() {
  const auto any = [](const std::string&) { return std::string("AAAA"); };
  return {key_id, any, any};
}

std::vector<demo::Step> year() {
  return demo::demo_year(test_keys(), projections::assessment::default_scheme_text(2025));
}

const std::set<std::string> kStates{
    "complaint filed",        "complaint accepted",     "complaint assigned",
    "complaint objected",     "complaint answered",     "complaint underReview",
    "complaint reopened",     "complaint closed",       "complaint ended",
    "complaint withdrawn",    "rectification ordered",  "rectification acknowledged",
    "rectification planned",  "rectification reported", "rectification rejected",
    "rectification accepted", "rectification cancelled",
    "office filing submitted", "office filing accepted", "office filing returned",
    "superior filing submitted", "superior filing accepted", "superior filing returned",
    "item open", "item amending", "item completed", "item closed", "item cancelled",
    "record unverified", "record ok", "record disallowed", "record annulled",
    "assessment none", "assessment scheme", "assessment preliminary", "assessment final",
    "assessment superseding", "assessment confirmed",
    "bulletin drafted", "bulletin reviewed", "bulletin signed", "bulletin issued",
    "bulletin corrected", "bulletin withdrawn", "bulletin returned"};

}  // namespace

TEST_CASE("the demonstration's year is admitted") {
  const auto steps = year();
  Player player;
  for (auto& step : steps) player.play(step);

  for (std::size_t i = 0; i < player.refusals.size() && i < 40; ++i)
    UNSCOPED_INFO(player.refusals[i]);
  INFO(player.refusals.size() << " refusals, " << player.size() << " events, " << steps.size()
                              << " steps");
  CHECK(player.refusals.empty());
  CHECK(player.size() >= 15'000);
  CHECK(steps.size() <= 4'000);

  for (auto& type : ledger::catalogue())
    if (type.ordinal != EventType::GenesisRecorded)
      CHECK((player.types.count(type.name) ? "" : type.name) == "");
  for (auto& state : kStates) CHECK((player.states.count(state) ? "" : state) == "");
}

TEST_CASE("the demonstration's year is the same each time, and in order") {
  const auto a = year(), b = year();
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    REQUIRE(a[i].drafts == b[i].drafts);
    REQUIRE((a[i].at == b[i].at && a[i].key == b[i].key));
    if (i > 0) REQUIRE(a[i - 1].at <= a[i].at);
  }
}
