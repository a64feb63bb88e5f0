// What text an event may hold, and the codes printed inside it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ledger {

bool is_utf8(std::string_view);                          // RFC 3629: shortest form, no surrogates
std::uint32_t code_points(std::string_view utf8);

// Trimmed of Unicode white space and folded to NFC, as the importer does.
std::string tidy(std::string_view utf8);
// NFKC without white space: how case numbers are compared (scheme measure A7).
std::string fold_number(std::string_view utf8);

// Why stored text is not as `tidy` leaves it, or has control characters but \n: nullptr when it is.
const char* untidy(std::string_view utf8);

// A GB 32100-2015 unified social credit code: alphabet, check character, and the GB 11714 digit.
bool is_uscc(std::string_view);

// A run of an identity card's or mobile phone's shape, not touching a digit or letter; valid USCCs pass.
bool has_personal_number(std::string_view);

bool is_code(std::string_view, std::uint32_t max);       // [A-Za-z0-9._-]{1,max}
bool is_person(std::string_view);                        // p-[a-z0-9]{8,40}
bool is_label(std::string_view);                         // [a-z0-9][a-z0-9-]{0,39}

}  // namespace ledger
