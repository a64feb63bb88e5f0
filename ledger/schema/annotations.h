// Ids of the annotations of shape.capnp, which its C++ header does not name.
#pragma once

#include <capnp/schema.h>

#include "ledger/schema/shape.capnp.h"

namespace ledger {

inline constexpr std::uint64_t kIsAnnotation = 0xd1a5c0de00000001;
inline constexpr std::uint64_t kPresenceAnnotation = 0xd1a5c0de00000002;
inline constexpr std::uint64_t kEventAnnotation = 0xd1a5c0de00000003;
inline constexpr std::uint64_t kZhAnnotation = 0xd1a5c0de00000004;
inline constexpr std::uint64_t kEnAnnotation = 0xd1a5c0de00000005;
inline constexpr std::uint64_t kUnitAnnotation = 0xd1a5c0de00000006;

// The annotation's value on a declaration, or nullptr.
template <typename Proto>
kj::Maybe<capnp::schema::Value::Reader> annotation(Proto proto, std::uint64_t id) {
  for (auto a : proto.getAnnotations())
    if (a.getId() == id) return a.getValue();
  return nullptr;
}

template <typename Proto>
std::string annotation_text(Proto proto, std::uint64_t id) {
  KJ_IF_MAYBE(v, annotation(proto, id)) return v->getText().cStr();
  return {};
}

inline schema::Shape::Reader shape_of(capnp::StructSchema::Field f) {
  KJ_IF_MAYBE(v, annotation(f.getProto(), kIsAnnotation)) return v->getStruct().getAs<schema::Shape>();
  return {};
}

inline bool is_presence(capnp::StructSchema::Field f) {
  return annotation(f.getProto(), kPresenceAnnotation) != nullptr;
}

// The bit that says whether an optional scalar is there.
inline kj::Maybe<capnp::StructSchema::Field> presence_of(capnp::StructSchema s,
                                                         capnp::StructSchema::Field f) {
  std::string name = f.getProto().getName().cStr();
  name[0] = static_cast<char>(name[0] - 'a' + 'A');
  KJ_IF_MAYBE(p, s.findFieldByName(("has" + name).c_str())) if (is_presence(*p)) return *p;
  return nullptr;
}

}  // namespace ledger
