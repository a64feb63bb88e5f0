// The one path from a JSON draft to canonical bytes, for every event type, driven by the catalogue.
#pragma once

#include <functional>
#include <map>
#include <optional>

#include "ledger/schema/catalogue.h"
#include "ledger/schema/wire.h"
#include "ledger/text/json.h"

namespace ledger {

// What encoding needs beyond the draft: where ids, salts and commitments come from.
struct DraftContext {
  const Suite& suite;
  Id ledger;
  Random& random;
  Instant now;                                   // for UUIDv7 ids
  std::map<std::string, Id> labels;              // of earlier lines of the same file
};

struct Draft {
  Submittable event;
  Id id;
  std::string label;                             // empty: none
  EventType type{};
  std::string receipt_secret;                    // hex; made for ComplaintFiled without a receipt
};

// Reads one draft object. Every fault found goes to `faults`, each with its field; nullopt when any.
// A good draft's label is added to the context.
std::optional<Draft> read_draft(const Json&, DraftContext&, std::vector<Error>& faults);

// The body alone: `data` and `refs` of a draft. Sealed values are either text (then sealed, their
// salts and values appended to `opened`) or {"sealed": commitment}, which is kept.
Bytes encode_body(const Type&, const Json& data, const Json& refs, DraftContext&, const Id& event,
                  std::vector<SealedValue>& opened, std::vector<Error>& faults);

Id make_uuid7(Instant, Random&);

// 蔡普办〔2016〕5号, also with [2016], and 岸普办字〔2016〕第6号; nullopt: `docno-malformed`.
std::optional<Json> parse_doc_no(std::string_view);

}  // namespace ledger
