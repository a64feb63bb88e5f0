#include "ledger/evidence/check.h"

#include <algorithm>
#include <map>
#include <set>

#include "ledger/core/admission.h"
#include "ledger/core/keyring.h"
#include "ledger/core/unit_index.h"
#include "ledger/text/encoding.h"

namespace ledger {
namespace {

constexpr const char* kLevels[] = {"parsed", "included", "witnessed", "purpose", "signed", "entitled", "body", "complete", "scored"};

bool is_identity(EventType t) {
  return t == EventType::KeyEnrolled || t == EventType::KeyRevoked || t == EventType::RoleGranted || t == EventType::RoleRevoked;
}

// Bodies that the check itself reads, so that they must be there.
bool needs_body(EventType t) { return is_identity(t) || t == EventType::GenesisRecorded || t == EventType::IndexCommitted; }

class Checker {
 public:
  Checker(const Evidence& e, const Policy& p) : evidence_(e), policy_(p) {}

  EvidenceReport run() {
    (void)check_all();
    return std::move(report_);
  }

 private:
  bool fail(Level level, std::optional<std::uint64_t> position, Error e) {
    report_.failure = LevelFailure{level, position, std::move(e)};
    return false;
  }
  bool fail(Level level, const Item& i, std::string code, std::string message) {
    return fail(level, i.record.position, {std::move(code), "", std::move(message)});
  }
  bool hold(Level level) {
    report_.holds.push_back(level);
    return true;
  }

  bool check_all() {
    return read_genesis() && hold(Level::parsed) && check_inclusion_of_all() && hold(Level::included) && check_witnesses() && check_purpose() &&
           hold(Level::purpose) && check_items() && check_keys() && check_index_follows() && hold(Level::signature) && hold(Level::entitled) && hold(Level::body) && check_complete() && check_secret();
  }

  bool read_genesis() {
    const Item& first = evidence_.items.front();
    auto body = first.body ? Body::parse(first.body->substr(kSaltBytes)) : tl::unexpected<Error>(Error{"body-missing", "", "the genesis has no body"});
    if (!body) return fail(Level::parsed, 0, body.error());
    auto genesis = genesis_of(*body);
    if (!genesis) return fail(Level::parsed, 0, genesis.error());
    report_.genesis = std::move(*genesis), suite_ = report_.genesis.suite;
    for (auto& i : evidence_.items)
      if (needs_body(i.header.type) && !i.body) return fail(Level::parsed, i, "body-missing", "the body of this record is needed and is not in the evidence");
    return true;
  }

  bool check_inclusion_of_all() {
    auto trusted = check_note(policy_, evidence_.checkpoint);
    if (!trusted) return fail(Level::included, std::nullopt, trusted.error());
    report_.trusted = std::move(*trusted);
    const Checkpoint& head = report_.trusted.checkpoint;
    for (auto& i : evidence_.items) {
      if (i.record.position >= head.size) return fail(Level::included, i, "not-included", "the record stands beyond the checkpoint");
      // Records without a path are counted by the sub-logs, whose roots an included index commits to.
      if (i.full && !check_inclusion(*suite_, i.record.position, head.size, leaf_hash(*suite_, i.bytes), i.path, head.root))
        return fail(Level::included, i, "not-included", "the record is not in the tree of the checkpoint");
    }
    return true;
  }

  bool check_witnesses() {
    if (!report_.trusted.quorum)
      return fail(Level::witnessed, std::nullopt, {"quorum-missing", "", "the checkpoint lacks the cosignatures that the policy's quorum asks for"});
    return policy_.quorum.empty() || hold(Level::witnessed);
  }

  bool check_purpose() {
    const Item& first = evidence_.items.front();
    const Body body = *Body::parse(first.body->substr(kSaltBytes));
    if (report_.genesis.origin != report_.trusted.checkpoint.origin)
      return fail(Level::purpose, first, "origin-differs", "the genesis names another origin than the checkpoint");
    if (poses_as_production(report_.genesis, body.as<GenesisRecorded>()))
      return fail(Level::purpose, first, "demonstration-key", "a ledger that says it is production is run with the demonstration's published keys");
    ring_.emplace(*suite_);
    ring_->begin();
    if (auto ok = ring_->apply_genesis(body.as<GenesisRecorded>(), body.bytes()); !ok) return fail(Level::purpose, 0, ok.error());
    ring_->commit();
    return true;
  }

  bool check_items() {
    for (auto& i : evidence_.items) {
      report_.items.push_back({&i, {}, std::nullopt});
      if (!i.full) continue;
      compare_keys(i.record.position);
      if (report_.failure || !check_submission(i) || !check_body(i, report_.items.back()) || !check_signer(i, report_.items.back())) return false;
    }
    compare_keys(UINT64_MAX);
    return !report_.failure;
  }

