// Reading canonical bytes of event bodies in place, without allocation a field.
//
// `types.h`, made from the schema by gen_types.cc at build time, has one class a type derived from
// Struct, with one accessor a field. All views point into the Body that they came from and live as
// long as it does. A field past the end of an older, shorter struct reads as absent.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "ledger/bytes.h"
#include "ledger/result.h"
#include "ledger/text/date.h"

namespace ledger {

class Struct;

enum class ListForm { bits16, bits32, pointers, structs };

// A list of any kind, by index. Out of range is a programming error.
class ListBase {
 public:
  ListBase() = default;
  std::uint32_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  // Whether its items are written so, the count of structs in the one way. Cap'n Proto reads items of other sizes too,
  // and ignores the highest bit of the count.
  bool has_form(ListForm) const;

 protected:
  friend class Struct;
  Struct struct_at(std::uint32_t i) const;
  BytesView text_at(std::uint32_t i) const;
  BytesView data_at(std::uint32_t i) const;
  std::int32_t int32_at(std::uint32_t i) const;
  std::uint16_t uint16_at(std::uint32_t i) const;

  alignas(8) unsigned char raw_[48]{};
  std::uint32_t size_ = 0;
};

template <typename List, typename T>
class ListIterator {
 public:
  ListIterator(const List* l, std::uint32_t i) : list_(l), i_(i) {}
  T operator*() const { return (*list_)[i_]; }
  ListIterator& operator++() { ++i_; return *this; }
  bool operator!=(const ListIterator& o) const { return i_ != o.i_; }

 private:
  const List* list_;
  std::uint32_t i_;
};

template <typename Self, typename T>
class ListOf : public ListBase {
 public:
  explicit ListOf(const ListBase& b) : ListBase(b) {}
  ListIterator<Self, T> begin() const { return {self(), 0}; }
  ListIterator<Self, T> end() const { return {self(), size_}; }

 private:
  const Self* self() const { return static_cast<const Self*>(this); }
};

struct TextList : ListOf<TextList, std::string_view> {
  using ListOf::ListOf;
  std::string_view operator[](std::uint32_t i) const { return text_at(i); }
};
struct IdList : ListOf<IdList, Id> {
  using ListOf::ListOf;
  Id operator[](std::uint32_t i) const { return Id::from(data_at(i)); }
  BytesView data(std::uint32_t i) const { return data_at(i); }
};
struct DateList : ListOf<DateList, Date> {
  using ListOf::ListOf;
  Date operator[](std::uint32_t i) const { return {int32_at(i)}; }
};
template <typename E>
struct EnumList : ListOf<EnumList<E>, E> {
  using ListOf<EnumList<E>, E>::ListOf;
  E operator[](std::uint32_t i) const { return static_cast<E>(this->uint16_at(i)); }
};
template <typename T>
struct StructList : ListOf<StructList<T>, T> {
  using ListOf<StructList<T>, T>::ListOf;
  T operator[](std::uint32_t i) const { return T(this->struct_at(i)); }
};

// A struct in place. Offsets are those of the schema: of pointers their index, of scalars in units
// of the scalar's size, of flags in bits.
class Struct {
 public:
  Struct() = default;
  bool is_absent(std::uint32_t pointer) const;
  std::string_view get_text(std::uint32_t pointer) const;  // empty when absent
  BytesView get_data(std::uint32_t pointer) const;         // empty when absent
  Id get_id(std::uint32_t pointer) const { return Id::from(get_data(pointer)); }
  ListBase get_list(std::uint32_t pointer) const;
  Struct get_child(std::uint32_t pointer) const;
  bool get_flag(std::uint32_t offset) const;
  std::uint16_t get_u16(std::uint32_t offset) const;
  std::int32_t get_i32(std::uint32_t offset) const;
  std::int64_t get_i64(std::uint32_t offset) const;
  BytesView data_section() const;
  std::uint32_t pointers() const;   // of the pointer section, absent ones among them

 private:
  friend class ListBase;
  friend class Body;
  alignas(8) unsigned char raw_[48]{};
};

inline constexpr std::uint32_t kPayloadPointer = 2;   // of a body: attachments, remark, payload

// Whether bytes must still prove canonical. Those that this ledger admitted did so then; their frame
// is bounds-checked by the library at every access all the same.
enum class Trust { foreign, admitted };

// Whether f ran to its end: what it read of bodies was sound. Of admitted bytes that were altered since, it shows only when
// they are read.
bool reads_soundly(const std::function<void()>& f);

// The bytes of one event body, and the reader over them. Owns an aligned copy of the bytes.
class Body {
 public:
  // Bytes that are no canonical single-segment message: `not-canonical`.
  static Result<Body> parse(BytesView bytes, Trust = Trust::foreign);
  Body(Body&&) noexcept;
  Body& operator=(Body&&) noexcept;
  ~Body();

  BytesView bytes() const;
  std::uint16_t type_ordinal() const;
  std::uint16_t schema_version() const;
  Struct payload() const;
  Struct root() const;

  template <typename T>
  T as() const { return T(payload()); }

 private:
  struct Impl;
  explicit Body(std::unique_ptr<Impl>);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ledger
