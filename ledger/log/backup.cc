#include "ledger/log/backup.h"

#include "ledger/core/admission.h"
#include "ledger/log/export.h"
#include "ledger/log/replay.h"
#include "ledger/log/stored_tree.h"
#include "ledger/text/encoding.h"

namespace ledger {
namespace {

constexpr std::size_t kBatchBytes = 256 << 10;   // written at the first checkpoint after so much

tl::unexpected<Error> damaged(const std::string& what) {
  return refuse("storage-damaged", what + "; it was not copied: run pufa verify");
}
std::string record_name(std::uint64_t position) { return "record " + std::to_string(position); }

// One pass over the ledger, from its first record: all of it is hashed, what the copy lacks is copied.
class Copier {
 public:
  Copier(const Store& from, Store& to, const Suite& s, const Checkpoint& old, const Checkpoint& head)
      : from_(from), to_(to), suite_(s), old_(old), head_(head), replay_(from, s, Signers::any), tree_(s, no_tile),
        checkpoints_(from.seek(Shelf::checkpoints, {})), sealed_(from.seek(Shelf::vault, position_key(old.size))) {}

  Status run() {
    LEDGER_CHECK(replay_.run(head_.size, [&](const Event& e, BytesView record) -> Result<bool> {
      LEDGER_CHECK(pass(e.position));
      grow(e, record);
      if (e.position >= old_.size) LEDGER_CHECK(copy(e, record));
      return true;
    }));
    LEDGER_CHECK(pass(head_.size));
    LEDGER_CHECK(checkpoints_->status());
    if (proved_ != head_.size) return damaged("the newest checkpoint cannot be read in its place");
    return write();
  }
  void tell(Copied& out) {
    out.last_admitted = last_, out.destroyed = std::move(destroyed_);
    out.operators = replay_.keys().operators(head_.origin);
  }

 private:
  static Result<Bytes> no_tile(const TileId&) { return damaged("a tile"); }

  // Before the record of that position: the checkpoint over those so far, if there is one.
  Status pass(std::uint64_t size) {
    if (checkpoints_->valid() && checkpoints_->key() == position_key(size)) {
      LEDGER_CHECK(take_checkpoint(size, checkpoints_->value()));
      checkpoints_->next();
    }
    if (size == old_.size && tree_.root() != old_.root)
      return refuse("log-forked", "the first " + std::to_string(size) + " records are not those of the copy: one of the two is a fork");
    return size > old_.size && proved_ == size && bytes_ > kBatchBytes ? write() : Status();
  }

  Status take_checkpoint(std::uint64_t size, BytesView stored) {
    const std::string name = "the checkpoint over " + std::to_string(size) + " records ";
    auto note = parse_note(stored);
    auto head = note ? parse_checkpoint(note->text) : tl::unexpected<Error>(note.error());
    if (!head || head->size != size || head->origin != head_.origin) return damaged(name + "cannot be read");
    if (head->root != tree_.root()) return damaged(name + "does not fit them: one of the records, or the checkpoint, was changed");
    proved_ = size;
    const auto kept = LEDGER_TRY(to_.get(Shelf::checkpoints, position_key(size)));
    if (kept && (*kept == stored || signatures(*kept) > note->signatures.size())) return {};
    if (!verify_note(*note, replay_.keys().operators(head_.origin))) return damaged(name + "is not signed by the ledger's operator");
    put(Shelf::checkpoints, position_key(size), stored);
    return {};
  }

  static std::size_t signatures(BytesView note) {
    auto parsed = parse_note(note);
    return parsed ? parsed->signatures.size() : 0;
  }

  void grow(const Event& e, BytesView record) {
    tree_.append(leaf_hash(suite_, record), [&](const TileId& t, const Bytes& hashes) {
      if (e.position >= old_.size) put(Shelf::tiles, tile_key(t), hashes);
    });
    last_ = e.admitted;
    if (e.type != EventType::PersonalDataKeyDestroyed) return;
    const auto d = e.as<PersonalDataKeyDestroyed>();
    destroyed_.push_back({d.target(), std::string(d.field())});
  }

  Status copy(const Event& e, BytesView bytes) {
    const Bytes key = position_key(e.position);
    const auto record = LEDGER_TRY(decode_record(bytes, Trust::admitted));
    put(Shelf::records, key, bytes);
    put(Shelf::ids, e.id.view(), key);
    if (record.index == 0) LEDGER_CHECK(index_submission(key, record));
    LEDGER_CHECK(copy_body(e, key, record));
    LEDGER_CHECK(copy_sealed(e, key));
    return copy_attachments(e);
  }

