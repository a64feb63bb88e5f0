// pufa schema: the event catalogue
#include <iostream>

#include "ledger/schema/catalogue.h"
#include "tools/cli/table.h"
#include "tools/commands/commands.h"

namespace tools {
namespace {

using ledger::Field;
using ledger::OrderedJson;
using ledger::Type;

const char* name_of(ledger::UnitRule r) {
  static constexpr const char* kNames[] = {"own", "any", "absent", "optional"};
  return kNames[static_cast<int>(r)];
}

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
  OrderedJson j{{"type", t.name}, {"ordinal", static_cast<int>(t.ordinal)}, {"zh", t.zh}, {"en", t.en}, {"family", t.family}, {"unit", name_of(t.unit)}};
  j["signers"] = OrderedJson::array();
  for (auto r : t.signers) j["signers"].push_back(ledger::roles()[static_cast<std::size_t>(r)].name);
  j["data"] = OrderedJson::array(), j["refs"] = OrderedJson::array();
  for (auto& f : t.fields) j[f.is_ref() ? "refs" : "data"].push_back(to_json(f));
  for (auto& f : ledger::common_fields()) j["data"].push_back(to_json(f));
  j["codes"] = ledger::refusal_codes(t);
  return j;
}

std::string limits(const Field& f) {
  using ledger::Kind;
  std::string s = ledger::name_of(f.kind);
  if (f.kind == Kind::text || f.kind == Kind::sealed || f.kind == Kind::code || f.kind == Kind::hex) s += "(" + std::to_string(f.max) + ")";
  if (f.kind == Kind::integer) s += "(" + std::to_string(f.min) + ".." + std::to_string(f.max) + ")";
  if (f.list) s += "[" + std::to_string(f.least) + ".." + std::to_string(f.most) + "]";
  return s;
}

std::string choices(const App& app, const Field& f) {
  std::string s;
  for (auto& c : f.choices) s += (s.empty() ? "" : " ") + c.name + "=" + (app.zh ? c.zh : c.en);
  return s;
}

void print_fields(const App& app, const std::vector<Field>& fields, const std::string& prefix, TextTable& table) {
  for (auto& f : fields) {
    table.add({prefix + (f.is_ref() ? "refs." : prefix.empty() ? "data." : "") + f.name + (f.need ? " !" : ""), app.zh ? f.zh : f.en, limits(f), choices(app, f)});
    if (!f.members.empty()) print_fields(app, f.members, prefix + (prefix.empty() ? "data." : "") + f.name + (f.list ? ".N." : "."), table);
  }
}

int print_type(const App& app, const Type& t) {
  std::cout << t.name << "  " << (app.zh ? t.zh : t.en) << "\n" << app.t("签名角色:", "signed by: ");
  for (auto r : t.signers) std::cout << ledger::roles()[static_cast<std::size_t>(r)].name << " ";
  std::cout << "\n" << app.t("责任主体:", "unit: ") << name_of(t.unit) << "\n\n";
  TextTable table({app.t("字段(! 必填)", "field (! required)"), app.t("名称", "label"), app.t("类型与限度", "kind and limit"), app.t("取值", "values")});
  print_fields(app, t.fields, "", table);
  print_fields(app, ledger::common_fields(), "", table);
  std::cout << table.str() << "\n" << app.t("可能的拒绝代码:", "refusal codes: ");
  for (auto& c : ledger::refusal_codes(t)) std::cout << c << " ";
  std::cout << "\n";
  return kGood;
}

}  // namespace

int run_schema(const App& app, const std::string& name) {
  const Type* one = name.empty() ? nullptr : ledger::find_type(name);
  if (!name.empty() && one == nullptr) return fail(app, {"usage", "", "there is no event type " + name});
  if (app.json) {
    OrderedJson j{{"types", OrderedJson::array()}};
    for (auto& r : ledger::roles()) j["roles"].push_back({{"code", r.name}, {"zh", r.zh}, {"en", r.en}});
    for (auto& t : ledger::catalogue())
      if (one == nullptr || one == &t) j["types"].push_back(to_json(t));
    std::cout << j.dump(1) << "\n";
    return kGood;
  }
  if (one != nullptr) return print_type(app, *one);
  TextTable table({">#", app.t("类型", "type"), app.t("名称", "label"), app.t("签名角色", "signed by"), app.t("责任主体", "unit"), app.t("数据", "data")});
  for (auto& t : ledger::catalogue()) {
    std::string signers, fields;
    for (auto r : t.signers) signers += (signers.empty() ? "" : ",") + ledger::roles()[static_cast<std::size_t>(r)].name;
    for (auto& f : t.fields) fields += (fields.empty() ? "" : " ") + std::string(f.is_ref() ? "→" : "") + f.name + (f.need ? "!" : "");
    table.add({std::to_string(static_cast<int>(t.ordinal)), t.name, app.zh ? t.zh : t.en, signers, name_of(t.unit), fields});
  }
  std::cout << table.str();
  return kGood;
}

}  // namespace tools
