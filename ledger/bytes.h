// Byte strings and the fixed-size values made of them.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>

namespace ledger {

using Bytes = std::string;           // owned bytes
using BytesView = std::string_view;  // bytes of somebody else, valid for the call unless said

// N bytes compared and hashed as bytes. All zero means "none".
template <std::size_t N, typename Tag>
struct Fixed {
  std::array<std::uint8_t, N> b{};

  static Fixed from(BytesView v) {
    Fixed f;
    if (v.size() == N) std::memcpy(f.b.data(), v.data(), N);
    return f;
  }
  BytesView view() const { return {reinterpret_cast<const char*>(b.data()), N}; }
  explicit operator bool() const { return *this != Fixed{}; }
  bool operator==(const Fixed& o) const { return std::memcmp(b.data(), o.b.data(), N) == 0; }   // inlined, N being known
  std::strong_ordering operator<=>(const Fixed& o) const { return std::memcmp(b.data(), o.b.data(), N) <=> 0; }
};

using Hash = Fixed<32, struct HashTag>;    // a suite's hash, 32 bytes in both
using Id = Fixed<16, struct IdTag>;        // event or submission id (UUIDv7), ledger id
using KeyId = Fixed<16, struct KeyIdTag>;  // first 16 bytes of H(SubjectPublicKeyInfo)

}  // namespace ledger

template <std::size_t N, typename Tag>
struct std::hash<ledger::Fixed<N, Tag>> {
  // Ids of this ledger end in random bits; the last eight are hash enough for a table, once the high bits
  // of the product, on which all of them tell, reach the low ones.
  std::size_t operator()(const ledger::Fixed<N, Tag>& f) const noexcept {
    std::uint64_t x;
    std::memcpy(&x, f.b.data() + N - 8, 8);
    x *= 0x9E3779B97F4A7C15ull;
    return x ^ (x >> 32);
  }
};
