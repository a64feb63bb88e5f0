// Hex, base64 (RFC 4648 section 4, padded) and big-endian integers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/bytes.h"

namespace ledger {

std::string hex(BytesView);                            // lower case
std::optional<Bytes> unhex(std::string_view);          // lower case, even length
std::string base64(BytesView);
std::optional<Bytes> unbase64(std::string_view);       // canonical: padding and spare bits are checked

void append_be(Bytes& out, std::uint64_t v, int bytes);
std::uint64_t read_be(BytesView);                      // at most 8 bytes

// An event id as text: 8-4-4-4-12 lower-case hex.
std::string format_id(const Id&);
std::optional<Id> parse_id(std::string_view);          // any UUID of that form
bool is_uuid7(const Id&);                              // version 7, variant 10

}  // namespace ledger
