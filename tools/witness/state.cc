#include "tools/witness/state.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <sstream>

#include "ledger/text/encoding.h"
#include "tools/cli/app.h"

namespace tools {
namespace {

constexpr std::string_view kTitle = "pufa-witness/v1\n";
constexpr std::string_view kSeal = "sha256 ";
constexpr std::size_t kSealBytes = kSeal.size() + 64 + 1;

std::string format(const std::map<std::string, WitnessedHead>& heads) {
  std::string text(kTitle);
  for (auto& [origin, head] : heads) text += origin + " " + std::to_string(head.size) + " " + ledger::base64(head.root.view()) + "\n";
  return text + std::string(kSeal) + ledger::hex(ledger::sha256(text).view()) + "\n";
}

// Takes only what format() makes, byte by byte.
std::optional<std::map<std::string, WitnessedHead>> parse(const std::string& text) {
  if (text.size() < kTitle.size() + kSealBytes) return std::nullopt;
  std::map<std::string, WitnessedHead> heads;
  std::istringstream in(text.substr(kTitle.size(), text.size() - kTitle.size() - kSealBytes));
  std::string origin, root;
  for (std::uint64_t size; in >> origin >> size >> root;) {
    const auto hash = ledger::unbase64(root);
    if (!hash) return std::nullopt;
    heads[origin] = {size, ledger::Hash::from(*hash)};
  }
  return format(heads) == text ? std::optional(std::move(heads)) : std::nullopt;
}

}  // namespace

ledger::Result<std::unique_ptr<WitnessState>> WitnessState::open(const std::string& path) {
  const std::string lock_path = path + ".lock";
  const int lock = ::open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0) return ledger::refuse("file-write", lock_path + " cannot be opened: " + std::strerror(errno));
  std::unique_ptr<WitnessState> state(new WitnessState(path, lock));
  if (::flock(lock, LOCK_EX | LOCK_NB) != 0) return ledger::refuse("ledger-locked", "another witness is running on the state " + path);
  LEDGER_CHECK(state->load());
  return state;
}

WitnessState::~WitnessState() { ::close(lock_); }

ledger::Status WitnessState::load() {
  std::error_code ec;
  if (!std::filesystem::exists(path_, ec) && !ec) return store(heads_);
  auto heads = parse(LEDGER_TRY(read_file(path_)));
  if (!heads)
    return ledger::refuse("storage-damaged", path_ + " is no whole witness state: restore the newest copy; a state older than what was cosigned breaks this witness's promise");
  heads_ = std::move(*heads);
  return {};
}

ledger::Status WitnessState::store(const std::map<std::string, WitnessedHead>& heads) const {
  return replace_file(path_, format(heads), 0600);
}

ledger::Status WitnessState::advance(const std::string& origin, const WitnessedHead& head) {
  auto heads = heads_;
  heads[origin] = head;
  LEDGER_CHECK(store(heads));
  heads_ = std::move(heads);
  return {};
}

}  // namespace tools
