// Group commit: the queue, its leader, and the one synced write.
#include <condition_variable>

#include "ledger/log/history.h"
#include "ledger/log/ledger.h"
#include "ledger/schema/draft.h"
#include "ledger/text/encoding.h"

namespace ledger {
namespace {

constexpr std::size_t kGroupSubmissionsMax = 256;     // bounds the wait of the first in a group
constexpr std::size_t kGroupEventsMax = 100'000;      // and its memory
constexpr std::size_t kGroupBytesMax = kSubmissionBytesMax;   // likewise; what is larger with its attachments is a group of its own
constexpr int kTurnsMax = 16;                         // bounds the wait of a caller that leads others' groups
constexpr std::int64_t kClockToleranceMs = 60'000;    // a clock further behind the log is wrong

Refusal whole(Error e) { return {Refusal::kWhole, {}, std::nullopt, std::move(e)}; }

// Results are recomputed from the whole log, so what came before them must be in the store.
bool reads_the_log(const Prepared& p) {
  for (auto& e : p.events)
    if (e.header.type == EventType::ResultPublished) return true;
  return false;
}

bool is_index(const Prepared& p) { return p.events.size() == 1 && p.events[0].header.type == EventType::IndexCommitted; }

}  // namespace

struct Ledger::Waiter {
  std::unique_ptr<Prepared> prepared;   // null: an index is asked for
  std::optional<Instant> at;
  std::optional<Outcome> outcome;
  std::size_t events = 1, bytes = 0;

