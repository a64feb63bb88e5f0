// The stored and signed messages of event.capnp as values, and their canonical bytes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/bytes.h"
#include "ledger/crypto/suite.h"
#include "ledger/result.h"
#include "ledger/text/date.h"
#include "ledger/types.h"

namespace ledger {

inline constexpr std::size_t kSaltBytes = 32;                   // before each body, and with each sealed value
inline constexpr std::size_t kRecordBytesMax = 65'535;          // a C2SP entry's length is 16 bits
inline constexpr std::uint32_t kSubmissionEventsMax = 100'000;
inline constexpr std::uint32_t kOpenedMax = 64;                // sealed values of one event: no type has more than a few
inline constexpr std::size_t kSubmissionBytesMax = 64u << 20;   // headers, salts, bodies and sealed values

inline constexpr std::size_t kSubmissionFileBytesMax = 512u << 20;   // with its attachments

struct Header {
  Id id;
  EventType type{};
  std::string unit;                  // empty: none
  std::vector<std::string> named;    // sorted, distinct
  Date on;
  Hash commitment;
};

struct SubmissionHeader {
  Id ledger_id;
  Id submission_id;
  KeyId key_id;
  Instant signed_at;
  std::uint32_t count = 0;
  Hash root;
};

struct Record {
  std::uint64_t position = 0;
  Instant admitted;
  std::uint16_t rules_version = 0;
  std::uint32_t index = 0;
  Hash submission_hash;
  Bytes header;
  Bytes submission_header;           // index 0 only
  Bytes signature;                   // index 0 only
};

// What readers of a trusted log look at, of a record and the header in it, in place.
struct RecordView {
  Instant admitted;
  Id id;
  EventType type{};
  std::string_view unit;
  Date on;
};

struct SealedValue {
  std::string field;
  Bytes salt;                        // 32 bytes
  std::string value;
};

// One event ready to be submitted: its bytes, and what the vault is to keep.
struct Submittable {
  Bytes header;
  Bytes salt;                        // 32 bytes
  Bytes body;
  std::vector<SealedValue> opened;
};

struct Submission {
  Bytes header;
  Bytes signature;
  std::vector<Submittable> events;
  std::vector<Bytes> attachments;    // not signed: each is named by its SHA-256 in some event
};

Bytes encode(const Header&);
Bytes encode(const SubmissionHeader&);
Bytes encode(const Record&);
Bytes encode(const Submission&);

// Bytes that are not canonical or do not fit: `not-canonical`.
Result<Header> decode_header(BytesView, Trust = Trust::foreign);
Result<SubmissionHeader> decode_submission_header(BytesView);
Result<Record> decode_record(BytesView, Trust = Trust::foreign);
// Admitted bytes in place; none: they are damaged.
std::optional<RecordView> view_record(BytesView);
std::size_t count_bytes(const std::vector<Submittable>&);   // headers, salts, bodies and sealed values
// A file's bytes; too many or too large: `submission-too-large`.
Result<Submission> decode_submission(BytesView);

Hash body_commitment(const Suite&, BytesView salt, BytesView body);
Hash sealed_commitment(const Suite&, const Id& ledger, const Id& event, std::string_view field,
                       BytesView salt, std::string_view value);
Bytes signed_message(BytesView submission_header);               // with its prefix
Hash submission_hash(const Suite&, BytesView message, BytesView signature);
Id ledger_id_of(const Suite&, BytesView genesis_body);

}  // namespace ledger
