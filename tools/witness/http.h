// HTTP for witnesses: serving one, and asking one. The only place that knows the HTTP library.
#pragma once

#include <functional>

#include "tools/witness/witness.h"

namespace tools {

// Serves POST /add-checkpoint at HOST:PORT (port 0: any free one) until SIGTERM or SIGINT, and ends the
// requests under way. `ready` is told the port. To be called before other threads start. `usage`: no such address;
// `listen`: the address cannot be had.
ledger::Status serve_witness(Witness&, const std::string& address, const std::function<void(int port)>& ready);

// One request to the witness at `url` (http or https). `witness-unreachable` with the reason.
ledger::Result<WitnessAnswer> ask_witness(const std::string& url, const std::string& body);

}  // namespace tools
