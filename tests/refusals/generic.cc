// Cases of the common codes, made from an accepted draft and the catalogue.
#include "ledger/schema/catalogue.h"
#include "ledger/schema/shape.h"
#include "tests/refusals/refusals.h"

namespace refusals {
namespace {

using ledger::Field;
using ledger::Kind;

constexpr char kNoUnit[] = "11420114TA00099930";       // valid, of no registered unit
constexpr char kBadUnit[] = "11420114TA0000016X";
constexpr char kNoEvent[] = "019a0000-0000-7000-8000-0000000000b2";

// Where a field stands below the draft; kItem steps into the first item of a list.
using Path = std::vector<std::string>;
constexpr char kItem[] = "[]";

// Sets a value below the draft, making what is absent, or written in short, on the way.
void put(Json& draft, const Path& path, Json value) {
  Json* j = &draft;
  for (auto& p : path) {
    if (p == kItem && (!j->is_array() || j->empty())) *j = Json::array({Json::object()});
    if (p != kItem && !j->is_object()) *j = Json::object();
    j = p == kItem ? &(*j)[0] : &(*j)[p];
  }
  *j = std::move(value);
}

// ---- a draft as long as its fields allow, each in its own form

Json longest(const std::vector<Field>&);

std::string numbered(const char* start, std::size_t i, std::size_t digits) {
  const std::string n = std::to_string(i);
  return start + std::string(digits - n.size(), '0') + n;
}

Json longest_item(const Field& f, std::size_t i) {
  switch (f.kind) {
    case Kind::text: {
      std::string s;
      for (std::int64_t n = 0; n < f.max; ++n) s += "𠀀";
      return s;
    }
    case Kind::code: case Kind::code_or_star: return numbered("", i, static_cast<std::size_t>(f.max));
    case Kind::person: return numbered("p-", i, 40);
    case Kind::ref: return numbered("019a0000-0000-7000-8000-", i, 12);
    case Kind::hex: return std::string(2 * static_cast<std::size_t>(f.max), 'a');
    case Kind::choice: return f.choices[0].name;
    case Kind::date: return "2025-01-03";
    case Kind::instant: return "2025-01-03T00:00:00Z";
    case Kind::month_day: return "01-03";
    case Kind::unit: case Kind::uscc: case Kind::scope: return world::kCourt;
    case Kind::flag: return true;
    case Kind::group: return longest(f.members);
    case Kind::changes: return {{"title", std::string(ledger::kEventBytesMax, 'x')}};
    default: return f.min;
  }
}
// A list whose items may not be alike and are no texts stays short: it adds little.
Json longest_of(const Field& f) {
  if (!f.list || f.kind == Kind::changes) return longest_item(f, 0);
  const bool many = ledger::repeats(f.kind) || f.kind == Kind::code || f.kind == Kind::person || f.kind == Kind::ref;
  Json items = Json::array();
  for (std::size_t i = 0; i < (many ? f.most : 1); ++i) items.push_back(longest_item(f, i));
  return items;
}
Json longest(const std::vector<Field>& fields) {
  Json j = Json::object();
  for (auto& f : fields)
    if (f.kind != Kind::sealed) j[f.name] = longest_of(f);
  return j;
}

void make_longest(const ledger::Type& type, Json& draft) {
  for (auto* fields : {&type.fields, &ledger::common_fields()})
    for (auto& f : *fields)
      if (f.kind != Kind::sealed && f.name != "docNo") draft[f.is_ref() ? "refs" : "data"][f.name] = longest_of(f);
}

// ---- the cases

void to_other_unit(World&, Json& d) { d["unit"] = world::kOffice; }
void before_reference(World&, Json& d) { d["on"] = "2025-01-01"; }   // the units are active, nothing has happened

// Without the references that a type need not have, which would be of another unit than the one named.
void name_no_unit(World&, Json& d) {
  for (auto& f : ledger::find_type(d["type"].get<std::string>())->fields)
    if (f.same_unit && !f.need && d.contains("refs")) d["refs"].erase(f.name);
  d["unit"] = kNoUnit;
}

bool is_of_unit(const Scenario& s) { return s.key == "unit" || s.key == "head"; }
// Who may sign the type for the other unit.
const char* other_signer(const Scenario& s) { return is_of_unit(s) ? "elsewhere" : ""; }

class Maker {
 public:
  explicit Maker(const Scenario& s) : scenario_(s), type_(*ledger::find_type(s.type)) {}

