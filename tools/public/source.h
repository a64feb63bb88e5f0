// Where a published log is read from: a folder, or an http(s) address.
#pragma once

#include <memory>

#include "ledger/merkle/tile_files.h"

namespace tools {

class LogSource {
 public:
  virtual ~LogSource() = default;
  // Failures: `log-unreachable`.
  virtual ledger::Result<std::string> checkpoint() = 0;
  // A partial file that is gone is cut out of the full one.
  virtual ledger::Result<ledger::Bytes> read(const ledger::TileFile&) = 0;
};

// Of a folder or of http://HOST[:PORT]/PREFIX; `usage` for an address in another form.
ledger::Result<std::unique_ptr<LogSource>> open_source(const std::string& place);
ledger::Result<std::unique_ptr<LogSource>> open_http_source(const std::string& url);

}  // namespace tools
