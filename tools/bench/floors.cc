#include "tools/bench/floors.h"

#include <fcntl.h>
#include <unistd.h>

#include "ledger/merkle/note.h"
#include "ledger/text/encoding.h"

namespace tools::bench {
namespace {

using ledger::Bytes;
using ledger::BytesView;
using ledger::Result;
using ledger::Shelf;
using ledger::Status;

constexpr std::size_t kBlockRecords = 2'048;   // as verification reads them

// All keys of the ledger: prepared before the clock runs.
Result<std::unique_ptr<ledger::KeyRing>> keys_of(const ledger::Store& store, const ledger::Suite& suite) {
  ledger::Replay replay(store, suite);
  LEDGER_CHECK(replay.run(kFoundingRecords, [](const ledger::Event&, BytesView) -> Result<bool> { return true; }));
  auto keys = std::make_unique<ledger::KeyRing>(suite);
  keys->adopt(replay.keys());
  return keys;
}

struct Pair {
  Bytes record, body;
};

Status read_block(const ledger::Store& store, std::uint64_t from, std::vector<Pair>& block) {
  block.clear();
  LEDGER_CHECK(store.scan(Shelf::records, ledger::position_key(from), [&](BytesView, BytesView v) {
    block.push_back({Bytes(v), {}});
    return block.size() < kBlockRecords;
  }));
  if (block.empty()) return {};
  std::size_t i = 0;
  return store.scan(Shelf::bodies, ledger::position_key(from), [&](BytesView, BytesView v) {
    block[i].body = Bytes(v);
    return ++i < block.size();
  });
}

// Whether the record passes.
bool check(const ledger::Suite& suite, const ledger::KeyRing& keys, const Pair& p) {
  const ledger::Hash leaf = ledger::leaf_hash(suite, p.record);
  auto record = ledger::decode_record(p.record);
  if (!record || !leaf) return false;
  const ledger::Hash header_leaf = ledger::leaf_hash(suite, record->header);
  auto header = ledger::decode_header(record->header);
  const BytesView body(p.body);
  if (!header || !header_leaf || !ledger::Body::parse(body.substr(ledger::kSaltBytes))) return false;
  if (ledger::body_commitment(suite, body.substr(0, ledger::kSaltBytes), body.substr(ledger::kSaltBytes)) != header->commitment) return false;
  if (record->signature.empty()) return true;
  auto submission = ledger::decode_submission_header(record->submission_header);
  const ledger::Key* key = submission ? keys.find(submission->key_id) : nullptr;
  return key != nullptr && key->parsed->verify(ledger::signed_message(record->submission_header), record->signature);
}

}  // namespace

Seconds verify_signatures(const Workload& work, std::span<const Signed> all) {
  Stopwatch watch;
  ledger::parallel_for(all.size(), [&](std::size_t i) {
    (void)work.unit_key(all[i].unit).public_key().verify(all[i].message, all[i].signature);
  });
  return watch.seconds();
}

Seconds sign_checkpoints(const Workload& work, std::uint64_t count) {
  Stopwatch watch;
  for (std::uint64_t i = 0; i < count; ++i) {
    const ledger::Checkpoint head{kOrigin, i, {}};
    (void)ledger::sign_note(head.text(), head.origin, work.suite(), work.operator_key());
  }
  return watch.seconds();
}

PlainFile::PlainFile(const std::string& path) : fd_(::open(path.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600)) {}
PlainFile::~PlainFile() {
  if (fd_ >= 0) ::close(fd_);
}

Status PlainFile::append_synced(BytesView bytes) {
  const bool written = fd_ >= 0 && ::write(fd_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
  if (!written || ::fdatasync(fd_) != 0) return ledger::refuse("storage", "the plain file of the measurement cannot be written");
  return {};
}

Bytes bytes_of(const ledger::Batch& batch) {
  Bytes out;
  for (auto& p : batch) out += p.key, out += p.value;
  return out;
}

Result<Seconds> scan_only(const ledger::Store& store) {
  Stopwatch watch;
  std::uint64_t seen = 0;
  auto count = [&](BytesView, BytesView v) { return seen += v.size(), true; };
  LEDGER_CHECK(store.scan(Shelf::records, {}, count));
  LEDGER_CHECK(store.scan(Shelf::bodies, {}, count));
  return watch.seconds();
}

Result<Seconds> scan_and_hash(const ledger::Store& store, const ledger::Suite& suite) {
  const auto keys = LEDGER_TRY(keys_of(store, suite));
  Stopwatch watch;
  std::vector<Pair> block;
  std::atomic<bool> sound{true};
  for (std::uint64_t from = 0;; from += block.size()) {
    LEDGER_CHECK(read_block(store, from, block));
    ledger::parallel_for(block.size(), [&](std::size_t i) {
      if (!check(suite, *keys, block[i])) sound = false;
    });
    if (block.size() < kBlockRecords) break;
  }
  if (!sound) return ledger::refuse("storage-damaged", "a record of the scratch ledger does not verify");
  return watch.seconds();
}

}  // namespace tools::bench
