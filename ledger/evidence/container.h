// The container of evidence files: named sections, in an order that each kind fixes.
//
//   file    = "pufa-evidence/v1 " kind LF section* "end " digest LF
//   kind    = "record" | "receipt" | "unit" | "assessment"
//   section = name SP length LF bytes LF        name: a-z and "-"; length: decimal, no leading zero
//   digest  = 64 lower-case hex digits: SHA-256 of every byte before "end " (in both suites)
//
// The digest tells a damaged file from a false one; what a file establishes never rests on it.
// README.md, "Evidence", says what the sections of each kind hold.
#pragma once

#include <functional>
#include <future>
#include <optional>
#include <string>

#include "ledger/crypto/digest.h"
#include "ledger/result.h"

namespace ledger {

inline constexpr std::size_t kEvidenceSectionBytesMax = 32u << 20;   // 256 records with their bodies, at their largest

enum class EvidenceKind { record, receipt, unit, assessment };
const char* name_of(EvidenceKind);

class EvidenceWriter {
 public:
  using Sink = std::function<void(BytesView)>;
  EvidenceWriter(EvidenceKind, Sink);
  void section(std::string_view name, BytesView bytes);
  void finish();

 private:
  void put(BytesView);
  Sink sink_;
  Sha256 digest_;
};

// Reads a file held in memory; views live as long as it does. Refusals: `evidence-malformed`, with
// the byte at which it stands.
class EvidenceReader {
 public:
  static Result<EvidenceReader> open(BytesView file);
  EvidenceKind kind() const { return kind_; }
  // Name of the section that is next; empty at the end.
  std::string_view next() const { return name_; }
  // The bytes of the section that is next, which must have this name.
  Result<BytesView> take(std::string_view name);
  Result<std::optional<BytesView>> take_if(std::string_view name);
  // That the file ends in its own digest. A large one's is taken while the file is read on.
  Status intact() const;
  // That nothing is left, and the file is intact.
  Status finish() const;
  tl::unexpected<Error> malformed(const std::string& what) const;

 private:
  Status read_heading();
  BytesView file_;            // without the line of the digest
  std::size_t at_ = 0;        // of the section that is next: its bytes
  EvidenceKind kind_{};
  std::string_view name_;
  std::size_t length_ = 0;
  std::shared_future<bool> intact_;
};

}  // namespace ledger
