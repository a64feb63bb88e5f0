// Writes types.h, the typed readers of every event type, from the compiled schema. Runs at build time.
#include <capnp/schema.h>
#include <kj/debug.h>

#include <cstdio>
#include <set>
#include <string>
#include <unordered_set>

#include "ledger/schema/annotations.h"
#include "ledger/schema/event.capnp.h"

namespace {

using capnp::StructSchema;
using capnp::schema::Type;

std::string g_out;

void line(int indent, const std::string& s) { g_out += std::string(indent * 2, ' ') + s + "\n"; }

std::string word(const std::string& s) {
  static const std::unordered_set<std::string> kKeywords{
      "public", "private", "protected", "default", "case", "union", "new", "delete", "class", "this",
      "operator", "register", "export"};
  return kKeywords.count(s) ? s + "_" : s;
}

std::string snake(const std::string& camel) {
  std::string out;
  for (char c : camel) {
    if (c >= 'A' && c <= 'Z') out += '_', out += static_cast<char>(c - 'A' + 'a');
    else out += c;
  }
  return word(out);
}

// "ledger/schema/complaint.capnp:ComplaintFiled.Kind" → "ComplaintFiled::Kind"
std::string qualified(capnp::Schema s) {
  std::string name = s.getProto().getDisplayName().cStr();
  name = name.substr(name.rfind(':') + 1);
  for (std::size_t at; (at = name.find('.')) != std::string::npos;) name.replace(at, 1, "::");
  return name;
}
std::string last(const std::string& name) {
  auto at = name.rfind(':');
  return at == std::string::npos ? name : name.substr(at + 1);
}

using ledger::is_presence;
using ledger::shape_of;

struct Accessor { std::string type, expr; };

Accessor list_accessor(capnp::Type element, const std::string& at) {
  switch (element.which()) {
    case Type::TEXT: return {"TextList", "TextList(get_list(" + at + "))"};
    case Type::DATA: return {"IdList", "IdList(get_list(" + at + "))"};
    case Type::INT32: return {"DateList", "DateList(get_list(" + at + "))"};
    case Type::ENUM: {
      auto e = qualified(element.asEnum());
      return {"EnumList<" + e + ">", "EnumList<" + e + ">(get_list(" + at + "))"};
    }
    case Type::STRUCT: {
      auto s = qualified(element.asStruct());
      return {"StructList<" + s + ">", "StructList<" + s + ">(get_list(" + at + "))"};
    }
    default: KJ_FAIL_REQUIRE("no accessor for such a list");
  }
}

Accessor accessor(StructSchema::Field f) {
  using Shape = ledger::schema::Shape;
  auto shape = shape_of(f);
  std::string at = std::to_string(f.getProto().getSlot().getOffset());
  auto type = f.getType();
  switch (type.which()) {
    case Type::TEXT: return {"std::string_view", "get_text(" + at + ")"};
    case Type::DATA:
      if (shape.which() == Shape::REF) return {"Id", "get_id(" + at + ")"};
      return {"BytesView", "get_data(" + at + ")"};
    case Type::BOOL: return {"bool", "get_flag(" + at + ")"};
    case Type::INT32:
      if (shape.which() == Shape::DATE) return {"Date", "Date{get_i32(" + at + ")}"};
      return {"std::int32_t", "get_i32(" + at + ")"};
    case Type::INT64:
      if (shape.which() == Shape::INSTANT) return {"Instant", "Instant{get_i64(" + at + ")}"};
      return {"std::int64_t", "get_i64(" + at + ")"};
    case Type::ENUM: {
      auto e = qualified(type.asEnum());
      return {e, "static_cast<" + e + ">(get_u16(" + at + "))"};
    }
    case Type::STRUCT: {
      auto s = qualified(type.asStruct());
      return {s, s + "(get_child(" + at + "))"};
    }
    case Type::LIST: return list_accessor(type.asList().getElementType(), at);
    default: KJ_FAIL_REQUIRE("no accessor for this field", at);
  }
}

void emit_enum(capnp::EnumSchema e, int indent) {
  line(indent, "enum class " + last(qualified(e)) + " : std::uint16_t {");
  for (auto v : e.getEnumerants()) line(indent + 1, word(v.getProto().getName().cStr()) + ",");
  line(indent, "};");
}

void emit_struct(StructSchema s, int indent);

void emit_nested(StructSchema s, int indent) {
  std::set<std::string> seen;
  for (auto f : s.getFields()) {
    auto t = f.getType();
    while (t.isList()) t = t.asList().getElementType();
    if (!t.isStruct() && !t.isEnum()) continue;
    capnp::Schema inner = t.isStruct() ? capnp::Schema(t.asStruct()) : capnp::Schema(t.asEnum());
    auto name = qualified(inner);
    if (name.rfind(qualified(s) + "::", 0) != 0 || !seen.insert(name).second) continue;
    t.isStruct() ? emit_struct(t.asStruct(), indent) : emit_enum(t.asEnum(), indent);
  }
}

void emit_field(StructSchema s, StructSchema::Field f, int indent) {
  if (is_presence(f)) return;
  auto a = accessor(f);
  const std::string name = snake(f.getProto().getName().cStr());
  const std::string at = std::to_string(f.getProto().getSlot().getOffset());
  KJ_IF_MAYBE(bit, ledger::presence_of(s, f)) {
    auto offset = std::to_string(bit->getProto().getSlot().getOffset());
    line(indent, "std::optional<" + a.type + "> " + name + "() const {");
    line(indent + 1, "return get_flag(" + offset + ") ? std::optional<" + a.type + ">(" + a.expr + ") : std::nullopt;");
    line(indent, "}");
    return;
  }
  line(indent, a.type + " " + name + "() const { return " + a.expr + "; }");
  auto t = f.getType();
  const bool is_pointer = t.isStruct() || t.isList() || t.isText() || t.isData();
  if (is_pointer && !shape_of(f).getNeed())
    line(indent, "bool has_" + name + "() const { return !is_absent(" + at + "); }");
}

void emit_struct(StructSchema s, int indent) {
  line(indent, "struct " + last(qualified(s)) + " : Struct {");
  line(indent + 1, "explicit " + last(qualified(s)) + "(const Struct& s) : Struct(s) {}");
  emit_nested(s, indent + 1);
  for (auto f : s.getFields()) emit_field(s, f, indent + 1);
  line(indent, "};");
}

template <typename T>
void emit_common() { emit_struct(capnp::Schema::from<T>(), 0); }

}  // namespace

