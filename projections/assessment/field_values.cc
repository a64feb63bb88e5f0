#include "projections/assessment/field_values.h"

#include <algorithm>

#include "ledger/schema/show.h"
#include "ledger/text/date.h"

namespace projections::assessment {
namespace {

using ledger::Field;
using ledger::Kind;
using ledger::Struct;

const Field* field_of(ledger::EventType t, std::string_view name) {
  return ledger::find_field(ledger::type_of(t).fields, name);
}

bool is_text(Kind k) {
  return k == Kind::text || k == Kind::code || k == Kind::unit || k == Kind::uscc ||
         k == Kind::person || k == Kind::month_day;
}

bool is_present(const Field& f, const Struct& s) {
  if (f.list || is_text(f.kind)) return !s.is_absent(f.offset);
  return f.presence < 0 || s.get_flag(static_cast<std::uint32_t>(f.presence));
}

std::optional<std::int64_t> number_in(const Field& f, const Struct& s) {
  switch (f.kind) {
    case Kind::integer:
      return s.get_i32(f.offset);
    case Kind::points:
    case Kind::fen:
      return s.get_i64(f.offset);
    case Kind::flag:
      return s.get_flag(f.offset) ? 1 : 0;
    default:
      return std::nullopt;
  }
}

std::string scalar_in(const Field& f, const Struct& s) {
  if (is_text(f.kind)) return std::string(s.get_text(f.offset));
  if (f.kind == Kind::choice) return ledger::choice_name(f, s.get_u16(f.offset));
  if (f.kind == Kind::flag) return s.get_flag(f.offset) ? "true" : "false";
  if (f.kind == Kind::date) return ledger::format_date(ledger::Date{s.get_i32(f.offset)});
  const auto n = number_in(f, s);
  return n ? std::to_string(*n) : std::string();
}

}  // namespace

std::optional<std::int64_t> number_of(ledger::EventType t, const ledger::Body& body,
                                      std::string_view name) {
  const Field* f = field_of(t, name);
  if (f == nullptr || f->list || !is_present(*f, body.payload())) return std::nullopt;
  return number_in(*f, body.payload());
}

std::vector<std::string> values_of(ledger::EventType t, const ledger::Body& body,
                                   std::string_view name) {
  const Field* f = field_of(t, name);
  const Struct s = body.payload();
  std::vector<std::string> out;
  if (f == nullptr || !is_present(*f, s)) return out;
  if (!f->list) return {scalar_in(*f, s)};
  const ledger::ListBase list = s.get_list(f->offset);
  if (f->kind == Kind::choice)
    for (auto v : ledger::EnumList<std::uint16_t>(list)) out.push_back(ledger::choice_name(*f, v));
  else if (is_text(f->kind))
    for (auto v : ledger::TextList(list)) out.emplace_back(v);
  return out;
}

bool has_value(ledger::EventType t, const ledger::Body& body, std::string_view name,
               const std::vector<std::string>& among) {
  const auto values = values_of(t, body, name);
  return std::any_of(values.begin(), values.end(), [&](auto& v) {
    return std::find(among.begin(), among.end(), v) != among.end();
  });
}

}  // namespace projections::assessment
