#include "ledger/evidence/container.h"

#include <array>
#include <string>

#include "ledger/crypto/suite.h"
#include "ledger/text/decimal.h"
#include "ledger/text/encoding.h"

namespace ledger {
namespace {

constexpr std::string_view kMagic = "pufa-evidence/v1 ";
constexpr std::string_view kEnd = "end ";
constexpr std::size_t kEndBytes = 4 + 64 + 1;
constexpr std::size_t kNameBytesMax = 16;
constexpr std::size_t kLargeFileBytes = 1 << 20;   // below this a thread costs more than it saves

constexpr std::array kKinds{"record", "receipt", "unit", "assessment"};

bool is_section_name(std::string_view s) {
  return !s.empty() && s.size() <= kNameBytesMax && s.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == s.npos;
}

}  // namespace

const char* name_of(EvidenceKind k) { return kKinds[static_cast<std::size_t>(k)]; }

EvidenceWriter::EvidenceWriter(EvidenceKind kind, Sink sink) : sink_(std::move(sink)) {
  put(std::string(kMagic) + name_of(kind) + "\n");
}

void EvidenceWriter::put(BytesView bytes) {
  digest_.add(bytes);
  sink_(bytes);
}

void EvidenceWriter::section(std::string_view name, BytesView bytes) {
  put(std::string(name) + " " + std::to_string(bytes.size()) + "\n");
  put(bytes);
  put("\n");
}

void EvidenceWriter::finish() { sink_(std::string(kEnd) + hex(digest_.finish().view()) + "\n"); }

tl::unexpected<Error> EvidenceReader::malformed(const std::string& what) const {
  return refuse("evidence-malformed", "byte " + std::to_string(at_) + ": " + what);
}

Result<EvidenceReader> EvidenceReader::open(BytesView file) {
  EvidenceReader r;
  if (!file.starts_with(kMagic)) return r.malformed("this is no evidence file: it does not begin with \"pufa-evidence/v1 \"");
  const auto line = file.find('\n');
  const auto kind = line == file.npos ? BytesView() : file.substr(kMagic.size(), line - kMagic.size());
  std::size_t k = 0;
  while (k < kKinds.size() && kind != kKinds[k]) ++k;
  if (k == kKinds.size()) return r.malformed("the kind of evidence is none that this program knows");
  r.kind_ = static_cast<EvidenceKind>(k);
  if (file.size() < line + 1 + kEndBytes) return r.malformed("the file is cut short");
  r.file_ = file.substr(0, file.size() - kEndBytes);
  const bool large = file.size() > kLargeFileBytes;
  const auto ends_in_its_digest = [all = r.file_, end = file.substr(r.file_.size())] { return end == std::string(kEnd) + hex(sha256(all).view()) + "\n"; };
  r.intact_ = std::async(large ? std::launch::async : std::launch::deferred, ends_in_its_digest).share();
  if (!large) LEDGER_CHECK(r.intact());
  r.at_ = line + 1;
  LEDGER_CHECK(r.read_heading());
  return r;
}

Status EvidenceReader::intact() const {
  if (!intact_.get()) return malformed("the file is damaged or cut short: it does not end in its own digest");
  return {};
}

Status EvidenceReader::read_heading() {
  name_ = {}, length_ = 0;
  if (at_ == file_.size()) return {};
  const BytesView rest = file_.substr(at_);
  const auto line = rest.substr(0, kNameBytesMax + 22).find('\n'), space = rest.find(' ');
  if (line == rest.npos || space > line || !is_section_name(rest.substr(0, space))) return malformed("expected a section's name and length");
  const BytesView digits = rest.substr(space + 1, line - space - 1);
  const auto length = parse_decimal(digits);
  if (!length) return malformed("a section's length is no decimal number");
  length_ = *length;
  if (length_ > kEvidenceSectionBytesMax) return malformed("a section has at most 32 MiB");
  if (rest.size() < line + 1 || rest.size() - line - 1 < length_ + 1 || rest[line + 1 + length_] != '\n')
    return malformed("a section is cut short");
  name_ = rest.substr(0, space);
  at_ += line + 1;
  return {};
}

Result<BytesView> EvidenceReader::take(std::string_view name) {
  if (name_ != name) return malformed("expected the section \"" + std::string(name) + "\"");
  const BytesView bytes = file_.substr(at_, length_);
  at_ += length_ + 1;
  LEDGER_CHECK(read_heading());
  return bytes;
}

Result<std::optional<BytesView>> EvidenceReader::take_if(std::string_view name) {
  if (name_ != name) return std::nullopt;
  return LEDGER_TRY(take(name));
}

Status EvidenceReader::finish() const {
  LEDGER_CHECK(intact());
  if (!name_.empty()) return malformed("the section \"" + std::string(name_) + "\" has no place here");
  return {};
}

}  // namespace ledger