  Status index_submission(const Bytes& key, const Record& record) {
    const auto row = LEDGER_TRY(submission_row(key, record));
    put(row.shelf, row.key, row.value);
    return {};
  }

  Status copy_body(const Event& e, const Bytes& key, const Record& record) {
    const auto header = LEDGER_TRY(decode_header(record.header, Trust::admitted));
    const auto body = LEDGER_TRY(from_.get(Shelf::bodies, key));
    if (!body || body->size() < kSaltBytes) return damaged(record_name(e.position) + ": its body is missing");
    const BytesView v(*body);
    if (body_commitment(suite_, v.substr(0, kSaltBytes), v.substr(kSaltBytes)) != header.commitment)
      return damaged(record_name(e.position) + ": its body is not what the record commits to");
    put(Shelf::bodies, key, v);
    return {};
  }

  // The cursor goes along with the records.
  Status copy_sealed(const Event& e, const Bytes& position) {
    for (; sealed_->valid() && sealed_->key().substr(0, 8) <= position; sealed_->next()) {
      if (sealed_->key().substr(0, 8) != position) continue;
      if (!is_whole_sealed(suite_, sealed_->value())) return damaged(record_name(e.position) + ": a sealed value is damaged");
      put(Shelf::vault, sealed_->key(), sealed_->value());
    }
    return sealed_->status();
  }

  // Those that are here; a record may name one that never was.
  Status copy_attachments(const Event& e) {
    for (auto a : attachments_of(*e.body)) {
      const auto stored = LEDGER_TRY(from_.get(Shelf::attachments, a.sha256()));
      if (!stored) continue;
      if (!is_whole_sealed(suite_, *stored)) return damaged(record_name(e.position) + ": an attachment is damaged");
      put(Shelf::attachments, a.sha256(), *stored);
    }
    return {};
  }

  void put(Shelf shelf, BytesView key, BytesView value) {
    batch_.push_back({shelf, Bytes(key), Bytes(value)});
    bytes_ += key.size() + value.size();
  }
  Status write() {
    if (batch_.empty()) return {};
    LEDGER_CHECK(to_.write(batch_, true));
    batch_.clear(), bytes_ = 0;
    return {};
  }

  const Store& from_;
  Store& to_;
  const Suite& suite_;
  const Checkpoint &old_, &head_;
  Replay replay_;
  TileTree tree_;
  std::unique_ptr<Cursor> checkpoints_, sealed_;
  std::uint64_t proved_ = 0;             // size of the last checkpoint that fitted
  Instant last_;
  std::vector<Destruction> destroyed_;
  Batch batch_;
  std::size_t bytes_ = 0;
};

// The head of what was copied before; of the empty tree when that is nothing.
Result<Checkpoint> copied_head(const Store& to, const Checkpoint& of, const Suite& suite) {
  const auto size = LEDGER_TRY(stored_size(to));
  if (size == 0) return Checkpoint{of.origin, 0, empty_root(suite)};
  auto newest = LEDGER_TRY(newest_checkpoint(to));
  if (newest.head.size != size)
    return refuse("copy-damaged", "the copy's newest checkpoint is not over all of its records: make a new one in another folder");
  return std::move(newest.head);
}

Status check_same_log(const Checkpoint& old, const Checkpoint& head) {
  if (old.origin != head.origin) return refuse("log-foreign", "the copy is of another ledger: " + old.origin);
  if (old.size > head.size)
    return refuse("log-rolled-back", "the copy holds " + std::to_string(old.size) + " records, the ledger only " +
                                         std::to_string(head.size) + ": the ledger lost some");
  return {};
}

}  // namespace

Result<Copied> copy_ledger(const Store& from, Store& to) {
  Copied out{.genesis = LEDGER_TRY(read_genesis(from)), .head = LEDGER_TRY(newest_checkpoint(from)).head};
  const auto size = LEDGER_TRY(stored_size(from));
  const auto old = LEDGER_TRY(copied_head(to, out.head, *out.genesis.suite));
  LEDGER_CHECK(check_same_log(old, out.head));
  Copier copier(from, to, *out.genesis.suite, old, out.head);
  LEDGER_CHECK(copier.run());
  copier.tell(out);
  out.old = old.size, out.waiting = size > out.head.size ? size - out.head.size : 0;
  return out;
}

}  // namespace ledger
