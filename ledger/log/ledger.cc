// Making and opening a ledger, its checkpoints, and what its rules may ask of it.
#include "ledger/log/ledger.h"

#include <chrono>

#include "ledger/log/history.h"
#include "ledger/schema/draft.h"
#include "ledger/schema/shape.h"
#include "ledger/text/encoding.h"

namespace ledger {
namespace {

Json key_ref(const KeyId& id, BytesView spki) { return {{"keyId", hex(id.view())}, {"publicKey", base64(spki)}}; }

}  // namespace

Instant system_now() {
  using namespace std::chrono;
  return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

Submission sign_submission(const Suite& suite, const Id& ledger, const PrivateKey& key, std::vector<Submittable> events,
                           const Id& submission_id, Instant signed_at) {
  std::vector<Hash> leaves(events.size());
  parallel_for(events.size(), [&](std::size_t i) { leaves[i] = leaf_hash(suite, events[i].header); });
  Submission s;
  s.header = encode(SubmissionHeader{ledger, submission_id, key.public_key().id(), signed_at,
                                     static_cast<std::uint32_t>(events.size()), tree_hash(suite, leaves)});
  s.signature = key.sign(signed_message(s.header));
  s.events = std::move(events);
  return s;
}

namespace {

Json genesis_data(const Suite& suite, const GenesisSpec& g, Random& random) {
  Json j{{"origin", g.origin}, {"suite", suite.name()}, {"purpose", g.demonstration ? "demonstration" : "production"},
         {"district", g.district}, {"districtName", g.district_name}, {"nonce", hex(random.bytes(32))},
         {"operatorKey", key_ref(g.operator_key->public_key().id(), g.operator_key->public_key().spki())},
         {"registrarKey", key_ref(g.registrar_id, g.registrar_spki)}, {"auditKey", key_ref(g.audit_id, g.audit_spki)}};
  if (auto& p = g.predecessor) j["predecessor"] = {{"origin", p->origin}, {"size", p->size}, {"root", hex(p->root.view())}};
  return j;
}

// The body of genesis, judged as a record's would be.
Result<Bytes> genesis_body(const Suite& suite, const GenesisSpec& g, Instant at, Random& random) {
  DraftContext context{suite, {}, random, at, {}};
  std::vector<SealedValue> opened;
  std::vector<Error> faults;
  Bytes bytes = encode_body(type_of(EventType::GenesisRecorded), genesis_data(suite, g, random), Json::object(), context, {}, opened, faults);
  auto body = LEDGER_TRY(Body::parse(bytes));
  for (auto& f : check_shape(body)) faults.push_back(f);
  if (!faults.empty()) return tl::unexpected<Error>(faults.front());
  KeyRing keys(suite);
  LEDGER_CHECK(keys.apply_genesis(body.as<GenesisRecorded>(), bytes));
  return bytes;
}

Result<Submittable> genesis_event(const Suite& suite, const GenesisSpec& g, Instant at, Random& random) {
  Submittable event;
  event.body = LEDGER_TRY(genesis_body(suite, g, at, random));
  event.salt = random.bytes(32);
  event.header = encode(Header{make_uuid7(at, random), EventType::GenesisRecorded, {}, {}, local_date(at), body_commitment(suite, event.salt, event.body)});
  return event;
}

}  // namespace

Status Ledger::create(Store& store, const Suite& suite, const GenesisSpec& g, Instant at, Random& random) {
  if (!is_key_name(g.origin)) return refuse("origin-malformed", "an origin has no white space and no '+'", "origin");
  const Submittable event = LEDGER_TRY(genesis_event(suite, g, at, random));
  auto prepared = prepare(suite, sign_submission(suite, {}, *g.operator_key, {event}, make_uuid7(at, random), at));
  if (!prepared) return tl::unexpected<Error>(prepared.error().error);
  const Prepared& p = **prepared;
  const Bytes record = encode(make_record(p, 0, 0, at));
  const Checkpoint head{g.origin, 1, leaf_hash(suite, record)};
  Bytes entry = position_key(0);
  append_be(entry, 1, 4);
  return store.write({{Shelf::records, position_key(0), record},
                      {Shelf::bodies, position_key(0), event.salt + event.body},
                      {Shelf::ids, Bytes(p.events[0].header.id.view()), position_key(0)},
                      {Shelf::submissions, Bytes(p.header.submission_id.view()), entry + Bytes(p.hash.view())},
                      {Shelf::checkpoints, position_key(1), sign_note(head.text(), g.origin, suite, *g.operator_key)}},
                     true);
}

Ledger::Ledger(std::unique_ptr<Store> store, Genesis genesis, LedgerOptions options)
    : store_(std::move(store)), genesis_(std::move(genesis)), suite_(*genesis_.suite), options_(std::move(options)),
      rules_(options_.rules(suite_)), keys_(suite_), index_(suite_),
      tree_(suite_, [this](const TileId& t) -> Result<Bytes> {
        if (auto it = group_tiles_.find({t.level, t.index}); it != group_tiles_.end()) return it->second;
        auto bytes = LEDGER_TRY(store_->get(Shelf::tiles, tile_key(t)));
        if (!bytes) return refuse("storage-damaged", "a tile of the tree is missing; run pufa verify");
        return *bytes;
      }) {
  history_ = std::make_unique<LogHistory>(*this);
}

Ledger::~Ledger() {
  if (!poison_ && !checkpoint_stored_ && !newest_checkpoint_.empty())
    (void)store_->write({{Shelf::checkpoints, position_key(committed_), newest_checkpoint_}}, false);
}

Result<std::unique_ptr<Ledger>> Ledger::open(std::unique_ptr<Store> store, LedgerOptions options) {
  auto genesis = LEDGER_TRY(read_genesis(*store));
  std::unique_ptr<Ledger> ledger(new Ledger(std::move(store), std::move(genesis), std::move(options)));
  LEDGER_CHECK(ledger->rebuild());
  LEDGER_CHECK(ledger->check_newest_checkpoint());
  const Key* own = ledger->keys_.find(ledger->options_.operator_key->public_key().id());
  if (own == nullptr || !ledger->keys_.holds(*own, Role::operator_, local_date(ledger->last_)))
    return refuse("operator-key-wrong", "this key does not hold the operator's role in this ledger");
  return ledger;
}

Status Ledger::rebuild() {
  committed_ = LEDGER_TRY(stored_size(*store_));
  std::vector<Destruction> destroyed;
  Replay replay(*store_, suite_);
  std::vector<Hash> edge;
  Id submission;
  const std::uint64_t edge_first = committed_ / kTileHashes * kTileHashes;
  LEDGER_CHECK(replay.run(committed_, [&](const Event& e, BytesView record) -> Result<bool> {
    rules_->take(e);
    newest_ids_.add(e.id);
    if (submission != e.submission) newest_submissions_.add(submission = e.submission);
    const Hash leaf = leaf_hash(suite_, record);
    if (e.position >= edge_first) edge.push_back(leaf);
    index_.add(e.position, leaf, *e.named);
    if (e.type == EventType::IndexCommitted) last_index_ = e.position + 1;
    if (e.type == EventType::PersonalDataKeyDestroyed)
      destroyed.push_back({e.as<PersonalDataKeyDestroyed>().target(), std::string(e.as<PersonalDataKeyDestroyed>().field())});
    last_ = e.admitted;
    return true;
  }));
  keys_.adopt(replay.keys());
  LEDGER_CHECK(tree_.restore(committed_, [&](std::uint64_t position) -> Result<Hash> { return edge[position - edge_first]; }));
  for (auto& d : destroyed) LEDGER_CHECK(erase(d));
  return {};
}

// The newest stored checkpoint must be of this log and of this tree: a writer never goes on from a
// store that lost or changed what was acknowledged.
Status Ledger::check_newest_checkpoint() {
  auto newest = LEDGER_TRY(store_->last(Shelf::checkpoints));
  if (!newest) return refuse("checkpoint-mismatch", "the ledger has records but no checkpoint; run pufa verify");
  auto note = LEDGER_TRY(parse_note(newest->second));
  auto head = LEDGER_TRY(parse_checkpoint(note.text));
  LEDGER_CHECK(verify_note(note, keys_.operators(genesis_.origin)));
  if (head.origin != genesis_.origin) return refuse("checkpoint-mismatch", "the newest checkpoint is of another log");
  if (head.size > committed_)
    return refuse("checkpoint-beyond", "the newest checkpoint covers " + std::to_string(head.size) + " records but only " +
                                           std::to_string(committed_) + " are there: acknowledged records are lost; run pufa verify");
  if (LEDGER_TRY(tree_.root_at(head.size)) != head.root)
    return refuse("checkpoint-mismatch", "the newest checkpoint does not fit the tree: stored records were changed; run pufa verify");
  newest_checkpoint_ = head.size == committed_ ? newest->second : std::string();
  if (newest_checkpoint_.empty()) newest_checkpoint_ = sign_checkpoint(), checkpoint_stored_ = false;
  return {};
}

std::string Ledger::sign_checkpoint() {
  return sign_note(Checkpoint{genesis_.origin, tree_.size(), tree_.root()}.text(), genesis_.origin, suite_, *options_.operator_key);
}

std::string Ledger::checkpoint() const { return newest_checkpoint_; }

Status Ledger::erase(const Destruction& d) {
  if (!options_.vault) return refuse("vault-missing", "a destroyed key must be erased: give the vault's key file");
  return erase_keys(*store_, *options_.vault, d);
}

}  // namespace ledger
