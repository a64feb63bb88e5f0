#include "ledger/merkle/note.h"

#include "ledger/text/decimal.h"
#include "ledger/text/encoding.h"
#include "ledger/text/plain.h"

namespace ledger {
namespace {

constexpr std::string_view kDash = "\xE2\x80\x94 ";

std::uint32_t key_id_of(std::string_view name, BytesView type, BytesView raw) {
  Bytes input(name);
  ((input += '\n') += type) += raw;
  return static_cast<std::uint32_t>(read_be(sha256(input).view().substr(0, 4)));
}

// Splits at the first `sep`; nullopt when there is none.
std::optional<std::pair<std::string_view, std::string_view>> cut(std::string_view s, std::string_view sep) {
  const auto at = s.find(sep);
  if (at == std::string_view::npos) return std::nullopt;
  return std::pair{s.substr(0, at), s.substr(at + sep.size())};
}

Result<NoteSignature> parse_signature_line(std::string_view line) {
  auto bad = [] { return refuse("note-malformed", "a signature line of the note is malformed"); };
  if (line.substr(0, kDash.size()) != kDash) return bad();
  auto parts = cut(line.substr(kDash.size()), " ");
  if (!parts || !is_key_name(parts->first)) return bad();
  auto bytes = unbase64(parts->second);
  if (!bytes || bytes->size() < 5) return bad();
  return NoteSignature{std::string(parts->first), static_cast<std::uint32_t>(read_be(BytesView(*bytes).substr(0, 4))),
                       bytes->substr(4)};
}

}  // namespace

bool is_key_name(std::string_view s) {
  if (s.empty() || !is_utf8(s) || s.find('+') != std::string_view::npos) return false;
  // `tidy` trims white space at the ends only; a name has none anywhere.
  for (std::size_t i = 0; i < s.size();) {
    std::size_t n = 1;
    while (i + n < s.size() && (static_cast<unsigned char>(s[i + n]) & 0xC0) == 0x80) ++n;
    const auto one = s.substr(i, n);
    if (tidy(one).empty() || static_cast<unsigned char>(one[0]) < 0x21) return false;
    i += n;
  }
  return true;
}

NoteVerifier::NoteVerifier(std::string name, const Suite& suite, std::shared_ptr<PublicKey> key, Bytes type)
    : name_(std::move(name)), suite_(&suite), key_(std::move(key)), type_(std::move(type)),
      key_id_(key_id_of(name_, type_, key_->raw())) {}

NoteVerifier::NoteVerifier(std::string name, const Suite& suite, std::shared_ptr<PublicKey> key)
    : NoteVerifier(std::move(name), suite, std::move(key), suite.note_type()) {}

std::string NoteVerifier::vkey() const {
  Bytes id;
  append_be(id, key_id_, 4);
  return name_ + "+" + hex(id) + "+" + base64(type_ + key_->raw());
}

namespace {

Result<NoteVerifier> parse_vkey(std::string_view vkey, Bytes (Suite::*type_of_suite)() const) {
  auto bad = [](const char* why) { return refuse("vkey-malformed", std::string("the verifier key ") + why); };
  auto name = cut(vkey, "+");
  auto id = name ? cut(name->second, "+") : std::nullopt;
  if (!id || !is_key_name(name->first)) return bad("is not name+id+key");
  auto bytes = unbase64(id->second);
  if (!bytes) return bad("is not in base64");
  for (const Suite* suite : {&intl(), &gm()}) {
    const Bytes type = (suite->*type_of_suite)();
    if (bytes->substr(0, type.size()) != type) continue;
    auto key = suite->parse_raw(BytesView(*bytes).substr(type.size()));
    if (!key) continue;
    NoteVerifier v(std::string(name->first), *suite, *key, type);
    if (v.vkey() != vkey) return bad("has a key id that is not its key's");
    return v;
  }
  return bad("is of no known type");
}

}  // namespace

Result<NoteVerifier> NoteVerifier::parse(std::string_view vkey) { return parse_vkey(vkey, &Suite::note_type); }
Result<NoteVerifier> NoteVerifier::parse_cosigner(std::string_view vkey) { return parse_vkey(vkey, &Suite::cosignature_type); }

std::string signature_line(std::string_view name, BytesView type, const PublicKey& key, BytesView signature) {
  Bytes blob;
  append_be(blob, key_id_of(name, type, key.raw()), 4);
  blob += signature;
  return std::string(kDash) + std::string(name) + " " + base64(blob) + "\n";
}

std::string sign_note(std::string_view text, std::string_view name, const Suite& suite, const PrivateKey& key) {
  return std::string(text) + "\n" + signature_line(name, suite.note_type(), key.public_key(), key.sign(text));
}

Result<Note> parse_note(std::string_view s) {
  auto bad = [](const char* why) { return refuse("note-malformed", std::string("the signed note ") + why); };
  if (s.size() > kNoteBytesMax) return bad("is too large");
  if (!is_utf8(s)) return bad("is not UTF-8");
  for (char c : s)
    if (static_cast<unsigned char>(c) < 0x20 && c != '\n') return bad("has a control character");
  const auto at = s.rfind("\n\n");
  if (at == std::string_view::npos || s.back() != '\n') return bad("has no signatures");
  Note note{std::string(s.substr(0, at + 1)), {}};
  for (auto rest = s.substr(at + 2); !rest.empty();) {
    auto line = cut(rest, "\n");
    note.signatures.push_back(LEDGER_TRY(parse_signature_line(line->first)));
    if (note.signatures.size() > kNoteSignaturesMax) return bad("has too many signatures");
    rest = line->second;
  }
  if (note.signatures.empty()) return bad("has no signatures");
  return note;
}

Status verify_note(const Note& note, const std::vector<NoteVerifier>& known) {
  bool verified = false;
  for (auto& s : note.signatures)
    for (auto& v : known) {
      if (v.name() != s.name || v.key_id() != s.key_id) continue;
      if (!v.verify(note.text, s.signature)) return refuse("note-unverified", "the signature of " + s.name + " does not verify");
      verified = true;
    }
  if (!verified) return refuse("note-unverified", "no signature of a known key");
  return {};
}

std::string Checkpoint::text() const {
  return origin + "\n" + std::to_string(size) + "\n" + base64(root.view()) + "\n";
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
  auto bad = [] { return refuse("checkpoint-malformed", "not a checkpoint: origin, size and root, a line each"); };
  auto origin = cut(text, "\n");
  auto size = origin ? cut(origin->second, "\n") : std::nullopt;
  auto root = size ? cut(size->second, "\n") : std::nullopt;
  if (!root || !is_key_name(origin->first)) return bad();
  auto n = parse_decimal(size->first);
  auto hash = unbase64(root->first);
  if (!n || !hash || hash->size() != 32) return bad();
  return Checkpoint{std::string(origin->first), *n, Hash::from(*hash)};
}

}  // namespace ledger