  std::vector<Case> make() {
    add("unknown-field", [](World&, Json& d) { d["data"]["noSuchField"] = 1; });
    add("wrong-type", [](World&, Json& d) { d["data"] = "text"; });
    add("date-impossible", [](World&, Json& d) { d["on"] = "2025-02-30"; });
    add("out-of-range", [](World&, Json& d) { d["on"] = "1900-01-01"; });
    add("on-in-future", [](World& w, Json& d) { d["on"] = ledger::format_date(ledger::local_date(w.now) + 1); });
    add("label-duplicate", [](World&, Json& d) { d["label"] = "one", d = Json::array({d, d}); });
    add("id-duplicate", [](World& w, Json& d) { d["id"] = first_id(w); });
    for (auto& f : type_.fields) field(f, {f.is_ref() ? "refs" : "data"});
    for (auto& f : ledger::common_fields()) field(f, {"data"});
    unit();
    signer();
    if (lists("event-too-large")) add("event-too-large", [&t = type_](World&, Json& d) { make_longest(t, d); });
    return std::move(cases_);
  }

 private:
  static std::string first_id(World& w) { return ledger::format_id(ledger::load(*w.store, 0)->header.id); }

  void add(const char* code, Spoil spoil, const char* other_key = "") {
    for (auto& c : cases_)
      if (c.code == code) return;   // one case a code is enough for the common ones
    cases_.push_back({scenario_.type, code, scenario_.key, scenario_.given, std::move(spoil), other_key});
  }
  void put_at(const char* code, const Path& path, Json value) {
    add(code, [path, value = std::move(value)](World&, Json& d) { put(d, path, value); });
  }
  bool lists(std::string_view code) const {
    const auto codes = ledger::refusal_codes(type_);
    return std::find(codes.begin(), codes.end(), code) != codes.end();
  }

  void unit() {
    if (type_.unit == ledger::UnitRule::absent) return add("unit-not-allowed", [](World&, Json& d) { d["unit"] = world::kCourt; });
    add("uscc-checksum", [](World&, Json& d) { d["unit"] = kBadUnit; });
    if (lists("unit-unknown")) add("unit-unknown", name_no_unit, district_signer());
    if (type_.unit != ledger::UnitRule::optional) add("unit-missing", [](World&, Json& d) { d.erase("unit"); });
  }

  void signer() {
    add("role-missing", [](World&, Json&) {}, "roleless");
    if (lists("scope-mismatch")) add("scope-mismatch", [](World&, Json&) {}, "elsewhere");
  }

  void field(const Field& f, Path path) {
    path.push_back(f.name);
    if (f.need && path.size() == 2) add("field-missing", [path](World&, Json& d) { d[path[0]].erase(path[1]); });
    if (f.list && f.kind != Kind::changes) list(f, path), path.emplace_back(kItem);
    switch (f.kind) {
      case Kind::text: case Kind::sealed: text(f, path); break;
      case Kind::choice: put_at("enum-unknown", path, "noSuchValue"); break;
      case Kind::scope: case Kind::unit: put_at("unit-unknown", path, kNoUnit); [[fallthrough]];
      case Kind::uscc: put_at("uscc-checksum", path, kBadUnit); break;
      case Kind::ref: reference(f, path); break;
      case Kind::group: group(f, path); break;
      default: break;
    }
  }

  void text(const Field& f, const Path& path) {
    put_at("too-long", path, std::string(static_cast<std::size_t>(f.max) + 1, 'x'));
    if (f.kind == Kind::text && !f.name.ends_with("rl")) put_at("personal-data-in-clear", path, "13812345678");
  }

  void list(const Field& f, const Path& path) {
    if (!ledger::repeats(f.kind)) add("item-duplicate", [path, f](World&, Json& d) { put(d, path, Json::array({longest_item(f, 0), longest_item(f, 0)})); });
  }

  void group(const Field& f, const Path& path) {
    if (f.name == "docNo") put_at("docno-malformed", path, "第五号");
    for (auto& m : f.members) {
      if (m.need) put_at("field-missing", path, Json::object());
      field(m, path);
    }
  }

