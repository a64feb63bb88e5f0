#include "ledger/core/submission_thread.h"

namespace ledger {

Status SubmissionThread::open(const Record& r) {
  header_ = {}, headers_.reset(), next_ = 0;
  auto header = decode_submission_header(r.submission_header);
  if (!header) return refuse("submission-broken", "the first record of a submission has no well-formed submission header");
  header_ = *header, message_ = signed_message(r.submission_header);
  hash_ = submission_hash(suite_, message_, r.signature);
  headers_.emplace(suite_);
  return {};
}

Status SubmissionThread::follow(const Record& r, const Hash& header_leaf) {
  if (!headers_ || r.index != next_ || next_ == header_.count || r.submission_hash != hash_)
    return refuse("submission-broken", "the record does not continue the submission before it");
  headers_->add(header_leaf);
  if (++next_ == header_.count && headers_->root() != header_.root)
    return refuse("submission-broken", "the events are not those that the submission's signature covers");
  return {};
}

}  // namespace ledger
