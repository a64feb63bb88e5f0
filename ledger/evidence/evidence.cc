#include "ledger/evidence/evidence.h"

#include <algorithm>

#include "ledger/merkle/note.h"
#include "ledger/text/decimal.h"
#include "ledger/text/encoding.h"

namespace ledger {
namespace {

constexpr std::size_t kSecretBytes = 32;

std::string path_lines(const Proof& path) {
  std::string out;
  for (auto& h : path) out += base64(h.view()) + "\n";
  return out;
}

// Lines "name value", and paths, taken off the front of a section.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  std::optional<std::string_view> value(std::string_view name) {
    const auto end = rest_.find('\n');
    if (end == rest_.npos || !rest_.starts_with(name) || rest_.size() <= name.size() || rest_[name.size()] != ' ') return std::nullopt;
    const auto v = rest_.substr(name.size() + 1, end - name.size() - 1);
    rest_.remove_prefix(end + 1);
    return v;
  }

  std::optional<std::uint64_t> number(std::string_view name) {
    auto v = value(name);
    return v ? parse_decimal(*v) : std::nullopt;
  }

  // Hashes in base64, one a line, up to an empty line or the end.
  std::optional<Proof> path() {
    Proof out;
    while (!rest_.empty() && rest_.front() != '\n') {
      const auto end = rest_.find('\n');
      auto hash = end == rest_.npos ? std::nullopt : unbase64(rest_.substr(0, end));
      if (!hash || hash->size() != 32 || out.size() == 64) return std::nullopt;
      out.push_back(Hash::from(*hash));
      rest_.remove_prefix(end + 1);
    }
    return out;
  }

