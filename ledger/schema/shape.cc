#include "ledger/schema/shape.h"

#include <kj/exception.h>

#include <algorithm>
#include <array>
#include <set>

#include "ledger/text/json.h"
#include "ledger/text/plain.h"

namespace ledger {
namespace {

Error fault(const char* code, const std::string& path, const std::string& message) {
  return {code, path, message};
}

// Where the walk is. Written out only for a fault: hardly any event has one.
struct Path {
  const Path* in = nullptr;
  std::string_view name;
  std::uint32_t item = 0;   // of a list, where there is no name

  std::string text() const {
    const std::string own = in != nullptr && name.empty() ? std::to_string(item) : std::string(name);
    return in == nullptr ? own : in->text() + "." + own;
  }
};
constexpr Path kTop, kRefs{nullptr, "refs"}, kData{nullptr, "data"};

// Which bits and pointers of a struct its fields use.
class Used {
 public:
  void add(const std::vector<Field>& fields) {
    for (auto& f : fields) {
      if (f.list || bits_of(f.kind) == 0) pointers_ = std::max(pointers_, f.offset + 1);
      else add(f.offset, bits_of(f.kind));
      if (f.presence >= 0) add(static_cast<std::uint32_t>(f.presence), 1);
    }
  }
  void add(std::uint32_t offset, std::uint32_t bits) {
    if (bits == 1) bits_.at(offset / 8) |= static_cast<std::uint8_t>(1 << offset % 8);
    for (std::uint32_t b = 0; b < bits / 8; ++b) bits_.at(offset * bits / 8 + b) = 0xFF;
  }
  void add_pointer(std::uint32_t i) { pointers_ = std::max(pointers_, i + 1); }

  // Nothing is there that no reader would see.
  bool all_of(const Struct& s) const {
    const BytesView data = s.data_section();
    for (std::size_t i = 0; i < data.size(); ++i)
      if ((static_cast<std::uint8_t>(data[i]) & ~(i < bits_.size() ? bits_[i] : 0)) != 0) return false;
    return s.pointers() <= pointers_;
  }

 private:
  static std::uint32_t bits_of(Kind k) {
    switch (k) {
      case Kind::date: case Kind::integer: return 32;
      case Kind::instant: case Kind::points: case Kind::fen: return 64;
      case Kind::flag: return 1;
      case Kind::choice: return 16;
      default: return 0;
    }
  }

  std::array<std::uint8_t, 256> bits_{};   // no data section of the schema is longer
  std::uint32_t pointers_ = 0;
};

bool is_url(const Field& f) { return f.name == "url" || f.name.ends_with("Url"); }

// Walks one struct and gathers faults.
class Walk {
 public:
  explicit Walk(std::vector<Error>& out) : out_(out) {}

  // The struct at `where`, which holds these fields and, of others, what `used` names.
  void fields(const std::vector<Field>& fields, const Struct& s, const Path& where, Used used = {}) {
    used.add(fields);
    if (!used.all_of(s)) add("not-canonical", where, "has bits or values that no field uses");
    for (auto& f : fields) {
      const Path path{&where != &kTop ? &where : f.is_ref() ? &kRefs : &kData, f.name};
      f.list ? list(f, s, path) : single(f, s, path);
    }
  }

 private:
  void add(const char* code, const Path& path, const std::string& message) {
    out_.push_back(fault(code, path.text(), message));
  }
  void keep(std::optional<Error> e, const Path& path) {
    if (!e) return;
    e->field = path.text();
    out_.push_back(std::move(*e));
  }

  void single(const Field& f, const Struct& s, const Path& path) {
    switch (f.kind) {
      case Kind::date: case Kind::integer: return scalar(f, s, s.get_i32(f.offset), path);
      case Kind::instant: case Kind::points: case Kind::fen: return scalar(f, s, s.get_i64(f.offset), path);
      case Kind::flag: return scalar(f, s, s.get_flag(f.offset), path);
      case Kind::choice: return scalar(f, s, s.get_u16(f.offset), path);
      default: return pointer(f, s, path);
    }
  }

  void scalar(const Field& f, const Struct& s, std::int64_t v, const Path& path) {
    if (f.presence < 0) return keep(check_number(f, v), path);
    if (s.get_flag(static_cast<std::uint32_t>(f.presence))) return keep(check_number(f, v), path);
    if (v != 0) add("not-canonical", path, "an absent value must be zero");
  }

