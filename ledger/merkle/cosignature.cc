#include "ledger/merkle/cosignature.h"

#include <algorithm>

#include "ledger/text/encoding.h"

namespace ledger {
namespace {

constexpr std::size_t kTimeBytes = 8;
constexpr std::uint64_t kTimeMax = (std::uint64_t{1} << 63) - 1;   // the specification's bound

bool is_of(const NoteSignature& s, const NoteVerifier& v) { return s.name == v.name() && s.key_id == v.key_id(); }

std::string line_of(const NoteVerifier& witness, const Cosignature& c) {
  Bytes blob;
  append_be(blob, witness.key_id(), 4);
  append_be(blob, c.time, kTimeBytes);
  return "\xE2\x80\x94 " + witness.name() + " " + base64(blob + c.signature) + "\n";
}

}  // namespace

Bytes cosigned_message(std::uint64_t time, std::string_view text) {
  return "cosignature/v1\ntime " + std::to_string(time) + "\n" + std::string(text);
}

std::string cosign(std::string_view text, std::uint64_t time, std::string_view name, const Suite& suite, const PrivateKey& key) {
  Bytes signature;
  append_be(signature, time, kTimeBytes);
  signature += key.sign(cosigned_message(time, text));
  return signature_line(name, suite.cosignature_type(), key.public_key(), signature);
}

Result<std::vector<Cosignature>> cosignatures_of(const Note& note, const NoteVerifier& witness) {
  std::vector<Cosignature> out;
  for (auto& s : note.signatures) {
    if (!is_of(s, witness)) continue;
    const BytesView bytes(s.signature);
    const std::uint64_t time = bytes.size() > kTimeBytes ? read_be(bytes.substr(0, kTimeBytes)) : 0;
    if (time == 0 || time > kTimeMax || !witness.verify(cosigned_message(time, note.text), bytes.substr(kTimeBytes)))
      return refuse("note-unverified", "the cosignature of " + s.name + " does not verify");
    out.push_back({time, Bytes(bytes.substr(kTimeBytes))});
  }
  std::stable_sort(out.begin(), out.end(), [](auto& a, auto& b) { return a.time < b.time; });
  return out;
}

Result<std::optional<Cosignature>> cosignature_of(const Note& note, const NoteVerifier& witness) {
  auto all = LEDGER_TRY(cosignatures_of(note, witness));
  return all.empty() ? std::optional<Cosignature>() : std::optional(std::move(all.back()));
}

Result<std::string> add_cosignature(std::string_view text, const NoteVerifier& witness, const Cosignature& added) {
  const Note note = LEDGER_TRY(parse_note(text));
  if (!witness.verify(cosigned_message(added.time, note.text), added.signature))
    return refuse("note-unverified", "the cosignature of " + witness.name() + " is not of this checkpoint");
  auto all = LEDGER_TRY(cosignatures_of(note, witness));
  all.push_back(added);
  std::stable_sort(all.begin(), all.end(), [](auto& a, auto& b) { return a.time < b.time; });
  std::string out = note.text + "\n";
  auto rest = text.substr(out.size());
  for (auto& s : note.signatures) {   // one line each, in order
    const auto line = rest.substr(0, rest.find('\n') + 1);
    rest.remove_prefix(line.size());
    if (!is_of(s, witness)) out += line;
  }
  out += line_of(witness, all.front());
  if (all.back().time != all.front().time) out += line_of(witness, all.back());
  LEDGER_CHECK(parse_note(out));   // within its bounds still
  return out;
}

}  // namespace ledger
