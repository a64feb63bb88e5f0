#include "ledger/merkle/cosignature.h"

#include "ledger/text/encoding.h"

namespace ledger {
namespace {

constexpr std::size_t kTimeBytes = 8;
constexpr std::uint64_t kTimeMax = (std::uint64_t{1} << 63) - 1;   // the specification's bound

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

Result<std::optional<Cosignature>> cosignature_of(const Note& note, const NoteVerifier& witness) {
  std::optional<Cosignature> newest;
  for (auto& s : note.signatures) {
    if (s.name != witness.name() || s.key_id != witness.key_id()) continue;
    const BytesView bytes(s.signature);
    const std::uint64_t time = bytes.size() > kTimeBytes ? read_be(bytes.substr(0, kTimeBytes)) : 0;
    if (time == 0 || time > kTimeMax || !witness.verify(cosigned_message(time, note.text), bytes.substr(kTimeBytes)))
      return refuse("note-unverified", "the cosignature of " + s.name + " does not verify");
    if (!newest || newest->time < time) newest = {time, Bytes(bytes.substr(kTimeBytes))};
  }
  return newest;
}

}  // namespace ledger
