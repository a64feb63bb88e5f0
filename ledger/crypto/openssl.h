// Owners for OpenSSL's objects, shared by the files of this folder.
#pragma once

#include <openssl/evp.h>

#include <memory>
#include <stdexcept>

#include "ledger/crypto/suite.h"

namespace ledger {

template <auto Free>
struct Deleter {
  template <typename T>
  void operator()(T* p) const { Free(p); }
};
using Pkey = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using PkeyCtx = std::unique_ptr<EVP_PKEY_CTX, Deleter<EVP_PKEY_CTX_free>>;
using MdCtx = std::unique_ptr<EVP_MD_CTX, Deleter<EVP_MD_CTX_free>>;
using CipherCtx = std::unique_ptr<EVP_CIPHER_CTX, Deleter<EVP_CIPHER_CTX_free>>;

inline const unsigned char* in(BytesView v) { return reinterpret_cast<const unsigned char*>(v.data()); }
inline unsigned char* out(Bytes& v) { return reinterpret_cast<unsigned char*>(v.data()); }

// The library refusing what it must be able to do (out of memory, no provider) is no input error.
inline void must(int ok, const char* what) {
  if (ok != 1) throw std::runtime_error(std::string("cryptographic library: ") + what);
}

// A digest that keeps its fetched algorithm and one context a thread.
Hash digest(const EVP_MD* md, std::initializer_list<BytesView> parts);

// How an EVP key of one suite signs and verifies.
struct Scheme {
  const Suite* suite;
  const EVP_MD* md;           // nullptr: the key's own (Ed25519)
  const char* user_id;        // nullptr: none
};
Result<std::shared_ptr<PublicKey>> make_public(const Scheme&, Pkey);
std::unique_ptr<PrivateKey> make_private(const Scheme&, Pkey);
bool is_sm2(EVP_PKEY*);
std::unique_ptr<PrivateKey> adopt_private(Pkey);   // of the suite that the key belongs to; or nullptr

}  // namespace ledger
