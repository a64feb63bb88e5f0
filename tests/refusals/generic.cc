// Cases of the common codes, made from an accepted draft and the catalogue.
#include "ledger/schema/catalogue.h"
#include "tests/refusals/refusals.h"

namespace refusals {
namespace {

using ledger::Field;
using ledger::Kind;

Json* at(Json& draft, const std::vector<std::string>& path) {
  Json* j = &draft;
  for (auto& p : path) j = j->is_array() ? &(*j)[0] : &(*j)[p];
  return j;
}

// Sets a value below the draft, opening one item of each list on the way.
void put(Json& draft, const std::vector<std::string>& path, Json value) { *at(draft, path) = std::move(value); }

class Maker {
 public:
  explicit Maker(const Scenario& s) : scenario_(s) {}

  std::vector<Case> make() {
    const ledger::Type& type = *ledger::find_type(scenario_.type);
    add("unknown-field", [](World&, Json& d) { d["data"]["noSuchField"] = 1; });
    add("wrong-type", [](World&, Json& d) { d["data"] = "text"; });
    add("date-impossible", [](World&, Json& d) { d["on"] = "2025-02-30"; });
    add("out-of-range", [](World&, Json& d) { d["on"] = "1900-01-01"; });
    add("on-in-future", [](World& w, Json& d) { d["on"] = ledger::format_date(ledger::local_date(w.now) + 1); });
    for (auto& f : type.fields) field(f, {f.is_ref() ? "refs" : "data"});
    if (type.unit == ledger::UnitRule::absent) add("unit-not-allowed", [](World&, Json& d) { d["unit"] = world::kCourt; });
    if (type.unit == ledger::UnitRule::own || type.unit == ledger::UnitRule::any) add("unit-missing", [](World&, Json& d) { d.erase("unit"); });
    return std::move(cases_);
  }

 private:
  void add(const char* code, Spoil spoil) {
    for (auto& c : cases_)
      if (c.code == code) return;   // one case a code is enough for the common ones
    cases_.push_back({scenario_.type, code, scenario_.key, scenario_.given, std::move(spoil)});
  }

  void field(const Field& f, std::vector<std::string> path) {
    path.push_back(f.name);
    if (f.need && path.size() == 2) add("field-missing", [path](World&, Json& d) { d[path[0]].erase(path[1]); });
    if (f.list && f.kind != Kind::changes) add_list(f, path);
    if (f.list) return;
    switch (f.kind) {
      case Kind::text: case Kind::sealed: add("too-long", [path, n = f.max](World&, Json& d) { put(d, path, std::string(static_cast<std::size_t>(n) + 1, 'x')); });
        if (f.kind == Kind::text && !f.name.ends_with("rl")) add("personal-data-in-clear", [path](World&, Json& d) { put(d, path, "13812345678"); });
        break;
      case Kind::choice: add("enum-unknown", [path](World&, Json& d) { put(d, path, "noSuchValue"); }); break;
      case Kind::unit: case Kind::uscc: add("uscc-checksum", [path](World&, Json& d) { put(d, path, "11420114TA0000016X"); });
        if (f.kind == Kind::unit) add("unit-unknown", [path](World&, Json& d) { put(d, path, "11420114TA0000032J"); });
        break;
      case Kind::ref: reference(f, path); break;
      default: break;
    }
  }

  void add_list(const Field& f, const std::vector<std::string>& path) {
    if (f.is_ref() && f.need) {
      add("label-unknown", [path](World&, Json& d) { put(d, path, Json::array({"#nowhere"})); });
      add("ref-missing", [path](World&, Json& d) { put(d, path, Json::array({"019a0000-0000-7000-8000-0000000000b2"})); });
    }
    if (f.kind == Kind::unit) add("item-duplicate", [path](World&, Json& d) { put(d, path, Json::array({world::kCourt, world::kCourt})); });
  }

  void reference(const Field& f, const std::vector<std::string>& path) {
    add("label-unknown", [path](World&, Json& d) { put(d, path, "#nowhere"); });
    add("ref-missing", [path](World&, Json& d) { put(d, path, "019a0000-0000-7000-8000-0000000000b2"); });
    if (!f.to.empty() && std::find(f.to.begin(), f.to.end(), ledger::EventType::GenesisRecorded) == f.to.end())
      add("ref-type", [path](World& w, Json& d) {
        auto genesis = ledger::load(*w.store, 0);
        put(d, path, ledger::format_id(genesis->header.id));
      });
  }

  const Scenario& scenario_;
  std::vector<Case> cases_;
};

}  // namespace

std::vector<Case> generic_cases(const Scenario& s) { return Maker(s).make(); }

}  // namespace refusals
