// What the fuzz targets share: keys and a policy that the corpus was made with.
#pragma once

#include <cstdint>
#include <cstdlib>

#include "ledger/merkle/policy.h"
#include "ledger/text/encoding.h"

namespace fuzz {

inline ledger::BytesView view(const std::uint8_t* data, std::size_t size) { return {reinterpret_cast<const char*>(data), size}; }

// A broken promise ends the run, in every build.
inline void require(bool holds) {
  if (!holds) std::abort();
}

inline std::unique_ptr<ledger::PrivateKey> operator_key(const ledger::Suite& s) { return s.derive(ledger::sha256("operator").view()); }

// Trusts the corpus' log in both suites.
inline const ledger::Policy& policy() {
  static const ledger::Policy p = [] {
    std::string text;
    for (auto* s : {&ledger::intl(), &ledger::gm()})
      text += "log " + ledger::NoteVerifier("demo.test/log", *s, *s->parse_public(operator_key(*s)->public_key().spki())).vkey() + "\n";
    return *ledger::parse_policy(text + "quorum none\n");
  }();
  return p;
}

}  // namespace fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
