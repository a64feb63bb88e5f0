// Keys of both suites, as OpenSSL's EVP has them, and their PKCS#8 files.
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>

#include "ledger/crypto/openssl.h"

namespace ledger {
namespace {

// A context set up for one key, with the scheme's user id where it has one.
MdCtx context(const Scheme& s, EVP_PKEY* key, bool sign) {
  MdCtx ctx(EVP_MD_CTX_new());
  EVP_PKEY_CTX* pctx = nullptr;
  if (s.user_id != nullptr) {
    pctx = EVP_PKEY_CTX_new(key, nullptr);
    must(EVP_PKEY_CTX_set1_id(pctx, s.user_id, static_cast<int>(std::strlen(s.user_id))), "user id");
    EVP_MD_CTX_set_pkey_ctx(ctx.get(), pctx);
  }
  auto init = sign ? EVP_DigestSignInit : EVP_DigestVerifyInit;
  const int ok = init(ctx.get(), nullptr, s.md, nullptr, key);
  // A pkey context set by hand is not freed with the digest context.
  must(ok, "signature context");
  return ctx;
}

// Frees the hand-set pkey context together with the digest context.
struct Context {
  Context(const Scheme& s, EVP_PKEY* key, bool sign) : md(context(s, key, sign)), owned(s.user_id != nullptr) {}
  ~Context() {
    if (owned) EVP_PKEY_CTX_free(EVP_MD_CTX_get_pkey_ctx(md.get()));
  }
  MdCtx md;
  bool owned;
};

Bytes spki_of(EVP_PKEY* key) {
  unsigned char* der = nullptr;
  const int n = i2d_PUBKEY(key, &der);
  must(n > 0, "public key encoding");
  Bytes bytes(reinterpret_cast<char*>(der), static_cast<std::size_t>(n));
  OPENSSL_free(der);
  return bytes;
}

Bytes raw_of(EVP_PKEY* key) {
  std::size_t n = 0;
  if (is_sm2(key)) {
    must(EVP_PKEY_get_octet_string_param(key, "pub", nullptr, 0, &n), "point size");
    Bytes raw(n, '\0');
    must(EVP_PKEY_get_octet_string_param(key, "pub", out(raw), n, &n), "point");
    return raw;
  }
  must(EVP_PKEY_get_raw_public_key(key, nullptr, &n), "key size");
  Bytes raw(n, '\0');
  must(EVP_PKEY_get_raw_public_key(key, out(raw), &n), "key");
  return raw;
}

class EvpPublic final : public PublicKey {
 public:
  EvpPublic(const Scheme& s, Pkey key)
      : scheme_(s), key_(std::move(key)), spki_(spki_of(key_.get())), raw_(raw_of(key_.get())),
        id_(KeyId::from(s.suite->hash(spki_).view().substr(0, 16))) {}

  bool verify(BytesView message, BytesView signature) const override {
    Context ctx(scheme_, key_.get(), false);
    const int ok = EVP_DigestVerify(ctx.md.get(), in(signature), signature.size(), in(message), message.size());
    ERR_clear_error();
    return ok == 1;
  }
  const Bytes& spki() const override { return spki_; }
  const Bytes& raw() const override { return raw_; }
  const KeyId& id() const override { return id_; }

 private:
  Scheme scheme_;
  Pkey key_;
  Bytes spki_, raw_;
  KeyId id_;
};

class EvpPrivate final : public PrivateKey {
 public:
  EvpPrivate(const Scheme& s, Pkey key) : scheme_(s), key_(std::move(key)) {
    EVP_PKEY_up_ref(key_.get());
    public_ = std::make_shared<EvpPublic>(s, Pkey(key_.get()));
  }
  Bytes sign(BytesView message) const override {
    Context ctx(scheme_, key_.get(), true);
    std::size_t n = 0;
    must(EVP_DigestSign(ctx.md.get(), nullptr, &n, in(message), message.size()), "signature size");
    Bytes signature(n, '\0');
    must(EVP_DigestSign(ctx.md.get(), out(signature), &n, in(message), message.size()), "signature");
    signature.resize(n);
    return signature;
  }
  const PublicKey& public_key() const override { return *public_; }
  std::string pem(std::string_view passphrase) const override {
    std::unique_ptr<BIO, Deleter<BIO_free_all>> bio(BIO_new(BIO_s_secmem()));
    std::string pass(passphrase);
    const EVP_CIPHER* cipher = pass.empty() ? nullptr : EVP_aes_256_cbc();
    must(PEM_write_bio_PKCS8PrivateKey(bio.get(), key_.get(), cipher, pass.empty() ? nullptr : pass.data(),
                                       static_cast<int>(pass.size()), nullptr, nullptr), "key file");
    char* data = nullptr;
    const long n = BIO_get_mem_data(bio.get(), &data);
    cleanse(pass);
    return std::string(data, static_cast<std::size_t>(n));
  }

 private:
  Scheme scheme_;
  Pkey key_;
  std::shared_ptr<PublicKey> public_;
};

// Gives the pass phrase, or says by its return that none was given.
int give_passphrase(char* buffer, int size, int, void* user) {
  auto* pass = static_cast<std::string_view*>(user);
  if (pass->empty() || pass->size() > static_cast<std::size_t>(size)) return -1;
  std::memcpy(buffer, pass->data(), pass->size());
  return static_cast<int>(pass->size());
}

class SystemRandom final : public Random {
  void fill(char* out, std::size_t n) override {
    must(RAND_bytes(reinterpret_cast<unsigned char*>(out), static_cast<int>(n)), "random bytes");
  }
};

}  // namespace

bool is_sm2(EVP_PKEY* key) {
  char group[32]{};
  std::size_t n = 0;
  if (EVP_PKEY_is_a(key, "SM2")) return true;
  return EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_utf8_string_param(key, "group", group, sizeof group, &n) == 1 &&
         std::string_view(group) == "SM2";
}

Result<std::shared_ptr<PublicKey>> make_public(const Scheme& s, Pkey key) {
  return std::shared_ptr<PublicKey>(std::make_shared<EvpPublic>(s, std::move(key)));
}
std::unique_ptr<PrivateKey> make_private(const Scheme& s, Pkey key) {
  return std::make_unique<EvpPrivate>(s, std::move(key));
}

Result<LoadedKey> parse_private_pem(std::string_view pem, std::string_view passphrase) {
  std::unique_ptr<BIO, Deleter<BIO_free_all>> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  Pkey key(PEM_read_bio_PrivateKey(bio.get(), nullptr, give_passphrase, &passphrase));
  ERR_clear_error();
  if (!key) {
    const bool encrypted = pem.find("ENCRYPTED") != std::string_view::npos;
    if (encrypted && passphrase.empty()) return refuse("key-file", "the key file is encrypted: give its pass phrase");
    return refuse("key-file", encrypted ? "the pass phrase is wrong, or the key file is damaged"
                                        : "no private key in PKCS#8 PEM form");
  }
  auto adopted = adopt_private(std::move(key));
  if (!adopted) return refuse("key-file", "neither an Ed25519 nor an SM2 key");
  const Suite* suite = adopted->public_key().raw().size() == 32 ? &intl() : &gm();
  return LoadedKey{suite, std::move(adopted)};
}

Random& system_random() {
  static SystemRandom random;
  return random;
}

void cleanse(std::string& secret) {
  OPENSSL_cleanse(secret.data(), secret.size());
  secret.clear();
}

}  // namespace ledger
