#include "ledger/schema/draft.h"

#include <capnp/dynamic.h>
#include <capnp/message.h>

#include <algorithm>
#include <set>

#include "ledger/schema/event.capnp.h"
#include "ledger/schema/message.h"
#include "ledger/schema/shape.h"
#include "ledger/text/encoding.h"
#include "ledger/text/plain.h"

namespace ledger {
namespace {

using Builder = capnp::DynamicStruct::Builder;
using ListBuilder = capnp::DynamicList::Builder;
using Value = capnp::DynamicValue::Reader;

bool looks_like_date(std::string_view s) {
  return s.size() >= 10 && s[4] == '-' && s[7] == '-' &&
         std::all_of(s.begin(), s.begin() + 4, [](char c) { return c >= '0' && c <= '9'; });
}

// One scalar as the schema stores it.
struct Scalar {
  std::string bytes;        // text or data
  std::int64_t number = 0;  // everything else
};

class Encoder {
 public:
  Encoder(DraftContext& c, const Id& event, std::vector<SealedValue>& opened, std::vector<Error>& faults)
      : context_(c), event_(event), opened_(opened), faults_(faults) {}

  // Sets every field that the object has; says which it has and should not.
  void object(const std::vector<Field>& fields, const Json& j, Builder b, const std::string& prefix) {
    if (!j.is_object()) return add("wrong-type", prefix.substr(0, prefix.size() - 1), "must be an object");
    for (auto& [key, value] : j.items()) {
      const Field* f = find_field(fields, key);
      const std::string path = prefix + key;
      if (f == nullptr) add("unknown-field", path, "there is no such field: see pufa schema");
      else if (value.is_null()) add("wrong-type", path, "leave an absent field out instead of writing null");
      else f->list ? list(*f, value, b, path) : single(*f, value, b, path);
    }
  }

  void missing(const std::vector<Field>& fields, const Json& j, const std::string& prefix) {
    for (auto& f : fields)
      if (f.need && !j.contains(f.name)) add("field-missing", prefix + f.name, "this field is required");
  }

 private:
  void add(const char* code, const std::string& path, const std::string& message) {
    faults_.push_back({code, path, message});
  }
  std::nullopt_t bad(const char* code, const std::string& path, const std::string& message) {
    add(code, path, message);
    return std::nullopt;
  }

  void single(const Field& f, const Json& j, Builder b, const std::string& path) {
    if (f.kind == Kind::group) return group(f, j, b, path);
    if (auto v = scalar(f, j, path)) set(f, *v, b);
  }

  void group(const Field& f, const Json& j, Builder b, const std::string& path) {
    Json value = j;
    if (f.name == "docNo" && j.is_string()) {
      auto parsed = parse_doc_no(j.get<std::string>());
      if (!parsed) return add("docno-malformed", path, "write it as 蔡普办〔2016〕5号");
      value = *parsed;
    }
    auto child = b.init(f.name.c_str()).as<capnp::DynamicStruct>();
    object(f.members, value, child, path + ".");
    if (value.is_object()) missing(f.members, value, path + ".");
  }

  void set(const Field& f, const Scalar& v, Builder b) {
    if (is_pointer(f.kind) && v.bytes.empty()) return;   // an empty text is the same as absent
    b.set(f.name.c_str(), value_of(f, v, b.getSchema().getFieldByName(f.name.c_str()).getType()));
    if (f.presence < 0) return;
    std::string bit = f.name;
    bit[0] = static_cast<char>(bit[0] - 'a' + 'A');
    b.set(("has" + bit).c_str(), true);
  }

  static bool is_pointer(Kind k) {
    switch (k) {
      case Kind::date: case Kind::instant: case Kind::integer: case Kind::points: case Kind::fen:
      case Kind::flag: case Kind::choice: return false;
      default: return true;
    }
  }