  void reference(const Field& f, const Path& path) {
    put_at("label-unknown", path, "#nowhere");
    put_at("ref-missing", path, kNoEvent);
    if (!f.to.empty() && std::find(f.to.begin(), f.to.end(), ledger::EventType::GenesisRecorded) == f.to.end())
      add("ref-type", [path](World& w, Json& d) { put(d, path, first_id(w)); });
    if (f.same_unit && f.need) add("ref-other-unit", to_other_unit, other_signer(scenario_));
    if (f.not_later && f.need) add("on-before-reference", before_reference);
  }

  // A key of the world with a role for the whole district that may sign the type; nobody else for one who may.
  const char* district_signer() const {
    static const std::pair<ledger::Role, const char*> kKeys[] = {{ledger::Role::office, "office"}, {ledger::Role::reviewer, "reviewer"}, {ledger::Role::intakeDesk, "desk"}};
    if (!is_of_unit(scenario_)) return "";
    for (auto& [role, key] : kKeys)
      if (std::find(type_.signers.begin(), type_.signers.end(), role) != type_.signers.end()) return key;
    return "";
  }

  const Scenario& scenario_;
  const ledger::Type& type_;
  std::vector<Case> cases_;
};

// ---- references that an accepted draft may lack

const Scenario& scenario_of(const std::string& type) {
  return *std::find_if(scenarios().begin(), scenarios().end(), [&](auto& s) { return s.type == type; });
}

// Another record that the field may point at, as of the first of its types.
std::string referent(World& w, const Field& f) {
  if (f.to.empty()) return admit(w, "unit", World::training());
  const Scenario& other = scenario_of(ledger::type_of(f.to[0]).name);
  return admit(w, other.key, other.given(w));
}

void refer(const Field& f, Json& draft, const std::string& id) { draft["refs"][f.name] = f.list ? Json::array({id}) : Json(id); }

Case with_reference(const Scenario& s, const Field& f, const char* code, Spoil spoil, const char* other_key) {
  auto given = [s, f](World& w) {
    Json draft = s.given(w);
    if (!draft.contains("refs") || !draft["refs"].contains(f.name)) refer(f, draft, referent(w, f));
    return draft;
  };
  return {s.type, code, s.key, given, std::move(spoil), other_key};
}

// To a record of the same type: the twin has none, the refused draft has the like of it by the other unit.
Case to_others_record(const Scenario& s, const Field& f) {
  auto given = [s](World& w) {
    Json draft = s.given(w), other = draft;
    to_other_unit(w, other);
    draft["spare"] = admit(w, *other_signer(s) ? other_signer(s) : s.key, other);
    return draft;
  };
  return {s.type, "ref-other-unit", s.key, given, [f](World&, Json& d) { refer(f, d, d["spare"]); }, ""};
}

bool points_at(const Field& f, const Scenario& s) { return std::find(f.to.begin(), f.to.end(), ledger::find_type(s.type)->ordinal) != f.to.end(); }

Case other_unit_case(const Scenario& s, const Field& f) {
  return points_at(f, s) ? to_others_record(s, f) : with_reference(s, f, "ref-other-unit", to_other_unit, other_signer(s));
}

}  // namespace

std::vector<Case> reference_cases() {
  std::vector<Case> out;
  for (auto& s : scenarios()) {
    const auto have = [&](const char* code) { return std::any_of(own_cases().begin(), own_cases().end(), [&](auto& c) { return c.type == s.type && c.code == code; }); };
    bool other_unit = have("ref-other-unit"), not_later = have("on-before-reference");
    for (auto& f : ledger::find_type(s.type)->fields) other_unit |= f.same_unit && f.need, not_later |= f.not_later && f.need;
    for (auto& f : ledger::find_type(s.type)->fields) {
      if (f.same_unit && !std::exchange(other_unit, true)) out.push_back(other_unit_case(s, f));
      if (f.not_later && !std::exchange(not_later, true)) out.push_back(with_reference(s, f, "on-before-reference", before_reference, ""));
    }
  }
  return out;
}

std::vector<Case> generic_cases(const Scenario& s) { return Maker(s).make(); }

}  // namespace refusals
