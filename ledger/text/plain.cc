#include "ledger/text/plain.h"

#include <utf8proc.h>

#include <array>
#include <cstdlib>
#include <memory>

namespace ledger {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool lower(char c) { return c >= 'a' && c <= 'z'; }
bool upper(char c) { return c >= 'A' && c <= 'Z'; }
bool alnum(char c) { return digit(c) || lower(c) || upper(c); }

// Decodes one code point at `at` of valid UTF-8 and advances.
std::int32_t next(std::string_view s, std::size_t& at) {
  utf8proc_int32_t cp = 0;
  const auto n = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(s.data()) + at,
                                  static_cast<utf8proc_ssize_t>(s.size() - at), &cp);
  if (n <= 0) return ++at, -1;
  at += static_cast<std::size_t>(n);
  return cp;
}

bool is_space(std::int32_t cp) {
  return cp == ' ' || (cp >= 9 && cp <= 13) || cp == 0x85 || cp == 0xA0 || cp == 0x1680 ||
         (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 || cp == 0x2029 || cp == 0x202F ||
         cp == 0x205F || cp == 0x3000 || cp == 0xFEFF;
}

// Code points that NFC never changes nor composes with: ASCII to combining marks, CJK, full width.
bool surely_nfc(std::int32_t cp) {
  return cp < 0x300 || (cp >= 0x2010 && cp <= 0x206F) || (cp >= 0x2160 && cp <= 0x218B) ||
         (cp >= 0x2460 && cp <= 0x27BF && cp != 0x2ADC) || (cp >= 0x3000 && cp <= 0x3029) ||
         (cp >= 0x3400 && cp <= 0x9FFF) || (cp >= 0xFF01 && cp <= 0xFF9F);
}

std::string normalised(std::string_view s, utf8proc_option_t options) {
  utf8proc_uint8_t* out = nullptr;
  const auto n = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(s.data()),
                              static_cast<utf8proc_ssize_t>(s.size()), &out, options);
  std::unique_ptr<utf8proc_uint8_t, void (*)(void*)> owner(out, std::free);
  return n < 0 ? std::string(s) : std::string(reinterpret_cast<char*>(out), static_cast<std::size_t>(n));
}

std::string nfc(std::string_view s) {
  return normalised(s, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
}

std::string_view trim(std::string_view s) {
  std::size_t first = s.size(), last = 0;
  for (std::size_t at = 0; at < s.size();) {
    const std::size_t start = at;
    if (is_space(next(s, at))) continue;
    if (first == s.size()) first = start;
    last = at;
  }
  return first == s.size() ? std::string_view() : s.substr(first, last - first);
}

int uscc_value(char c) {
  static constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  const auto at = kAlphabet.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

// GB 11714-1997: the check character of an organisation code, over its first eight.
char organisation_check(std::string_view eight) {
  static constexpr std::array<int, 8> kWeight{3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (std::size_t i = 0; i < 8; ++i)
    sum += kWeight[i] * (digit(eight[i]) ? eight[i] - '0' : eight[i] - 'A' + 10);
  const int check = 11 - sum % 11;
  return check == 10 ? 'X' : check == 11 ? '0' : static_cast<char>('0' + check);
}

// Length of the digits that begin at `at`.
std::size_t digit_run(std::string_view s, std::size_t at) {
  std::size_t n = 0;
  while (at + n < s.size() && digit(s[at + n])) ++n;
  return n;
}

}  // namespace

bool is_utf8(std::string_view s) {
  for (std::size_t at = 0; at < s.size();) {
    if (static_cast<unsigned char>(s[at]) < 0x80) { ++at; continue; }
    if (next(s, at) < 0) return false;
  }
  return true;
}

std::uint32_t code_points(std::string_view s) {
  std::uint32_t n = 0;
  for (unsigned char c : s) n += (c & 0xC0) != 0x80;
  return n;
}

std::string tidy(std::string_view s) { return nfc(trim(s)); }

std::string fold_number(std::string_view s) {
  auto folded = normalised(s, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT));
  std::string out;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t start = at;
    if (!is_space(next(folded, at))) out += folded.substr(start, at - start);
  }
  return out;
}

const char* untidy(std::string_view s) {
  bool sure = true;
  std::int32_t first = -1, last = -1;
  for (std::size_t at = 0; at < s.size();) {
    const std::int32_t cp = next(s, at);
    if (cp < 0) return "is not UTF-8";
    if ((cp < 0x20 && cp != '\n') || (cp >= 0x7F && cp < 0xA0)) return "has a control character";
    if (first < 0) first = cp;
    last = cp;
    sure = sure && surely_nfc(cp);
  }
  if (is_space(first) || is_space(last)) return "begins or ends with white space";
  if (!sure && nfc(s) != s) return "is not in NFC";
  return nullptr;
}

bool is_uscc(std::string_view s) {
  if (s.size() != 18) return false;
  int sum = 0, weight = 1;
  for (std::size_t i = 0; i < 17; ++i) {
    const int v = uscc_value(s[i]);
    if (v < 0) return false;
    sum += v * weight;
    weight = weight * 3 % 31;
  }
  for (std::size_t i = 2; i < 8; ++i)
    if (!digit(s[i])) return false;
  return uscc_value(s[17]) == (31 - sum % 31) % 31 && s[16] == organisation_check(s.substr(8, 8));
}

bool has_personal_number(std::string_view s) {
  for (std::size_t at = 0; at < s.size();) {
    const std::size_t run = digit_run(s, at);
    if (run == 0) { ++at; continue; }
    const bool free_before = at == 0 || !alnum(s[at - 1]);
    auto free_at = [&](std::size_t end) { return end >= s.size() || !alnum(s[end]); };
    if (free_before) {
      const std::size_t end = at + run;
      const bool x = run == 17 && end < s.size() && (s[end] == 'X' || s[end] == 'x') && free_at(end + 1);
      if (x || (run == 18 && free_at(end))) {
        if (!is_uscc(s.substr(at, 18))) return true;
      }
      if (run == 11 && s[at] == '1' && s[at + 1] >= '3' && free_at(end)) return true;
    }
    at += run;
  }
  return false;
}

bool is_code(std::string_view s, std::uint32_t max) {
  if (s.empty() || s.size() > max) return false;
  for (char c : s)
    if (!alnum(c) && c != '.' && c != '_' && c != '-') return false;
  return true;
}

bool is_person(std::string_view s) {
  if (s.size() < 10 || s.size() > 42 || s.substr(0, 2) != "p-") return false;
  for (char c : s.substr(2))
    if (!digit(c) && !lower(c)) return false;
  return true;
}

bool is_label(std::string_view s) {
  if (s.empty() || s.size() > 40 || s[0] == '-') return false;
  for (char c : s)
    if (!digit(c) && !lower(c) && c != '-') return false;
  return true;
}

}  // namespace ledger
