// The two cryptographic suites behind one interface: `intl` (SHA-256, Ed25519) and `gm` (SM3, SM2 with
// SM3 and user id 1234567812345678). One more suite is one more class.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "ledger/bytes.h"
#include "ledger/result.h"

namespace ledger {

// A public key, parsed once. Safe to use from many threads.
class PublicKey {
 public:
  virtual ~PublicKey() = default;
  virtual bool verify(BytesView message, BytesView signature) const = 0;
  virtual const Bytes& spki() const = 0;       // SubjectPublicKeyInfo, DER
  virtual const Bytes& raw() const = 0;        // Ed25519: 32 bytes; SM2: 65-byte uncompressed point
  virtual const KeyId& id() const = 0;         // first 16 bytes of H(spki)
};

class PrivateKey {
 public:
  virtual ~PrivateKey() = default;
  virtual Bytes sign(BytesView message) const = 0;
  virtual const PublicKey& public_key() const = 0;
  // PKCS#8 PEM as the openssl command reads it; encrypted (PBES2, AES-256-CBC) under a pass phrase.
  virtual std::string pem(std::string_view passphrase) const = 0;
};

class Suite {
 public:
  virtual ~Suite() = default;
  virtual const char* name() const = 0;
  // Hash of the parts, one after the other.
  virtual Hash hash(std::initializer_list<BytesView> parts) const = 0;
  Hash hash(BytesView bytes) const { return hash({bytes}); }
  virtual Hash hash_pair(std::uint8_t prefix, BytesView left, BytesView right) const = 0;
  virtual Bytes mac(BytesView key, BytesView message) const = 0;  // HMAC with the suite's hash

  // Of SPKI DER; a key of another suite or an invalid point: `wrong-type`.
  virtual Result<std::shared_ptr<PublicKey>> parse_public(BytesView spki) const = 0;
  // Of the raw form that notes carry.
  virtual Result<std::shared_ptr<PublicKey>> parse_raw(BytesView raw) const = 0;
  virtual std::unique_ptr<PrivateKey> generate() const = 0;
  // The key that 32 bytes of seed determine: demonstrations and tests only.
  virtual std::unique_ptr<PrivateKey> derive(BytesView seed) const = 0;

  // Note signature type: 0x01 for Ed25519; 0xff and an identifier for SM2 (C2SP signed-note).
  virtual Bytes note_type() const = 0;
  virtual Bytes cosignature_type() const = 0;

  // Authenticated encryption of one sealed value under its own 32-byte key.
  virtual Bytes encrypt(BytesView key, BytesView plain) const = 0;
  virtual Result<Bytes> decrypt(BytesView key, BytesView sealed) const = 0;
};

const Suite& intl();
const Suite& gm();
const Suite* find_suite(std::string_view name);

// Reads a PKCS#8 PEM of either suite. Refusals: `key-file` with what is wrong in plain words.
struct LoadedKey {
  const Suite* suite;
  std::unique_ptr<PrivateKey> key;
};
Result<LoadedKey> parse_private_pem(std::string_view pem, std::string_view passphrase);

// SHA-256 whatever the ledger's suite: attachment hashes and note key ids.
Hash sha256(BytesView);
Hash sm3(BytesView);

// Where random bytes come from; the system's, or a demonstration's seed.
class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(char* out, std::size_t n) = 0;
  Bytes bytes(std::size_t n) { Bytes b(n, '\0'); fill(b.data(), n); return b; }
};
Random& system_random();

void cleanse(std::string& secret);   // overwrites, then empties

}  // namespace ledger
