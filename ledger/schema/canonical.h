// Canonical Cap'n Proto bytes of one struct (capnproto.org/encoding.html, "Canonicalization"), written and read in one
// go: headers and records, of which some are made, compared or read for every event. The library's way, by builders,
// capnp::canonicalize and readers, gives the same and takes several times as long; bodies, whose forms are many, go through it.
//
//   message = root pointer ‖ data section ‖ pointer section ‖ what the pointers lead to, in their order; of 8-byte words
//   pointer = of a struct: words of data (16) ‖ pointers (16), above 32 zero bits, since the struct follows at once;
//             of a list: count (29) ‖ size of its elements (3) ‖ words between the pointer's end and the list (30) ‖ 01
// Zero words at the data section's end and absent pointers at the pointer section's end are left out.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "ledger/bytes.h"

namespace ledger {

// What a pointer leads to.
struct Pointee {
  enum class Kind { absent, data, text, texts };
  Kind kind = Kind::absent;
  BytesView bytes;                                   // of data and text
  const std::vector<std::string>* texts = nullptr;   // of a list of texts
};
inline Pointee data_at(BytesView v) { return {Pointee::Kind::data, v}; }
inline Pointee data_or_absent(BytesView v) { return v.empty() ? Pointee{} : data_at(v); }
inline Pointee text_or_absent(const std::string& v) { return v.empty() ? Pointee{} : Pointee{Pointee::Kind::text, v}; }
inline Pointee texts_or_absent(const std::vector<std::string>& v) { return v.empty() ? Pointee{} : Pointee{Pointee::Kind::texts, {}, &v}; }

// Requires a data section that is not all zero, or a pointer that is not absent.
Bytes canonical_struct(std::span<const std::uint64_t> data, std::span<const Pointee> pointers);

// Reads such a message in place, never past its end. What is absent reads as zero or empty, and so does what is no such
// message, of which `sound` tells. It does not tell whether a sound message is canonical: compare what is read, written anew.
class StructView {
 public:
  explicit StructView(BytesView message);
  std::uint64_t word(std::size_t i) const { return i < data_.size() / 8 ? word_at(data_, i) : 0; }   // of the data section
  BytesView data(std::size_t pointer) const;
  std::string_view text(std::size_t pointer) const;
  std::vector<std::string> texts(std::size_t pointer) const;   // no more bytes of them than the message has
  bool sound() const { return sound_; }

 private:
  static std::uint64_t word_at(BytesView, std::size_t i);
  struct List {
    std::size_t first = 0;   // its word in the message
    std::uint64_t count = 0;
  };
  List list_at(std::size_t word, std::uint64_t element) const;
  BytesView bytes_at(std::size_t word) const;
  std::string_view text_at(std::size_t word) const;
  // Word of a pointer, which there is; nought otherwise.
  std::size_t pointer(std::size_t i) const { return i < pointers_ ? 1 + data_.size() / 8 + i : 0; }

  BytesView message_, data_;
  std::size_t pointers_ = 0;
  mutable bool sound_ = true;
};

}  // namespace ledger
