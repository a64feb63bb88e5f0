// A witness (C2SP tlog-witness): it cosigns a log's checkpoint only if it extends the last that it cosigned.
//
// Invariants: of a log, the sizes that it cosigns never go down, and each extends the one before; the head is
// durable before its cosignature leaves. No HTTP here: a request's body in, an answer out.
#pragma once

#include "ledger/log/ledger.h"
#include "ledger/merkle/cosignature.h"
#include "tools/witness/state.h"

namespace tools {

inline constexpr std::size_t kProofHashesMax = 63;   // of the specification: a proof between two 64-bit sizes has no more
inline constexpr std::size_t kHashLineBytes = 45;    // 32 bytes in base64, and \n
// "old ", 20 digits, two \n, the proof and the note: nothing sound is longer.
inline constexpr std::size_t kWitnessRequestBytesMax = 32 + kProofHashesMax * kHashLineBytes + ledger::kNoteBytesMax;

// The body of POST add-checkpoint: "old " size LF ( base64 hash LF ){0,63} LF checkpoint.
struct WitnessRequest {
  std::uint64_t old = 0;
  ledger::Proof proof;
  std::string note;
};
std::string format_witness_request(const WitnessRequest&);
ledger::Result<WitnessRequest> parse_witness_request(std::string_view);   // `request-malformed`

struct WitnessAnswer {
  int status = 0;            // of HTTP
  std::string type, body;    // content type; ends in \n
};

class Witness {
 public:
  // Several keys of one origin are one log. `key` is of `suite`.
  Witness(std::string name, const ledger::Suite&, std::unique_ptr<ledger::PrivateKey> key, std::vector<ledger::NoteVerifier> logs,
          std::unique_ptr<WitnessState>, ledger::Clock);

  // The answer to a body, from many threads at once: 200 the cosignature's line; 400 malformed, or an old size above the
  // checkpoint's; 403 no good signature of the log; 404 another log; 409 the old size is not the last cosigned, which
  // is the body; 422 not an extension of the last; 500 the state cannot be written.
  WitnessAnswer add_checkpoint(std::string_view body);

  std::string vkey() const;   // as a policy's witness line takes it
  const WitnessState& state() const { return *state_; }

 private:
  WitnessAnswer judge(const WitnessRequest&, const ledger::Note&, const ledger::Checkpoint&);
  std::optional<WitnessAnswer> advance(const WitnessRequest&, const ledger::Checkpoint&, const ledger::Suite& tree);

  std::string name_;
  const ledger::Suite& suite_;
  std::unique_ptr<ledger::PrivateKey> key_;
  std::vector<ledger::NoteVerifier> logs_;
  std::unique_ptr<WitnessState> state_;
  ledger::Clock clock_;
};

}  // namespace tools
