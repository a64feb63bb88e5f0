#include "tools/witness/cosigning.h"

#include <charconv>
#include <cstdlib>

namespace tools {
namespace {

// The body of a 409: a size in decimal and \n.
std::optional<std::uint64_t> told_size(const WitnessAnswer& a) {
  std::uint64_t v = 0;
  auto [end, ec] = std::from_chars(a.body.data(), a.body.data() + a.body.size(), v);
  const bool whole = ec == std::errc() && end + 1 == a.body.data() + a.body.size() && *end == '\n';
  return a.status == 409 && whole ? std::optional(v) : std::nullopt;
}

// The first line of what a stranger says, without what a terminal would obey.
std::string first_line(const std::string& body) {
  std::string line = body.substr(0, std::min<std::size_t>(body.find('\n'), 200));
  for (char& c : line)
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7F) c = '?';
  return line;
}

}  // namespace

ledger::Result<std::string> Cosigning::request(std::uint64_t old) {
  if (old > checkpoint_.size)
    return ledger::refuse("witness-refused", "it has cosigned " + std::to_string(old) + " records, more than this checkpoint's " +
                                                 std::to_string(checkpoint_.size) + ": records are lost, or another ledger runs under this name");
  std::lock_guard lock(mutex_);
  return format_witness_request({old, LEDGER_TRY(tree_.consistency(old, checkpoint_.size)), note_});
}

ledger::Result<ledger::Cosignature> Cosigning::ask(const ledger::NoteVerifier& witness, const std::string& url, std::uint64_t old) {
  auto answer = LEDGER_TRY(post_(url, LEDGER_TRY(request(old))));
  if (const auto told = told_size(answer)) answer = LEDGER_TRY(post_(url, LEDGER_TRY(request(*told))));
  if (answer.status != 200)
    return ledger::refuse("witness-refused", "status " + std::to_string(answer.status) + ": " + first_line(answer.body));
  return take(witness, answer);
}

// The cosignature among the answer's lines; lines of other keys are ignored.
ledger::Result<ledger::Cosignature> Cosigning::take(const ledger::NoteVerifier& witness, const WitnessAnswer& answer) const {
  const auto note = LEDGER_TRY(ledger::parse_note(checkpoint_.text() + "\n" + answer.body));
  if (note.text != checkpoint_.text()) return ledger::refuse("note-malformed", "its answer is no signature lines");
  auto cosignature = LEDGER_TRY(ledger::cosignature_of(note, witness));
  if (!cosignature) return ledger::refuse("note-unverified", "its answer has no cosignature of the policy's key");
  const auto off = static_cast<std::int64_t>(cosignature->time) * 1000 - clock_().ms;
  if (cosignature->time > INT64_MAX / 1000 || std::abs(off) > kWitnessClockMs)
    return ledger::refuse("witness-refused", "its clock and this machine's differ by more than five minutes: set them");
  return std::move(*cosignature);
}

}  // namespace tools
