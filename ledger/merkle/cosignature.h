// Timestamped cosignatures of checkpoints (C2SP tlog-cosignature, version 1).
//
// Signed message: "cosignature/v1\n" ‖ "time <POSIX seconds>\n" ‖ the checkpoint's text. In a note's
// signature line: time (8 bytes, big-endian) ‖ signature. Suite `gm`: the same text, an SM2 signature in
// DER, and the type of its own that Suite::cosignature_type gives.
#pragma once

#include "ledger/merkle/note.h"

namespace ledger {

struct Cosignature {
  std::uint64_t time = 0;            // POSIX seconds
  Bytes signature;
};

Bytes cosigned_message(std::uint64_t time, std::string_view checkpoint_text);

// The signature line (with its \n) of a witness.
std::string cosign(std::string_view checkpoint_text, std::uint64_t time, std::string_view name, const Suite&, const PrivateKey&);

// The witness's newest cosignature of a note. No line of its key: nullopt; one that does not verify: `note-unverified`.
Result<std::optional<Cosignature>> cosignature_of(const Note&, const NoteVerifier& witness);
// All of them, oldest first; one that does not verify: `note-unverified`.
Result<std::vector<Cosignature>> cosignatures_of(const Note&, const NoteVerifier& witness);

// The note with one more cosignature. Of each witness it keeps the earliest, which says by when the tree was
// there, and the newest, which says until when it had not grown; every other line stays as it is.
// `note-unverified`: it is not of this note; `note-malformed`: the note would be too large.
Result<std::string> add_cosignature(std::string_view note, const NoteVerifier& witness, const Cosignature&);

}  // namespace ledger
