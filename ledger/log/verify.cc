#include "ledger/log/verify.h"

#include <atomic>
#include <future>
#include <mutex>
#include <semaphore>
#include <thread>

#include "ledger/log/replay.h"
#include "ledger/log/verifier.h"
#include "ledger/text/encoding.h"

namespace ledger {
namespace {

constexpr std::size_t kBlockRecords = 2'048;   // read, decoded on all cores, then judged in order
constexpr std::uint64_t kRecordsExpectedMax = 1 << 24;   // room made at once: the last key may be damaged

}  // namespace

Status Verifier::begin() {
  auto genesis = LEDGER_TRY(read_genesis(store_));
  suite_ = genesis.suite, origin_ = genesis.origin;
  keys_ = std::make_unique<KeyRing>(*suite_);
  index_ = std::make_unique<UnitIndex>(*suite_);
  rules_ = options_.rules(*suite_);
  tree_ = std::make_unique<Frontier>(*suite_);
  thread_.emplace(*suite_);
  // Now: a writer may go on meanwhile, and erase keys.
  if (!options_.vault_keys.empty()) slots_ = KeySlots::read(options_.vault_keys, *suite_);
  read_policy();
  return {};
}

Status Verifier::scan(std::uint64_t first, std::uint64_t last, const std::function<bool(const Event&)>& f) const {
  if (first == 0) {
    Replay replay(store_, *suite_);
    return replay.run(last, [&](const Event& e, BytesView) -> Result<bool> { return f(e); });
  }
  return read_events(store_, first, last, [&](const Event& e, BytesView) { return f(e); });
}

BlockReader::BlockReader(const Store& store) {
  auto damages_in = [this](Shelf shelf) { return [this, shelf](const Gap& g) { damages_.push_back(damage_of(shelf, g)); }; };
  records_ = store.seek_past(Shelf::records, {}, damages_in(Shelf::records));
  bodies_ = store.seek_past(Shelf::bodies, {}, damages_in(Shelf::bodies));
}

void BlockReader::read(Block& block) {
  block.room.resize(kBlockRecords);
  block.count = 0;
  for (; records_->valid() && block.count < kBlockRecords; records_->next()) take_record(block);
  block.last = !records_->valid();
  if (block.last) skip_bodies(block, UINT64_MAX);
  block.faults = std::exchange(damages_, {});
}

void BlockReader::take_record(Block& block) {
  if (records_->key().size() != 8) return damages_.push_back({"record-foreign", "", "the records shelf holds a key that is no position"});
  Read& r = block.room[block.count++];
  r.key = read_be(records_->key());
  r.record_bytes.assign(records_->value());
  r.record.reset(), r.event.reset(), r.faults.clear();
  skip_bodies(block, r.key);
  r.has_body = bodies_->valid() && bodies_->key() == records_->key();
  if (r.has_body) r.body_bytes.assign(bodies_->value()), bodies_->next();
}

// Those of records that are missing, which is found when the next is judged; behind the last record, of none.
void BlockReader::skip_bodies(Block& block, std::uint64_t below) {
  const bool behind_last = block.last;
  for (; bodies_->valid(); bodies_->next()) {
    const BytesView key = bodies_->key();
    if (!behind_last && key.size() == 8 && read_be(key) >= below) return;
    if (behind_last || key.size() != 8) damages_.push_back({"body-foreign", "", "a body belongs to no record"});
  }
}

// Names of the sealed fields that the event sets: they may have places in the vault.
std::vector<std::string> sealed_fields(const PreparedEvent& e) {
  std::vector<std::string> out;
  auto take = [&](const std::vector<Field>& fields, const Struct& in) {
    for (auto& f : fields)
      if (f.kind == Kind::sealed && !in.is_absent(f.offset)) out.push_back(f.name);
  };
  take(type_of(e.header.type).fields, e.body.payload());
  take(common_fields(), e.body.root());
  return out;
}

// What needs no other record: canonical form, shape, commitment, hashes.
void Verifier::decode(Read& r) const {
  r.leaf = leaf_hash(*suite_, r.record_bytes);
  if (r.record_bytes.size() > kRecordBytesMax) r.faults.push_back({"event-too-large", "", "the record is over 65,535 bytes"});
  auto record = decode_record(r.record_bytes);
  if (!record) return r.faults.push_back(record.error());
  r.record = std::move(*record);
  r.header_leaf = leaf_hash(*suite_, r.record->header);
  const BytesView body(r.body_bytes);
  if (!r.has_body || body.size() < kSaltBytes) return r.faults.push_back({"body-missing", "", "the record's body is missing"});
  auto event = prepare_event(*suite_, r.record->header, body.substr(0, kSaltBytes), body.substr(kSaltBytes));
  if (!event) return r.faults.push_back(event.error());
  r.event = std::move(*event);
  r.sealed = sealed_fields(*r.event);
  r.has_attachments = !attachments_of(r.event->body).empty();
}

// Several blocks are under way: workers take turns at reading, each decodes what it read, and the caller judges in
// order. Reading and decoding touch nothing that judging does.
class Verifier::Pipeline {
 public:
  explicit Pipeline(const Verifier& v, std::size_t cores = std::max(1u, std::thread::hardware_concurrency()))
      : verifier_(v), reader_(v.store_), places_(cores + 4) {   // one with each worker, one judged, some between
    for (std::size_t i = 0; i < cores; ++i) workers_.emplace_back([this] { work(); });
  }
  ~Pipeline() {
    stopped_ = true;
    for (auto& p : places_) p.free.release();
  }

