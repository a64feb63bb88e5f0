#include "ledger/text/encoding.h"

namespace ledger {
namespace {

constexpr char kHex[] = "0123456789abcdef";
constexpr char kBase64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

}  // namespace

std::string hex(BytesView v) {
  std::string out;
  out.reserve(v.size() * 2);
  for (unsigned char c : v) out += kHex[c >> 4], out += kHex[c & 15];
  return out;
}

std::optional<Bytes> unhex(std::string_view s) {
  if (s.size() % 2 != 0) return std::nullopt;
  Bytes out;
  out.reserve(s.size() / 2);
  for (std::size_t i = 0; i < s.size(); i += 2) {
    const int high = hex_value(s[i]), low = hex_value(s[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
  }
  return out;
}

std::string base64(BytesView v) {
  std::string out;
  out.reserve((v.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < v.size(); i += 3) {
    std::uint32_t block = 0;
    for (std::size_t k = 0; k < 3; ++k)
      block = block << 8 | (i + k < v.size() ? static_cast<unsigned char>(v[i + k]) : 0u);
    for (std::size_t k = 0; k < 4; ++k)
      out += i + k > v.size() ? '=' : kBase64[block >> (18 - 6 * k) & 63];
  }
  return out;
}

std::optional<Bytes> unbase64(std::string_view s) {
  if (s.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && padding < s.size() && s[s.size() - 1 - padding] == '=') ++padding;
  Bytes out;
  std::uint32_t bits = 0;
  int count = 0;
  for (char c : s.substr(0, s.size() - padding)) {
    const int v = base64_value(c);
    if (v < 0) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(v);
    count += 6;
    if (count >= 8) count -= 8, out += static_cast<char>(bits >> count & 255);
  }
  if ((bits & ((1u << count) - 1)) != 0 || static_cast<std::size_t>(count) != padding * 2) return std::nullopt;
  return out;
}

void append_be(Bytes& out, std::uint64_t v, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(v >> (8 * i) & 255);
}

std::uint64_t read_be(BytesView v) {
  std::uint64_t out = 0;
  for (unsigned char c : v) out = out << 8 | c;
  return out;
}

std::string format_id(const Id& id) {
  std::string h = hex(id.view());
  for (std::size_t at : {20, 16, 12, 8}) h.insert(at, "-");
  return h;
}

std::optional<Id> parse_id(std::string_view s) {
  if (s.size() != 36) return std::nullopt;
  std::string h;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash != (s[i] == '-')) return std::nullopt;
    if (!dash) h += s[i];
  }
  auto bytes = unhex(h);
  if (!bytes) return std::nullopt;
  return Id::from(*bytes);
}

bool is_uuid7(const Id& id) { return id.b[6] >> 4 == 7 && id.b[8] >> 6 == 2; }

}  // namespace ledger
