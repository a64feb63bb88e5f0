#include "ledger/merkle/tlog_proof.h"

#include "ledger/merkle/note.h"
#include "ledger/text/decimal.h"
#include "ledger/text/encoding.h"

namespace ledger {
namespace {

constexpr std::string_view kTitle = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kIndex = "index ";
constexpr std::string_view kExtra = "extra ";
constexpr std::size_t kPathHashesMax = 64;   // a tree has at most 2^64 leaves
constexpr std::size_t kHashBytes = 32;

tl::unexpected<Error> malformed(const char* what) { return refuse("proof-malformed", what); }

// The text's first line, taken off it; nullopt at its end.
std::optional<std::string_view> take_line(std::string_view& text) {
  const auto end = text.find('\n');
  if (end == text.npos) return std::nullopt;
  const auto line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

}  // namespace

std::string format_tlog_proof(const TlogProof& p) {
  std::string out = std::string(kTitle) + "\n" + std::string(kIndex) + std::to_string(p.index) + "\n";
  for (auto& h : p.path) out += base64(h.view()) + "\n";
  return out + "\n" + p.checkpoint;
}

Result<TlogProof> parse_tlog_proof(std::string_view text) {
  TlogProof p;
  if (text.size() > 2 * kNoteBytesMax) return malformed("the proof is too large");
  if (take_line(text) != kTitle) return malformed("a proof begins with the line c2sp.org/tlog-proof@v1");
  auto line = take_line(text);
  if (line && line->starts_with(kExtra)) {
    if (!unbase64(line->substr(kExtra.size()))) return malformed("the line extra holds no base64");
    line = take_line(text);
  }
  const auto index = line && line->starts_with(kIndex) ? parse_decimal(line->substr(kIndex.size())) : std::nullopt;
  if (!index) return malformed("a proof needs the line index and a number");
  p.index = *index;
  while ((line = take_line(text)) && !line->empty()) {
    auto hash = unbase64(*line);
    if (!hash || hash->size() != kHashBytes) return malformed("a line of the path is no hash in base64");
    if (p.path.size() == kPathHashesMax) return malformed("a path has at most 64 hashes");
    p.path.push_back(Hash::from(*hash));
  }
  if (!line) return malformed("the checkpoint is missing");
  p.checkpoint = std::string(text);
  return p;
}

Bytes join(const Proof& proof) {
  Bytes out;
  for (auto& h : proof) out += h.view();
  return out;
}

std::optional<Proof> split_proof(BytesView bytes) {
  if (bytes.size() % kHashBytes != 0 || bytes.size() / kHashBytes > kPathHashesMax) return std::nullopt;
  Proof out;
  for (; !bytes.empty(); bytes.remove_prefix(kHashBytes)) out.push_back(Hash::from(bytes.substr(0, kHashBytes)));
  return out;
}

}  // namespace ledger