  void run(const std::function<void(Block&)>& judge) {
    for (std::size_t i = 0;; ++i) {
      Place& p = places_[i % places_.size()];
      p.decoded.acquire();
      judge(p.block);
      if (p.block.last) return;
      p.free.release();
    }
  }

 private:
  struct Place {
    Block block;
    std::counting_semaphore<2> free{1};
    std::binary_semaphore decoded{0};
  };

  void work() {
    while (Place* p = read_next()) {
      for (auto& r : p->block.records()) verifier_.decode(r);
      p->decoded.release();
    }
  }
  Place* read_next() {
    std::lock_guard turn(reading_);
    if (at_end_) return nullptr;
    Place& p = places_[next_++ % places_.size()];
    p.free.acquire();
    if (stopped_) return nullptr;
    reader_.read(p.block);
    at_end_ = p.block.last;
    return &p;
  }

  const Verifier& verifier_;
  std::mutex reading_;         // guards the three below
  BlockReader reader_;
  std::size_t next_ = 0;
  bool at_end_ = false;
  std::atomic<bool> stopped_{false};
  std::vector<Place> places_;
  std::vector<std::jthread> workers_;   // last: joined first
};

void Verifier::read_records() {
  stored_ = stored_size(store_).value_or(0);
  ids_.reserve(std::min(stored_, kRecordsExpectedMax));
  Pipeline(*this).run([&](Block& block) {
    judge(block);
    if (options_.progress && block.count > 0) options_.progress(next_, stored_);
  });
  if (thread_->lacks() != 0) close_submission(next_);
  report_.size = next_;
  report_.root = tree_->root();
}

void Verifier::judge(Block& block) {
  for (auto& f : block.faults) find(std::nullopt, {}, f.code, f.message);
  for (auto& r : block.records()) judge(r);
  check_signatures();
}

void Verifier::judge(Read& r) {
  if (r.key != next_) {
    find(next_, {}, "record-missing", "records " + std::to_string(next_) + " to " + std::to_string(r.key - 1) + " are missing");
    gap_ = true;
  }
  next_ = r.key + 1;
  const Id id = r.event ? r.event->header.id : Id();
  for (auto& e : r.faults) find(r.key, id, e);
  grow_tree(r);
  if (!r.record) return;
  if (r.record->position != r.key)
    find(r.key, id, "record-misplaced", "the record says that it stands at " + std::to_string(r.record->position));
  if (r.record->admitted < last_) find(r.key, id, "admission-time-back", "admitted before the record before it");
  last_ = std::max(last_, r.record->admitted);
  check_witnessed(r);
  if (r.record->rules_version != kRulesVersion) find(r.key, id, "rules-version-unknown", "unknown rules version");
  if (r.record->index == 0) open_submission(r);
  else follow_submission(r);
  if (!r.event) {
    unread_.insert(r.key);
    return;
  }
  note_kept(r);
  if (r.key == stored_ / 2) middle_id_ = id;
  if (!ids_.emplace(id, r.key).second) return find(r.key, id, "id-duplicate", "an earlier record has this id");
  if (r.key == 0) {
    judge_genesis(r);
    return index_->add(0, r.leaf, r.event->header.named);
  }
  const Event e{r.key, r.record->admitted, local_date(r.record->admitted), id, r.event->header.type, r.event->header.unit,
                r.event->header.on, &r.event->body, nullptr, thread_->header().submission_id, &r.event->header.named};
  judge_event(r, e);
  index_->add(r.key, r.leaf, r.event->header.named);
}

// What the event keeps beside the log.
void Verifier::note_kept(const Read& r) {
  for (auto& name : r.sealed) sealed_.insert(position_key(r.key) + name);
  if (!r.has_attachments) return;
  for (auto a : attachments_of(r.event->body)) attachments_.emplace(a.sha256());
}

void Verifier::note_destroyed(const Event& e) {
  if (e.type != EventType::PersonalDataKeyDestroyed) return;
  const auto d = e.as<PersonalDataKeyDestroyed>();
  const auto target = ids_.find(d.target());
  if (target != ids_.end()) destroyed_.insert(position_key(target->second) + Bytes(d.field()));
}

void Verifier::grow_tree(const Read& r) {
  if (gap_) return;
  tree_->add(r.leaf, [&](const Subtree& s, const Hash& h) { nodes_[static_cast<std::size_t>(s.level)].push_back(h); });
}

void Verifier::open_submission(const Read& r) {
  if (thread_->lacks() != 0) close_submission(r.key);
  ++report_.submissions;
  submission_first_ = r.key;
  if (auto ok = thread_->open(*r.record); !ok) return find(r.key, {}, ok.error());
  const SubmissionHeader& h = thread_->header();
  const Id id = r.event ? r.event->header.id : Id();
  check_index_due(r);
  if (!submissions_.emplace(h.submission_id, std::pair{r.key, thread_->hash()}).second)
    find(r.key, id, "submission-id-reused", "an earlier submission has this id");
  submission_counts_[h.submission_id] = h.count;
  const Id expected = r.key == 0 ? Id() : keys_->ledger_id();
  if (h.ledger_id != expected) find(r.key, id, "ledger-id-mismatch", "the submission was signed for another ledger");
  if (r.key > 0) {
    const Key* key = keys_->find(h.key_id);
    if (key == nullptr) find(r.key, id, "key-unknown", "the signing key is not enrolled at this position");
    else jobs_.push_back({r.key, id, key->parsed, thread_->message(), r.record->signature});
  }
  follow_submission(r);
}

void Verifier::follow_submission(const Read& r) {
  const Id id = r.event ? r.event->header.id : Id();
  if (auto ok = thread_->follow(*r.record, r.header_leaf); !ok) find(r.key, id, ok.error());
}

void Verifier::close_submission(std::uint64_t position) {
  find(position == 0 ? 0 : position - 1, {}, "submission-broken",
       "the submission at " + std::to_string(submission_first_) + " lacks " + std::to_string(thread_->lacks()) + " records");
}

void Verifier::judge_genesis(const Read& r) {
  rules_->begin();
  keys_->begin();
  auto ok = r.event->header.type == EventType::GenesisRecorded
                ? keys_->apply_genesis(r.event->body.as<GenesisRecorded>(), r.event->body.bytes())
                : Status(refuse("genesis-wrong", "record 0 is no genesis"));
  keys_->commit();
  rules_->commit();
  if (!ok) return find(0, r.event->header.id, ok.error());
  const Key* key = keys_->find(thread_->header().key_id);
  if (key == nullptr) return find(0, r.event->header.id, "key-unknown", "genesis is not signed by its own operator key");
  jobs_.push_back({0, r.event->header.id, key->parsed, signed_message(r.record->submission_header), r.record->signature});
  Signer signer{key->id, key->holder, role_bit(Role::operator_), {}};
  rules_->take({0, r.record->admitted, local_date(r.record->admitted), r.event->header.id, r.event->header.type, {},
                r.event->header.on, &r.event->body, &signer, thread_->header().submission_id, &r.event->header.named});
}

// The record judged as admission judges it, alone, so that one bad record does not hide the next.
void Verifier::judge_event(const Read& r, const Event& event) {
  Event e = event;
  std::optional<Signer> signer;   // lives as long as e, which points to it
  auto judged = [&]() -> Status {
    LEDGER_CHECK(keys_->check_key(thread_->header().key_id, e.admitted));
    signer = LEDGER_TRY(keys_->check_signer(thread_->header().key_id, e.type, e.unit, e.admitted_on));
    e.signer = &*signer;
    if (thread_->header().signed_at.ms > e.admitted.ms + 5 * 60'000)
      return refuse("signed-in-future", "signed over five minutes after its admission");
    LEDGER_CHECK(rules_->apply(e, *this));
    LEDGER_CHECK(keys_->apply(e));
    note_destroyed(e);
    if (e.type == EventType::IndexCommitted) {
      last_index_ = r.key + 1;
      index_missing_found_ = false;
    }
    return {};
  };
  Status ok;
  if (e.type == EventType::IndexCommitted) ok = index_->check(e.position, e.as<IndexCommitted>(), *keys_);
  rules_->begin(), keys_->begin();
  if (ok) ok = judged();
  if (ok) {
    rules_->commit(), keys_->commit();
    return;
  }
  rules_->roll_back(), keys_->roll_back();
  find(r.key, e.id, ok.error());
}

void Verifier::check_index_due(const Read& r) {
  const bool own = r.event && r.event->header.type == EventType::IndexCommitted;
  if (own || r.key < last_index_ + kIndexEvery || index_missing_found_) return;
  index_missing_found_ = true;
  find(r.key, {}, "index-missing", "no index over the last " + std::to_string(r.key - last_index_) + " records");
}

void Verifier::check_signatures() {
  parallel_for(jobs_.size(), [&](std::size_t i) { jobs_[i].good = jobs_[i].key->verify(jobs_[i].message, jobs_[i].signature); });
  for (auto& j : jobs_)
    if (!j.good) find(j.position, j.event, "bad-signature", "the submission's signature does not verify");
  jobs_.clear();
}

Result<VerifyReport> Verifier::run() {
  if (auto begun = begin(); !begun) {
    // Without its genesis a ledger has neither suite nor keys: nothing after it can be judged.
    const auto size = stored_size(store_);
    if (size && *size == 0) return tl::unexpected<Error>(begun.error());
    report_.size = size.value_or(0);
    find(0, {}, "genesis-wrong", "record 0 is missing or damaged: nothing else can be judged without it");
    return std::move(report_);
  }
  read_records();
  auto of_ids = std::async(std::launch::async, [&] { return check_ids(); });   // the largest of the other shelves
  check_tiles();
  check_submissions();
  check_checkpoints();
  check_policy();
  check_vault();
  check_attachments();
  check_powers();
  for (auto& f : of_ids.get()) report_.findings.push_back(std::move(f));
  return std::move(report_);
}

Result<VerifyReport> verify(const Store& store, const VerifyOptions& options) {
  return Verifier(store, options).run();
}

}  // namespace ledger
