// The suites `intl` and `gm`.
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/hmac.h>
#include <openssl/param_build.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/x509.h>

#include <memory>

#include "ledger/crypto/openssl.h"

namespace ledger {
namespace {

constexpr char kSm2UserId[] = "1234567812345678";   // GM/T 0009

const EVP_MD* fetched(const char* name) {
  const EVP_MD* md = EVP_MD_fetch(nullptr, name, nullptr);
  must(md != nullptr, name);
  return md;
}
const EVP_MD* sha256_md() { static const EVP_MD* md = fetched("SHA256"); return md; }
const EVP_MD* sm3_md() { static const EVP_MD* md = fetched("SM3"); return md; }

Pkey parse_spki(BytesView spki) {
  const unsigned char* at = in(spki);
  Pkey key(d2i_PUBKEY(nullptr, &at, static_cast<long>(spki.size())));
  ERR_clear_error();
  if (at != in(spki) + spki.size()) key.reset();
  return key;
}

// The functions that EVP comes to in the end, for the small things that are hashed by the million: of a node of the tree,
// 65 bytes, EVP takes over twice the time. OpenSSL 3 calls them deprecated, and has nothing else as quick.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
Hash sha256_of(std::initializer_list<BytesView> parts) {
  SHA256_CTX ctx;
  Hash h;
  must(SHA256_Init(&ctx), "SHA-256");
  for (auto p : parts) must(SHA256_Update(&ctx, p.data(), p.size()), "SHA-256");
  must(SHA256_Final(h.b.data(), &ctx), "SHA-256");
  return h;
}
#pragma GCC diagnostic pop

class BaseSuite : public Suite {
 public:
  Hash hash(std::initializer_list<BytesView> parts) const override { return digest(md(), parts); }
  Hash hash_pair(std::uint8_t prefix, BytesView left, BytesView right) const override {
    const char p = static_cast<char>(prefix);
    return hash({BytesView(&p, 1), left, right});
  }
  Bytes mac(BytesView key, BytesView message) const override {
    Bytes tag(32, '\0');
    unsigned n = 32;
    must(HMAC(md(), key.data(), static_cast<int>(key.size()), in(message), message.size(), out(tag), &n) != nullptr, "HMAC");
    return tag;
  }

