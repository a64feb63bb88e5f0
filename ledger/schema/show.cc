#include "ledger/schema/show.h"

#include "ledger/text/encoding.h"

namespace ledger {
namespace {

OrderedJson show_struct(const std::vector<Field>&, const Struct&);

OrderedJson blob(const Field& f, BytesView v) {
  if (f.kind == Kind::ref) return format_id(Id::from(v));
  if (f.kind == Kind::sealed) return OrderedJson{{"sealed", hex(v)}};
  return hex(v);
}

OrderedJson scalar(const Field& f, const Struct& s) {
  switch (f.kind) {
    case Kind::date: return format_date(Date{s.get_i32(f.offset)});
    case Kind::integer: return s.get_i32(f.offset);
    case Kind::instant: return format_instant(Instant{s.get_i64(f.offset)});
    case Kind::points: case Kind::fen: return s.get_i64(f.offset);
    case Kind::flag: return s.get_flag(f.offset);
    default: return choice_name(f, s.get_u16(f.offset));
  }
}

bool is_scalar(Kind k) {
  return k == Kind::date || k == Kind::integer || k == Kind::instant || k == Kind::points || k == Kind::fen ||
         k == Kind::flag || k == Kind::choice;
}

OrderedJson show_changes(const ListBase& list) {
  OrderedJson out = OrderedJson::object();
  for (auto c : StructList<Change>(list)) {
    auto value = Json::parse(c.value(), nullptr, false);
    out[std::string(c.field())] = value.is_discarded() ? OrderedJson(std::string(c.value())) : OrderedJson(value);
  }
  return out;
}

OrderedJson show_list(const Field& f, const ListBase& list) {
  if (f.kind == Kind::changes) return show_changes(list);
  OrderedJson out = OrderedJson::array();
  for (std::uint32_t i = 0; i < list.size(); ++i) {
    if (f.kind == Kind::group) out.push_back(show_struct(f.members, StructList<Struct>(list)[i]));
    else if (f.kind == Kind::ref || f.kind == Kind::hex) out.push_back(blob(f, IdList(list).data(i)));
    else if (f.kind == Kind::date) out.push_back(format_date(DateList(list)[i]));
    else if (f.kind == Kind::choice) out.push_back(choice_name(f, EnumList<std::uint16_t>(list)[i]));
    else out.push_back(std::string(TextList(list)[i]));
  }
  return out;
}

OrderedJson show_pointer(const Field& f, const Struct& s) {
  if (f.kind == Kind::group) return show_struct(f.members, s.get_child(f.offset));
  if (f.kind == Kind::ref || f.kind == Kind::sealed || f.kind == Kind::hex) return blob(f, s.get_data(f.offset));
  return std::string(s.get_text(f.offset));
}

void show_field(const Field& f, const Struct& s, OrderedJson& out) {
  if (f.list) {
    if (!s.is_absent(f.offset) || (f.need && f.least == 0)) out[f.name] = show_list(f, s.get_list(f.offset));
  } else if (is_scalar(f.kind)) {
    if (f.presence < 0 || s.get_flag(static_cast<std::uint32_t>(f.presence))) out[f.name] = scalar(f, s);
  } else if (!s.is_absent(f.offset)) {
    out[f.name] = show_pointer(f, s);
  }
}

OrderedJson show_struct(const std::vector<Field>& fields, const Struct& s) {
  OrderedJson out = OrderedJson::object();
  for (auto& f : fields) show_field(f, s, out);
  return out;
}

const std::vector<Field>& fields_of(const Body& body) {
  return type_of(static_cast<EventType>(body.type_ordinal())).fields;
}

}  // namespace

std::string choice_name(const Field& f, std::uint16_t ordinal) {
  return ordinal < f.choices.size() ? f.choices[ordinal].name : "?";
}

OrderedJson show_data(const Body& body) {
  OrderedJson out = OrderedJson::object();
  for (auto& f : fields_of(body))
    if (!f.is_ref()) show_field(f, body.payload(), out);
  for (auto& f : common_fields()) show_field(f, body.root(), out);
  return out;
}

OrderedJson show_refs(const Body& body) {
  OrderedJson out = OrderedJson::object();
  for (auto& f : fields_of(body))
    if (f.is_ref()) show_field(f, body.payload(), out);
  return out;
}

}  // namespace ledger
