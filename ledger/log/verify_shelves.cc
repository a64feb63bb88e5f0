// What the records say, against every other shelf.
#include <algorithm>
#include <future>
#include <iterator>

#include "ledger/log/stored_tree.h"
#include "ledger/log/vault.h"
#include "ledger/log/verifier.h"
#include "ledger/merkle/note.h"
#include "ledger/merkle/policy.h"
#include "ledger/text/encoding.h"

namespace ledger {
namespace {

constexpr std::size_t kIdsAlone = 100'000;   // fewer are checked sooner than a thread is made

Finding finding_of(const Error& e) { return {std::nullopt, {}, e.code, e.message}; }

}  // namespace

void Verifier::check_tiles() {
  std::set<Bytes> seen;
  each(Shelf::tiles, [&](BytesView k, BytesView v) {
    seen.emplace(k);
    const auto level = static_cast<std::size_t>(k.empty() ? 0 : static_cast<unsigned char>(k[0]));
    const std::uint64_t index = k.size() == 9 ? read_be(k.substr(1)) : UINT64_MAX;
    const bool exists = k.size() == 9 && level < 8 && index < nodes_[level * 8].size() / kTileHashes;
    const std::string name = "tile " + std::to_string(level) + "/" + std::to_string(index);
    if (!exists) return find(std::nullopt, {}, "tile-foreign", name + " does not belong to a tree of this size"), true;
    Bytes expected;
    for (std::size_t i = 0; i < kTileHashes; ++i) expected += nodes_[level * 8][index * kTileHashes + i].view();
    if (expected != v) find(index << (8 * (level + 1)), {}, "tile-differs", name + " is not what the records hash to");
    return true;
  });
  for (int level = 0; level < 8; ++level)
    for (std::uint64_t i = 0; i < nodes_[static_cast<std::size_t>(level) * 8].size() / kTileHashes; ++i)
      if (!seen.count(tile_key({level, i})))
        find(std::nullopt, {}, "tile-missing", "tile " + std::to_string(level) + "/" + std::to_string(i) + " is missing");
}

Verifier::IdsChecked Verifier::check_ids(const Bytes& from, const Bytes& end) const {
  IdsChecked out;
  auto gap = [&](const Gap& g) { out.findings.push_back(finding_of(damage_of(Shelf::ids, g))); };
  store_.scan_past(Shelf::ids, from, [&](BytesView k, BytesView v) {
    if (!end.empty() && k >= end) return false;
    auto it = ids_.find(Id::from(k));
    const bool known = k.size() == 16 && it != ids_.end();
    out.known += known;
    if (!known) out.findings.push_back({std::nullopt, Id::from(k), "id-index-foreign", "the id index names an event that is not there"});
    else if (v != position_key(it->second)) out.findings.push_back({it->second, it->first, "id-index-differs", "the id index points elsewhere"});
    return true;
  }, gap);
  return out;
}

// Large ones in two halves at once.
std::vector<Finding> Verifier::check_ids() const {
  const Bytes middle(ids_.size() < kIdsAlone ? BytesView() : middle_id_.view());
  auto upper = std::async(middle.empty() ? std::launch::deferred : std::launch::async,
                          [&] { return middle.empty() ? IdsChecked() : check_ids(middle, {}); });
  auto [out, known] = check_ids({}, middle);
  auto above = upper.get();
  std::move(above.findings.begin(), above.findings.end(), std::back_inserter(out));
  if (known + above.known == ids_.size()) return out;
  for (auto& [id, position] : ids_) {
    auto stored = store_.get(Shelf::ids, id.view());
    if (stored && !*stored) out.push_back({position, id, "id-index-missing", "the id index lacks this event"});
  }
  return out;
}

void Verifier::check_submissions() {
  std::set<Id> seen;
  each(Shelf::submissions, [&](BytesView k, BytesView v) {
    const Id id = Id::from(k);
    auto it = submissions_.find(id);
    if (k.size() != 16 || it == submissions_.end())
      return find(std::nullopt, {}, "submission-index-foreign", "the index of submissions names one that is not there"), true;
    seen.insert(id);
    Bytes expected = position_key(it->second.first);
    append_be(expected, submission_counts_[id], 4);
    expected += it->second.second.view();
    if (expected != v) find(it->second.first, {}, "submission-index-differs", "the index of submissions says something else");
    return true;
  });
  for (auto& [id, place] : submissions_)
    if (!seen.count(id)) find(place.first, {}, "submission-index-differs", "the index of submissions lacks this one");
}

void Verifier::check_checkpoint(std::string_view text, std::optional<std::uint64_t> key) {
  auto note = parse_note(text);
  auto head = note ? parse_checkpoint(note->text) : tl::unexpected<Error>(note.error());
  if (!head) return find(std::nullopt, {}, "checkpoint-malformed", head.error().message);
  const std::string name = "the checkpoint over " + std::to_string(head->size) + " records ";
  if (key && *key != head->size) find(std::nullopt, {}, "checkpoint-malformed", name + "is stored under " + std::to_string(*key));
  if (auto ok = verify_note(*note, keys_->operators(origin_)); !ok) find(std::nullopt, {}, "checkpoint-unsigned", name + "is not signed by an operator key of this ledger");
  if (head->origin != origin_) return find(std::nullopt, {}, "checkpoint-mismatch", name + "is of another log: " + head->origin);
  if (head->size > tree_->size()) return find(std::nullopt, {}, "checkpoint-beyond", name + "covers more than the " + std::to_string(tree_->size()) + " that are there");
  if (root_at(head->size) != head->root) find(std::nullopt, {}, "checkpoint-mismatch", name + "is of another history: its root is not that of these records");
}

void Verifier::check_checkpoints() {
  each(Shelf::checkpoints, [&](BytesView k, BytesView v) {
    ++report_.checkpoints;
    check_checkpoint(v, k.size() == 8 ? read_be(k) : UINT64_MAX);
    return true;
  });
  if (report_.checkpoints == 0) find(std::nullopt, {}, "checkpoint-missing", "no checkpoint is stored");
  for (auto& c : options_.checkpoints) check_checkpoint(c, std::nullopt);
}

void Verifier::read_policy() {
  if (options_.policy.empty()) return;
  auto policy = parse_policy(options_.policy);
  if (!policy) return find(std::nullopt, {}, policy.error().code, policy.error().message);
  policy_ = std::move(*policy);
  if (policy_->witnesses.empty()) return;
  times_.emplace(*policy_);
  auto take = [&](BytesView note) {
    if (auto ok = times_->add(note); !ok) find(std::nullopt, {}, ok.error().code, ok.error().message);
    return true;
  };
  store_.scan_past(Shelf::checkpoints, {}, [&](BytesView, BytesView note) { return take(note); }, [](const Gap&) {});   // check_checkpoints tells them
  for (auto& note : options_.checkpoints) take(note);
  times_->finish();
}

// Witnesses bound admission times: a clock set back or forward is found by them.
void Verifier::check_witnessed(const Read& r) {
  if (!times_) return;
  const auto bounds = times_->at(r.key);
  const Instant admitted = r.record->admitted;
  if (admitted >= bounds.from && admitted <= bounds.to) return;
  const bool early = admitted < bounds.from;
  const Instant seen{early ? bounds.from.ms + kWitnessedToleranceMs : bounds.to.ms - kWitnessedToleranceMs};
  find(r.key, r.event ? r.event->header.id : Id(), "admission-time-unwitnessed",
       "admitted at " + format_instant(admitted) + (early ? ", but a checkpoint without it was cosigned at " : ", but a checkpoint with it was cosigned at ") +
           format_instant(seen));
}

// The log that the policy trusts must be this one: its key signed the newest checkpoint.
void Verifier::check_policy() {
  if (!policy_) return;
  auto newest = store_.last(Shelf::checkpoints);
  auto note = newest && *newest ? parse_note((*newest)->second) : tl::unexpected<Error>(Error{});
  if (!note || !verify_note(*note, policy_->logs))
    find(std::nullopt, {}, "policy-mismatch", "the newest checkpoint is not signed by the log that the policy trusts");
  check_quorum();
}

// Later checkpoints may still wait for their witnesses; the newest that has any must have enough.
void Verifier::check_quorum() {
  if (policy_->quorum.empty()) return;
  const std::string newest = times_ ? times_->newest() : std::string();
  if (newest.empty()) return find(std::nullopt, {}, "quorum-missing", "no checkpoint is cosigned by a witness of the policy");
  const auto trusted = check_note(*policy_, newest);
  if (!trusted || !trusted->quorum)
    find(std::nullopt, {}, "quorum-missing", "the newest cosigned checkpoint lacks the policy's quorum " + policy_->quorum);
}

void Verifier::check_vault() {
  std::size_t met = 0;
  each(Shelf::vault, [&](BytesView k, BytesView v) {
    const std::uint64_t position = k.size() > 8 ? read_be(k.substr(0, 8)) : UINT64_MAX;
    const bool sealed = sealed_.count(Bytes(k)) != 0;
    met += sealed;
    const bool named = sealed || unread_.count(position) != 0;
    if (!is_whole_sealed(*suite_, v) || position >= next_ || !named) find(position, {}, "vault-damaged", "a sealed value is damaged or belongs to no sealed field");
    else check_slot(position, read_be(v.substr(0, 8)), is_destroyed(k));
    return true;
  });
  if (met == sealed_.size()) return;
  for (auto& k : sealed_)
    if (auto stored = store_.get(Shelf::vault, k); stored && !*stored) find(read_be(k.substr(0, 8)), {}, "sealed-missing", "the sealed value of the field " + k.substr(8) + " is missing");
}

// What the key file says as a whole, once.
void Verifier::check_key_file() {
  if (slots_ && !*slots_) {
    report_.slots_closed = slots_->error().code == "vault-closed";   // it is the office's alone
    if (!report_.slots_closed) find(std::nullopt, {}, slots_->error().code, slots_->error().message);
    slots_.reset();
  } else if (slots_ && !(*slots_)->begins_well()) {
    find(std::nullopt, {}, "vault-damaged", "the key file of sealed values does not begin as one");
  }
}

// Of each sealed value and attachment: its key is there and whole; that of a destroyed one is erased.
void Verifier::check_slot(std::optional<std::uint64_t> position, std::uint64_t slot, bool destroyed) {
  if (std::exchange(slots_used_, true) == false) check_key_file();
  if (!slots_) return;
  const auto state = (*slots_)->at(slot);
  const std::string name = "the key slot " + std::to_string(slot) + " of a sealed value ";
  if (state == SlotState::missing) return find(position, {}, "vault-damaged", name + "is missing: the key file is cut");
  if (state == SlotState::damaged) return find(position, {}, "vault-damaged", name + "is damaged");
  if (destroyed && state == SlotState::live) return find(position, {}, "key-not-destroyed", name + "is still there, though its destruction is recorded");
  if (!destroyed && state == SlotState::erased) find(position, {}, "key-erased", name + "is erased, and no record destroyed it");
}

bool Verifier::is_destroyed(BytesView key) const {
  return destroyed_.count(Bytes(key)) != 0 || destroyed_.count(Bytes(key.substr(0, 8)) + "*") != 0;
}

// Encrypted under keys outside the store: here, that each is whole and that some event names it.
void Verifier::check_attachments() {
  each(Shelf::attachments, [&](BytesView k, BytesView v) {
    const bool named = attachments_.count(Bytes(k)) != 0;
    report_.attachments_present += named;
    if (!is_whole_sealed(*suite_, v)) find(std::nullopt, {}, "attachment-damaged", "the stored attachment " + hex(k) + " is damaged");
    else if (named) check_slot(std::nullopt, read_be(v.substr(0, 8)), false);
    if (!named) find(std::nullopt, {}, "attachment-foreign", "a stored attachment that no event names: " + hex(k));
    return true;
  });
  report_.attachments_absent = attachments_.size() - report_.attachments_present;
}

void Verifier::check_powers() {
  std::map<std::string, std::set<Role>> powers;
  for (auto* k : keys_->sorted())
    for (auto& g : k->grants)
      if (!k->revoked && !g.ended && (g.role == Role::operator_ || g.role == Role::registrar || g.role == Role::auditAdmin))
        powers[k->holder->owner].insert(g.role);
  for (auto& [owner, held] : powers)
    if (held.size() > 1) report_.shared_powers.push_back(owner);
}

}  // namespace ledger
