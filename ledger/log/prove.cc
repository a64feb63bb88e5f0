#include "ledger/log/prove.h"

#include <algorithm>
#include <set>

#include "ledger/core/unit_index.h"
#include "ledger/evidence/bundle.h"
#include "ledger/merkle/note.h"
#include "ledger/schema/catalogue.h"
#include "ledger/text/encoding.h"

namespace ledger {
namespace {

constexpr std::size_t kSlotBytes = 8, kHashBytes = 32;

std::optional<KeyId> parse_key_id(std::string_view text) {
  auto bytes = unhex(text);
  return bytes && bytes->size() == 16 ? std::optional(KeyId::from(*bytes)) : std::nullopt;
}

// The key that an identity event is about.
std::optional<KeyId> key_of(const Event& e) {
  switch (e.type) {
    case EventType::KeyEnrolled: return parse_key_id(e.as<KeyEnrolled>().key_id());
    case EventType::KeyRevoked: return parse_key_id(e.as<KeyRevoked>().key_id());
    case EventType::RoleGranted: return parse_key_id(e.as<RoleGranted>().key_id());
    case EventType::RoleRevoked: return parse_key_id(e.as<RoleRevoked>().key_id());
    default: return std::nullopt;
  }
}

// Whether it grants a role of which one valid key must stay.
bool grants_power(const Event& e) {
  if (e.type != EventType::RoleGranted) return false;
  const Role role = e.as<RoleGranted>().role();
  return role == Role::registrar || role == Role::auditAdmin;
}

// Calls f with each event that the event's single references point at.
void each_reference(const Event& e, const std::function<void(const Id&)>& f) {
  for (auto& field : type_of(e.type).fields)
    if (field.is_ref() && !field.list && !e.body->payload().is_absent(field.offset)) f(e.body->payload().get_id(field.offset));
}

// Adds the record at `next` to a bundle, with its body if its type is shown; the cursor moves along.
Status append_stored(std::uint64_t position, std::uint64_t next, BytesView record, Cursor& body, const std::function<bool(EventType)>& shown, Bytes& entries, Bytes& bodies) {
  LEDGER_CHECK(body.status());
  if (position != next || !body.valid() || read_be(body.key()) != next)
    return refuse("storage-damaged", "record " + std::to_string(next) + " or its body is missing; run pufa verify");
  const auto view = view_record(record);
  if (!view) return refuse("storage-damaged", "record " + std::to_string(next) + " is damaged; run pufa verify");
  append_entry(entries, bodies, record, shown(view->type) ? body.value() : BytesView());
  body.next();
  return {};
}

bool names_any(const Event& e, const std::set<std::string>& units) {
  return std::any_of(e.named->begin(), e.named->end(), [&](auto& u) { return units.count(u) != 0; });
}

}  // namespace

Result<Bytes> open_sealed(const Store& store, const Vault& vault, std::uint64_t position, const std::string& field) {
  auto value = LEDGER_TRY(store.get(Shelf::vault, position_key(position) + field));
  if (!value || value->size() < kSlotBytes + kHashBytes)
    return refuse("not-sealed", "the record seals no value under the field " + field, "open");
  const BytesView bytes(*value);
  return vault.open(read_be(bytes.substr(0, kSlotBytes)), bytes.substr(kSlotBytes, bytes.size() - kSlotBytes - kHashBytes));
}

Result<std::uint64_t> Prover::position_of(const Store& store, const Id& event) {
  auto value = LEDGER_TRY(store.get(Shelf::ids, event.view()));
  if (!value) return refuse("not-found", "no record has the id " + format_id(event));
  return read_be(*value);
}

Result<std::unique_ptr<Prover>> Prover::open(const Store& store, std::uint64_t position) {
  std::unique_ptr<Prover> p(new Prover(store));
  p->genesis_ = LEDGER_TRY(read_genesis(store));
  std::string newest, cosigned;
  LEDGER_CHECK(store.scan(Shelf::checkpoints, position_key(position + 1), [&](BytesView, BytesView note) {
    newest = std::string(note);
    auto parsed = parse_note(note);
    if (parsed && parsed->signatures.size() > 1) cosigned = newest;
    return true;
  }));
  p->checkpoint_ = cosigned.empty() ? newest : cosigned;
  if (p->checkpoint_.empty()) return refuse("checkpoint-missing", "no stored checkpoint holds this record yet: close the writer, or append once more");
  p->size_ = LEDGER_TRY(parse_checkpoint(LEDGER_TRY(parse_note(p->checkpoint_)).text)).size;
  p->tree_ = LEDGER_TRY(stored_tree(store, *p->genesis_.suite, p->size_));
  return p;
}

Result<Bytes> Prover::stored(Shelf shelf, std::uint64_t position) const {
  auto bytes = LEDGER_TRY(store_.get(shelf, position_key(position)));
  if (!bytes) return refuse("storage-damaged", "record " + std::to_string(position) + " is missing; run pufa verify");
  return std::move(*bytes);
}

Result<TlogProof> Prover::tlog_proof(std::uint64_t position) const {
  if (position >= size_) return refuse("as-of-beyond", "the checkpoint has only " + std::to_string(size_) + " records");
  return TlogProof{position, LEDGER_TRY(tree_->inclusion(position, size_)), checkpoint_};
}

Status Prover::survey(const std::function<void(const Event&)>& each) {
  Replay replay(store_, *genesis_.suite, Signers::any);
  survey_ = {};
  return replay.run(size_, [&](const Event& e, BytesView) -> Result<bool> {
    survey_.signers.push_back(e.signer->key);
    if (auto key = key_of(e)) survey_.identities.push_back({e.position, *key, e.signer->key, e.type == EventType::KeyRevoked, grants_power(e)});
    if (e.type == EventType::IndexCommitted) survey_.indexes.push_back(e.position);
    if (each) each(e);
    return true;
  });
}

// The first index after the record, or the last before it.
std::optional<std::uint64_t> Prover::index_for(std::uint64_t position) const {
  auto after = std::upper_bound(survey_.indexes.begin(), survey_.indexes.end(), position);
  if (after != survey_.indexes.end()) return *after;
  return survey_.indexes.empty() ? std::nullopt : std::optional(survey_.indexes.back());
}

// Adds what the standing of the items' signers, and of the keys that items change, rests on: every identity
// event about them, and so on for the signers of these, back to the genesis.
void Prover::support(Plan& plan, std::optional<std::uint64_t> index) const {
  const Disclosure body{true, {}, nullptr};
  plan.index = index;
  plan.items.emplace(0, body).first->second.body = true;
  if (index) plan.items.emplace(*index, body).first->second.body = true;
  for (auto& [position, disclosure] : plan.items) plan.keys.insert(survey_.signers.at(position));
  bool revoked = false;   // a revocation is judged on who else holds the power
  auto found = [&] { return plan.keys.size() + plan.items.size() + revoked; };
  for (std::size_t before = 0; before != found();) {
    before = found();
    for (auto& i : survey_.identities) {
      revoked |= i.revokes && plan.items.count(i.position) != 0;
      if (revoked && i.of_power) plan.keys.insert(i.about);
      if (plan.items.count(i.position) || plan.keys.count(i.about)) {   // what changes a key is judged on the key's own history
        plan.items.emplace(i.position, body).first->second.body = true;
        plan.keys.insert(i.about), plan.keys.insert(i.signer);
      }
    }
  }
}

Status Prover::record(std::uint64_t position, const Disclosure& disclosure, const EvidenceWriter::Sink& sink) {
  LEDGER_CHECK(survey({}));
  Plan plan;
  plan.items.emplace(position, disclosure);
  support(plan, index_for(position));
  EvidenceWriter out(EvidenceKind::record, sink);
  out.section("tlog-proof", format_tlog_proof(LEDGER_TRY(tlog_proof(position))));
  return write(out, plan, position, {});
}

Status Prover::receipt(std::uint64_t position, BytesView secret, const Disclosure& disclosure, const EvidenceWriter::Sink& sink) {
  auto complaint = LEDGER_TRY(load(store_, position));
  if (complaint.header.type != EventType::ComplaintFiled) return refuse("not-a-complaint", "this record is no complaint: a receipt is of ComplaintFiled");
  if (Hash::from(complaint.body.as<ComplaintFiled>().receipt()) != genesis_.suite->hash(secret))
    return refuse("receipt-wrong", "the secret is not that of this complaint's receipt");
  Plan plan;
  plan.items.emplace(position, disclosure);
  std::set<Id> docket{complaint.header.id};
  LEDGER_CHECK(survey([&](const Event& e) {
    bool refers = false;
    each_reference(e, [&](const Id& id) { refers |= docket.count(id) != 0; });
    if (!refers) return;
    docket.insert(e.id);
    plan.items.emplace(e.position, Disclosure{true, {}, nullptr});
  }));
  support(plan, index_for(position));
  EvidenceWriter out(EvidenceKind::receipt, sink);
  out.section("tlog-proof", format_tlog_proof(LEDGER_TRY(tlog_proof(position))));
  out.section("secret", secret);
  return write(out, plan, position, {});
}

Status Prover::unit(const std::string& code, int year, bool bodies, const EvidenceWriter::Sink& sink) {
  // Which units belong together, before their records are gathered.
  std::set<std::string> units{code};
  LEDGER_CHECK(survey([&](const Event& e) {
    if (e.type == EventType::UnitRestructured && names_any(e, units)) units.insert(e.named->begin(), e.named->end());
  }));
  if (survey_.indexes.empty()) return refuse("index-missing", "no index commits to the unit's records yet: pufa index DIR appends one");
  const std::uint64_t index = survey_.indexes.back();
  Plan plan;
  std::set<Id> own;
  std::set<std::string> known;
  LEDGER_CHECK(survey([&](const Event& e) {
    if (e.position >= index) return;
    const bool names = names_any(e, units);
    bool refers = false;
    if (!names) each_reference(e, [&](const Id& id) { refers |= own.count(id) != 0; });
    if (!names && !refers) return;
    if (names) own.insert(e.id), known.insert(e.named->begin(), e.named->end());
    const bool of_unit = std::find(e.named->begin(), e.named->end(), code) != e.named->end();
    if (year_of(e.on) == year) plan.items.emplace(e.position, Disclosure{bodies && of_unit, {}, nullptr});
    else if (names) plan.bare.insert(e.position);
  }));
  if (!known.count(code)) return refuse("not-found", "no record before the last index names the unit " + code);
  std::erase_if(units, [&](auto& u) { return !known.count(u); });
  support(plan, index);
  for (auto& [position, disclosure] : plan.items) plan.bare.erase(position);
  EvidenceWriter out(EvidenceKind::unit, sink);
  out.section("unit", "unit " + code + "\nyear " + std::to_string(year) + "\n");
  out.section("checkpoint", checkpoint_);
  return write(out, plan, std::nullopt, {units.begin(), units.end()});
}

Status Prover::assessment(std::uint64_t position, const std::function<bool(EventType)>& shown, const EvidenceWriter::Sink& sink) const {
  auto result = LEDGER_TRY(load(store_, position));
  if (result.header.type != EventType::ResultPublished) return refuse("not-a-result", "this record is no published result");
  EvidenceWriter out(EvidenceKind::assessment, sink);
  out.section("result", format_result_place({position, static_cast<std::uint64_t>(result.body.as<ResultPublished>().head_size())}));
  out.section("checkpoint", checkpoint_);
  Bytes entries, bodies;
  auto pass_on = [&] {
    if (entries.empty()) return;
    out.section("entries", entries);
    out.section("bodies", bodies);
    entries.clear(), bodies.clear();
  };
  auto body = store_.seek(Shelf::bodies, position_key(0));
  Status broken;
  std::uint64_t next = 0;
  LEDGER_CHECK(store_.scan(Shelf::records, position_key(0), [&](BytesView key, BytesView record) {
    broken = append_stored(read_be(key), next, record, *body, shown, entries, bodies);
    if (!broken || ++next % kBundleRecords != 0) return broken && next < size_;
    pass_on();
    return next < size_;
  }));
  LEDGER_CHECK(broken);
  if (next != size_) return refuse("storage-damaged", "record " + std::to_string(next) + " is missing; run pufa verify");
  pass_on();
  out.finish();
  return {};
}

Status Prover::write(EvidenceWriter& out, const Plan& plan, std::optional<std::uint64_t> subject, const std::vector<std::string>& units) {
  auto bare = plan.bare.begin();
  auto write_bare = [&](std::uint64_t below) -> Status {
    for (; bare != plan.bare.end() && *bare < below; ++bare) out.section("record", LEDGER_TRY(stored(Shelf::records, *bare)));
    return {};
  };
  for (auto& [position, disclosure] : plan.items) {
    LEDGER_CHECK(write_bare(position));
    LEDGER_CHECK(write_full(out, position, disclosure, position == subject));
  }
  LEDGER_CHECK(write_bare(UINT64_MAX));
  if (plan.index) LEDGER_CHECK(write_standings(out, plan, units));
  out.finish();
  return {};
}

Result<const Prover::Signed*> Prover::submission_of(std::uint64_t position, std::uint32_t index) {
  const std::uint64_t first = position - index;
  auto [at, fresh] = submissions_.try_emplace(first);
  Signed& s = at->second;
  if (!fresh) return &s;
  auto head = LEDGER_TRY(decode_record(LEDGER_TRY(stored(Shelf::records, first)), Trust::admitted));
  s.header = std::move(head.submission_header), s.signature = std::move(head.signature);
  const auto count = LEDGER_TRY(decode_submission_header(s.header)).count;
  for (std::uint64_t p = first; p < first + count; ++p)
    s.leaves.push_back(leaf_hash(*genesis_.suite, LEDGER_TRY(decode_record(LEDGER_TRY(stored(Shelf::records, p)), Trust::admitted)).header));
  return &s;
}

// Salt and value of each sealed field to be shown, by field.
Result<std::map<std::string, Bytes>> Prover::opened(std::uint64_t position, const Disclosure& disclosure) const {
  std::map<std::string, Bytes> out;
  for (auto& field : disclosure.open) {
    auto value = open_sealed(store_, *disclosure.vault, position, field);
    if (!value && disclosure.leave_destroyed && value.error().code == "key-destroyed") continue;
    out[field] = LEDGER_TRY(std::move(value));
  }
  return out;
}

Status Prover::write_full(EvidenceWriter& out, std::uint64_t position, const Disclosure& disclosure, bool subject) {
  const Bytes bytes = LEDGER_TRY(stored(Shelf::records, position));
  Item item;
  item.bytes = bytes, item.full = true;
  item.record = LEDGER_TRY(decode_record(bytes, Trust::admitted));
  const Signed& s = *LEDGER_TRY(submission_of(position, item.record.index));
  item.submission_bytes = s.header, item.signature = s.signature;
  item.inner = prove_inclusion(*genesis_.suite, item.record.index, s.leaves);
  if (!subject) item.path = LEDGER_TRY(tree_->inclusion(position, size_));
  Bytes body;
  if (disclosure.body) item.body = body = LEDGER_TRY(stored(Shelf::bodies, position));
  const auto values = LEDGER_TRY(opened(position, disclosure));
  for (auto& [field, value] : values) item.opened.push_back({field, BytesView(value).substr(0, kHashBytes), BytesView(value).substr(kHashBytes)});
  write_item(out, item, subject);
  return {};
}

// The directories as they were at the index.
Status Prover::write_standings(EvidenceWriter& out, const Plan& plan, const std::vector<std::string>& units) {
  UnitIndex index(*genesis_.suite);
  Replay replay(store_, *genesis_.suite, Signers::any);
  LEDGER_CHECK(replay.run(*plan.index, [&](const Event& e, BytesView record) -> Result<bool> {
    if (!units.empty()) index.add(e.position, leaf_hash(*genesis_.suite, record), *e.named);
    return true;
  }));
  for (auto& id : plan.keys) {
    const Key* key = replay.keys().find(id);
    if (key == nullptr) continue;   // enrolled later
    const auto at = *index.key_path(replay.keys(), id);
    const Bytes entry = key_entry(*key);
    write_key(out, {*plan.index, at.place, at.path, entry});
  }
  for (auto& unit : units)
    if (const auto at = index.unit_path(unit)) write_sub_log(out, {unit, at->place, at->path});
  return {};
}

}  // namespace ledger
