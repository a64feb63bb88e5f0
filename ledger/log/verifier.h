// The state of one verification: what is re-derived from the stored bytes, and the findings.
//
// verify.cc reads and judges the records in order; verify_shelves.cc then holds the other shelves and the
// checkpoints against what came out of them.
#pragma once

#include <tsl/robin_map.h>

#include <map>
#include <set>
#include <span>

#include "ledger/core/admission.h"
#include "ledger/core/submission_thread.h"
#include "ledger/log/vault.h"
#include "ledger/log/verify.h"
#include "ledger/log/witness_times.h"

namespace ledger {

// One record read from the shelves, with whatever is wrong with it alone. Used again and again: its bytes' room is kept.
struct Read {
  std::uint64_t key = 0;
  Bytes record_bytes, body_bytes;
  bool has_body = false;
  std::optional<Record> record;
  std::optional<PreparedEvent> event;
  std::vector<std::string> sealed;       // names of the event's sealed fields
  bool has_attachments = false;
  Hash leaf, header_leaf;
  std::vector<Error> faults;
};

// What was read at one go: the first `count` of `room`.
struct Block {
  std::vector<Read> room;
  std::size_t count = 0;
  bool last = false;
  std::vector<Error> faults;

  std::span<Read> records() { return std::span(room).first(count); }
};

// Records in the order of their keys, each with its body, past whatever is damaged.
class BlockReader {
 public:
  explicit BlockReader(const Store&);
  BlockReader(const BlockReader&) = delete;
  // The next records, as many as a block holds, but for the last block.
  void read(Block&);

 private:
  void take_record(Block&);
  void skip_bodies(Block&, std::uint64_t below);

  std::vector<Error> damages_;   // met since the last block
  std::unique_ptr<Cursor> records_, bodies_;
};

struct SignatureJob {
  std::uint64_t position;
  Id event;
  std::shared_ptr<PublicKey> key;
  Bytes message, signature;
  bool good = false;
};

class Verifier final : public History {
 public:
  Verifier(const Store& store, const VerifyOptions& options) : store_(store), options_(options) {}

  Result<VerifyReport> run();

  // History, for the rules.
  std::uint64_t size() const override { return tree_->size(); }
  std::optional<Hash> root_at(std::uint64_t size) const override {
    if (size == tree_->size()) return tree_->root();
    if (size > tree_->size()) return std::nullopt;
    return root_of(*suite_, size, [&](const Subtree& s) { return nodes_.at(static_cast<std::size_t>(s.level)).at(s.index); });
  }
  Status scan(std::uint64_t first, std::uint64_t last, const std::function<bool(const Event&)>& f) const override;

 private:
  void find(std::optional<std::uint64_t> position, const Id& id, std::string code, std::string message) {
    report_.findings.push_back({position, id, std::move(code), std::move(message)});
  }
  void find(std::uint64_t position, const Id& id, const Error& e) {
    find(position, id, e.code, e.field.empty() ? e.message : e.field + ": " + e.message);
  }

  Status begin();
  void read_policy();
  void check_witnessed(const Read&);
  void read_records();
  class Pipeline;
  void judge(Block&);
  void decode(Read&) const;
  void judge(Read&);
  void open_submission(const Read&);
  void follow_submission(const Read&);
  void close_submission(std::uint64_t position);
  void judge_event(const Read&, const Event&);
  void judge_genesis(const Read&);
  void note_kept(const Read&);
  void note_destroyed(const Event&);
  void grow_tree(const Read&);
  void check_signatures();
  void check_index_due(const Read&);
  void check_tiles();
  // Of the keys from `from` on, below `end`.
  struct IdsChecked {
    std::vector<Finding> findings;
    std::size_t known = 0;               // keys of records that are there
  };
  IdsChecked check_ids(const Bytes& from, const Bytes& end) const;
  std::vector<Finding> check_ids() const;
  void check_submissions();
  void check_checkpoint(std::string_view note, std::optional<std::uint64_t> key);
  void check_checkpoints();
  void check_policy();
  void check_quorum();
  void check_vault();
  void check_key_file();
  void check_slot(std::optional<std::uint64_t> position, std::uint64_t slot, bool destroyed);
  bool is_destroyed(BytesView vault_key) const;
  void check_attachments();
  void check_powers();
  // Every value of a shelf that can be read; what cannot is found.
  void each(Shelf shelf, const std::function<bool(BytesView, BytesView)>& f) {
    store_.scan_past(shelf, {}, f, [&](const Gap& g) {
      const Error e = damage_of(shelf, g);
      find(std::nullopt, {}, e.code, e.message);
    });
  }

  const Store& store_;
  const VerifyOptions& options_;
  VerifyReport report_;
  const Suite* suite_ = nullptr;
  std::string origin_;
  std::optional<Policy> policy_;
  std::optional<WitnessTimes> times_;                  // of a policy with witnesses
  std::unique_ptr<KeyRing> keys_;
  std::unique_ptr<UnitIndex> index_;
  std::unique_ptr<Rules> rules_;
  std::unique_ptr<Frontier> tree_;
  std::vector<std::vector<Hash>> nodes_{64};           // complete subtrees, by level
  bool gap_ = false;                                   // a record is missing: no root beyond it

  std::uint64_t stored_ = 0;                           // one more than the last record's key says
  std::uint64_t next_ = 0;                             // position expected
  Instant last_{INT64_MIN};
  std::uint64_t last_index_ = 0;
  bool index_missing_found_ = false;
  std::optional<SubmissionThread> thread_;
  std::uint64_t submission_first_ = 0;
  tsl::robin_map<Id, std::uint64_t> ids_;              // flat: every record is looked up, all over memory
  Id middle_id_;                                       // of the record in the middle: about half of the ids are less
  std::map<Id, std::pair<std::uint64_t, Hash>> submissions_;
  std::map<Id, std::uint32_t> submission_counts_;
  std::vector<SignatureJob> jobs_;
  std::set<Bytes> attachments_;                        // SHA-256 of those that events name
  std::set<Bytes> sealed_;                             // keys in the vault of what events seal
  std::set<Bytes> destroyed_;                          // and of those whose keys were destroyed; "*": all of an event
  std::optional<Result<KeySlots>> slots_;              // none: not looked at
  bool slots_used_ = false;
  std::set<std::uint64_t> unread_;                     // positions of damaged events: what they seal is not known
};

}  // namespace ledger
