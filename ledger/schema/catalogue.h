// The catalogue of event types as plain values: what the schema's annotations say, and where each
// field lies in the bytes. Built once from the compiled schema; read by the importer, the check of
// bytes, the display, `pufa schema` and the rules.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/types.h"

namespace ledger {

struct Choice {
  std::string name, zh, en;
};

enum class Kind {
  text, sealed, code, code_or_star, scope, date, instant, integer, points, fen, flag, choice, hex,
  unit, uscc, person, month_day, group, changes, ref,
};
const char* name_of(Kind);

struct Field {
  std::string name, zh, en, measure;      // measure: unit of measure, for people
  Kind kind{};
  bool need = false;
  bool list = false;
  std::uint32_t least = 0, most = 0;      // of a list
  std::int64_t min = 0, max = 0;          // text, sealed, code: max code points; hex: max bytes
  std::vector<EventType> to;              // ref; empty: any type
  bool same_unit = false, not_later = false;
  std::vector<Choice> choices;
  std::vector<Field> members;             // of a group
  std::uint32_t offset = 0;               // as class Struct takes it
  int presence = -1;                      // bit of the flag that says an optional scalar is there

  bool is_ref() const { return kind == Kind::ref; }
};

// Points and fen: below 2^53, so that every JSON reader holds them exactly.
inline constexpr std::int64_t kAmountMax = 9'007'199'254'740'991;

enum class UnitRule { own, any, absent, optional };

struct Type {
  EventType ordinal{};
  std::string name, zh, en, family;
  UnitRule unit{};
  std::vector<Role> signers;
  std::vector<std::string> codes;         // its own, in the order they are checked
  std::vector<Field> fields;              // data, then refs
};

// By ordinal.
const std::vector<Type>& catalogue();
inline const Type& type_of(EventType t) { return catalogue()[static_cast<std::size_t>(t)]; }
const Type* find_type(std::string_view name);
const Field* find_field(const std::vector<Field>&, std::string_view name);

// attachments and remark, which lie in the body beside the payload.
const std::vector<Field>& common_fields();

// Whether events of the type may hold a sealed value under that name ("*": under any).
bool has_sealed_field(EventType, std::string_view field);

// Names of roles as drafts write them.
const std::vector<Choice>& roles();

// Whether a list's items of the kind may be alike.
bool repeats(Kind);

// Whether the role is held for one unit, or else for the district.
bool is_unit_role(Role);
// Whether a role of one unit's scope may sign the type for every other unit too.
bool signs_for_any_unit(Role, EventType);

// Every refusal code that a type can meet through a submission: the common ones that its fields and
// its unit rule allow, then its own.
std::vector<std::string> refusal_codes(const Type&);

}  // namespace ledger
