// pufa schema: the event catalogue
#include <iostream>

#include "ledger/schema/catalogue.h"
#include "tools/cli/catalogue.h"
#include "tools/cli/table.h"
#include "tools/commands/commands.h"

namespace tools {
namespace {

using ledger::Field;
using ledger::Type;

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
  std::cout << "\n" << app.t("责任主体:", "unit: ") << unit_rule_name(t.unit) << "\n\n";
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
    std::cout << catalogue_json(one).dump(1) << "\n";
    return kGood;
  }
  if (one != nullptr) return print_type(app, *one);
  TextTable table({">#", app.t("类型", "type"), app.t("名称", "label"), app.t("签名角色", "signed by"), app.t("责任主体", "unit"), app.t("数据", "data")});
  for (auto& t : ledger::catalogue()) {
    std::string signers, fields;
    for (auto r : t.signers) signers += (signers.empty() ? "" : ",") + ledger::roles()[static_cast<std::size_t>(r)].name;
    for (auto& f : t.fields) fields += (fields.empty() ? "" : " ") + std::string(f.is_ref() ? "→" : "") + f.name + (f.need ? "!" : "");
    table.add({std::to_string(static_cast<int>(t.ordinal)), t.name, app.zh ? t.zh : t.en, signers, unit_rule_name(t.unit), fields});
  }
  std::cout << table.str();
  return kGood;
}

}  // namespace tools
