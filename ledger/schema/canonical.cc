#include "ledger/schema/canonical.h"

#include <bit>

namespace ledger {
namespace {

constexpr std::size_t kWord = 8;
constexpr std::uint64_t kListTag = 1, kOfBytes = 2, kOfPointers = 6;

std::size_t whole_words(std::size_t bytes) { return (bytes + kWord - 1) / kWord * kWord; }

static_assert(std::endian::native == std::endian::little);
void put(char* at, std::uint64_t word) { std::memcpy(at, &word, kWord); }

void append_word(Bytes& out, std::uint64_t word) {
  out.append(kWord, '\0');
  put(out.data() + out.size() - kWord, word);
}

// Sets the pointer at word `at` to a list that comes next.
void point(Bytes& out, std::size_t at, std::uint64_t element, std::uint64_t count) {
  const std::uint64_t between = out.size() / kWord - at - 1;
  put(out.data() + at * kWord, count << 35 | element << 32 | between << 2 | kListTag);
}

void append_bytes(Bytes& out, std::size_t at, BytesView bytes, std::size_t zeros) {
  const std::size_t count = bytes.size() + zeros;
  point(out, at, kOfBytes, count);
  out += bytes;
  out.append(whole_words(count) - bytes.size(), '\0');
}

void append_texts(Bytes& out, std::size_t at, const std::vector<std::string>& texts) {
  const std::size_t first = out.size() / kWord;
  point(out, at, kOfPointers, texts.size());
  out.append(texts.size() * kWord, '\0');
  for (std::size_t i = 0; i < texts.size(); ++i) append_bytes(out, first + i, texts[i], 1);
}

void append(Bytes& out, std::size_t at, const Pointee& p) {
  switch (p.kind) {
    case Pointee::Kind::absent: return;
    case Pointee::Kind::data: return append_bytes(out, at, p.bytes, 0);
    case Pointee::Kind::text: return append_bytes(out, at, p.bytes, 1);
    case Pointee::Kind::texts: return append_texts(out, at, *p.texts);
  }
}

// Room enough for what they lead to.
std::size_t size_of(std::span<const Pointee> pointers) {
  std::size_t n = 0;
  for (auto& p : pointers) {
    n += whole_words(p.bytes.size() + 1);
    if (p.texts)
      for (auto& t : *p.texts) n += kWord + whole_words(t.size() + 1);
  }
  return n;
}

}  // namespace

Bytes canonical_struct(std::span<const std::uint64_t> data, std::span<const Pointee> pointers) {
  while (!data.empty() && data.back() == 0) data = data.first(data.size() - 1);
  while (!pointers.empty() && pointers.back().kind == Pointee::Kind::absent) pointers = pointers.first(pointers.size() - 1);
  Bytes out;
  out.reserve((1 + data.size() + pointers.size()) * kWord + size_of(pointers));
  append_word(out, data.size() << 32 | pointers.size() << 48);
  for (auto word : data) append_word(out, word);
  const std::size_t first = 1 + data.size();
  out.append(pointers.size() * kWord, '\0');
  for (std::size_t i = 0; i < pointers.size(); ++i) append(out, first + i, pointers[i]);
  return out;
}

std::uint64_t StructView::word_at(BytesView bytes, std::size_t i) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes.data() + i * kWord, kWord);
  return word;
}

StructView::StructView(BytesView message) : message_(message) {
  sound_ = !message.empty() && message.size() % kWord == 0;
  if (!sound_) return;
  const std::uint64_t root = word_at(message, 0), words = message.size() / kWord - 1;
  const std::uint64_t data = root >> 32 & 0xFFFF, pointers = root >> 48;
  sound_ = (root & 0xFFFF'FFFF) == 0 && data + pointers <= words;
  if (!sound_) return;
  data_ = message.substr(kWord, data * kWord);
  pointers_ = pointers;
}

// The list that the pointer at a word leads to; none where it is absent, or leads elsewhere.
StructView::List StructView::list_at(std::size_t word, std::uint64_t element) const {
  const std::uint64_t pointer = word == 0 ? 0 : word_at(message_, word);
  if (pointer == 0) return {};
  const std::uint64_t first = word + 1 + (pointer >> 2 & 0x3FFF'FFFF), count = pointer >> 35;
  const std::uint64_t words = element == kOfPointers ? count : whole_words(count) / kWord;
  const bool fits = (pointer & 3) == kListTag && (pointer >> 32 & 7) == element && first <= message_.size() / kWord && words <= message_.size() / kWord - first;
  sound_ &= fits;
  return fits ? List{first, count} : List{};
}

BytesView StructView::bytes_at(std::size_t word) const {
  const List list = list_at(word, kOfBytes);
  return message_.substr(list.first * kWord, list.count);
}

std::string_view StructView::text_at(std::size_t word) const {
  const BytesView bytes = bytes_at(word);
  return bytes.substr(0, bytes.empty() ? 0 : bytes.size() - 1);
}

BytesView StructView::data(std::size_t i) const { return bytes_at(pointer(i)); }
std::string_view StructView::text(std::size_t i) const { return text_at(pointer(i)); }

std::vector<std::string> StructView::texts(std::size_t i) const {
  const List list = list_at(pointer(i), kOfPointers);
  std::vector<std::string> out;
  out.reserve(list.count);
  std::size_t read = 0;
  for (std::size_t k = 0; k < list.count && read <= message_.size(); ++k) read += out.emplace_back(text_at(list.first + k)).size();
  sound_ &= read <= message_.size();
  return out;
}

}  // namespace ledger
