// What was signed and is sent, in the ledger's folder, so that after "unknown" the same file signed by the same key
// sends the same bytes again, and doubles nothing.
//
// outbox/NAME.submission   the signed submission, whole and durable before it is handed on; never written over
// outbox/NAME.receipts     {"EVENT": "SECRET"…}: filers' secrets of its complaints, until they were handed out
// NAME                     32 hex digits: the hash of key, type of the file's rows and the file's bytes
#pragma once

#include <map>
#include <optional>
#include <string>

#include "ledger/schema/wire.h"

namespace tools {

using Receipts = std::map<std::string, std::string>;   // the filer's secret by the event's id

class OutboxEntry {
 public:
  OutboxEntry(const std::string& dir, const ledger::KeyId&, const std::string& type, const std::string& text);

  // What an earlier run sent, its outcome perhaps unknown. `storage-damaged`: that cannot be told any more.
  ledger::Result<std::optional<ledger::Submission>> submission() const;
  // The secrets that no run has handed out yet.
  ledger::Result<Receipts> receipts() const;

  // Both, durably, the secrets first, beside those that wait already.
  ledger::Status keep(const ledger::Submission&, Receipts);
  void handed_out(const Receipts&);   // these need not be kept any longer
  void forget(const Receipts&);       // it was refused: nothing of it is in the ledger, and these secrets open nothing

 private:
  std::string base_;
};

}  // namespace tools
