#include "ledger/schema/catalogue.h"

#include <capnp/schema.h>

#include <algorithm>
#include <map>

#include "ledger/schema/annotations.h"
#include "ledger/schema/event.capnp.h"
#include "ledger/schema/shape.h"

namespace ledger {
namespace {

using capnp::StructSchema;
using ShapeReader = schema::Shape::Reader;

std::vector<Field> fields_of(StructSchema);

std::vector<Choice> choices_of(capnp::EnumSchema e) {
  std::vector<Choice> out;
  for (auto v : e.getEnumerants())
    out.push_back({v.getProto().getName().cStr(), annotation_text(v.getProto(), kZhAnnotation),
                   annotation_text(v.getProto(), kEnAnnotation)});
  return out;
}

std::string family_of(capnp::Schema s) {
  std::string file = s.getProto().getDisplayName().cStr();
  file.resize(std::min(file.size(), file.find(".capnp")));
  return file.substr(file.rfind('/') + 1);
}

// Types named in a ref's `to`, by their place in the union.
std::vector<EventType> targets(ShapeReader shape) {
  static const auto payload = capnp::Schema::from<schema::Body>().getFieldByName("payload").getType().asStruct();
  std::vector<EventType> out;
  for (auto t : shape.getRef().getTo()) {
    std::string name = t.cStr();
    name[0] = static_cast<char>(name[0] - 'A' + 'a');
    out.push_back(static_cast<EventType>(payload.getFieldByName(name.c_str()).getProto().getDiscriminantValue()));
  }
  return out;
}

void set_kind(Field& f, ShapeReader shape) {
  using S = schema::Shape;
  auto sized = [&](Kind k, std::uint32_t max) { f.kind = k, f.max = max; };
  switch (shape.which()) {
    case S::TEXT: return sized(Kind::text, shape.getText());
    case S::SEALED: return sized(Kind::sealed, shape.getSealed());
    case S::CODE: return sized(Kind::code, shape.getCode());
    case S::CODE_OR_STAR: return sized(Kind::code_or_star, shape.getCodeOrStar());
    case S::HEX: return sized(Kind::hex, shape.getHex());
    case S::SCOPE: f.kind = Kind::scope; return;
    case S::DATE: f.kind = Kind::date, f.min = kDateMin.days, f.max = kDateMax.days; return;
    case S::INSTANT: f.kind = Kind::instant; return;
    case S::INT: f.kind = Kind::integer, f.min = shape.getInt().getMin(), f.max = shape.getInt().getMax(); return;
    case S::POINTS: f.kind = Kind::points, f.max = kAmountMax; return;
    case S::FEN: f.kind = Kind::fen, f.max = kAmountMax; return;
    case S::FLAG: f.kind = Kind::flag; return;
    case S::CHOICE: f.kind = Kind::choice; return;
    case S::UNIT: f.kind = Kind::unit; return;
    case S::USCC: f.kind = Kind::uscc; return;
    case S::PERSON: f.kind = Kind::person; return;
    case S::MONTH_DAY: f.kind = Kind::month_day; return;
    case S::GROUP: f.kind = Kind::group; return;
    case S::CHANGES: f.kind = Kind::changes; return;
    case S::REF:
      f.kind = Kind::ref;
      f.to = targets(shape);
      f.same_unit = shape.getRef().getSameUnit();
      f.not_later = shape.getRef().getNotLater();
      return;
  }
}

Field field_of(StructSchema s, StructSchema::Field field) {
  Field f;
  auto proto = field.getProto();
  auto shape = shape_of(field);
  f.name = proto.getName().cStr();
  f.zh = annotation_text(proto, kZhAnnotation);
  f.en = annotation_text(proto, kEnAnnotation);
  f.measure = annotation_text(proto, kUnitAnnotation);
  f.need = shape.getNeed();
  f.least = shape.getLeast();
  f.most = shape.getMost();
  f.offset = proto.getSlot().getOffset();
  set_kind(f, shape);
  auto type = field.getType();
  f.list = type.isList();
  if (f.list) type = type.asList().getElementType();
  if (type.isEnum()) f.choices = choices_of(type.asEnum());
  if (type.isStruct() && f.kind == Kind::group) f.members = fields_of(type.asStruct());
  KJ_IF_MAYBE(bit, presence_of(s, field)) f.presence = static_cast<int>(bit->getProto().getSlot().getOffset());
  return f;
}

std::vector<Field> fields_of(StructSchema s) {
  std::vector<Field> out;
  for (auto f : s.getFields())
    if (annotation(f.getProto(), kIsAnnotation) != nullptr) out.push_back(field_of(s, f));
  return out;
}

Type type_from(StructSchema s, std::uint16_t ordinal) {
  Type t;
  t.ordinal = static_cast<EventType>(ordinal);
  t.name = s.getShortDisplayName().cStr();
  t.zh = annotation_text(s.getProto(), kZhAnnotation);
  t.en = annotation_text(s.getProto(), kEnAnnotation);
  t.family = family_of(s);
  t.fields = fields_of(s);
  KJ_IF_MAYBE(v, annotation(s.getProto(), kEventAnnotation)) {
    auto event = v->getStruct().getAs<schema::Event>();
    t.unit = static_cast<UnitRule>(event.getUnit());
    for (auto r : event.getSigners()) t.signers.push_back(static_cast<Role>(r));
    for (auto c : event.getCodes()) t.codes.emplace_back(c.cStr());
  }
  return t;
}

std::vector<Type> load() {
  std::vector<Type> out;
  auto payload = capnp::Schema::from<schema::Body>().getFieldByName("payload").getType().asStruct();
  for (auto f : payload.getFields())
    out.push_back(type_from(f.getType().asStruct(), static_cast<std::uint16_t>(out.size())));
  return out;
}

std::uint64_t bytes_at_most(const std::vector<Field>&);

// Which shape codes a field can meet.
void shape_codes(const Field& f, std::vector<std::string>& out) {
  auto add = [&](std::string_view code) {
    if (std::find(out.begin(), out.end(), code) == out.end()) out.emplace_back(code);
  };
  if (f.need) add("field-missing");
  add("wrong-type");
  switch (f.kind) {
    case Kind::text: add("too-long"); add("personal-data-in-clear"); break;
    case Kind::sealed: case Kind::code: case Kind::code_or_star: add("too-long"); break;
    case Kind::choice: add("enum-unknown"); break;
    case Kind::date: add("date-impossible"); add("out-of-range"); break;
    case Kind::month_day: add("date-impossible"); break;
    case Kind::integer: case Kind::points: case Kind::fen: add("out-of-range"); break;
    case Kind::unit: case Kind::uscc: case Kind::scope: add("uscc-checksum"); break;
    case Kind::ref: add("label-unknown"); break;
    case Kind::group:
      for (auto& m : f.members) shape_codes(m, out);
      if (f.name == "docNo") add("docno-malformed");
      break;
    default: break;
  }
  if (f.list) add("out-of-range");
  if (f.list && !repeats(f.kind) && f.kind != Kind::changes) add("item-duplicate");   // an object has no field twice
}

// Bits of a scalar in its struct; 0 of a pointer.
std::uint64_t scalar_bits(Kind k) {
  switch (k) {
    case Kind::flag: return 1;
    case Kind::choice: return 16;
    case Kind::date: case Kind::integer: return 33;   // with its presence
    case Kind::instant: case Kind::points: case Kind::fen: return 65;
    default: return 0;
  }
}

// Bytes at most of what a pointer leads to; texts are of four-byte characters.
std::uint64_t content_at_most(const Field& f) {
  constexpr std::uint64_t kWord = 8;
  switch (f.kind) {
    case Kind::text: return 4 * static_cast<std::uint64_t>(f.max) + kWord;
    case Kind::code: case Kind::code_or_star: case Kind::hex: return static_cast<std::uint64_t>(f.max) + kWord;
    case Kind::scope: case Kind::unit: case Kind::uscc: return 3 * kWord;
    case Kind::person: return 6 * kWord;
    case Kind::ref: return 2 * kWord;
    case Kind::sealed: return 4 * kWord;
    case Kind::changes: return kEventBytesMax;   // values of any length
    case Kind::group: return bytes_at_most(f.members);
    default: return 0;
  }
}

// At most so many bytes of a struct with these fields, by its words of scalars, its pointers and what they lead to.
std::uint64_t bytes_at_most(const std::vector<Field>& fields) {
  constexpr std::uint64_t kWord = 8;
  std::uint64_t bits = 0, pointed = 0;
  for (auto& f : fields) {
    const std::uint64_t item = scalar_bits(f.kind);
    const std::uint64_t pointer = f.kind == Kind::group && f.list ? 0 : kWord;   // structs of a list lie side by side
    if (f.list) pointed += 2 * kWord + f.most * (item == 0 ? pointer + content_at_most(f) : item / 8);
    else if (item == 0) pointed += pointer + content_at_most(f);
    else bits += item;
  }
  return (bits + 63) / 64 * kWord + pointed;
}

bool can_miss_scope(const Type& t) {
  return std::any_of(t.signers.begin(), t.signers.end(), [&](Role r) { return is_unit_role(r) && !signs_for_any_unit(r, t.ordinal); });
}

bool names_units(const std::vector<Field>& fields) {
  return std::any_of(fields.begin(), fields.end(), [](const Field& f) { return f.kind == Kind::unit || f.kind == Kind::scope || names_units(f.members); });
}
// Whether the header may name a unit that is not registered, and no check before that one refuses it.
bool can_be_about_no_unit(const Type& t) {
  if (t.unit == UnitRule::absent || t.ordinal == EventType::UnitRegistered) return false;
  const bool tied = std::any_of(t.fields.begin(), t.fields.end(), [](const Field& f) { return f.same_unit && f.need; });
  return !tied && std::any_of(t.signers.begin(), t.signers.end(), [&](Role r) { return !is_unit_role(r) || signs_for_any_unit(r, t.ordinal); });
}

}  // namespace

bool repeats(Kind k) { return k == Kind::text || k == Kind::month_day || k == Kind::group; }

const char* name_of(Kind k) {
  static constexpr const char* kNames[] = {
      "text", "sealed", "code", "codeOrStar", "scope", "date", "instant", "int", "points", "fen", "bool",
      "enum", "hex", "unit", "uscc", "person", "monthDay", "struct", "changes", "ref"};
  return kNames[static_cast<int>(k)];
}

const std::vector<Type>& catalogue() {
  static const std::vector<Type> kTypes = load();
  return kTypes;
}

const Type* find_type(std::string_view name) {
  static const auto kByName = [] {
    std::map<std::string, const Type*, std::less<>> m;
    for (auto& t : catalogue()) m[t.name] = &t;
    return m;
  }();
  auto it = kByName.find(name);
  return it == kByName.end() ? nullptr : it->second;
}

const Field* find_field(const std::vector<Field>& fields, std::string_view name) {
  for (auto& f : fields)
    if (f.name == name) return &f;
  return nullptr;
}

const std::vector<Field>& common_fields() {
  static const std::vector<Field> kFields = fields_of(capnp::Schema::from<schema::Body>());
  return kFields;
}

bool has_sealed_field(EventType t, std::string_view name) {
  auto match = [&](const Field& f) { return f.kind == Kind::sealed && (name == "*" || f.name == name); };
  auto& own = type_of(t).fields;
  auto& common = common_fields();
  return std::any_of(own.begin(), own.end(), match) || std::any_of(common.begin(), common.end(), match);
}

const std::vector<Choice>& roles() {
  static const std::vector<Choice> kRoles = choices_of(capnp::Schema::from<schema::Role>());
  return kRoles;
}

bool is_unit_role(Role r) { return r == Role::unit || r == Role::unitHead || r == Role::superior; }

bool signs_for_any_unit(Role r, EventType t) {
  return t == EventType::InspectionOpened || t == EventType::InspectionClosed || (t == EventType::GuidanceGiven && r == Role::unit);
}

std::vector<std::string> refusal_codes(const Type& t) {
  std::vector<std::string> out{"unknown-field"};
  if (t.name == "GenesisRecorded") return t.codes;
  for (auto& f : common_fields()) shape_codes(f, out);
  for (auto& f : t.fields) shape_codes(f, out);
  auto add = [&](std::initializer_list<const char*> codes) {
    for (auto c : codes)
      if (std::find(out.begin(), out.end(), c) == out.end()) out.emplace_back(c);
  };
  add({"date-impossible", "out-of-range", "label-duplicate", "role-missing", "id-duplicate"});
  if (bytes_at_most(t.fields) + bytes_at_most(common_fields()) > kEventBytesMax) add({"event-too-large"});
  if (can_miss_scope(t)) add({"scope-mismatch"});
  if (t.unit != UnitRule::absent) add({"uscc-checksum"});
  bool refs = false, typed = false, same = false, later = false;
  for (auto& f : t.fields) {
    refs |= f.is_ref();
    typed |= f.is_ref() && !f.to.empty();
    same |= f.same_unit;
    later |= f.not_later;
  }
  if (refs) add({"ref-missing"});
  if (typed) add({"ref-type"});
  if (same) add({"ref-other-unit"});
  if (t.unit == UnitRule::absent) add({"unit-not-allowed"});
  if (t.unit == UnitRule::own || t.unit == UnitRule::any) add({"unit-missing"});
  if (names_units(t.fields) || can_be_about_no_unit(t)) add({"unit-unknown"});
  add({"on-in-future"});
  if (later) add({"on-before-reference"});
  for (auto& c : t.codes)
    if (std::find(out.begin(), out.end(), c) == out.end()) out.push_back(c);
  return out;
}

}  // namespace ledger
