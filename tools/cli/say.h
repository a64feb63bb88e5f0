// An event's content as a line for people: labels of the catalogue, amounts as points, sealed values by their commitment.
#pragma once

#include "ledger/core/event.h"
#include "tools/cli/app.h"

namespace tools {

std::string say_content(const App&, const ledger::Body&);
// Whose key signed, and in which roles.
std::string say_signer(const App&, const ledger::Signer&);
// Label of an enum value of an event's field.
std::string say_choice(const App&, ledger::EventType, const char* field, std::size_t ordinal);
// At most so many code points, with … where something was cut.
std::string shortened(const std::string& utf8, std::size_t most);

}  // namespace tools