  static Value value_of(const Field& f, const Scalar& v, capnp::Type type) {
    switch (f.kind) {
      case Kind::flag: return v.number != 0;
      case Kind::choice: return capnp::DynamicEnum(type.asEnum(), static_cast<std::uint16_t>(v.number));
      case Kind::hex: case Kind::sealed: case Kind::ref: return data_of(v.bytes);
      default: break;
    }
    if (!is_pointer(f.kind)) return v.number;
    return text_of(v.bytes);
  }

  void list(const Field& f, const Json& j, Builder b, const std::string& path) {
    if (f.kind == Kind::changes) return changes(j, b, path);
    if (!j.is_array()) return add("wrong-type", path, "must be a list");
    if (j.empty() && f.least == 0) return;
    if (j.empty()) return add("field-missing", path, "the list is empty");
    if (j.size() > 100'000) return add("out-of-range", path, "the list is far too long");
    auto items = b.init(f.name.c_str(), static_cast<unsigned>(j.size())).as<capnp::DynamicList>();
    for (unsigned i = 0; i < items.size(); ++i) {
      const std::string at = path + "." + std::to_string(i);
      if (f.kind == Kind::group) {
        auto child = items[i].as<capnp::DynamicStruct>();
        object(f.members, j[i], child, at + ".");
        if (j[i].is_object()) missing(f.members, j[i], at + ".");
      } else if (auto v = scalar(f, j[i], at)) {
        items.set(i, value_of(f, *v, items.getSchema().getElementType()));
      }
    }
  }

  // RecordCorrected.changes: an object in the draft, a list sorted by field name in the bytes.
  void changes(const Json& j, Builder b, const std::string& path) {
    if (!j.is_object()) return add("wrong-type", path, "must be an object of field names and new values");
    auto items = b.init("changes", static_cast<unsigned>(j.size())).as<capnp::DynamicList>();
    unsigned i = 0;
    for (auto& [key, value] : j.items()) {   // Json keeps keys sorted
      auto item = items[i++].as<capnp::DynamicStruct>();
      item.set("field", text_of(key));
      const std::string text = value.dump();
      item.set("value", text_of(text));
    }
  }

  std::optional<Scalar> scalar(const Field& f, const Json& j, const std::string& path) {
    switch (f.kind) {
      case Kind::integer: return number(j, INT32_MAX, path);
      case Kind::points: case Kind::fen: return number(j, kAmountMax, path);
      case Kind::flag:
        if (!j.is_boolean()) return bad("wrong-type", path, "must be true or false");
        return Scalar{{}, j.get<bool>()};
      case Kind::sealed: return sealed(f, j, path);
      default: break;
    }
    if (!j.is_string()) return bad("wrong-type", path, "must be a string");
    const auto s = j.get<std::string>();
    switch (f.kind) {
      case Kind::date: return date(s, path);
      case Kind::instant: return instant(s, path);
      case Kind::choice: return choice(f, s, path);
      case Kind::hex: return hex_bytes(f, s, path);
      case Kind::ref: return reference(s, path);
      default: return text(f, s);
    }
  }

  static std::optional<Scalar> text(const Field&, const std::string& s) { return Scalar{tidy(s), 0}; }

  std::optional<Scalar> number(const Json& j, std::int64_t max, const std::string& path) {
    const bool beyond = j.is_number_float() && j.dump().find("e+") != std::string::npos;   // JSON's reader took it for no integer any more
    if (beyond) return bad("out-of-range", path, "the number is far too large");
    if (!j.is_number_integer()) return bad("wrong-type", path, "must be a whole number");
    const bool beyond_signed = j.is_number_unsigned() && j.get<std::uint64_t>() > INT64_MAX;
    if (beyond_signed || j.get<std::int64_t>() > max) return bad("out-of-range", path, "the number is too large");
    if (j.get<std::int64_t>() < -max) return bad("out-of-range", path, "the number is too small");
    return Scalar{{}, j.get<std::int64_t>()};
  }

  std::optional<Scalar> date(const std::string& s, const std::string& path) {
    if (auto d = parse_date(s)) return Scalar{{}, d->days};
    if (looks_like_date(s) && s.size() == 10) return bad("date-impossible", path, "there is no such day");
    return bad("wrong-type", path, "a date is written YYYY-MM-DD");
  }

  std::optional<Scalar> instant(const std::string& s, const std::string& path) {
    if (auto t = parse_instant(s)) return Scalar{{}, t->ms};
    if (looks_like_date(s) && !parse_date(std::string_view(s).substr(0, 10))) return bad("date-impossible", path, "there is no such day");
    return bad("wrong-type", path, "a moment is written 2026-03-15T09:00:00+08:00, to the millisecond at most");
  }

  std::optional<Scalar> choice(const Field& f, const std::string& s, const std::string& path) {
    for (std::size_t i = 0; i < f.choices.size(); ++i)
      if (f.choices[i].name == s) return Scalar{{}, static_cast<std::int64_t>(i)};
    std::string known;
    for (auto& c : f.choices) known += (known.empty() ? "" : ", ") + c.name;
    return bad("enum-unknown", path, "must be one of: " + known);
  }

  std::optional<Scalar> hex_bytes(const Field& f, const std::string& s, const std::string& path) {
    auto bytes = unhex(s);
    if (!bytes || bytes->size() != static_cast<std::size_t>(f.max))
      return bad("wrong-type", path, "must be " + std::to_string(f.max) + " bytes in lower-case hex");
    return Scalar{*bytes, 0};
  }

  std::optional<Scalar> reference(const std::string& s, const std::string& path) {
    if (!s.empty() && s[0] == '#') {
      auto it = context_.labels.find(s.substr(1));
      if (it == context_.labels.end())
        return bad("label-unknown", path, "no earlier line of this file has the label " + s.substr(1));
      return Scalar{Bytes(it->second.view()), 0};
    }
    auto id = parse_id(s);
    if (!id) return bad("wrong-type", path, "must be an event id or #label");
    return Scalar{Bytes(id->view()), 0};
  }

  std::optional<Scalar> sealed(const Field& f, const Json& j, const std::string& path) {
    if (j.is_object() && j.size() == 1 && j.contains("sealed") && j["sealed"].is_string()) {
      auto bytes = unhex(j["sealed"].get<std::string>());
      if (!bytes || bytes->size() != 32) return bad("wrong-type", path, "a commitment is 32 bytes in hex");
      return Scalar{*bytes, 0};
    }
    if (!j.is_string()) return bad("wrong-type", path, "must be a string");
    const std::string value = tidy(j.get<std::string>());
    if (value.empty()) return Scalar{};
    if (auto e = check_text(f, value)) return faults_.push_back({e->code, path, e->message}), std::nullopt;
    opened_.push_back({f.name, context_.random.bytes(32), value});
    const auto& o = opened_.back();
    return Scalar{Bytes(sealed_commitment(context_.suite, context_.ledger, event_, f.name, o.salt, value).view()), 0};
  }

  DraftContext& context_;
  Id event_;
  std::vector<SealedValue>& opened_;
  std::vector<Error>& faults_;
};

// Faults of the finished bytes, but those on a path that a fault was found on already.
void add_shape_faults(const Bytes& body, std::vector<Error>& faults) {
  std::set<std::string> known;
  for (auto& f : faults) known.insert(f.field);
  auto parsed = Body::parse(body);
  if (!parsed) return faults.push_back(parsed.error());
  for (auto& f : check_shape(*parsed)) {
    auto covered = [&](const std::string& k) { return f.field == k || f.field.starts_with(k + ".") || k.starts_with(f.field + "."); };
    if (!std::any_of(known.begin(), known.end(), covered)) faults.push_back(f);
  }
}

const Json& member(const Json& j, const char* name) {
  static const Json kEmpty = Json::object();
  auto it = j.find(name);
  return it == j.end() ? kEmpty : *it;
}

std::string text_member(const Json& j, const char* name, std::vector<Error>& faults) {
  auto it = j.find(name);
  if (it == j.end()) return {};
  if (it->is_string()) return it->get<std::string>();
  faults.push_back({"wrong-type", name, "must be a string"});
  return {};
}

Id draft_id(const Json& j, DraftContext& c, std::vector<Error>& faults) {
  const std::string s = text_member(j, "id", faults);
  if (s.empty()) return make_uuid7(c.now, c.random);
  auto id = parse_id(s);
  if (!id || !is_uuid7(*id)) faults.push_back({"wrong-type", "id", "must be a UUIDv7 in lower case"});
  return id.value_or(Id{});
}

std::string draft_label(const Json& j, DraftContext& c, std::vector<Error>& faults) {
  std::string s = text_member(j, "label", faults);
  if (s.empty()) return s;
  if (!is_label(s)) faults.push_back({"wrong-type", "label", "a label is up to 40 of a-z, 0-9 and '-'"});
  else if (c.labels.count(s)) faults.push_back({"label-duplicate", "label", "an earlier line of this file has this label"});
  return s;
}

std::optional<Date> draft_on(const Json& j, std::vector<Error>& faults) {
  if (!j.contains("on")) return faults.push_back({"field-missing", "on", "the business date is required"}), std::nullopt;
  const std::string s = text_member(j, "on", faults);
  if (!j["on"].is_string()) return std::nullopt;
  auto d = parse_date(s);
  if (!d && looks_like_date(s) && s.size() == 10) faults.push_back({"date-impossible", "on", "there is no such day"});
  else if (!d) faults.push_back({"wrong-type", "on", "a date is written YYYY-MM-DD"});
  else if (*d < kDateMin || *d > kDateMax) faults.push_back({"out-of-range", "on", "a date lies in 1949-10-01…2199-12-31"});
  return d;
}

// A complaint without a receipt gets one: its filer's secret, of which the event holds the hash.
std::string add_receipt(Json& data, DraftContext& c) {
  if (!data.is_object() || data.contains("receipt")) return {};
  const Bytes secret = c.random.bytes(32);
  data["receipt"] = hex(c.suite.hash(secret).view());
  return hex(secret);
}

}  // namespace

Id make_uuid7(Instant now, Random& random) {
  Id id;
  Bytes b;
  append_be(b, static_cast<std::uint64_t>(now.ms), 6);
  b += random.bytes(10);
  b[6] = static_cast<char>((b[6] & 0x0F) | 0x70);
  b[8] = static_cast<char>((b[8] & 0x3F) | 0x80);
  return Id::from(b);
}

std::optional<Json> parse_doc_no(std::string_view s) {
  for (auto [open, close] : {std::pair<std::string_view, std::string_view>{"〔", "〕"}, {"[", "]"}, {"［", "］"}}) {
    const auto at = s.find(open), end = s.find(close);
    if (at == std::string_view::npos || end == std::string_view::npos || at == 0 || end < at) continue;
    auto year = s.substr(at + open.size(), end - at - open.size());
    auto rest = s.substr(end + close.size());
    const bool ordinal = rest.starts_with("第");
    if (ordinal) rest.remove_prefix(std::string_view("第").size());
    if (!rest.ends_with("号")) return std::nullopt;
    rest.remove_suffix(std::string_view("号").size());
    auto digits = [](std::string_view d) {
      return !d.empty() && d.size() <= 4 && std::all_of(d.begin(), d.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    if (!digits(year) || !digits(rest)) return std::nullopt;
    Json j{{"prefix", std::string(s.substr(0, at))}, {"year", std::stoi(std::string(year))}, {"seq", std::stoi(std::string(rest))}};
    if (ordinal) j["ordinal"] = true;
    return j;
  }
  return std::nullopt;
}

Bytes encode_body(const Type& type, const Json& data, const Json& refs, DraftContext& c, const Id& event,
                  std::vector<SealedValue>& opened, std::vector<Error>& faults) {
  capnp::MallocMessageBuilder message;
  auto body = message.initRoot<schema::Body>();
  body.setSchemaVersion(kSchemaVersion);
  std::string member_name = type.name;
  member_name[0] = static_cast<char>(member_name[0] - 'A' + 'a');
  auto payload = capnp::toDynamic(body).get("payload").as<capnp::DynamicStruct>();
  auto own = payload.init(member_name.c_str()).as<capnp::DynamicStruct>();

  std::vector<Field> data_fields, ref_fields;
  for (auto& f : type.fields) (f.is_ref() ? ref_fields : data_fields).push_back(f);
  Encoder encoder(c, event, opened, faults);
  Json plain = data, common = Json::object();
  for (auto& f : common_fields())
    if (data.is_object() && data.contains(f.name)) common[f.name] = data[f.name], plain.erase(f.name);
  encoder.object(data_fields, plain, own, "data.");
  encoder.object(common_fields(), common, capnp::toDynamic(body), "data.");
  encoder.object(ref_fields, refs, own, "refs.");
  if (plain.is_object()) encoder.missing(data_fields, plain, "data.");
  if (refs.is_object()) encoder.missing(ref_fields, refs, "refs.");
  return canonical_bytes(body);
}

std::optional<Draft> read_draft(const Json& j, DraftContext& c, std::vector<Error>& faults) {
  const std::size_t before = faults.size();
  if (!j.is_object()) return faults.push_back({"wrong-type", "", "a draft is a JSON object"}), std::nullopt;
  static const std::set<std::string> kMembers{"type", "id", "label", "unit", "on", "refs", "data"};
  for (auto& [key, value] : j.items())
    if (!kMembers.count(key)) faults.push_back({"unknown-field", key, "a draft has type, id, label, unit, on, refs and data"});
  if (!j.contains("type")) return faults.push_back({"field-missing", "type", "the event type is required"}), std::nullopt;
  const std::string name = text_member(j, "type", faults);
  if (!j["type"].is_string()) return std::nullopt;
  const Type* type = find_type(name);
  if (type == nullptr || type->ordinal == EventType::GenesisRecorded)
    return faults.push_back({"unknown-type", "type", "there is no such event type to draft: see pufa schema"}), std::nullopt;

  Draft draft;
  draft.type = type->ordinal;
  draft.id = draft_id(j, c, faults);
  draft.label = draft_label(j, c, faults);
  const std::string unit = text_member(j, "unit", faults);
  if (!unit.empty() && !is_uscc(unit)) faults.push_back({"uscc-checksum", "unit", "is no valid unified social credit code"});
  const auto on = draft_on(j, faults);
  Json data = member(j, "data");
  if (type->ordinal == EventType::ComplaintFiled) draft.receipt_secret = add_receipt(data, c);
  draft.event.body = encode_body(*type, data, member(j, "refs"), c, draft.id, draft.event.opened, faults);
  add_shape_faults(draft.event.body, faults);
  if (faults.size() > before) return std::nullopt;

  draft.event.salt = c.random.bytes(32);
  auto body = Body::parse(draft.event.body);
  const auto named = named_units(*body, unit);
  draft.event.header = encode(Header{draft.id, draft.type, unit, {named.begin(), named.end()}, *on,
                                     body_commitment(c.suite, draft.event.salt, draft.event.body)});
  if (draft.event.body.size() + draft.event.header.size() > kEventBytesMax)
    return faults.push_back({"event-too-large", "", "an event has at most 60,000 bytes: split its lists over several"}), std::nullopt;
  if (!draft.label.empty()) c.labels[draft.label] = draft.id;
  return draft;
}

}  // namespace ledger
