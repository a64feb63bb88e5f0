// Numbers as the public formats write them: decimal digits, without sign or leading zero (C2SP).
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ledger {

inline std::optional<std::uint64_t> parse_decimal(std::string_view s) {
  std::uint64_t n = 0;
  const auto [end, ec] = std::from_chars(s.data(), s.data() + s.size(), n);
  const bool leading_zero = s.size() > 1 && s[0] == '0';
  if (ec != std::errc() || end != s.data() + s.size() || leading_zero) return std::nullopt;
  return n;
}

}  // namespace ledger