  Waiter(std::unique_ptr<Prepared> p, std::optional<Instant> t) : prepared(std::move(p)), at(t) {
    if (!prepared) return;
    events = prepared->events.size(), bytes = count_bytes(prepared->raw.events);
    for (auto& a : prepared->raw.attachments) bytes += a.size();
  }
};

// Those who are judged in one go and wait for one synced write.
struct Ledger::Group {
  std::vector<Waiter*> waiters;
  std::size_t events = 0, bytes = 0;
  bool done = false;                    // each has its outcome
  std::condition_variable woken;        // done, or to lead
};

Outcome Ledger::submit(Submission submission, std::optional<Instant> at) {
  auto prepared = prepare(suite_, std::move(submission));
  if (!prepared) return prepared.error();
  {
    std::shared_lock lock(keys_mutex_);
    if (const Key* key = keys_.find((*prepared)->header.key_id)) {
      auto parsed = key->parsed;
      lock.unlock();
      (*prepared)->signature_good = parsed->verify((*prepared)->message, (*prepared)->raw.signature);
    }
  }
  Waiter waiter(std::move(*prepared), at);
  return wait(waiter);
}

Outcome Ledger::ensure_index(std::optional<Instant> at) {
  Waiter waiter(nullptr, at);
  return wait(waiter);
}

Outcome Ledger::wait(Waiter& waiter) {
  std::unique_lock lock(queue_mutex_);
  const auto group = join(waiter);
  while (!group->done) {
    group->woken.wait(lock, [&] { return group->done || !leading_; });
    if (!group->done) lead(lock);
  }
  return std::move(*waiter.outcome);
}

// The last group of the queue, or a new one where that is full.
std::shared_ptr<Ledger::Group> Ledger::join(Waiter& waiter) {
  auto has_room = [&](const Group& g) {
    return g.waiters.size() < kGroupSubmissionsMax && g.events + waiter.events <= kGroupEventsMax && g.bytes + waiter.bytes <= kGroupBytesMax;
  };
  if (queue_.empty() || !has_room(*queue_.back())) queue_.push_back(std::make_shared<Group>());
  Group& group = *queue_.back();
  group.waiters.push_back(&waiter);
  group.events += waiter.events, group.bytes += waiter.bytes;
  return queue_.back();
}

// Leads groups until nobody waits or its turns are over; then one of the next group leads on.
void Ledger::lead(std::unique_lock<std::mutex>& lock) {
  leading_ = true;
  for (int turn = 0; turn < kTurnsMax && !queue_.empty(); ++turn) {
    const auto group = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    process(group->waiters);
    lock.lock();
    group->done = true;
    group->woken.notify_all();
  }
  leading_ = false;
  if (!queue_.empty()) queue_.front()->woken.notify_one();
}

void Ledger::process(const std::vector<Waiter*>& group) {
  for (auto* w : group) {
    if (poison_) w->outcome = Unknown{*poison_};
    else judge(*w);
  }
  if (!poison_) (void)flush();
}

Result<Instant> Ledger::admission_time(std::optional<Instant> at) const {
  if (at && !genesis_.demonstration) return refuse("at-not-allowed", "only a demonstration ledger takes admission times from outside");
  if (at && *at < last_) return refuse("at-goes-back", "admission times never go back: the last record was admitted at " + format_instant(last_));
  if (at) return *at;
  const Instant now = options_.clock();
  if (!genesis_.demonstration && now.ms < last_.ms - kClockToleranceMs)
    return refuse("clock-behind", "this machine's clock is behind the last record (" + format_instant(last_) + "): set it");
  return std::max(now, last_);
}

// Between submissions, an index once enough records have come since the last: right after the one that
// made it due, so that a refusal adds nothing. What kept it from being appended: as an outcome.
std::optional<Outcome> Ledger::append_due_index(Instant now) {
  if (tree_.size() - last_index_ < kIndexEvery) return std::nullopt;
  Waiter index(nullptr, std::nullopt);
  append_index(index, now);
  if (index.outcome) return std::move(index.outcome);
  group_waiters_.pop_back();   // nobody waits for it
  return std::nullopt;
}

void Ledger::judge(Waiter& w) {
  // First of all: a retry gets its first receipt, whatever the time and the keys are by now.
  if (w.prepared)
    if (auto known = known_submission(*w.prepared)) {
      w.outcome = std::move(*known);
      return;
    }
  auto now = admission_time(w.at);
  if (!now) {
    w.outcome = now.error().code == "clock-behind" ? Outcome(Unknown{now.error()}) : Outcome(whole(now.error()));
    return;
  }
  if (!w.prepared) {
    if (last_index_ == tree_.size()) w.outcome = Receipt{{}, tree_.size(), {}, newest_checkpoint_, true};
    else append_index(w, *now);
    return;
  }
  if (reads_the_log(*w.prepared) && !flush()) {
    w.outcome = Unknown{*poison_};
    return;
  }
  if (!is_index(*w.prepared)) w.outcome = append_due_index(*now);   // left over by an earlier version
  if (w.outcome) return;
  admit(w, *now);
  if (!w.outcome) (void)append_due_index(*now);                     // if not now, before the next
}

// Those of the submission's event ids that stored records have; of older ones the store says it, asked on all cores.
Result<std::unordered_set<Id>> Ledger::stored_ids(const Prepared& p) {
  std::unordered_set<Id> out;
  std::vector<Id> older;
  for (auto& e : p.events) {
    const auto has = newest_ids_.has(e.header.id);
    if (!has) older.push_back(e.header.id);
    else if (*has) out.insert(e.header.id);
  }
  std::vector<Result<std::optional<Bytes>>> found(older.size(), std::optional<Bytes>());
  parallel_for(older.size(), [&](std::size_t i) { found[i] = store_->get(Shelf::ids, older[i].view()); });
  for (std::size_t i = 0; i < found.size(); ++i)
    if (LEDGER_TRY(std::move(found[i]))) out.insert(older[i]);
  return out;
}

void Ledger::admit(Waiter& w, Instant now) {
  auto stored = stored_ids(*w.prepared);
  if (!stored) {
    w.outcome = Unknown{stored.error()};
    return;
  }
  auto taken = [&](const Id& id) { return group_ids_.count(id) != 0 || stored->count(id) != 0; };
  const std::size_t before = pending_.size();
  tl::expected<void, Refusal> judged;
  {
    std::unique_lock lock(keys_mutex_);
    Admission admission(suite_, Folds{keys_, index_, *rules_}, *history_);
    judged = admission.judge(*w.prepared, tree_.size(), now, taken, pending_);
    if (judged) Folds{keys_, index_, *rules_}.commit();
  }
  if (!judged) {
    w.outcome = judged.error();
    return;
  }
  last_ = now;
  if (auto ok = take(*w.prepared, before); !ok) {
    poison_ = ok.error();
    w.outcome = Unknown{*poison_};
    return;
  }
  group_waiters_.emplace_back(&w, w.prepared->header.submission_id);
  group_.push_back(std::move(w.prepared));
}

// The first receipt of a submission that is there already, by the same bytes; else `submission-id-reused`.
std::optional<Outcome> Ledger::known_submission(const Prepared& p) {
  const Id& id = p.header.submission_id;
  if (newest_submissions_.has(id) == false) return std::nullopt;   // true or none: the store says which
  if (group_submissions_.count(id) != 0 && !flush()) return Unknown{*poison_};
  auto entry = store_->get(Shelf::submissions, id.view());
  if (!entry) return Unknown{entry.error()};
  if (!*entry) return std::nullopt;
  const BytesView value(**entry);
  if (value.substr(12) != p.hash.view())
    return Outcome(whole({"submission-id-reused", "", "another submission has this id: sign anew with a new id"}));
  auto receipt = make_receipt(read_be(value.substr(0, 8)), static_cast<std::uint32_t>(read_be(value.substr(8, 4))), id);
  if (!receipt) return Unknown{receipt.error()};
  receipt->again = true;
  return Outcome(std::move(*receipt));
}

// Admits an index over the records so far, signed by the operator, as what `w` waits for.
void Ledger::append_index(Waiter& w, Instant now) {
  const auto roots = index_.roots(keys_);
  DraftContext context{suite_, genesis_.ledger_id, *options_.random, now, {}};
  std::vector<Error> faults;
  auto draft = read_draft({{"type", "IndexCommitted"}, {"on", format_date(local_date(now))},
                           {"data", {{"headSize", tree_.size()}, {"unitsRoot", hex(roots.units.view())}, {"units", roots.unit_count},
                                     {"keysRoot", hex(roots.keys.view())}, {"keys", roots.key_count}}}}, context, faults);
  if (!draft) {
    w.outcome = whole(faults.front());
    return;
  }
  auto prepared = prepare(suite_, sign_submission(suite_, genesis_.ledger_id, *options_.operator_key, {draft->event},
                                                  make_uuid7(now, *options_.random), now));
  if (!prepared) {
    w.outcome = prepared.error();
    return;
  }
  w.prepared = std::move(*prepared);
  admit(w, now);
}

Status Ledger::seal_values(const Prepared& p, std::size_t first) {
  for (std::size_t i = 0; i < p.events.size(); ++i)
    for (auto& o : p.raw.events[i].opened) {
      if (!options_.vault) return refuse("vault-missing", "sealed values need the vault's key file");
      auto sealed = LEDGER_TRY(options_.vault->seal(o.salt + o.value));
      Bytes value;
      append_be(value, sealed.slot, 8);
      value += sealed.value;
      value += suite_.hash(value).view();
      batch_.push_back({Shelf::vault, position_key(pending_[first + i]->event.position) + o.field, std::move(value)});
    }
  for (auto& bytes : p.raw.attachments) {
    if (!options_.vault) return refuse("vault-missing", "attachments need the vault's key file");
    auto sealed = LEDGER_TRY(options_.vault->seal(bytes));
    Bytes value;
    append_be(value, sealed.slot, 8);
    value += sealed.value;
    value += suite_.hash(value).view();
    batch_.push_back({Shelf::attachments, Bytes(sha256(bytes).view()), std::move(value)});
  }
  return {};
}

// Takes an admitted submission into the group: its writes, its leaves, its ids.
Status Ledger::take(const Prepared& p, std::size_t first) {
  const std::uint64_t first_position = tree_.size();
  for (std::size_t i = 0; i < p.events.size(); ++i) {
    Admitted& a = *pending_[first + i];
    auto& raw = p.raw.events[i];
    const Bytes key = position_key(a.event.position);
    batch_.push_back({Shelf::records, key, std::move(a.record)});
    batch_.push_back({Shelf::bodies, key, raw.salt + raw.body});
    batch_.push_back({Shelf::ids, Bytes(a.event.id.view()), key});
    group_ids_.insert(a.event.id);
    newest_ids_.add(a.event.id);
    tree_.append(a.leaf, [&](const TileId& t, Bytes bytes) {
      batch_.push_back({Shelf::tiles, tile_key(t), bytes});
      group_tiles_[{t.level, t.index}] = std::move(bytes);
    });
    if (a.event.type == EventType::IndexCommitted) last_index_ = a.event.position + 1;
    if (a.event.type == EventType::PersonalDataKeyDestroyed) {
      auto x = a.event.as<PersonalDataKeyDestroyed>();
      destroyed_.push_back({x.target(), std::string(x.field())});
    }
  }
  const auto count = static_cast<std::uint32_t>(p.events.size());
  Bytes entry = position_key(first_position);
  append_be(entry, count, 4);
  batch_.push_back({Shelf::submissions, Bytes(p.header.submission_id.view()), entry + Bytes(p.hash.view())});
  group_submissions_[p.header.submission_id] = {first_position, count};
  newest_submissions_.add(p.header.submission_id);
  return seal_values(p, first);
}

// The commit point. Whatever fails here leaves the group's fate unknown, and stops the writer.
Status Ledger::flush() {
  if (pending_.empty()) return {};
  if (!checkpoint_stored_) batch_.push_back({Shelf::checkpoints, position_key(committed_), newest_checkpoint_});
  Status written = options_.vault ? options_.vault->sync() : Status();
  if (written) written = store_->write(batch_, true);
  if (written) {
    committed_ = tree_.size();
    newest_checkpoint_ = sign_checkpoint();
    checkpoint_stored_ = false;
    for (auto& d : destroyed_)
      if (auto erased = erase(d); !erased) written = erased;
  }
  if (!written) poison_ = written.error();
  for (auto& [w, submission] : group_waiters_) {
    auto [first, count] = group_submissions_[submission];
    auto receipt = poison_ ? Result<Receipt>(tl::unexpected<Error>(*poison_)) : make_receipt(first, count, submission);
    w->outcome = receipt ? Outcome(std::move(*receipt)) : Outcome(Unknown{receipt.error()});
  }
  batch_.clear(), pending_.clear(), group_.clear(), group_waiters_.clear();
  group_submissions_.clear(), group_ids_.clear(), group_tiles_.clear(), destroyed_.clear();
  return poison_ ? Status(tl::unexpected<Error>(*poison_)) : Status();
}

Result<Receipt> Ledger::make_receipt(std::uint64_t first, std::uint32_t count, const Id& submission) {
  Receipt r{submission, first, {}, newest_checkpoint_, false};
  r.events.reserve(count);
  for (std::uint64_t p = first; p < first + count; ++p) {
    ReceiptEvent e{{}, p, {}, {}};
    const std::size_t i = p - (committed_ - pending_.size());
    if (p >= committed_ - pending_.size() && i < pending_.size()) {
      e.id = pending_[i]->event.id, e.leaf = pending_[i]->leaf;
    } else {
      auto bytes = LEDGER_TRY(store_->get(Shelf::records, position_key(p)));
      if (!bytes) return refuse("storage-damaged", "a record of the submission is missing; run pufa verify");
      e.id = LEDGER_TRY(decode_header(LEDGER_TRY(decode_record(*bytes)).header)).id;
      e.leaf = leaf_hash(suite_, *bytes);
    }
    if (options_.proofs) e.proof = LEDGER_TRY(tree_.inclusion(p, committed_));
    r.events.push_back(std::move(e));
  }
  return r;
}

}  // namespace ledger
