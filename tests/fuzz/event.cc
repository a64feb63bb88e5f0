// Events as they are signed and stored: header and body, under a commitment that is always right.
//   input: suite (1: odd is gm) ‖ length of the header (2) ‖ header ‖ body
#include "tests/fuzz/drafts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  const auto& suite = data[0] % 2 == 0 ? ledger::intl() : ledger::gm();
  const ledger::BytesView rest = fuzz::view(data + 3, size - 3);
  const std::size_t n = std::min<std::size_t>(data[1] * 256u + data[2], rest.size());
  const ledger::BytesView body = rest.substr(n);
  auto header = ledger::decode_header(rest.substr(0, n));
  if (!header) return 0;
  fuzz::require(ledger::encode(*header) == rest.substr(0, n));
  const ledger::Bytes salt(32, 's');
  header->commitment = ledger::body_commitment(suite, salt, body);
  fuzz::require_readable(suite, ledger::encode(*header), salt, body);
  return 0;
}
