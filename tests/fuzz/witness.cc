// Requests to a witness: as they come, and with the checkpoint signed by the log, so that what lies behind
// the signature is reached. Whatever comes, the size that it cosigned never goes down.
#include <unistd.h>

#include <filesystem>

#include "tests/fuzz/target.h"
#include "tools/witness/witness.h"

namespace {

constexpr char kOrigin[] = "demo.test/log";

class Fixture {
 public:
  Fixture() {
    std::filesystem::create_directories(dir_);
    const auto& s = ledger::intl();
    std::vector<ledger::NoteVerifier> logs{{kOrigin, s, *s.parse_public(key_->public_key().spki())}};
    witness_ = std::make_unique<tools::Witness>("witness.test", s, s.derive(ledger::sha256("witness").view()), std::move(logs),
                                                std::move(*tools::WitnessState::open(dir_ + "/state")), [] { return ledger::Instant{1'735'862'400'000}; });
  }

  void ask(std::string_view body) {
    const auto before = size();
    const auto answer = witness_->add_checkpoint(body);
    fuzz::require(size() >= before && (answer.status == 200 || size() == before));
  }

  std::string with_signature(const tools::WitnessRequest& r) const {
    auto again = r;
    again.note = ledger::sign_note(r.note.substr(0, r.note.find("\n\n") + 1), kOrigin, ledger::intl(), *key_);
    return tools::format_witness_request(again);
  }

 private:
  std::uint64_t size() const {
    const auto& heads = witness_->state().heads();
    const auto at = heads.find(kOrigin);
    return at == heads.end() ? 0 : at->second.size;
  }

  std::string dir_ = (std::filesystem::temp_directory_path() / ("pufa-fuzz-witness-" + std::to_string(::getpid()))).string();
  std::unique_ptr<ledger::PrivateKey> key_ = fuzz::operator_key(ledger::intl());
  std::unique_ptr<tools::Witness> witness_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Fixture fixture;
  const auto body = fuzz::view(data, size);
  fixture.ask(body);
  if (auto request = tools::parse_witness_request(body); request && request->note.find("\n\n") != std::string::npos) fixture.ask(fixture.with_signature(*request));
  return 0;
}