int main() {
  using namespace ledger::schema;
  g_out = "// Made from ledger/schema/*.capnp by gen_types.cc: edit those.\n#pragma once\n\n"
          "#include \"ledger/schema/reader.h\"\n\nnamespace ledger {\n\n";
  for (auto e : {capnp::EnumSchema(capnp::Schema::from<UnitCategory>()), capnp::EnumSchema(capnp::Schema::from<CaseClass>()),
                 capnp::EnumSchema(capnp::Schema::from<ChannelKind>()), capnp::EnumSchema(capnp::Schema::from<ComplaintChannel>()),
                 capnp::EnumSchema(capnp::Schema::from<Role>()), capnp::EnumSchema(capnp::Schema::from<IntegrationSystem>())})
    emit_enum(e, 0);
  emit_common<Attachment>();
  emit_common<LawRef>();
  emit_common<DocNo>();
  emit_common<KeyRef>();
  emit_common<Change>();
  auto payload = capnp::Schema::from<Body>().getFieldByName("payload").getType().asStruct();
  line(0, "enum class EventType : std::uint16_t {");
  for (auto f : payload.getFields()) line(1, qualified(f.getType().asStruct()) + ",");
  line(0, "};");
  line(0, "inline constexpr std::uint16_t kEventTypes = " + std::to_string(payload.getFields().size()) + ";\n");
  for (auto f : payload.getFields()) emit_struct(f.getType().asStruct(), 0);
  line(0, "\n// Calls f with the payload as its own type.");
  line(0, "template <typename F>\ndecltype(auto) visit(EventType type, const Struct& payload, F&& f) {");
  line(1, "switch (type) {");
  for (auto f : payload.getFields()) {
    auto name = qualified(f.getType().asStruct());
    line(2, "case EventType::" + name + ": return f(" + name + "(payload));");
  }
  line(1, "}\n  __builtin_unreachable();\n}");
  g_out += "\n}  // namespace ledger\n";
  std::fwrite(g_out.data(), 1, g_out.size(), stdout);
}