  void pointer(const Field& f, const Struct& s, const Path& path) {
    if (s.is_absent(f.offset)) {
      if (f.need) add("field-missing", path, "this field is required");
      return;
    }
    if (f.kind == Kind::group) return fields(f.members, s.get_child(f.offset), path);
    const bool data = f.kind == Kind::hex || f.kind == Kind::sealed || f.kind == Kind::ref;
    const BytesView v = data ? s.get_data(f.offset) : s.get_text(f.offset);
    if (v.empty()) return add("not-canonical", path, "an empty value must be absent");
    data ? blob(f, v, path) : keep(check_text(f, v), path);
  }

  void blob(const Field& f, BytesView v, const Path& path) {
    const std::size_t size = f.kind == Kind::ref ? 16 : f.kind == Kind::sealed ? 32 : static_cast<std::size_t>(f.max);
    if (v.size() != size) add("wrong-type", path, "must be " + std::to_string(size) + " bytes");
  }

  void list(const Field& f, const Struct& s, const Path& path) {
    auto base = s.get_list(f.offset);
    if (!s.is_absent(f.offset) && base.empty()) add("not-canonical", path, "an empty list must be absent");
    if (base.empty() && f.need && f.least > 0) return add("field-missing", path, "this list is required");
    if (base.empty()) return;
    if (base.size() < f.least || base.size() > f.most)
      add("out-of-range", path, "must hold " + std::to_string(f.least) + " to " + std::to_string(f.most) + " items");
    if (base.size() <= f.most) items(f, base, path);   // items of no size could be any number
  }

  void items(const Field& f, const ListBase& base, const Path& path) {
    if (!base.has_form(form_of(f.kind))) return add("not-canonical", path, "is a list of another form");
    if (f.kind == Kind::changes && !is_sorted(base)) add("not-canonical", path, "changes are sorted by field");
    std::set<std::string> seen;
    for (std::uint32_t i = 0; i < base.size(); ++i) {
      const Path at{&path, {}, i};
      const std::string key = item(f, base, i, at);
      if (!key.empty() && !seen.insert(key).second) add("item-duplicate", at, "stands in the list already");
    }
  }

  // Checks one item; returns what must not repeat, or nothing where repeats are meant.
  std::string item(const Field& f, const ListBase& base, std::uint32_t i, const Path& at) {
    switch (f.kind) {
      case Kind::group: fields(f.members, StructList<Struct>(base)[i], at); return {};
      case Kind::changes: return std::string(change(StructList<Change>(base)[i], at));
      case Kind::ref: blob(f, base_data(base, i), at); return std::string(base_data(base, i));
      case Kind::date: {
        const Date d = DateList(base)[i];
        keep(check_number(f, d.days), at);
        return format_date(d);
      }
      case Kind::choice: {
        const auto v = static_cast<std::int64_t>(EnumList<std::uint16_t>(base)[i]);
        keep(check_number(f, v), at);
        return std::to_string(v);
      }
      default: break;
    }
    const auto v = TextList(base)[i];
    if (v.empty()) add("not-canonical", at, "an item must not be empty");
    else keep(check_text(f, v), at);
    return f.kind == Kind::text || f.kind == Kind::month_day ? std::string() : std::string(v);
  }

  std::string_view change(const Change& c, const Path& at) {
    if (c.field().empty()) add("field-missing", Path{&at, "field"}, "names the field to change");
    const auto value = parse_json(c.value());
    if (!value || value->dump() != c.value() || untidy(c.field())) add("not-canonical", at, "a new value is canonical JSON");
    if (!c.data_section().empty() || c.pointers() > 2) add("not-canonical", at, "has bits or values that no field uses");
    return c.field();
  }

  static ListForm form_of(Kind k) {
    switch (k) {
      case Kind::group: case Kind::changes: return ListForm::structs;
      case Kind::date: return ListForm::bits32;
      case Kind::choice: return ListForm::bits16;
      default: return ListForm::pointers;
    }
  }

  static bool is_sorted(const ListBase& base) {
    const StructList<Change> list(base);
    for (std::uint32_t i = 1; i < list.size(); ++i)
      if (list[i].field() < list[i - 1].field()) return false;
    return true;
  }

  static Bytes base_data(const ListBase& base, std::uint32_t i) {
    return Bytes(IdList(base).data(i));
  }

