#include "tools/cli/say.h"

#include "ledger/schema/show.h"
#include "tools/cli/table.h"

namespace tools {
namespace {

using ledger::Field;
using ledger::Kind;
using ledger::OrderedJson;

std::string say_fields(const App&, const std::vector<Field>&, const OrderedJson&);

std::string label(const App& app, const std::vector<ledger::Choice>& choices, const std::string& code) {
  for (auto& c : choices)
    if (c.name == code) return app.zh ? c.zh : c.en;
  return code;
}

std::string say_value(const App& app, const Field& f, const OrderedJson& v) {
  if (v.is_boolean()) return v.get<bool>() ? app.t("是", "yes") : app.t("否", "no");
  if (f.kind == Kind::points && v.is_number()) return points_text(v.get<std::int64_t>());
  if (f.kind == Kind::choice && v.is_string()) return label(app, f.choices, v.get<std::string>());
  if (f.kind == Kind::group && v.is_object()) return "(" + say_fields(app, f.members, v) + ")";
  if (f.kind == Kind::sealed && v.is_object()) return app.t("〔密封,承诺 ", "[sealed, commitment ") + v["sealed"].get<std::string>() + app.t("〕", "]");
  return v.is_string() ? v.get<std::string>() : v.dump();
}

std::string say_field(const App& app, const Field& f, const OrderedJson& v) {
  if (!v.is_array()) return say_value(app, f, v);
  std::string out;
  for (auto& one : v) out += (out.empty() ? "" : app.t("、", ", ")) + say_value(app, f, one);
  return out;
}

std::string say_fields(const App& app, const std::vector<Field>& fields, const OrderedJson& object) {
  std::string out;
  for (auto& [name, value] : object.items()) {
    const Field* f = ledger::find_field(fields, name);
    if (f == nullptr) continue;
    out += (out.empty() ? "" : app.t(";", "; ")) + (app.zh ? f->zh : f->en) + app.t(":", ": ") + say_field(app, *f, value);
  }
  return out;
}

}  // namespace

std::string say_content(const App& app, const ledger::Body& body) {
  const auto& fields = ledger::type_of(static_cast<ledger::EventType>(body.type_ordinal())).fields;
  auto out = say_fields(app, fields, ledger::show_data(body));
  const auto refs = say_fields(app, fields, ledger::show_refs(body));
  return out + (out.empty() || refs.empty() ? "" : app.t(";", "; ")) + refs;
}

std::string say_signer(const App& app, const ledger::Signer& s) {
  std::string names;
  for (std::size_t i = 0; i < ledger::roles().size(); ++i) {
    const auto& role = ledger::roles()[i];
    if ((s.roles >> i & 1) != 0) names += (names.empty() ? "" : app.t("、", ", ")) + (app.zh ? role.zh : role.en);
  }
  return s.owner() + (names.empty() ? "" : app.t("(", " (") + names + app.t(")", ")"));
}

std::string say_choice(const App& app, ledger::EventType type, const char* field, std::size_t ordinal) {
  const Field& f = *ledger::find_field(ledger::type_of(type).fields, field);
  return label(app, f.choices, ledger::choice_name(f, static_cast<std::uint16_t>(ordinal)));
}

std::string shortened(const std::string& s, std::size_t most) {
  std::size_t points = 0;
  for (std::size_t i = 0; i < s.size(); ++i)
    if ((static_cast<unsigned char>(s[i]) & 0xC0) != 0x80 && points++ == most) return s.substr(0, i) + "…";
  return s;
}

}  // namespace tools
