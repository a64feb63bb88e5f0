#include "ledger/log/vault.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace ledger {
namespace {

constexpr std::size_t kSlotBytes = 96, kHeaderBytes = 16;
constexpr std::size_t kCheckBytes = 8, kCheckedBytes = kSlotBytes - kCheckBytes;
constexpr char kMagic[kHeaderBytes] = "pufa/vault/v1";

BytesView magic() { return {kMagic, kHeaderBytes}; }
Bytes check_of(const Suite& suite, BytesView slot) { return Bytes(suite.hash(slot.substr(0, kCheckedBytes)).view().substr(0, kCheckBytes)); }
bool is_erased(BytesView slot) { return slot[0] == '\xff' && slot.find_first_not_of('\0', 1) == slot.npos; }

class FileVault final : public Vault {
 public:
  FileVault(int fd, const Suite& s, Bytes kek, Random& r) : fd_(fd), suite_(s), kek_(std::move(kek)), random_(r) {}
  ~FileVault() override {
    ::close(fd_);
    cleanse(kek_);
  }

  Status prepare() {
    struct stat st {};
    if (::fstat(fd_, &st) != 0) return failed();
    if (st.st_size == 0) return write_at(0, magic());
    Bytes head(kHeaderBytes, '\0');
    if (::pread(fd_, head.data(), kHeaderBytes, 0) != static_cast<ssize_t>(kHeaderBytes) || head != magic())
      return refuse("storage-damaged", "the vault's key file is damaged");
    slots_ = (static_cast<std::uint64_t>(st.st_size) - kHeaderBytes + kSlotBytes - 1) / kSlotBytes;
    return {};
  }

  Result<Sealed> seal(BytesView plain) override {
    Bytes key = random_.bytes(32);
    Bytes wrapped = suite_.encrypt(kek_, key);
    Bytes slot(1, static_cast<char>(wrapped.size()));
    slot += wrapped;
    slot.resize(kCheckedBytes, '\0');
    slot += check_of(suite_, slot);
    Sealed out{slots_, suite_.encrypt(key, plain)};
    cleanse(key);
    LEDGER_CHECK(write_at(offset(slots_), slot));
    ++slots_;
    return out;
  }

  Status sync() override { return ::fdatasync(fd_) == 0 ? Status() : failed(); }

  Result<Bytes> open(std::uint64_t slot, BytesView sealed) const override {
    Bytes bytes(kSlotBytes, '\0');
    if (::pread(fd_, bytes.data(), kSlotBytes, static_cast<off_t>(offset(slot))) != static_cast<ssize_t>(kSlotBytes))
      return refuse("vault-damaged", "the vault has no such key slot");
    const auto n = static_cast<unsigned char>(bytes[0]);
    if (n == 0xFF) return refuse("key-destroyed", "the key of this value was destroyed");
    if (n >= kCheckedBytes) return refuse("vault-damaged", "the key slot is damaged");
    Bytes key = LEDGER_TRY(suite_.decrypt(kek_, BytesView(bytes).substr(1, n)));
    auto plain = suite_.decrypt(key, sealed);
    cleanse(key);
    return plain;
  }

  Status erase(std::uint64_t slot) override {
    Bytes erased(kSlotBytes, '\0');
    erased[0] = '\xff';
    LEDGER_CHECK(write_at(offset(slot), erased));
    return sync();
  }

 private:
  static std::uint64_t offset(std::uint64_t slot) { return kHeaderBytes + slot * kSlotBytes; }
  static tl::unexpected<Error> failed() { return refuse("storage", "the vault's key file cannot be written"); }
  Status write_at(std::uint64_t at, BytesView v) {
    const auto n = ::pwrite(fd_, v.data(), v.size(), static_cast<off_t>(at));
    return n == static_cast<ssize_t>(v.size()) ? Status() : failed();
  }

  int fd_;
  const Suite& suite_;
  Bytes kek_;
  Random& random_;
  std::uint64_t slots_ = 0;
};

}  // namespace

Result<std::unique_ptr<Vault>> open_vault(const std::string& path, const Suite& suite, Bytes kek, Random& random) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return refuse("storage", "the vault's key file " + path + " cannot be opened for writing");
  auto vault = std::make_unique<FileVault>(fd, suite, std::move(kek), random);
  LEDGER_CHECK(vault->prepare());
  return std::unique_ptr<Vault>(std::move(vault));
}

bool is_whole_sealed(const Suite& suite, BytesView stored) {
  constexpr std::size_t kSlotAndHash = 8 + 32;
  return stored.size() > kSlotAndHash && suite.hash(stored.substr(0, stored.size() - 32)).view() == stored.substr(stored.size() - 32);
}

namespace {

constexpr std::size_t kReadBytes = 1 << 20;

struct Descriptor {
  int fd;
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
};

// Up to n bytes at that place; none at the end of the file.
Bytes read_slot(int fd, std::size_t n, off_t at) {
  Bytes bytes(n, '\0');
  const auto read = ::pread(fd, bytes.data(), n, at);
  bytes.resize(read > 0 ? static_cast<std::size_t>(read) : 0);
  return bytes;
}

}  // namespace