  std::vector<Error>& out_;
};

void collect_units(const std::vector<Field>& fields, const Struct& s, std::vector<std::string_view>& out) {
  for (auto& f : fields) {
    const bool code = f.kind == Kind::unit || f.kind == Kind::scope;
    if (f.kind == Kind::group && f.list) {
      for (auto item : StructList<Struct>(s.get_list(f.offset))) collect_units(f.members, item, out);
    } else if (f.kind == Kind::group && !s.is_absent(f.offset)) {
      collect_units(f.members, s.get_child(f.offset), out);
    } else if (code && f.list) {
      for (auto u : TextList(s.get_list(f.offset))) out.push_back(u);
    } else if (code && !s.get_text(f.offset).empty() && s.get_text(f.offset) != "district") {
      out.push_back(s.get_text(f.offset));
    }
  }
}

std::vector<Error> shape_faults(const Body& body) {
  std::vector<Error> out;
  if (body.type_ordinal() >= kEventTypes) return {fault("unknown-type", "type", "no such event type")};
  if (body.schema_version() != kSchemaVersion) return {fault("not-canonical", "", "unknown schema version")};
  Walk walk(out);
  walk.fields(type_of(static_cast<EventType>(body.type_ordinal())).fields, body.payload(), kTop);
  Used root;
  for (auto word : {0u, 1u}) root.add(word, 16);   // schema version and type
  root.add_pointer(kPayloadPointer);
  walk.fields(common_fields(), body.root(), kTop, root);
  return out;
}

}  // namespace

std::optional<Error> check_text(const Field& f, std::string_view v) {
  switch (f.kind) {
    case Kind::text: case Kind::sealed:
      if (auto why = untidy(v)) return fault("not-canonical", "", std::string("the text ") + why);
      if (code_points(v) > static_cast<std::uint64_t>(f.max))
        return fault("too-long", "", "at most " + std::to_string(f.max) + " characters");
      if (f.kind == Kind::text && !is_url(f) && has_personal_number(v))
        return fault("personal-data-in-clear", "", "looks like an identity card's or a phone's number: leave it out, or use a sealed field");
      return std::nullopt;
    case Kind::code: case Kind::code_or_star:
      if (f.kind == Kind::code_or_star && v == "*") return std::nullopt;
      if (v.size() > static_cast<std::size_t>(f.max)) return fault("too-long", "", "at most " + std::to_string(f.max) + " characters");
      if (!is_code(v, static_cast<std::uint32_t>(f.max)))
        return fault("wrong-type", "", "only letters, digits, '.', '_' and '-'");
      return std::nullopt;
    case Kind::scope:
      if (v == "district") return std::nullopt;
      [[fallthrough]];
    case Kind::unit: case Kind::uscc:
      if (!is_uscc(v)) return fault("uscc-checksum", "", "is no valid unified social credit code");
      return std::nullopt;
    case Kind::person:
      if (!is_person(v)) return fault("wrong-type", "", "a person is p- and 8 to 40 of a-z, 0-9");
      return std::nullopt;
    case Kind::month_day:
      if (!month_day(v, 2001)) return fault("date-impossible", "", "must be MM-DD of a day that exists");
      return std::nullopt;
    default: return std::nullopt;
  }
}

std::optional<Error> check_number(const Field& f, std::int64_t v) {
  if (f.kind == Kind::choice) {
    if (v < static_cast<std::int64_t>(f.choices.size())) return std::nullopt;
    return fault("enum-unknown", "", "is none of the values of this field");
  }
  if (f.kind == Kind::flag) return std::nullopt;
  if (f.kind == Kind::instant) {
    const auto read = parse_instant(format_instant({v}));
    if (read && read->ms == v) return std::nullopt;
    return fault("wrong-type", "", "is no moment that can be written");
  }
  if (v >= f.min && v <= f.max) return std::nullopt;
  if (f.kind == Kind::date) return fault("out-of-range", "", "a date lies in 1949-10-01…2199-12-31");
  return fault("out-of-range", "", "must be " + std::to_string(f.min) + " to " + std::to_string(f.max));
}

std::vector<Error> check_shape(const Body& body) {
  // A pointer of another kind than its field's, or a text without its end, shows only when it is read.
  try {
    return shape_faults(body);
  } catch (const kj::Exception&) {
    return {fault("not-canonical", "", "the body is no well-formed message of its type")};
  }
}

std::vector<std::string_view> named_units(const Body& body, std::string_view unit) {
  std::vector<std::string_view> out;
  if (!unit.empty()) out.push_back(unit);
  collect_units(type_of(static_cast<EventType>(body.type_ordinal())).fields, body.payload(), out);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace ledger
