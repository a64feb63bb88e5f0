// Follows the submissions through the records of a log: each record continues the one before it, and
// a submission's signature covers the headers of all its events.
#pragma once

#include <optional>

#include "ledger/merkle/merkle.h"
#include "ledger/schema/wire.h"

namespace ledger {

class SubmissionThread {
 public:
  explicit SubmissionThread(const Suite& s) : suite_(s) {}

  // Begins with a record of index 0, whose submission header it decodes, whatever the one before it lacks:
  // ask first. `submission-broken` when it is malformed; then no record continues it.
  Status open(const Record&);
  // Takes the record (index 0 included) into the submission: `submission-broken`.
  Status follow(const Record&, const Hash& header_leaf);
  // How many records the open submission still lacks.
  std::uint32_t lacks() const { return header_.count - next_; }

  const SubmissionHeader& header() const { return header_; }
  const Bytes& message() const { return message_; }
  const Hash& hash() const { return hash_; }

 private:
  const Suite& suite_;
  SubmissionHeader header_;
  Bytes message_;
  Hash hash_;
  std::uint32_t next_ = 0;               // index expected; = count when closed
  std::optional<Frontier> headers_;
};

}  // namespace ledger
