// The assessment scheme (考核办法) as the rules see it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "ledger/result.h"
#include "ledger/text/date.h"
#include "ledger/types.h"

namespace projections {

// Whether the scheme's text parses, is complete, and says what the event's own fields say: else
// `scheme-invalid`, with the first fault in the message.
ledger::Status check_scheme(const ledger::AssessmentSchemePublished&);

// The others read the text of an admitted scheme, which is valid.

// The exclusive end for verifications and filing decisions; `cutoff`, the scheme's, where the text
// is silent.
ledger::Instant verification_cutoff(std::string_view toml, ledger::Instant cutoff);

// The weight in 1/100 point. An indicator that the text does not have, or an empty text: nullopt.
std::optional<std::int64_t> indicator_weight(std::string_view toml, std::string_view indicator);

}  // namespace projections
