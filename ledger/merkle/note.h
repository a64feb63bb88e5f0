// Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint).
//
// A note: text ending in \n, an empty line, then signature lines
//   — <key name> <base64(4-byte key id ‖ signature)>\n        (the dash is U+2014)
// key id = first 4 bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key), in both suites.
// A checkpoint's text: origin \n size \n base64 root \n.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/crypto/suite.h"

namespace ledger {

inline constexpr std::size_t kNoteBytesMax = 64 * 1024;   // bounds what a stranger may hand in
inline constexpr std::size_t kNoteSignaturesMax = 64;     // C2SP asks for at least 16

bool is_key_name(std::string_view);      // not empty, no Unicode space, no '+'

// Who may sign a note: a name and a key.
class NoteVerifier {
 public:
  NoteVerifier(std::string name, const Suite&, std::shared_ptr<PublicKey>);
  // Of a key that signs as another type (cosignatures).
  NoteVerifier(std::string name, const Suite&, std::shared_ptr<PublicKey>, Bytes type);
  // Of `<name>+<8 hex digits>+<base64(type ‖ public key)>`; malformed or unknown type: `vkey-malformed`.
  static Result<NoteVerifier> parse(std::string_view vkey);
  static Result<NoteVerifier> parse_cosigner(std::string_view vkey);
  const std::string& name() const { return name_; }
  std::uint32_t key_id() const { return key_id_; }
  const Suite& suite() const { return *suite_; }
  std::string vkey() const;
  Bytes public_key() const { return key_->raw(); }
  bool verify(BytesView text, BytesView signature) const { return key_->verify(text, signature); }

 private:
  std::string name_;
  const Suite* suite_;
  std::shared_ptr<PublicKey> key_;
  Bytes type_;
  std::uint32_t key_id_;
};

struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  Bytes signature;
};
struct Note {
  std::string text;
  std::vector<NoteSignature> signatures;
};

// "— <name> <base64(key id ‖ signature)>\n"
std::string signature_line(std::string_view name, BytesView type, const PublicKey&, BytesView signature);
std::string sign_note(std::string_view text, std::string_view name, const Suite&, const PrivateKey&);
Result<Note> parse_note(std::string_view);          // `note-malformed`
// A known key whose signature fails rejects the note; one known key must verify: `note-unverified`.
Status verify_note(const Note&, const std::vector<NoteVerifier>& known);

struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Hash root;
  std::string text() const;
};
Result<Checkpoint> parse_checkpoint(std::string_view text);   // of a note's text; `checkpoint-malformed`

}  // namespace ledger
