#include "ledger/schema/reader.h"

#include <capnp/any.h>
#include <kj/exception.h>

#include <new>

#include "ledger/schema/event.capnp.h"
#include "ledger/schema/message.h"

namespace ledger {
namespace {

using AnyReader = capnp::AnyStruct::Reader;
using ListReader = capnp::AnyList::Reader;
static_assert(sizeof(AnyReader) <= 48 && sizeof(ListReader) <= 48);
static_assert(std::is_trivially_copyable_v<AnyReader> && std::is_trivially_copyable_v<ListReader>);

const AnyReader& any(const unsigned char* raw) {
  return *std::launder(reinterpret_cast<const AnyReader*>(raw));
}
const ListReader& any_list(const unsigned char* raw) {
  return *std::launder(reinterpret_cast<const ListReader*>(raw));
}

// The library does not ask itself whether a list's elements have the size of those that it is read as, and would read past its end.
const ListReader& list_of(capnp::ElementSize size, const unsigned char* raw) {
  KJ_REQUIRE(any_list(raw).getElementSize() == size, "a list of another form");
  return any_list(raw);
}

capnp::AnyPointer::Reader pointer(const unsigned char* raw, std::uint32_t i) {
  auto section = any(raw).getPointerSection();
  return i < section.size() ? section[i] : capnp::AnyPointer::Reader();
}

std::string_view view(capnp::Text::Reader t) { return {t.begin(), t.size()}; }

// A scalar of the data section; zero past its end, as an older writer leaves it.
template <typename T>
T scalar(const unsigned char* raw, std::uint32_t offset) {
  auto section = any(raw).getDataSection();
  T v{};
  if ((offset + 1) * sizeof(T) <= section.size())
    std::memcpy(&v, section.begin() + offset * sizeof(T), sizeof(T));
  return v;
}

}  // namespace

bool Struct::is_absent(std::uint32_t i) const { return pointer(raw_, i).isNull(); }

std::string_view Struct::get_text(std::uint32_t i) const {
  return view(pointer(raw_, i).getAs<capnp::Text>());
}

BytesView Struct::get_data(std::uint32_t i) const {
  return view_of(pointer(raw_, i).getAs<capnp::Data>());
}

ListBase Struct::get_list(std::uint32_t i) const {
  ListBase out;
  auto p = pointer(raw_, i);
  auto* list = new (out.raw_) ListReader(p.isNull() ? ListReader() : p.getAs<capnp::AnyList>());
  out.size_ = list->size();
  return out;
}

Struct Struct::get_child(std::uint32_t i) const {
  Struct out;
  auto p = pointer(raw_, i);
  new (out.raw_) AnyReader(p.isNull() ? AnyReader() : p.getAs<capnp::AnyStruct>());
  return out;
}

bool Struct::get_flag(std::uint32_t offset) const {
  return (scalar<std::uint8_t>(raw_, offset / 8) >> (offset % 8)) & 1;
}
std::uint16_t Struct::get_u16(std::uint32_t o) const { return scalar<std::uint16_t>(raw_, o); }
std::int32_t Struct::get_i32(std::uint32_t o) const { return scalar<std::int32_t>(raw_, o); }
std::int64_t Struct::get_i64(std::uint32_t o) const { return scalar<std::int64_t>(raw_, o); }

BytesView Struct::data_section() const { return view_of(any(raw_).getDataSection()); }
std::uint32_t Struct::pointers() const { return static_cast<std::uint32_t>(any(raw_).getPointerSection().size()); }

Struct ListBase::struct_at(std::uint32_t i) const {
  Struct out;
  new (out.raw_) AnyReader(list_of(capnp::ElementSize::INLINE_COMPOSITE, raw_).as<capnp::List<capnp::AnyStruct>>()[i]);
  return out;
}
std::string_view ListBase::text_at(std::uint32_t i) const {
  return view(list_of(capnp::ElementSize::POINTER, raw_).as<capnp::List<capnp::Text>>()[i]);
}
bool ListBase::has_form(ListForm form) const {
  using capnp::ElementSize;
  constexpr ElementSize kSizes[] = {ElementSize::TWO_BYTES, ElementSize::FOUR_BYTES, ElementSize::POINTER, ElementSize::INLINE_COMPOSITE};
  if (empty()) return true;
  if (any_list(raw_).getElementSize() != kSizes[static_cast<int>(form)]) return false;
  if (form != ListForm::structs) return true;
  std::uint32_t tag = 0;   // the word before the first struct: the count in the upper 30 bits of its first half
  std::memcpy(&tag, any_list(raw_).as<capnp::List<capnp::AnyStruct>>()[0].getDataSection().begin() - sizeof(capnp::word), sizeof tag);
  return tag == size_ << 2;
}
BytesView ListBase::data_at(std::uint32_t i) const {
  return view_of(list_of(capnp::ElementSize::POINTER, raw_).as<capnp::List<capnp::Data>>()[i]);
}
std::int32_t ListBase::int32_at(std::uint32_t i) const {
  return list_of(capnp::ElementSize::FOUR_BYTES, raw_).as<capnp::List<std::int32_t>>()[i];
}
std::uint16_t ListBase::uint16_at(std::uint32_t i) const {
  return list_of(capnp::ElementSize::TWO_BYTES, raw_).as<capnp::List<std::uint16_t>>()[i];
}

struct Body::Impl {
  explicit Impl(BytesView bytes) : message(bytes) {}
  Message message;
  std::uint16_t ordinal = 0;
  std::uint16_t version = 0;
  Struct root, payload;
};

Result<Body> Body::parse(BytesView bytes, Trust trust) {
  return guarded("the body", [&]() -> Result<Body> {
    auto impl = std::make_unique<Impl>(bytes);
    auto& reader = impl->message.reader();
    if (bytes.empty() || bytes.size() % 8 != 0 || (trust == Trust::foreign && !reader.isCanonical()))
      return refuse("not-canonical", "the body is not in canonical form");
    auto body = reader.getRoot<schema::Body>();
    impl->ordinal = static_cast<std::uint16_t>(body.getPayload().which());
    impl->version = body.getSchemaVersion();
    new (impl->root.raw_) AnyReader(capnp::AnyStruct::Reader(body));
    impl->payload = impl->root.get_child(kPayloadPointer);
    return Body(std::move(impl));
  });
}

bool reads_soundly(const std::function<void()>& f) {
  try {
    return f(), true;
  } catch (const kj::Exception&) {
    return false;
  }
}

Body::Body(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Body::Body(Body&&) noexcept = default;
Body& Body::operator=(Body&&) noexcept = default;
Body::~Body() = default;

BytesView Body::bytes() const { return impl_->message.bytes(); }
std::uint16_t Body::type_ordinal() const { return impl_->ordinal; }
std::uint16_t Body::schema_version() const { return impl_->version; }
Struct Body::payload() const { return impl_->payload; }
Struct Body::root() const { return impl_->root; }

}  // namespace ledger
