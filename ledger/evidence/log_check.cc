#include "ledger/evidence/log_check.h"

namespace ledger {
namespace {

LevelFailure failure(Level level, std::uint64_t position, Error e) { return {level, position, std::move(e)}; }
LevelFailure failure(Level level, std::uint64_t position, std::string code, std::string message) {
  return {level, position, {std::move(code), "", std::move(message)}};
}

}  // namespace

std::optional<LevelFailure> LogCheck::add(const std::vector<LogEntry>& entries) {
  if (entries.empty()) return std::nullopt;
  if (!tree_)
    if (auto f = begin(entries.front())) return f;
  std::vector<Decoded> decoded(entries.size());
  const std::uint64_t first = tree_->size();
  parallel_for(entries.size(), [&](std::size_t i) { decoded[i] = decode(first + i, entries[i]); });
  for (auto& d : decoded)
    if (auto f = judge(d)) return f;
  return check_signatures();
}

std::optional<LevelFailure> LogCheck::begin(const LogEntry& first) {
  auto body = first.body.size() < kSaltBytes ? tl::unexpected<Error>(Error{"body-missing", "", "the genesis has no body"}) : Body::parse(first.body.substr(kSaltBytes));
  if (!body) return failure(Level::parsed, 0, body.error());
  auto genesis = genesis_of(*body);
  if (!genesis) return failure(Level::parsed, 0, genesis.error());
  genesis_ = std::move(*genesis), genesis_body_ = std::move(*body), suite_ = genesis_.suite;
  tree_.emplace(*suite_), keys_.emplace(*suite_), index_.emplace(*suite_), thread_.emplace(*suite_);
  return std::nullopt;
}

// What needs no other record: canonical form, hashes, the commitment to a body that is shown.
LogCheck::Decoded LogCheck::decode(std::uint64_t position, const LogEntry& entry) const {
  Decoded d;
  d.leaf = leaf_hash(*suite_, entry.record);
  auto record = decode_record(entry.record);
  auto header = record ? decode_header(record->header) : tl::unexpected<Error>(record.error());
  if (!header) {
    d.failure = failure(Level::parsed, position, header.error());
    return d;
  }
  d.record = std::move(*record), d.header = std::move(*header);
  d.header_leaf = leaf_hash(*suite_, d.record.header);
  if (d.record.position != position) d.failure = failure(Level::included, position, "record-misplaced", "the record says that it stands at " + std::to_string(d.record.position));
  if (entry.body.empty()) return d;
  const BytesView salt = entry.body.substr(0, kSaltBytes);
  auto event = prepare_event(*suite_, d.record.header, salt, entry.body.substr(salt.size()));
  if (!event) d.failure = failure(Level::body, position, event.error());
  else d.body = std::move(event->body);
  return d;
}

std::optional<LevelFailure> LogCheck::judge(Decoded& d) {
  if (d.failure) return std::move(d.failure);
  const std::uint64_t position = d.record.position;
  if (d.record.admitted < last_) return failure(Level::signature, position, "admission-time-back", "admitted before the record before it");
  last_ = d.record.admitted;
  if (d.record.index == 0)
    if (auto f = open_submission(d)) return f;
  if (auto ok = thread_->follow(d.record, d.header_leaf); !ok) return failure(Level::signature, position, ok.error());
  if (!ids_.insert(d.header.id).second) return failure(Level::signature, position, "id-duplicate", "an earlier record has this id");
  if (auto f = judge_event(d)) return f;
  index_->add(position, d.leaf, d.header.named);
  tree_->add(d.leaf);
  return std::nullopt;
}

std::optional<LevelFailure> LogCheck::open_submission(const Decoded& d) {
  const std::uint64_t position = d.record.position;
  if (thread_->lacks() != 0) return failure(Level::signature, position, "submission-broken", "the submission before this record lacks " + std::to_string(thread_->lacks()) + " records");
  if (auto ok = thread_->open(d.record); !ok) return failure(Level::signature, position, ok.error());
  ++submissions_;
  if (position == 0) {
    keys_->begin();
    if (auto ok = keys_->apply_genesis(genesis_body_->as<GenesisRecorded>(), genesis_body_->bytes()); !ok) return failure(Level::purpose, 0, ok.error());
    keys_->commit();
  }
  const Id expected = position == 0 ? Id() : keys_->ledger_id();
  if (thread_->header().ledger_id != expected) return failure(Level::signature, position, "ledger-id-mismatch", "the submission was signed for another ledger");
  const Key* key = keys_->find(thread_->header().key_id);
  if (key == nullptr) return failure(Level::entitled, position, "key-unknown", "the signing key is not enrolled at this position");
  signatures_.push_back({position, key->parsed, thread_->message(), d.record.signature});
  if (d.header.type == EventType::IndexCommitted || position < last_index_ + kIndexEvery) return std::nullopt;
  return failure(Level::complete, position, "index-missing", "no index over the last " + std::to_string(position - last_index_) + " records");
}

std::optional<LevelFailure> LogCheck::judge_event(const Decoded& d) {
  const auto& h = d.header;
  const std::uint64_t position = d.record.position;
  const auto day = local_date(d.record.admitted);
  const KeyId& key = thread_->header().key_id;
  Event e{position, d.record.admitted, day, h.id, h.type, h.unit, h.on, d.body ? &*d.body : nullptr, nullptr, thread_->header().submission_id, &h.named};
  if (position == 0) return each_(e);
  auto judged = [&]() -> Status {
    LEDGER_CHECK(keys_->check_key(key, e.admitted));
    const Signer signer = LEDGER_TRY(keys_->check_signer(key, e.type, e.unit, day));
    e.signer = &signer;
    const auto& family = type_of(e.type).family;
    if (e.body == nullptr) return family == "identity" ? Status(refuse("body-missing", "the body of an identity event is not shown")) : Status();
    LEDGER_CHECK(keys_->apply(e));
    e.signer = nullptr;
    return {};
  };
  if (e.type == EventType::IndexCommitted) {
    auto ok = e.body ? index_->check(position, e.as<IndexCommitted>(), *keys_) : Status(refuse("body-missing", "the body of an index is not shown"));
    if (!ok) return failure(Level::complete, position, ok.error());
    last_index_ = position + 1, ++indexes_;
  }
  keys_->begin();
  auto ok = judged();
  keys_->commit();
  if (!ok) return failure(Level::entitled, position, ok.error());
  return each_(e);
}

std::optional<LevelFailure> LogCheck::check_signatures() {
  std::vector<char> good(signatures_.size());
  parallel_for(good.size(), [&](std::size_t i) { good[i] = signatures_[i].key->verify(signatures_[i].message, signatures_[i].signature) ? 1 : 0; });
  for (std::size_t i = 0; i < good.size(); ++i)
    if (!good[i]) return failure(Level::signature, signatures_[i].position, "bad-signature", "the submission's signature does not verify");
  signatures_.clear();
  return std::nullopt;
}

std::optional<LevelFailure> LogCheck::finish() const {
  if (!thread_ || thread_->lacks() == 0) return std::nullopt;
  return failure(Level::complete, size() - 1, "submission-broken", "the last submission lacks " + std::to_string(thread_->lacks()) + " records");
}

}  // namespace ledger
