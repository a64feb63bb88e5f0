#include "tools/cli/catalogue.h"

namespace tools {
namespace {

using ledger::Field;
using ledger::OrderedJson;
using ledger::Type;

// Where the field lies in its struct (Cap'n Proto): a pointer's index, or a scalar's bits and its offset in
// units of them. An optional scalar is there if its presence bit is set.
OrderedJson slot_of(const Field& f) {
  using ledger::Kind;
  int bits = 0;
  if (f.kind == Kind::date || f.kind == Kind::integer) bits = 32;
  else if (f.kind == Kind::instant || f.kind == Kind::points || f.kind == Kind::fen) bits = 64;
  else if (f.kind == Kind::choice) bits = 16;
  else if (f.kind == Kind::flag) bits = 1;
  if (bits == 0 || f.list) return {{"pointer", f.offset}};
  OrderedJson j{{"bits", bits}, {"offset", f.offset}};
  if (f.presence >= 0) j["presence"] = f.presence;
  return j;
}

OrderedJson to_json(const Field& f) {
  OrderedJson j{{"name", f.name}, {"zh", f.zh}, {"en", f.en}, {"kind", ledger::name_of(f.kind)}, {"required", f.need}};
  using ledger::Kind;
  if (f.kind == Kind::text || f.kind == Kind::sealed || f.kind == Kind::code || f.kind == Kind::code_or_star) j["maxLength"] = f.max;
  if (f.kind == Kind::hex) j["bytes"] = f.max;
  if (f.kind == Kind::integer || f.kind == Kind::points || f.kind == Kind::fen) j["min"] = f.min, j["max"] = f.max;
  if (f.list) j["list"] = {{"min", f.least}, {"max", f.most}};
  if (!f.measure.empty()) j["unitOfMeasure"] = f.measure;
  for (auto& c : f.choices) j["values"].push_back({{"code", c.name}, {"zh", c.zh}, {"en", c.en}});
  j["slot"] = slot_of(f);
  for (auto& m : f.members) j["fields"].push_back(to_json(m));
  if (f.is_ref()) {
    j["to"] = OrderedJson::array();
    for (auto t : f.to) j["to"].push_back(ledger::type_of(t).name);
    j["sameUnit"] = f.same_unit, j["notLater"] = f.not_later;
  }
  return j;
}

OrderedJson to_json(const Type& t) {
  OrderedJson j{{"type", t.name}, {"ordinal", static_cast<int>(t.ordinal)}, {"zh", t.zh}, {"en", t.en}, {"family", t.family}, {"unit", unit_rule_name(t.unit)}};
  j["signers"] = OrderedJson::array();
  for (auto r : t.signers) j["signers"].push_back(ledger::roles()[static_cast<std::size_t>(r)].name);
  j["data"] = OrderedJson::array(), j["refs"] = OrderedJson::array();
  for (auto& f : t.fields) j[f.is_ref() ? "refs" : "data"].push_back(to_json(f));
  for (auto& f : ledger::common_fields()) j["data"].push_back(to_json(f));
  j["codes"] = ledger::refusal_codes(t);
  return j;
}

}  // namespace

const char* unit_rule_name(ledger::UnitRule r) {
  static constexpr const char* kNames[] = {"own", "any", "absent", "optional"};
  return kNames[static_cast<int>(r)];
}

OrderedJson catalogue_json(const Type* one) {
  OrderedJson j{{"types", OrderedJson::array()}};
  for (auto& r : ledger::roles()) j["roles"].push_back({{"code", r.name}, {"zh", r.zh}, {"en", r.en}});
  for (auto& t : ledger::catalogue())
    if (one == nullptr || one == &t) j["types"].push_back(to_json(t));
  return j;
}

}  // namespace tools
