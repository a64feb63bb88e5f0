#include "ledger/log/repair.h"

#include "ledger/core/admission.h"
#include "ledger/log/replay.h"
#include "ledger/log/stored_tree.h"
#include "ledger/log/vault.h"
#include "ledger/merkle/note.h"
#include "ledger/text/encoding.h"

namespace ledger {
namespace {

constexpr std::size_t kBatchBytes = 4 << 20;

class Repairer {
 public:
  Repairer(const Store& from, const Store* backup, Store& to, Repaired& out)
      : from_(from), backup_(backup), to_(to), out_(out), suite_(*out.genesis.suite), tree_(suite_, no_tile) {}

  // Records before bodies, which are held against them.
  Status run() {
    for (auto shelf : {Shelf::records, Shelf::bodies, Shelf::checkpoints, Shelf::vault, Shelf::attachments}) {
      LEDGER_CHECK(take(from_, shelf, true));
      if (backup_) LEDGER_CHECK(take(*backup_, shelf, false));
    }
    out_.size = std::max(LEDGER_TRY(stored_size(to_)), last_checkpoint_);
    LEDGER_CHECK(derive());
    return find_lost(Shelf::bodies);
  }

 private:
  static Result<Bytes> no_tile(const TileId&) { return refuse("storage-damaged", "a tile is missing"); }

  // What the shelf holds whole; of the backup only what is not there yet.
  Status take(const Store& source, Shelf shelf, bool own) {
    Status status;
    source.scan_past(shelf, {}, [&](BytesView key, BytesView value) {
      if (!is_whole(shelf, key, value)) return own ? (tell_broken(shelf, key), true) : true;
      if (own) status = put(shelf, key, value);
      else if (auto there = to_.get(shelf, key); !there) status = tl::unexpected<Error>(there.error());
      else if (!*there) ++out_.from_backup, status = put(shelf, key, value);
      return status.has_value();
    }, [&](const Gap& g) { if (own) out_.damage.push_back(damage_of(shelf, g)); });
    LEDGER_CHECK(status);
    return write();
  }

  void tell_broken(Shelf shelf, BytesView key) {
    out_.damage.push_back({"storage-damaged", "", std::string("a value of the shelf ") + name_of(shelf) + " is not whole, under " + hex(key)});
  }

  bool is_whole(Shelf shelf, BytesView key, BytesView value) {
    switch (shelf) {
      case Shelf::records: return is_record(key, value);
      case Shelf::bodies: return is_body(key, value);
      case Shelf::checkpoints: return is_checkpoint(key, value);
      default: return is_whole_sealed(suite_, value);
    }
  }
  static bool is_record(BytesView key, BytesView value) {
    const auto record = decode_record(value);
    return record && key == position_key(record->position) && decode_header(record->header);
  }
  // What the record commits to; without its record a body cannot be judged, and is kept.
  bool is_body(BytesView key, BytesView value) {
    const auto stored = to_.get(Shelf::records, key);
    if (!stored || value.size() < kSaltBytes) return false;
    if (!*stored) return true;
    const auto record = decode_record(**stored);
    const auto header = record ? decode_header(record->header) : tl::unexpected<Error>(record.error());
    return header && body_commitment(suite_, value.substr(0, kSaltBytes), value.substr(kSaltBytes)) == header->commitment;
  }
  bool is_checkpoint(BytesView key, BytesView value) {
    const auto note = parse_note(value);
    const auto head = note ? parse_checkpoint(note->text) : tl::unexpected<Error>(note.error());
    if (!head || key != position_key(head->size)) return false;
    last_checkpoint_ = std::max(last_checkpoint_, head->size);
    return true;
  }

  // Tiles, ids and submissions, of the records in order.
  Status derive() {
    std::uint64_t next = 0;
    Status status;
    LEDGER_CHECK(to_.scan(Shelf::records, {}, [&](BytesView key, BytesView bytes) {
      const std::uint64_t position = read_be(key);
      lose(Shelf::records, next, position);
      next = position + 1;
      status = index(key, bytes);
      return status.has_value();
    }));
    LEDGER_CHECK(status);
    lose(Shelf::records, next, out_.size);
    return write();
  }

  Status index(BytesView key, BytesView bytes) {
    const auto record = LEDGER_TRY(decode_record(bytes));
    const auto header = LEDGER_TRY(decode_header(record.header));
    LEDGER_CHECK(put(Shelf::ids, header.id.view(), key));
    if (record.index == 0) LEDGER_CHECK(index_submission(key, record));
    if (header.type == EventType::PersonalDataKeyDestroyed) LEDGER_CHECK(note_destruction(key));
    if (!out_.tiles_whole) return {};
    Status status;
    tree_.append(leaf_hash(suite_, bytes), [&](const TileId& t, const Bytes& hashes) { status = put(Shelf::tiles, tile_key(t), hashes); });
    return status;
  }

  Status index_submission(BytesView key, const Record& record) {
    const auto row = LEDGER_TRY(submission_row(key, record));
    return put(row.shelf, row.key, row.value);
  }

  Status note_destruction(BytesView key) {
    const auto stored = LEDGER_TRY(to_.get(Shelf::bodies, key));
    const auto body = stored ? Body::parse(BytesView(*stored).substr(kSaltBytes)) : tl::unexpected<Error>(Error{});
    if (!body || body->type_ordinal() != static_cast<std::uint16_t>(EventType::PersonalDataKeyDestroyed)) return {};   // verification tells it
    reads_soundly([&] {
      const auto d = body->as<PersonalDataKeyDestroyed>();
      out_.destroyed.push_back({d.target(), std::string(d.field())});
    });
    return {};
  }

  // The positions from `next` to before `position` are missing.
  void lose(Shelf shelf, std::uint64_t next, std::uint64_t position) {
    if (next >= position) return;
    out_.lost.push_back({shelf, next, position - 1});
    if (shelf == Shelf::records) out_.tiles_whole = false;
  }
  Status find_lost(Shelf shelf) {
    std::uint64_t next = 0;
    LEDGER_CHECK(to_.scan(shelf, {}, [&](BytesView key, BytesView) {
      lose(shelf, next, read_be(key));
      next = read_be(key) + 1;
      return true;
    }));
    lose(shelf, next, out_.size);
    return {};
  }

  Status put(Shelf shelf, BytesView key, BytesView value) {
    batch_.push_back({shelf, Bytes(key), Bytes(value)});
    bytes_ += key.size() + value.size();
    return bytes_ < kBatchBytes ? Status() : write();
  }
  Status write() {
    LEDGER_CHECK(to_.write(batch_, true));
    batch_.clear(), bytes_ = 0;
    return {};
  }

  const Store& from_;
  const Store* backup_;
  Store& to_;
  Repaired& out_;
  const Suite& suite_;
  TileTree tree_;
  std::uint64_t last_checkpoint_ = 0;
  Batch batch_;
  std::size_t bytes_ = 0;
};

Result<Genesis> genesis_of_either(const Store& from, const Store* backup) {
  auto own = read_genesis(from);
  if (!backup) return own;
  auto kept = LEDGER_TRY(read_genesis(*backup));
  if (own && own->ledger_id != kept.ledger_id) return refuse("log-foreign", "the backup is of another ledger: " + kept.origin);
  return kept;
}

}  // namespace

Result<Repaired> repair_ledger(const Store& from, const Store* backup, Store& to) {
  Repaired out{.genesis = LEDGER_TRY(genesis_of_either(from, backup))};
  LEDGER_CHECK(Repairer(from, backup, to, out).run());
  return out;
}

}  // namespace ledger
