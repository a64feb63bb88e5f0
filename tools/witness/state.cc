#include "tools/witness/state.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <sstream>
#include <utility>

#include "ledger/text/encoding.h"
#include "tools/cli/app.h"

namespace tools {
namespace {

constexpr std::string_view kTitle = "pufa-witness/v1\n";
constexpr std::string_view kSeal = "sha256 ";
constexpr std::size_t kSealBytes = kSeal.size() + 64 + 1;

std::string format(const WitnessedHeads& heads) {
  std::string text(kTitle);
  for (auto& [origin, head] : heads) text += origin + " " + std::to_string(head.size) + " " + ledger::base64(head.root.view()) + "\n";
  return text + std::string(kSeal) + ledger::hex(ledger::sha256(text).view()) + "\n";
}

// Takes only what format() makes, byte by byte.
std::optional<WitnessedHeads> parse(const std::string& text) {
  if (text.size() < kTitle.size() + kSealBytes) return std::nullopt;
  WitnessedHeads heads;
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
  if (!std::filesystem::exists(path_, ec) && !ec) return store(durable_);
  auto heads = parse(LEDGER_TRY(read_file(path_)));
  if (!heads)
    return ledger::refuse("storage-damaged", path_ + " is no whole witness state: restore the newest copy; a state older than what was cosigned breaks this witness's promise");
  accepted_ = durable_ = std::move(*heads);
  return {};
}

ledger::Status WitnessState::store(const WitnessedHeads& heads) const { return replace_file(path_, format(heads), 0600); }

WitnessedHeads WitnessState::heads() const {
  const Lock lock(mutex_);
  return durable_;
}

std::optional<WitnessedHead> WitnessState::last(const std::string& origin) const {
  const Lock lock(mutex_);
  return find(origin);
}

std::optional<WitnessedHead> WitnessState::find(const std::string& origin) const {
  const auto at = accepted_.find(origin);
  return at == accepted_.end() ? std::nullopt : std::optional(at->second);
}

ledger::Status WitnessState::advance(const std::string& origin, const std::optional<WitnessedHead>& from, const WitnessedHead& to) {
  Lock lock(mutex_);
  if (find(origin) != from) return ledger::refuse("witness-state-moved", "another request advanced " + origin + " first");
  if (from != to) {
    accepted_[origin] = to;
    if (!forming_) forming_ = std::make_shared<Batch>();
  }
  const auto batch = forming_ ? forming_ : storing_;   // where `to` may still be on its way
  return batch ? await(lock, *batch) : ledger::Status();
}

ledger::Status WitnessState::await(Lock& lock, const Batch& batch) {
  while (!batch.stored) {
    if (storing_) ended_.wait(lock);
    else store_forming(lock);
  }
  return *batch.stored;
}

// What was accepted since rests on what could not be stored.
void WitnessState::fail_forming(const ledger::Status& why) {
  accepted_ = durable_;
  if (forming_) std::exchange(forming_, nullptr)->stored = why;
}

void WitnessState::store_forming(Lock& lock) {
  storing_ = std::exchange(forming_, nullptr);
  const auto heads = accepted_;
  lock.unlock();
  const auto stored = store(heads);
  lock.lock();
  if (stored) durable_ = heads;
  else fail_forming(stored);
  std::exchange(storing_, nullptr)->stored = stored;
  ended_.notify_all();
}

}  // namespace tools