  // The record's submission: its header is signed, and covers the event's header.
  bool check_submission(const Item& i) {
    const Bytes message = signed_message(i.submission_bytes);
    auto broken = [&](const char* what) { return fail(Level::signature, i, "submission-broken", what); };
    if (submission_hash(*suite_, message, i.signature) != i.record.submission_hash) return broken("the record names another submission than the one shown");
    if (i.record.index == 0 && (i.record.submission_header != i.submission_bytes || i.record.signature != i.signature))
      return broken("the submission shown is not the one that the record holds");
    if (i.record.index != 0 && !(i.record.submission_header.empty() && i.record.signature.empty())) return broken("only a submission's first record holds its header");
    if (!check_inclusion(*suite_, i.record.index, i.submission.count, leaf_hash(*suite_, i.record.header), i.inner, i.submission.root))
      return broken("the submission's signature does not cover this event");
    const Id expected = i.record.position == 0 ? Id() : ring_->ledger_id();
    if (i.submission.ledger_id != expected) return fail(Level::signature, i, "ledger-id-mismatch", "the submission was signed for another ledger");
    const Key* key = ring_->find(i.submission.key_id);
    if (key == nullptr) return fail(Level::entitled, i, "key-unknown", "the signing key was not enrolled at this position");
    auto [seen, fresh] = verified_.emplace(i.record.submission_hash, false);
    if (fresh) seen->second = key->parsed->verify(message, i.signature);
    return seen->second || fail(Level::signature, i, "bad-signature", "the submission's signature does not verify");
  }

  bool check_body(const Item& i, CheckedItem& out) {
    if (!i.body) return true;
    auto event = prepare_event(*suite_, i.record.header, i.body->substr(0, kSaltBytes), i.body->substr(kSaltBytes));
    if (!event) return fail(Level::body, i.record.position, event.error());
    out.body = std::move(event->body);
    for (auto& v : i.opened)
      if (!check_opened(i, *out.body, v)) return fail(Level::body, i, "opened-differs", "the opened value of " + std::string(v.field) + " is not the one that the body commits to");
    return true;
  }

  bool check_opened(const Item& i, const Body& body, const OpenedValue& v) {
    auto find = [&](const std::vector<Field>& fields, const Struct& in) {
      const Field* f = find_field(fields, v.field);
      return f && f->kind == Kind::sealed && !in.is_absent(f->offset) &&
             in.get_data(f->offset) == sealed_commitment(*suite_, ring_->ledger_id(), i.header.id, v.field, v.salt, v.value).view();
    };
    return find(type_of(i.header.type).fields, body.payload()) || find(common_fields(), body.root());
  }

  bool check_signer(const Item& i, CheckedItem& out) {
    const auto day = local_date(i.record.admitted);
    if (i.record.position == 0) {
      const Key* key = ring_->find(i.submission.key_id);
      out.signer = {key->id, key->holder, role_bit(Role::operator_), {}};
      return ring_->holds(*key, Role::operator_, day) || fail(Level::entitled, i, "role-missing", "the genesis is not signed by its own operator key");
    }
    auto judged = [&]() -> Status {
      LEDGER_CHECK(ring_->check_key(i.submission.key_id, i.record.admitted));
      out.signer = LEDGER_TRY(ring_->check_signer(i.submission.key_id, i.header.type, i.header.unit, day));
      if (!is_identity(i.header.type)) return {};
      return ring_->apply({i.record.position, i.record.admitted, day, i.header.id, i.header.type, i.header.unit, i.header.on, &*out.body, &out.signer, i.submission.submission_id, &i.header.named});
    };
    ring_->begin();
    auto ok = judged();
    if (ok) ring_->commit();
    else ring_->roll_back();
    if (ok && i.header.type == EventType::KeyEnrolled)
      if (auto id = unhex(out.body->as<KeyEnrolled>().key_id())) enrolled_.emplace(KeyId::from(*id), i.record.position);
    return ok || fail(Level::entitled, i.record.position, ok.error());
  }

  // Once the items before the index are folded: are the keys there as the operator committed?
  void compare_keys(std::uint64_t next) {
    if (evidence_.keys.empty() || compared_ || next <= evidence_.keys[0].index) return;
    compared_ = true;
    for (auto& k : evidence_.keys) {
      auto id = unhex(member_of(k.entry, "key"));
      const Key* key = id && id->size() == 16 ? ring_->find(KeyId::from(*id)) : nullptr;
      if (key == nullptr || key_entry(*key) != k.entry) {
        fail(Level::entitled, k.index, {"standing-differs", "", "the key's standing by the records shown is not the one committed in the index: records were left out"});
        return;
      }
      standing_.insert(key->id);
    }
  }

  // Of canonical JSON whose first member it is.
  static std::string_view member_of(std::string_view json, std::string_view name) {
    const std::string head = "{\"" + std::string(name) + "\":\"";
    if (!json.starts_with(head)) return {};
    return json.substr(head.size(), json.find('"', head.size()) - head.size());
  }

