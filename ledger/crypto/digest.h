// A SHA-256 over bytes that come piece by piece.
#pragma once

#include <memory>

#include "ledger/bytes.h"

namespace ledger {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  void add(BytesView);
  Hash finish();   // once; nothing may be added after it

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace ledger
