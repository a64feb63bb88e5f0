#include "ledger/core/keyring.h"

#include <algorithm>

#include "ledger/text/encoding.h"

namespace ledger {
namespace {

constexpr std::string_view kDistrict = "district";

bool in_force(const Grant& g, Date day) { return !g.ended && g.from <= day && (!g.until || day <= *g.until); }

// Roles that only an audit administrator may give or take (design: three separate powers).
bool is_protected(Role r) {
  return r == Role::operator_ || r == Role::registrar || r == Role::auditAdmin || r == Role::reviewer || r == Role::witness;
}

// Whether a grant's scope covers an event of the type about `unit`. Types that a unit answers for
// need its own scope; where a unit guides another, the procedure's rules judge its competence.
bool covers(const Grant& g, const Type& type, std::string_view unit) {
  if (g.scope == kDistrict) return true;
  // An event that lacks the unit that it needs is told so (`unit-missing`), not that it is not covered.
  if (unit.empty() && (type.unit == UnitRule::own || type.unit == UnitRule::any)) return true;
  return signs_for_any_unit(g.role, type.ordinal) || g.scope == unit;
}

std::optional<KeyId> key_id_of(std::string_view text) {
  auto bytes = unhex(text);
  if (!bytes || bytes->size() != 16) return std::nullopt;
  return KeyId::from(*bytes);
}

}  // namespace

KeyRing::KeyRing(const Suite& s) : suite_(&s), keys_(journal_) {}
KeyRing::~KeyRing() = default;

std::vector<const Key*> KeyRing::sorted() const {
  std::vector<const Key*> out;
  for (auto& id : keys_.sorted_keys()) out.push_back(keys_.find(id));
  return out;
}

void KeyRing::adopt(const KeyRing& other) {
  for (auto* k : other.sorted()) keys_.edit(k->id) = *k;
  ledger_id_ = other.ledger_id_;
}

bool KeyRing::holds(const Key& key, Role role, Date day) const {
  return !key.revoked && std::any_of(key.grants.begin(), key.grants.end(),
                                     [&](const Grant& g) { return g.role == role && in_force(g, day); });
}

Status KeyRing::check_key(const KeyId& id, Instant admitted) const {
  const Key* key = find(id);
  if (key == nullptr) return refuse("key-unknown", "the signing key is not enrolled in this ledger");
  if (admitted < key->not_before) return refuse("key-not-yet-valid", "the signing key is not valid yet");
  if (admitted > key->not_after) return refuse("key-expired", "the signing key has expired");
  if (key->revoked) return refuse("key-revoked", "the signing key was revoked");
  return {};
}

Result<Signer> KeyRing::check_signer(const KeyId& id, EventType type_ordinal, std::string_view unit, Date day) const {
  const Key& key = *find(id);
  const Type& type = type_of(type_ordinal);
  Signer signer{id, key.holder, 0, {}};
  bool any_role = false;
  for (auto& g : key.grants) {
    if (!in_force(g, day) || std::find(type.signers.begin(), type.signers.end(), g.role) == type.signers.end()) continue;
    any_role = true;
    if (!covers(g, type, unit)) continue;
    signer.roles |= role_bit(g.role);
    if (g.role == Role::superior) signer.superior_scopes.push_back(g.scope);
  }
  if (!any_role) return refuse("role-missing", "the signing key holds no role that may sign " + type.name);
  if (signer.roles == 0) return refuse("scope-mismatch", "the signing key's role does not cover this unit", "unit");
  return signer;
}

Status KeyRing::apply(const Event& e) {
  switch (e.type) {
    case EventType::KeyEnrolled: return enrol(e, e.as<KeyEnrolled>());
    case EventType::KeyRevoked: return revoke(e, e.as<KeyRevoked>());
    case EventType::RoleGranted: return grant(e, e.as<RoleGranted>());
    case EventType::RoleRevoked: return end_grant(e, e.as<RoleRevoked>());
    case EventType::GenesisRecorded: return second_genesis(e.as<GenesisRecorded>());
    default: return {};
  }
}

// At fault in itself first, so that it is called by what is wrong with it wherever it stands.
Status KeyRing::second_genesis(const GenesisRecorded& g) const {
  LEDGER_CHECK(KeyRing(*suite_).found(g));
  return refuse("genesis-twice", "a ledger has one genesis");
}

Status KeyRing::apply_genesis(const GenesisRecorded& g, BytesView body) {
  LEDGER_CHECK(found(g));
  ledger_id_ = ledger_id_of(*suite_, body);
  return {};
}

Status KeyRing::found(const GenesisRecorded& g) {
  struct Founder { KeyRef ref; Role role; const char* owner; };
  const Founder founders[] = {{g.operator_key(), Role::operator_, "operator"},
                              {g.registrar_key(), Role::registrar, "registrar"},
                              {g.audit_key(), Role::auditAdmin, "auditAdmin"}};
  const bool demo = g.origin().starts_with("demo.");
  if (demo != (g.purpose() == GenesisRecorded::Purpose::demonstration))
    return refuse("origin-purpose", "a demonstration's origin starts with demo., a production ledger's does not", "data.origin");
  for (auto& f : founders) {
    auto spki = unbase64(f.ref.public_key());
    auto key = spki ? suite_->parse_public(*spki) : tl::unexpected<Error>(Error{});
    if (!key) return refuse("key-id-mismatch", "a genesis key is not a public key of the suite", "data");
    const KeyId id = (*key)->id();
    if (hex(id.view()) != f.ref.key_id()) return refuse("key-id-mismatch", "a genesis key's id is not that of its public key", "data");
    if (keys_.has(id)) return refuse("keys-not-distinct", "operator, registrar and audit administrator need three different keys", "data");
    Key& k = keys_.edit(id);
    k.id = id, k.spki = *spki, k.parsed = *key, k.holder = std::make_shared<Holder>(Holder{f.owner, {}});
    k.grants.push_back({f.role, std::string(kDistrict), kDateMin, std::nullopt, false});
  }
  return {};
}

Status KeyRing::enrol(const Event&, const KeyEnrolled& x) {
  auto spki = unbase64(x.public_key());
  auto parsed = spki ? suite_->parse_public(*spki) : tl::unexpected<Error>(Error{});
  auto stated = key_id_of(x.key_id());
  if ((stated && keys_.has(*stated)) || (parsed && keys_.has((*parsed)->id())))
    return refuse("key-exists", "this key is enrolled already", "data.keyId");
  if (x.not_after() < x.not_before()) return refuse("dates-reversed", "notAfter lies before notBefore", "data.notAfter");
  if (!parsed || !stated || (*parsed)->id() != *stated)
    return refuse("key-id-mismatch", "keyId is not that of publicKey, or publicKey is no key of this ledger's suite", "data.keyId");
  auto possession = unbase64(x.possession());
  Bytes message = Bytes("pufa/enrol/v1\n") + Bytes(ledger_id_.view()) + Bytes(stated->view());
  if (!possession || !(*parsed)->verify(message, *possession))
    return refuse("possession-wrong", "possession is not this key's signature for this ledger: see pufa key show --ledger", "data.possession");
  Key& k = keys_.edit(*stated);
  k.id = *stated, k.spki = *spki, k.parsed = *parsed;
  k.holder = std::make_shared<Holder>(Holder{std::string(x.owner()), std::string(x.owner_unit())});
  k.not_before = x.not_before(), k.not_after = x.not_after();
  return {};
}

// Whether the key is the only valid one that holds the role.
bool KeyRing::last_of(Role role, const KeyId& id, const Event& e) const {
  auto valid = [&](const Key& k) { return holds(k, role, e.admitted_on) && k.not_before <= e.admitted && e.admitted <= k.not_after; };
  if (!valid(*find(id))) return false;
  for (auto* k : sorted())
    if (k->id != id && valid(*k)) return false;
  return true;
}

Status KeyRing::revoke(const Event& e, const KeyRevoked& x) {
  auto id = key_id_of(x.key_id());
  const Key* key = id ? find(*id) : nullptr;
  if (key == nullptr) return refuse("key-unknown", "no such key is enrolled", "data.keyId");
  if (key->revoked) return refuse("key-revoked", "the key was revoked already", "data.keyId");
  const bool compromised = x.reason() == KeyRevoked::Reason::compromised;
  if (compromised != x.compromised_since().has_value())
    return refuse("revocation-shape", "compromisedSince goes with the reason compromised, and only with it", "data.compromisedSince");
  if (last_of(Role::auditAdmin, *id, e) || last_of(Role::registrar, *id, e))
    return refuse("last-key", "this is the last valid key of its power: enrol another first", "data.keyId");
  Key& k = keys_.edit(*id);
  k.revoked = true;
  k.compromised_since = x.compromised_since();
  return {};
}

Status KeyRing::check_protected(const Event& e, Role role) const {
  if (is_protected(role) && !e.signer->is(Role::auditAdmin))
    return refuse("role-needs-audit-admin", "only the audit administrator gives or takes this role", "data.role");
  return {};
}

Status KeyRing::grant(const Event& e, const RoleGranted& x) {
  auto id = key_id_of(x.key_id());
  const Key* key = id ? find(*id) : nullptr;
  if (key == nullptr) return refuse("key-unknown", "no such key is enrolled", "data.keyId");
  if (key->revoked) return refuse("key-revoked", "the key was revoked", "data.keyId");
  if (is_unit_role(x.role()) == (x.scope() == kDistrict))
    return refuse("scope-kind", "unit, unitHead and superior have a unit as scope, every other role \"district\"", "data.scope");
  LEDGER_CHECK(check_protected(e, x.role()));
  if (*id == e.signer->key) return refuse("self-grant", "no key grants itself a role", "data.keyId");
  for (auto& g : key->grants)
    if (!g.ended && g.role == x.role() && g.scope == x.scope() && (!g.until || x.from() <= *g.until))
      return refuse("role-held", "the key holds this role already", "data.role");
  keys_.edit(*id).grants.push_back({x.role(), std::string(x.scope()), x.from(), x.until(), false});
  return {};
}

Status KeyRing::end_grant(const Event& e, const RoleRevoked& x) {
  auto id = key_id_of(x.key_id());
  const Key* key = id ? find(*id) : nullptr;
  auto held = [&](const Grant& g) { return !g.ended && g.role == x.role() && g.scope == x.scope(); };
  if (key == nullptr || std::none_of(key->grants.begin(), key->grants.end(), held))
    return refuse("role-not-held", "the key does not hold this role", "data.role");
  LEDGER_CHECK(check_protected(e, x.role()));
  for (auto& g : keys_.edit(*id).grants)
    if (held(g)) g.ended = true;
  return {};
}

std::vector<NoteVerifier> KeyRing::operators(const std::string& origin) const {
  std::vector<NoteVerifier> out;
  for (auto* k : sorted())
    if (std::any_of(k->grants.begin(), k->grants.end(), [](const Grant& g) { return g.role == Role::operator_; }))
      out.emplace_back(origin, *suite_, k->parsed);
  return out;
}

}  // namespace ledger
