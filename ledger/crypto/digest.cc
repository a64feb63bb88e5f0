#include "ledger/crypto/digest.h"

#include "ledger/crypto/openssl.h"

namespace ledger {

struct Sha256::State {
  MdCtx ctx{EVP_MD_CTX_new()};
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  must(state_->ctx != nullptr && EVP_DigestInit_ex(state_->ctx.get(), EVP_sha256(), nullptr) == 1, "SHA-256");
}
Sha256::~Sha256() = default;

void Sha256::add(BytesView bytes) { must(EVP_DigestUpdate(state_->ctx.get(), bytes.data(), bytes.size()), "SHA-256"); }

Hash Sha256::finish() {
  Hash h;
  must(EVP_DigestFinal_ex(state_->ctx.get(), h.b.data(), nullptr), "SHA-256");
  return h;
}

}  // namespace ledger
