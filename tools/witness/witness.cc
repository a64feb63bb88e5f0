#include "tools/witness/witness.h"

#include <charconv>

#include "ledger/text/encoding.h"

namespace tools {
namespace {

constexpr char kText[] = "text/plain; charset=utf-8";
constexpr char kSizeType[] = "text/x.tlog.size";

WitnessAnswer say(int status, const std::string& what) { return {status, kText, what + "\n"}; }

ledger::Result<std::uint64_t> parse_old(std::string_view line) {
  std::uint64_t v = 0;
  const auto digits = line.substr(std::min<std::size_t>(4, line.size()));
  auto [end, ec] = std::from_chars(digits.data(), digits.data() + digits.size(), v);
  const bool whole = ec == std::errc() && end == digits.data() + digits.size() && (digits == "0" || digits[0] != '0');
  if (line.substr(0, 4) != "old " || !whole) return ledger::refuse("request-malformed", "the first line is \"old\" and a size in decimal");
  return v;
}

// The line at the front of `rest`, without its \n, taken off it; nullopt: there is none.
std::optional<std::string_view> take_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const auto line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

}  // namespace

std::string format_witness_request(const WitnessRequest& r) {
  std::string out = "old " + std::to_string(r.old) + "\n";
  for (auto& h : r.proof) out += ledger::base64(h.view()) + "\n";
  return out + "\n" + r.note;
}

ledger::Result<WitnessRequest> parse_witness_request(std::string_view body) {
  if (body.size() > kWitnessRequestBytesMax) return ledger::refuse("request-malformed", "the request is too large");
  WitnessRequest r;
  auto line = take_line(body);
  r.old = LEDGER_TRY(parse_old(line.value_or("")));
  for (line = take_line(body); line && !line->empty(); line = take_line(body)) {
    const auto hash = ledger::unbase64(*line);
    if (!hash || hash->size() != 32) return ledger::refuse("request-malformed", "a line of the proof is no hash in base64");
    if (r.proof.size() == kProofHashesMax) return ledger::refuse("request-malformed", "the proof has more than 63 hashes");
    r.proof.push_back(ledger::Hash::from(*hash));
  }
  if (!line) return ledger::refuse("request-malformed", "no empty line before the checkpoint");
  r.note = std::string(body);
  return r;
}

Witness::Witness(std::string name, const ledger::Suite& suite, std::unique_ptr<ledger::PrivateKey> key, std::vector<ledger::NoteVerifier> logs,
                 std::unique_ptr<WitnessState> state, ledger::Clock clock)
    : name_(std::move(name)), suite_(suite), key_(std::move(key)), logs_(std::move(logs)), state_(std::move(state)), clock_(std::move(clock)) {}

std::string Witness::vkey() const {
  return ledger::NoteVerifier(name_, suite_, *suite_.parse_public(key_->public_key().spki()), suite_.cosignature_type()).vkey();
}

WitnessAnswer Witness::add_checkpoint(std::string_view body) {
  auto request = parse_witness_request(body);
  if (!request) return say(400, request.error().message);
  auto note = ledger::parse_note(request->note);
  if (!note) return say(400, note.error().message);
  auto checkpoint = ledger::parse_checkpoint(note->text);
  if (!checkpoint) return say(400, checkpoint.error().message);
  return judge(*request, *note, *checkpoint);
}

WitnessAnswer Witness::judge(const WitnessRequest& request, const ledger::Note& note, const ledger::Checkpoint& checkpoint) {
  std::vector<ledger::NoteVerifier> own;
  for (auto& v : logs_)
    if (v.name() == checkpoint.origin) own.push_back(v);
  if (own.empty()) return say(404, "this witness does not know the log " + checkpoint.origin);
  if (auto ok = ledger::verify_note(note, own); !ok) return say(403, ok.error().message);
  if (request.old > checkpoint.size) return say(400, "the old size is above the checkpoint's");
  if (auto refused = advance(request, checkpoint, own.front().suite())) return std::move(*refused);
  const auto time = static_cast<std::uint64_t>(clock_().ms / 1000);
  return {200, kText, ledger::cosign(note.text, time, name_, suite_, *key_)};
}

// Nothing is returned once the checkpoint is the last cosigned one, durably.
std::optional<WitnessAnswer> Witness::advance(const WitnessRequest& request, const ledger::Checkpoint& next, const ledger::Suite& tree) {
  const auto known = state_->last(next.origin);
  const WitnessedHead last = known.value_or(WitnessedHead{0, ledger::empty_root(tree)});
  if (request.old != last.size) return WitnessAnswer{409, kSizeType, std::to_string(last.size) + "\n"};
  if (!ledger::check_consistency(tree, last.size, next.size, last.root, next.root, request.proof))
    return say(422, "the checkpoint does not extend the last one, of size " + std::to_string(last.size));
  const auto stored = state_->advance(next.origin, known, {next.size, next.root});
  if (stored) return std::nullopt;
  if (stored.error().code == "witness-state-moved") return advance(request, next, tree);   // judged by where it is now
  return say(500, "the witness cannot store its state");
}

}  // namespace tools