  // Every signer's standing is committed to by one index, which stands among the items.
  bool check_keys() {
    if (evidence_.keys.empty()) return true;
    const std::uint64_t at = evidence_.keys[0].index;
    const CheckedItem* index = report_.find(at);
    if (index == nullptr || !index->body || index->item->header.type != EventType::IndexCommitted)
      return fail(Level::entitled, at, {"index-missing", "", "the index that the keys' standing cites is not among the records shown"});
    const auto x = index->body->as<IndexCommitted>();
    for (auto& k : evidence_.keys)
      if (k.index != at || !check_inclusion(*suite_, k.place, static_cast<std::uint64_t>(x.keys()), leaf_hash(*suite_, k.entry), k.path, Hash::from(x.keys_root())))
        return fail(Level::entitled, at, {"standing-differs", "", "a key's entry is not in the directory of the index"});
    for (auto& c : report_.items)
      if (c.item->full && !standing_.count(c.signer.key) && !enrolled_since(c.signer.key, at))
        return fail(Level::entitled, *c.item, "standing-missing", "the standing of this record's signer is not shown");
    report_.index = at;
    return true;
  }

  // A key enrolled after the index has no entry in it.
  bool enrolled_since(const KeyId& id, std::uint64_t index) const {
    const auto at = enrolled_.find(id);
    return at != enrolled_.end() && at->second > index;
  }

  // An honest ledger commits an index within so many records: without it a revocation could be left out.
  bool check_index_follows() {
    if (evidence_.kind == EvidenceKind::unit) return true;
    report_.later_index = report_.index && *report_.index > evidence_.subject;
    if (report_.later_index || report_.trusted.checkpoint.size <= evidence_.subject + kIndexEvery + kSubmissionEventsMax) return true;
    return fail(Level::entitled, evidence_.subject, {"index-missing", "", "no index after this record is shown, though the log must have one"});
  }

  bool check_complete() {
    if (evidence_.kind != EvidenceKind::unit) return true;
    const CheckedItem* index = report_.index ? report_.find(*report_.index) : nullptr;
    if (index == nullptr) return fail(Level::complete, std::nullopt, {"index-missing", "", "no index commits to the unit's records"});
    const auto x = index->body->as<IndexCommitted>();
    bool own = false;
    for (auto& s : evidence_.sub_logs) {
      const auto [count, root] = sub_log(s.unit);
      if (!check_inclusion(*suite_, s.place, static_cast<std::uint64_t>(x.units()), leaf_hash(*suite_, directory_entry(s.unit, count, root)), s.path, Hash::from(x.units_root())))
        return fail(Level::complete, *report_.index, {"records-left-out", "", "the records of " + std::string(s.unit) + " shown are not all that the index counts"});
      own |= s.unit == evidence_.unit;
      report_.complete.emplace_back(s.unit);
    }
    if (!own) return fail(Level::complete, std::nullopt, {"records-left-out", "", "the completeness of the unit's own records is not shown"});
    return check_covered() && hold(Level::complete);
  }

  // Count and root of a unit's sub-log at the index, from the records shown.
  std::pair<std::uint64_t, Hash> sub_log(std::string_view unit) const {
    Frontier tree(*suite_);
    for (auto& i : evidence_.items)
      if (i.record.position < *report_.index && std::find(i.header.named.begin(), i.header.named.end(), unit) != i.header.named.end())
        tree.add(leaf_hash(*suite_, sub_log_entry(i.record.position, leaf_hash(*suite_, i.bytes))));
    return {tree.size(), tree.root()};
  }

  // Records shown without their proof are in some complete sub-log, and of other years.
  bool check_covered() {
    for (auto& i : evidence_.items) {
      if (i.full) continue;
      const bool covered = i.record.position < *report_.index &&
          std::any_of(report_.complete.begin(), report_.complete.end(), [&](auto& u) { return std::find(i.header.named.begin(), i.header.named.end(), u) != i.header.named.end(); });
      if (!covered || year_of(i.header.on) == evidence_.year) return fail(Level::complete, i, "record-without-proof", "this record is shown without its proof");
    }
    return true;
  }

  bool check_secret() {
    if (evidence_.kind != EvidenceKind::receipt) return true;
    const CheckedItem* subject = report_.find(evidence_.subject);
    const bool complaint = subject->body && subject->item->header.type == EventType::ComplaintFiled;
    if (!complaint || Hash::from(subject->body->as<ComplaintFiled>().receipt()) != suite_->hash(*evidence_.secret))
      return fail(Level::body, *subject->item, "receipt-wrong", "the secret is not that of the complaint's receipt");
    return true;
  }

  const Evidence& evidence_;
  const Policy& policy_;
  EvidenceReport report_;
  const Suite* suite_ = nullptr;
  std::optional<KeyRing> ring_;
  std::map<Hash, bool> verified_;          // submissions by their hash
  std::set<KeyId> standing_;               // keys whose entry agrees with the items
  std::map<KeyId, std::uint64_t> enrolled_;   // positions of the enrolments shown
  bool compared_ = false;
};

}  // namespace

const char* name_of(Level l) { return kLevels[static_cast<std::size_t>(l)]; }

const CheckedItem* EvidenceReport::find(std::uint64_t position) const {
  auto at = std::lower_bound(items.begin(), items.end(), position, [](const CheckedItem& c, std::uint64_t p) { return c.item->record.position < p; });
  return at != items.end() && at->item->record.position == position ? &*at : nullptr;
}

EvidenceReport check(const Evidence& evidence, const Policy& policy) { return Checker(evidence, policy).run(); }

}  // namespace ledger