std::uint64_t key_slots_end(std::uint64_t slot) { return kHeaderBytes + (slot + 1) * kSlotBytes; }

Result<KeySlots> KeySlots::read(const std::string& path, const Suite& suite) {
  const Descriptor in{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (in.fd < 0 && errno == ENOENT) return refuse("vault-missing", "the key file of sealed values is missing");
  if (in.fd < 0) return refuse("vault-closed", "the key file of sealed values may not be read");
  Bytes file;
  for (Bytes part = read_slot(in.fd, kReadBytes, 0); !part.empty(); part = read_slot(in.fd, kReadBytes, static_cast<off_t>(file.size()))) file += part;
  return KeySlots(std::move(file), suite);
}

bool KeySlots::begins_well() const { return BytesView(file_).starts_with(magic()); }

std::uint64_t KeySlots::count() const { return (std::max(file_.size(), kHeaderBytes) - kHeaderBytes + kSlotBytes - 1) / kSlotBytes; }
BytesView KeySlots::bytes(std::uint64_t n) const { return BytesView(file_).substr(kHeaderBytes + n * kSlotBytes, kSlotBytes); }

SlotState KeySlots::at(std::uint64_t n) const {
  if (n >= count() || bytes(n).size() < kSlotBytes) return SlotState::missing;
  const auto slot = bytes(n);
  if (is_erased(slot)) return SlotState::erased;
  const auto length = static_cast<unsigned char>(slot[0]);
  if (length == 0 || length >= kCheckedBytes) return SlotState::damaged;
  const auto check = slot.substr(kCheckedBytes);
  const bool of_before = slot.find_first_not_of('\0', 1 + length) == slot.npos;
  return of_before || check == check_of(*suite_, slot) ? SlotState::live : SlotState::damaged;
}

namespace {

// What is known best of one slot.
BytesView better_slot(const KeySlots* own, const KeySlots* kept, std::uint64_t n) {
  const auto state = [&](const KeySlots* s) { return s ? s->at(n) : SlotState::missing; };
  if (state(own) == SlotState::erased || state(own) == SlotState::live) return state(kept) == SlotState::erased ? kept->bytes(n) : own->bytes(n);
  if (state(kept) == SlotState::erased || state(kept) == SlotState::live || !own || n >= own->count()) return kept->bytes(n);
  return own->bytes(n);
}

}  // namespace

Status repair_key_slots(const std::string& from, const std::string& backup, const std::string& to, const Suite& suite) {
  const auto own = KeySlots::read(from, suite), kept = KeySlots::read(backup, suite);
  for (auto* s : {&own, &kept})
    if (!*s && s->error().code == "vault-closed") return refuse("storage", s->error().message + ": without it sealed values would be lost");
  if (!own && !kept) return {};
  const std::uint64_t count = std::max(own ? own->count() : 0, kept ? kept->count() : 0);
  Bytes file(magic());
  for (std::uint64_t n = 0; n < count; ++n) {
    file += better_slot(own ? &*own : nullptr, kept ? &*kept : nullptr, n);
    file.resize(kHeaderBytes + (n + 1) * kSlotBytes, '\0');
  }
  const Descriptor out{::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
  if (out.fd < 0 || ::pwrite(out.fd, file.data(), file.size(), 0) != static_cast<ssize_t>(file.size()) || ::fdatasync(out.fd) != 0)
    return refuse("storage", "the vault's key file " + to + " cannot be written");
  return {};
}

Status copy_key_slots(const std::string& from, const std::string& to) {
  const Descriptor in{::open(from.c_str(), O_RDONLY | O_CLOEXEC)};
  if (in.fd < 0 && errno == ENOENT && ::access(to.c_str(), F_OK) == 0)
    return refuse("vault-missing", "the vault's key file " + from + " is gone, which the copy has: put it back from there");
  if (in.fd < 0 && errno == ENOENT) return {};
  if (in.fd < 0) return refuse("storage", "the vault's key file " + from + " cannot be read");
  const Descriptor out{::open(to.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
  const auto failed = refuse("storage", "the vault's key file " + to + " cannot be written");
  if (out.fd < 0) return failed;
  std::size_t n = kHeaderBytes;
  for (off_t at = 0;; at += static_cast<off_t>(n), n = kSlotBytes) {
    const Bytes slot = read_slot(in.fd, n, at), kept = read_slot(out.fd, n, at);
    if (slot.empty()) break;
    if (kept == slot || kept.substr(0, 1) == "\xff") continue;
    // Slots are written once, and then only erased.
    if (at == 0 ? slot != magic() : kept.size() == kSlotBytes && !is_erased(slot))
      return refuse("vault-damaged", "the vault's key file " + from + " is damaged or another one at byte " + std::to_string(at) + ": nothing of it was copied over " + to);
    if (::pwrite(out.fd, slot.data(), slot.size(), at) != static_cast<ssize_t>(slot.size())) return failed;
  }
  return ::fdatasync(out.fd) == 0 ? Status() : failed;
}

}  // namespace ledger
