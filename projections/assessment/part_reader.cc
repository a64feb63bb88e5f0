// One part of an indicator: its parameters against the kind's, its fields against the catalogue.
#include "projections/assessment/part_reader.h"

#include <algorithm>

#include "ledger/schema/catalogue.h"

namespace projections::assessment {
namespace {

using ledger::Field;
using ledger::Kind;

bool has_word(const Words& words, std::string_view w) {
  return std::find(words.begin(), words.end(), w) != words.end();
}

const Words kCaseClasses{"courtOrProcuratorate", "publicSecurity", "otherEnforcement", "none"};

class PartReader {
 public:
  PartReader(TomlReader& in, const toml::table& t, std::string path)
      : in_(in), t_(t), path_(std::move(path)) {}

  Part read() {
    const MeasureKind* kind = kind_of();
    if (kind == nullptr) return {};
    part_.kind = kind->measure;
    Words known{"kind"};
    for (auto& p : kind->parameters) known.emplace_back(p.name);
    in_.only(t_, path_, known);
    for (auto& p : kind->parameters) parameter(p);
    if (in_.good()) check_fields();
    return std::move(part_);
  }

 private:
  std::string at(std::string_view key) const { return TomlReader::join(path_, key); }
  const toml::node& node(std::string_view key) const {
    const toml::node* n = t_.get(key);
    return n ? *n : static_cast<const toml::node&>(t_);
  }

  const MeasureKind* kind_of() {
    std::string name;
    in_.need(t_, path_, "kind");
    in_.text(t_, path_, "kind", name);
    const MeasureKind* kind = find_kind(name);
    if (kind == nullptr) in_.fail(node("kind"), at("kind"), "no such measure kind: " + name);
    return kind;
  }

  void parameter(const Parameter& p) {
    if (p.need) in_.need(t_, path_, p.name);
    switch (p.type) {
      case ParameterType::number:
        in_.number(t_, path_, p.name, part_.numbers[p.name] = p.number);
        break;
      case ParameterType::flag:
        in_.flag(t_, path_, p.name, part_.numbers[p.name] = p.number);
        break;
      case ParameterType::text:
        text(p);
        break;
      case ParameterType::texts:
        texts(p);
        break;
      case ParameterType::types:
        types(p.name);
        break;
      case ParameterType::type:
        type(p);
        break;
      case ParameterType::where:
        where();
        break;
      case ParameterType::by_class:
        by_class(p.name);
        break;
    }
  }

  void check_choice(const Parameter& p, const std::string& word) {
    if (!p.choices.empty() && !has_word(p.choices, word))
      in_.fail(node(p.name), at(p.name), "\"" + word + "\" is none of its values");
  }

  void text(const Parameter& p) {
    auto& out = part_.texts[p.name] = p.words.empty() ? "" : p.words.front();
    in_.text(t_, path_, p.name, out);
    check_choice(p, out);
  }

  void texts(const Parameter& p) {
    auto& out = part_.lists[p.name] = p.words;
    in_.texts(t_, path_, p.name, out);
    for (auto& w : out) check_choice(p, w);
  }

  void add_type(const char* key, const std::string& name) {
    const ledger::Type* type = ledger::find_type(name);
    if (type == nullptr) return in_.fail(node(key), at(key), "no such event type: " + name);
    if (!is_scored(type->ordinal)) return in_.fail(node(key), at(key), name + " cannot be scored");
    part_.types.push_back(type->ordinal);
  }

  void types(const char* key) {
    Words names;
    in_.texts(t_, path_, key, names);
    for (auto& n : names) add_type(key, n);
    if (in_.good() && part_.types.empty())
      in_.fail(node(key), at(key), "name at least one event type");
  }

  void type(const Parameter& p) {
    std::string name;
    in_.text(t_, path_, p.name, name);
    add_type(p.name, name);
    check_choice(p, name);
  }

  void where() {
    const toml::table& given = in_.table(t_, path_, "where");
    for (auto&& [key, n] : given) {
      Filter f{std::string(key.str()), {}};
      in_.texts(given, at("where"), key.str(), f.values);
      part_.where.push_back(std::move(f));
    }
  }

  void by_class(const char* key) {
    const toml::table& given = in_.table(t_, path_, key);
    in_.only(given, at(key), kCaseClasses);
    for (auto& c : kCaseClasses)
      if (!given.empty()) in_.number(given, at(key), c, part_.target_by_class[c] = 0);
  }

  // The field of each type that the part reads; a type without it is a fault.
  void each_field(std::string_view key, std::string_view name, bool (*fits)(const Field&),
                  const char* what) {
    for (auto t : part_.types) {
      const Field* f = ledger::find_field(ledger::type_of(t).fields, name);
      if (f == nullptr || !fits(*f))
        in_.fail(node(key), at(key),
                 ledger::type_of(t).name + " has no " + what + " \"" + std::string(name) + "\"");
    }
  }

  static bool is_number(const Field& f) {
    return !f.list && (f.kind == Kind::integer || f.kind == Kind::points || f.kind == Kind::fen);
  }
  static bool is_year(const Field& f) { return f.name == "year" && is_number(f); }
  static bool is_unit(const Field& f) { return !f.list && f.kind == Kind::unit; }
  static bool is_plain(const Field& f) {
    return f.kind == Kind::choice ||
           (!f.list && (f.kind == Kind::text || f.kind == Kind::code || f.kind == Kind::flag ||
                        f.kind == Kind::person || is_number(f)));
  }

  void check_values(const Filter& f) {
    for (auto t : part_.types) {
      const Field* field = ledger::find_field(ledger::type_of(t).fields, f.field);
      if (field == nullptr || field->kind != Kind::choice) continue;
      for (auto& v : f.values)
        if (std::none_of(field->choices.begin(), field->choices.end(),
                         [&](auto& c) { return c.name == v; }))
          in_.fail(node("where"), at("where." + f.field),
                   "\"" + v + "\" is none of the field's values");
    }
  }

  std::string_view given_text(const char* key) const {
    auto it = part_.texts.find(key);
    return it == part_.texts.end() ? std::string_view() : std::string_view(it->second);
  }

  void check_fields() {
    if (part_.kind == Measure::filing || part_.types.empty()) return;
    for (auto& f : part_.where) {
      each_field("where", f.field, is_plain, "field to compare");
      check_values(f);
    }
    if (auto d = given_text("distinct"); !d.empty())
      each_field("distinct", d, is_plain, "field to count");
    if (given_text("by") == "year") each_field("by", "year", is_year, "field");
    if (auto u = given_text("orFor"); !u.empty()) each_field("orFor", u, is_unit, "unit field");
    if (part_.kind != Measure::ratio) return;
    each_field("of", given_text("of"), is_number, "number");
    each_field("over", given_text("over"), is_number, "number");
  }

  TomlReader& in_;
  const toml::table& t_;
  std::string path_;
  Part part_;
};

}  // namespace

Part read_part(TomlReader& in, const toml::table& t, const std::string& path) {
  return PartReader(in, t, path).read();
}

}  // namespace projections::assessment