 protected:
  virtual const EVP_MD* md() const = 0;
};

// ---- intl

class Intl final : public BaseSuite {
 public:
  const char* name() const override { return "intl"; }
  Hash hash(std::initializer_list<BytesView> parts) const override { return sha256_of(parts); }
  Result<std::shared_ptr<PublicKey>> parse_public(BytesView spki) const override {
    Pkey key = parse_spki(spki);
    if (!key || !EVP_PKEY_is_a(key.get(), "ED25519")) return refuse("wrong-type", "no Ed25519 public key");
    return make_public(scheme(), std::move(key));
  }
  Result<std::shared_ptr<PublicKey>> parse_raw(BytesView raw) const override {
    Pkey key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, in(raw), raw.size()));
    ERR_clear_error();
    if (!key) return refuse("wrong-type", "an Ed25519 key has 32 bytes");
    return make_public(scheme(), std::move(key));
  }
  std::unique_ptr<PrivateKey> generate() const override {
    return make_private(scheme(), Pkey(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")));
  }
  std::unique_ptr<PrivateKey> derive(BytesView seed) const override {
    return make_private(scheme(), Pkey(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, in(seed), seed.size())));
  }
  Bytes note_type() const override { return "\x01"; }
  Bytes cosignature_type() const override { return "\x04"; }
  Bytes encrypt(BytesView key, BytesView plain) const override;
  Result<Bytes> decrypt(BytesView key, BytesView sealed) const override;
  Scheme scheme() const { return {this, nullptr, nullptr}; }

 protected:
  const EVP_MD* md() const override { return sha256_md(); }
};

// AES-256-GCM: 12-byte nonce ‖ ciphertext ‖ 16-byte tag.
Bytes Intl::encrypt(BytesView key, BytesView plain) const {
  Bytes sealed = system_random().bytes(12);
  sealed.resize(12 + plain.size() + 16);
  CipherCtx ctx(EVP_CIPHER_CTX_new());
  int n = 0;
  must(EVP_EncryptInit_ex(ctx.get(), EVP_aes_256_gcm(), nullptr, in(key), in(sealed)), "cipher");
  must(EVP_EncryptUpdate(ctx.get(), out(sealed) + 12, &n, in(plain), static_cast<int>(plain.size())), "encrypt");
  must(EVP_EncryptFinal_ex(ctx.get(), out(sealed) + 12 + n, &n), "encrypt");
  must(EVP_CIPHER_CTX_ctrl(ctx.get(), EVP_CTRL_GCM_GET_TAG, 16, out(sealed) + 12 + plain.size()), "tag");
  return sealed;
}

Result<Bytes> Intl::decrypt(BytesView key, BytesView sealed) const {
  if (sealed.size() < 28) return refuse("vault-damaged", "the sealed value is cut");
  Bytes plain(sealed.size() - 28, '\0'), tag(sealed.substr(sealed.size() - 16));
  CipherCtx ctx(EVP_CIPHER_CTX_new());
  int n = 0;
  must(EVP_DecryptInit_ex(ctx.get(), EVP_aes_256_gcm(), nullptr, in(key), in(sealed)), "cipher");
  must(EVP_DecryptUpdate(ctx.get(), out(plain), &n, in(sealed) + 12, static_cast<int>(plain.size())), "decrypt");
  must(EVP_CIPHER_CTX_ctrl(ctx.get(), EVP_CTRL_GCM_SET_TAG, 16, out(tag)), "tag");
  if (EVP_DecryptFinal_ex(ctx.get(), out(plain) + n, &n) != 1) return refuse("vault-damaged", "the sealed value does not open under its key");
  return plain;
}

// ---- gm

using Group = std::unique_ptr<EC_GROUP, Deleter<EC_GROUP_free>>;
using Point = std::unique_ptr<EC_POINT, Deleter<EC_POINT_free>>;
using Number = std::unique_ptr<BIGNUM, Deleter<BN_clear_free>>;

// An SM2 key of a public point and, where given, its private number.
Pkey sm2_key(BytesView point, const BIGNUM* secret) {
  std::unique_ptr<OSSL_PARAM_BLD, Deleter<OSSL_PARAM_BLD_free>> build(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_utf8_string(build.get(), OSSL_PKEY_PARAM_GROUP_NAME, "SM2", 0);
  OSSL_PARAM_BLD_push_octet_string(build.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
  if (secret != nullptr) OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_PRIV_KEY, secret);
  std::unique_ptr<OSSL_PARAM, Deleter<OSSL_PARAM_free>> params(OSSL_PARAM_BLD_to_param(build.get()));
  PkeyCtx ctx(EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr));
  EVP_PKEY* key = nullptr;
  if (EVP_PKEY_fromdata_init(ctx.get()) != 1 ||
      EVP_PKEY_fromdata(ctx.get(), &key, secret ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
    key = nullptr;
  ERR_clear_error();
  return Pkey(key);
}

class Gm final : public BaseSuite {
 public:
  const char* name() const override { return "gm"; }
  Result<std::shared_ptr<PublicKey>> parse_public(BytesView spki) const override {
    Pkey key = parse_spki(spki);
    if (!key || !is_sm2(key.get())) return refuse("wrong-type", "no SM2 public key");
    return make_public(scheme(), std::move(key));
  }
  Result<std::shared_ptr<PublicKey>> parse_raw(BytesView raw) const override {
    Pkey key = raw.size() == 65 ? sm2_key(raw, nullptr) : Pkey();
    if (!key) return refuse("wrong-type", "an SM2 key is a point of 65 bytes on the curve");
    return make_public(scheme(), std::move(key));
  }
  std::unique_ptr<PrivateKey> generate() const override {
    return make_private(scheme(), Pkey(EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2")));
  }
  std::unique_ptr<PrivateKey> derive(BytesView seed) const override;
  Bytes note_type() const override { return "\xff" "sm2-sm3"; }
  Bytes cosignature_type() const override { return "\xff" "sm2-sm3-cosignature/v1"; }
  Bytes encrypt(BytesView key, BytesView plain) const override;
  Result<Bytes> decrypt(BytesView key, BytesView sealed) const override;
  Scheme scheme() const { return {this, sm3_md(), kSm2UserId}; }

 protected:
  const EVP_MD* md() const override { return sm3_md(); }

 private:
  Bytes ctr(BytesView key, BytesView nonce, BytesView text) const;
};

// d = 1 + (seed mod (n - 2)), so that 1 ≤ d ≤ n - 2 (GB/T 32918.1).
std::unique_ptr<PrivateKey> Gm::derive(BytesView seed) const {
  Group group(EC_GROUP_new_by_curve_name(NID_sm2));
  Number d(BN_bin2bn(in(seed), static_cast<int>(seed.size()), nullptr)), bound(BN_dup(EC_GROUP_get0_order(group.get())));
  std::unique_ptr<BN_CTX, Deleter<BN_CTX_free>> ctx(BN_CTX_new());
  must(BN_sub_word(bound.get(), 2), "order");
  must(BN_mod(d.get(), d.get(), bound.get(), ctx.get()), "reduction");
  must(BN_add_word(d.get(), 1), "key");
  Point p(EC_POINT_new(group.get()));
  must(EC_POINT_mul(group.get(), p.get(), d.get(), nullptr, nullptr, ctx.get()), "point");
  Bytes point(65, '\0');
  EC_POINT_point2oct(group.get(), p.get(), POINT_CONVERSION_UNCOMPRESSED, out(point), point.size(), ctx.get());
  return make_private(scheme(), sm2_key(point, d.get()));
}

// SM4-CTR with HMAC-SM3, encrypt then MAC: 16-byte nonce ‖ ciphertext ‖ 32-byte tag. The two keys are
// HMAC-SM3(key, "pufa/vault/enc") cut to 16 bytes and HMAC-SM3(key, "pufa/vault/mac").
Bytes Gm::ctr(BytesView key, BytesView nonce, BytesView text) const {
  Bytes result(text.size(), '\0'), cipher_key = mac(key, "pufa/vault/enc");
  CipherCtx ctx(EVP_CIPHER_CTX_new());
  int n = 0;
  must(EVP_EncryptInit_ex(ctx.get(), EVP_sm4_ctr(), nullptr, in(cipher_key), in(nonce)), "cipher");
  must(EVP_EncryptUpdate(ctx.get(), out(result), &n, in(text), static_cast<int>(text.size())), "encrypt");
  return result;
}

Bytes Gm::encrypt(BytesView key, BytesView plain) const {
  Bytes sealed = system_random().bytes(16);
  sealed += ctr(key, BytesView(sealed).substr(0, 16), plain);
  return sealed + mac(mac(key, "pufa/vault/mac"), sealed);
}

Result<Bytes> Gm::decrypt(BytesView key, BytesView sealed) const {
  if (sealed.size() < 48) return refuse("vault-damaged", "the sealed value is cut");
  const BytesView body = sealed.substr(0, sealed.size() - 32);
  if (mac(mac(key, "pufa/vault/mac"), body) != sealed.substr(body.size()))
    return refuse("vault-damaged", "the sealed value does not open under its key");
  return ctr(key, body.substr(0, 16), body.substr(16));
}

const Intl& intl_suite() { static const Intl s; return s; }
const Gm& gm_suite() { static const Gm s; return s; }

}  // namespace

Hash digest(const EVP_MD* md, std::initializer_list<BytesView> parts) {
  thread_local MdCtx ctx(EVP_MD_CTX_new());
  Hash h;
  unsigned n = 0;
  must(EVP_DigestInit_ex2(ctx.get(), md, nullptr), "digest");
  for (auto p : parts) must(EVP_DigestUpdate(ctx.get(), p.data(), p.size()), "digest");
  must(EVP_DigestFinal_ex(ctx.get(), h.b.data(), &n), "digest");
  return h;
}

std::unique_ptr<PrivateKey> adopt_private(Pkey key) {
  if (EVP_PKEY_is_a(key.get(), "ED25519")) return make_private(intl_suite().scheme(), std::move(key));
  if (is_sm2(key.get())) return make_private(gm_suite().scheme(), std::move(key));
  return nullptr;
}

const Suite& intl() { return intl_suite(); }
const Suite& gm() { return gm_suite(); }
const Suite* find_suite(std::string_view name) {
  return name == "intl" ? &intl() : name == "gm" ? &gm() : nullptr;
}

Hash sha256(BytesView v) { return sha256_of({v}); }
Hash sm3(BytesView v) { return digest(sm3_md(), {v}); }

}  // namespace ledger