  bool take_empty() {
    if (rest_.empty() || rest_.front() != '\n') return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

class Parser {
 public:
  explicit Parser(EvidenceReader r) : in_(std::move(r)) { out_.kind = in_.kind(); }

  Result<Evidence> parse() {
    LEDGER_CHECK(out_.kind == EvidenceKind::unit ? unit_head() : record_head());
    while (in_.next() == "record") LEDGER_CHECK(item());
    if (out_.items.empty() || out_.items[0].record.position != 0) return in_.malformed("the items do not begin with the genesis");
    if (subject_path_ && out_.find(out_.subject) == nullptr) return in_.malformed("the record that the proof is of is not among the items");
    while (in_.next() == "key") LEDGER_CHECK(key());
    while (out_.kind == EvidenceKind::unit && in_.next() == "sub-log") LEDGER_CHECK(sub_log());
    LEDGER_CHECK(in_.finish());
    return std::move(out_);
  }

 private:
  Status record_head() {
    if (out_.kind == EvidenceKind::assessment) return in_.malformed("an assessment is checked by another program part");
    auto proof = LEDGER_TRY(parse_tlog_proof(LEDGER_TRY(in_.take("tlog-proof"))));
    out_.subject = proof.index, out_.checkpoint = std::move(proof.checkpoint), subject_path_ = std::move(proof.path);
    if (out_.kind != EvidenceKind::receipt) return {};
    out_.secret = LEDGER_TRY(in_.take("secret"));
    if (out_.secret->size() != kSecretBytes) return in_.malformed("a secret has 32 bytes");
    return {};
  }

  Status unit_head() {
    Lines lines(LEDGER_TRY(in_.take("unit")));
    auto unit = lines.value("unit");
    auto year = lines.number("year");
    if (!unit || !year || *year < 1 || *year > 9999 || !lines.rest().empty()) return in_.malformed("the section \"unit\" names no unit and year");
    out_.unit = std::string(*unit), out_.year = static_cast<int>(*year);
    out_.checkpoint = std::string(LEDGER_TRY(in_.take("checkpoint")));
    return {};
  }

  Status item() {
    if (out_.items.size() == kEvidenceItemsMax) return in_.malformed("a file has at most 1,000,000 items");
    Item i;
    i.bytes = LEDGER_TRY(in_.take("record"));
    if (i.bytes.size() > kRecordBytesMax) return in_.malformed("a record has at most 65,535 bytes");
    i.record = LEDGER_TRY(decode_record(i.bytes));
    i.header = LEDGER_TRY(decode_header(i.record.header));
    if (!out_.items.empty() && i.record.position <= out_.items.back().record.position) return in_.malformed("the items are not in the order of their positions");
    i.full = in_.next() == "submission";
    if (i.full) LEDGER_CHECK(rest_of(i));
    else if (out_.kind != EvidenceKind::unit) return in_.malformed("expected the section \"submission\"");
    out_.items.push_back(std::move(i));
    return {};
  }

  Status rest_of(Item& i) {
    i.submission_bytes = LEDGER_TRY(in_.take("submission"));
    i.submission = LEDGER_TRY(decode_submission_header(i.submission_bytes));
    i.signature = LEDGER_TRY(in_.take("signature"));
    i.inner = LEDGER_TRY(path("inner"));
    const bool subject = subject_path_ && i.record.position == out_.subject;
    i.path = subject ? *subject_path_ : LEDGER_TRY(path("path"));
    i.body = LEDGER_TRY(in_.take_if("body"));
    if (i.body && i.body->size() < kSaltBytes) return in_.malformed("a body is shorter than its salt");
    while (in_.next() == "opened") LEDGER_CHECK(opened(i));
    return {};
  }

  Result<Proof> path(std::string_view name) {
    auto p = split_proof(LEDGER_TRY(in_.take(name)));
    if (!p) return in_.malformed("a path is no whole number of hashes");
    return std::move(*p);
  }

  Status opened(Item& i) {
    const BytesView bytes = LEDGER_TRY(in_.take("opened"));
    const auto line = bytes.find('\n');
    if (line == bytes.npos || bytes.size() < line + 1 + kSaltBytes || !i.body) return in_.malformed("an opened value lacks its field, its salt or the body that commits to it");
    OpenedValue v{bytes.substr(0, line), bytes.substr(line + 1, kSaltBytes), bytes.substr(line + 1 + kSaltBytes)};
    if (!i.opened.empty() && v.field <= i.opened.back().field) return in_.malformed("opened fields are not in ascending order");
    i.opened.push_back(v);
    return {};
  }

  Status key() {
    const BytesView text = LEDGER_TRY(in_.take("key"));
    Lines lines(text);
    auto index = lines.number("index"), place = lines.number("place");
    auto path = lines.path();
    if (text.size() > kEvidenceTextBytesMax || !index || !place || !path || !lines.take_empty()) return in_.malformed("the section \"key\" is not in its form");
    if (!out_.keys.empty() && (*index != out_.keys.back().index || *place <= out_.keys.back().place)) return in_.malformed("keys are of one index, in ascending order");
    out_.keys.push_back({*index, *place, std::move(*path), lines.rest()});
    return {};
  }

  Status sub_log() {
    const BytesView text = LEDGER_TRY(in_.take("sub-log"));
    Lines lines(text);
    auto unit = lines.value("unit");
    auto place = lines.number("place");
    auto path = lines.path();
    if (text.size() > kEvidenceTextBytesMax || !unit || !place || !path || !lines.rest().empty()) return in_.malformed("the section \"sub-log\" is not in its form");
    if (!out_.sub_logs.empty() && *unit <= out_.sub_logs.back().unit) return in_.malformed("sub-logs are not in ascending order");
    out_.sub_logs.push_back({*unit, *place, std::move(*path)});
    return {};
  }

  EvidenceReader in_;
  Evidence out_;
  std::optional<Proof> subject_path_;
};

}  // namespace

const Item* Evidence::find(std::uint64_t position) const {
  auto at = std::lower_bound(items.begin(), items.end(), position, [](const Item& i, std::uint64_t p) { return i.record.position < p; });
  return at != items.end() && at->record.position == position ? &*at : nullptr;
}

Result<Evidence> parse_evidence(BytesView file) { return Parser(LEDGER_TRY(EvidenceReader::open(file))).parse(); }

void write_item(EvidenceWriter& out, const Item& i, bool subject) {
  out.section("record", i.bytes);
  if (!i.full) return;
  out.section("submission", i.submission_bytes);
  out.section("signature", i.signature);
  out.section("inner", join(i.inner));
  if (!subject) out.section("path", join(i.path));
  if (i.body) out.section("body", *i.body);
  for (auto& v : i.opened) out.section("opened", std::string(v.field) + "\n" + std::string(v.salt) + std::string(v.value));
}

void write_key(EvidenceWriter& out, const KeyStanding& k) {
  out.section("key", "index " + std::to_string(k.index) + "\nplace " + std::to_string(k.place) + "\n" + path_lines(k.path) + "\n" + std::string(k.entry));
}

void write_sub_log(EvidenceWriter& out, const SubLogPath& s) {
  out.section("sub-log", "unit " + std::string(s.unit) + "\nplace " + std::to_string(s.place) + "\n" + path_lines(s.path));
}

}  // namespace ledger
