// Canonical Cap'n Proto messages as bytes. Only files of this folder include it.
#pragma once

#include <capnp/message.h>
#include <capnp/serialize.h>
#include <kj/exception.h>

#include "ledger/bytes.h"
#include "ledger/result.h"

namespace ledger {

// A reader over an aligned copy of single-segment bytes without a segment table.
class Message {
 public:
  // A body may be read many times over its lifetime (validation, rules, folds, display), so the
  // traversal limit, a defence against amplification by overlapping pointers, does not apply to
  // canonical bytes: each is checked canonical, which forbids overlap, before anything reads it.
  static constexpr capnp::ReaderOptions kOptions{.traversalLimitInWords = UINT64_MAX / 8,
                                                 .nestingLimit = 16};

  explicit Message(BytesView bytes)
      : words_(kj::heapArray<capnp::word>(count(bytes))), segments_{words_}, reader_(kj::arrayPtr(segments_, 1), kOptions) {
    if (words_.size() > 0) std::memcpy(words_.begin(), bytes.data(), words_.size() * sizeof(capnp::word));
  }
  Message(const Message&) = delete;

  capnp::MessageReader& reader() { return reader_; }
  BytesView bytes() const {
    return {reinterpret_cast<const char*>(words_.begin()), words_.size() * sizeof(capnp::word)};
  }

 private:
  static std::size_t count(BytesView bytes) { return bytes.size() / sizeof(capnp::word); }

  kj::Array<capnp::word> words_;
  kj::ArrayPtr<const capnp::word> segments_[1];
  capnp::SegmentArrayMessageReader reader_;
};

// The canonical bytes of what a builder holds.
template <typename Builder>
Bytes canonical_bytes(Builder&& root) {
  auto words = capnp::canonicalize(root.asReader());
  return {reinterpret_cast<const char*>(words.begin()), words.size() * sizeof(capnp::word)};
}

inline BytesView view_of(capnp::Data::Reader d) {
  return {reinterpret_cast<const char*>(d.begin()), d.size()};
}
inline capnp::Data::Reader data_of(BytesView v) {
  return {reinterpret_cast<const kj::byte*>(v.data()), v.size()};
}
inline capnp::Text::Reader text_of(const std::string& s) { return {s.data(), s.size()}; }

// Runs f, turning an exception of the library into `not-canonical`.
template <typename F>
auto guarded(std::string_view what, F&& f) -> decltype(f()) {
  try {
    return f();
  } catch (const kj::Exception&) {
    return refuse("not-canonical", std::string(what) + " is no well-formed message");
  }
}

}  // namespace ledger
