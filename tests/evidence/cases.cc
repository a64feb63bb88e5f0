#include "tests/evidence/cases.h"

#include "ledger/core/genesis.h"
#include "ledger/log/prove.h"
#include "projections/assessment_evidence.h"

namespace evidence {
namespace {

using namespace ledger;
using refusals::admit;
using refusals::World;
using world::kCourt;

std::string policy_of(const Suite& s, const PrivateKey& operator_key, const std::string& origin = "demo.test/log") {
  return "log " + NoteVerifier(origin, s, *s.parse_public(operator_key.public_key().spki())).vkey() + "\nquorum none\n";
}
std::string policy_of(const World& w) { return policy_of(w.suite, *w.keys.at("operator")); }

std::unique_ptr<Prover> prover(World& w, std::uint64_t position) {
  w.log.reset();   // stores the newest checkpoint
  auto p = Prover::open(*w.store, position);
  if (!p) FAIL(p.error().message);
  return std::move(*p);
}

Bytes gathered(const std::function<Status(const EvidenceWriter::Sink&)>& f) {
  Bytes out;
  auto ok = f([&](BytesView b) { out += b; });
  if (!ok) FAIL(ok.error().code << " " << ok.error().message);
  return out;
}

Bytes record(World& w, std::uint64_t position, bool body = true) {
  auto p = prover(w, position);
  return gathered([&](auto& sink) { return p->record(position, {body, {}, nullptr}, sink); });
}
Bytes unit(World& w) {
  auto p = prover(w, 0);
  return gathered([&](auto& sink) { return p->unit(kCourt, 2025, true, sink); });
}
Bytes assessment(World& w, std::uint64_t position) {
  auto p = prover(w, position);
  return gathered([&](auto& sink) { return p->assessment(position, projections::is_shown, sink); });
}

void close_with_index(World& w) { REQUIRE(std::holds_alternative<Receipt>(w.log->ensure_index(w.now))); }

// The training at the end of the log, then an index.
std::uint64_t train(World& w) {
  admit(w, "unit", World::training());
  const auto position = w.log->size() - 1;
  close_with_index(w);
  return position;
}

void revoke(World& w, const char* key) {
  admit(w, "registrar", Json{{"type", "KeyRevoked"}, {"on", "2025-01-03"}, {"data", {{"keyId", hex(w.keys[key]->public_key().id().view())}, {"reason", "lost"}}}});
}

Case record_that_holds(const Suite& s) {
  World w(s);
  return {"record", "record", record(w, train(w)), policy_of(w), ""};
}

Case record_without_body(const Suite& s) {
  World w(s);
  return {"record without its body", "record", record(w, train(w), false), policy_of(w), ""};
}

Case of_many(const Suite& s) {
  World w(s);
  std::vector<Json> drafts(7, World::training());
  admit(w, "unit", drafts);
  const auto position = w.log->size() - 3;
  close_with_index(w);
  return {"record within a submission of seven", "record", record(w, position), policy_of(w), ""};
}

Case no_index_yet(const Suite& s) {
  World w(s);
  admit(w, "unit", World::training());
  const auto position = w.log->size() - 1;
  return {"record before any index", "record", record(w, position), policy_of(w), ""};
}

Case revoked_later(const Suite& s) {
  World w(s);
  admit(w, "unit", World::training());
  const auto position = w.log->size() - 1;
  revoke(w, "unit");
  close_with_index(w);
  return {"record of a key revoked later", "record", record(w, position), policy_of(w), ""};
}

// The subject is about a key that signed nothing: its history is shown all the same.
Case of_a_key(const Suite& s, const char* name, const char* type, const Json& more) {
  World w(s);
  Json data{{"keyId", hex(w.keys["desk"]->public_key().id().view())}};
  data.update(more);
  admit(w, "registrar", Json{{"type", type}, {"on", "2025-01-03"}, {"data", data}});
  const auto position = w.log->size() - 1;
  close_with_index(w);
  return {name, "record", record(w, position), policy_of(w), ""};
}
Case key_revoked(const Suite& s) { return of_a_key(s, "the revocation of a key", "KeyRevoked", {{"reason", "lost"}}); }
Case role_granted(const Suite& s) {
  return of_a_key(s, "the grant of a role", "RoleGranted", {{"role", "surveyor"}, {"scope", "district"}, {"from", "2025-01-03"}});
}
Case role_revoked(const Suite& s) {
  return of_a_key(s, "the end of a role", "RoleRevoked", {{"role", "intakeDesk"}, {"scope", "district"}, {"reason", "岗位调整"}});
}

// The key that keeps the power is no part of the evidence of the one that loses it.
Case registrar_replaced(const Suite& s) {
  World w(s);
  admit(w, "registrar", w.key_draft("stranger", "区档案馆"));
  const auto id = [&](const char* key) { return hex(w.keys[key]->public_key().id().view()); };
  admit(w, "auditAdmin", Json{{"type", "RoleGranted"}, {"on", "2025-01-03"}, {"data", {{"keyId", id("stranger")}, {"role", "registrar"}, {"scope", "district"}, {"from", "2025-01-01"}}}});
  admit(w, "auditAdmin", Json{{"type", "KeyRevoked"}, {"on", "2025-01-03"}, {"data", {{"keyId", id("registrar")}, {"reason", "replaced"}}}});
  const auto position = w.log->size() - 1;
  close_with_index(w);
  return {"the revocation of a registrar's key that another replaced", "record", record(w, position), policy_of(w), ""};
}

Case unit_that_holds(const Suite& s) {
  World w(s);
  train(w);
  return {"unit", "unit", unit(w), policy_of(w), ""};
}

// What is published of a year without works: enough to be computed anew.
Json result_draft(World& w) {
  for (auto& scenario : refusals::scenarios())
    if (scenario.type == "ResultPublished") return scenario.given(w);
  FAIL("no scenario of ResultPublished");
  return {};
}

Case assessment_that_holds(const Suite& s) {
  World w(s);
  admit(w, "office", result_draft(w));
  const auto position = w.log->size() - 1;
  return {"assessment", "assessment", assessment(w, position), policy_of(w), ""};
}

// ---- forged

Case forged_signature(const Suite& s) {
  World w(s);
  auto submission = w.sign("unit", {w.event(World::training())});
  submission.signature = w.sign("stranger", {w.event(World::training())}).signature;
  const auto position = refusals::write_past_admission(w, std::move(submission));
  return {"forged submission signature", "record", record(w, position), policy_of(w), "signed"};
}

Case other_key(const Suite& s) {
  World w(s);
  const auto position = refusals::write_past_admission(w, "stranger", World::training());
  return {"a key that was never enrolled", "record", record(w, position), policy_of(w), "entitled"};
}

Case unentitled_signer(const Suite& s) {
  World w(s);
  const auto position = refusals::write_past_admission(w, "desk", World::training());
  return {"a signer without the role", "record", record(w, position), policy_of(w), "entitled"};
}

Case other_scope(const Suite& s) {
  World w(s);
  auto draft = World::training();
  draft["unit"] = world::kOffice;
  const auto position = refusals::write_past_admission(w, "unit", draft);
  return {"a unit that signs for another", "record", record(w, position), policy_of(w), "entitled"};
}

Case revoked_before(const Suite& s) {
  World w(s);
  revoke(w, "unit");
  const auto position = refusals::write_past_admission(w, "unit", World::training());
  return {"a key revoked before", "record", record(w, position), policy_of(w), "entitled"};
}

// The revocation is not shown: but the index knows of it.
Case revocation_left_out(const Suite& s) {
  World w(s);
  revoke(w, "unit");
  const auto position = refusals::write_past_admission(w, "unit", World::training());
  w.open();
  close_with_index(w);
  auto sections = split(record(w, position));
  for (std::size_t i = 0, met = 0; i < sections.size(); ++i) {
    if (sections[i].name != "record" || decode_header(decode_record(sections[i].bytes)->header)->type != EventType::KeyRevoked) continue;
    std::size_t end = i + 1;
    while (end < sections.size() && sections[end].name != "record" && sections[end].name != "key") ++end;
    sections.erase(sections.begin() + static_cast<long>(i), sections.begin() + static_cast<long>(end));
    REQUIRE(++met == 1);
  }
  return {"a revocation left out of the evidence", "record", join(EvidenceKind::record, sections), policy_of(w), "entitled"};
}

Case other_body(const Suite& s) {
  World w(s);
  const auto position = train(w);
  const Bytes salt(32, 's');
  const auto other = w.event(World::training("别的培训"));
  w.log.reset();
  REQUIRE(w.store->write({{Shelf::bodies, position_key(position), salt + other.body}}, true));
  return {"a body that does not match", "record", record(w, position), policy_of(w), "body"};
}

// An altered record under a tree and a checkpoint that were made anew.
Case altered_record(const Suite& s) {
  World w(s);
  const auto position = train(w);
  w.log.reset();
  auto r = *decode_record(**w.store->get(Shelf::records, position_key(position)));
  auto h = *decode_header(r.header);
  h.on = h.on + -1;
  r.header = encode(h);
  REQUIRE(w.store->write({{Shelf::records, position_key(position), encode(r)}}, true));
  refusals::redo_checkpoint(w);
  return {"an altered record in a tree made anew", "record", record(w, position), policy_of(w), "signed"};
}

Case left_out_of_unit(const Suite& s) {
  World w(s);
  admit(w, "unit", World::training());
  train(w);
  auto sections = split(unit(w));
  std::size_t from = sections.size();
  for (std::size_t i = 0; i < sections.size(); ++i)
    if (sections[i].name == "record" && decode_header(decode_record(sections[i].bytes)->header)->type == EventType::TrainingHeld) from = std::min(from, i);
  std::size_t end = from + 1;
  while (sections[end].name != "record" && sections[end].name != "key") ++end;
  sections.erase(sections.begin() + static_cast<long>(from), sections.begin() + static_cast<long>(end));
  return {"a record left out of a unit's file", "unit", join(EvidenceKind::unit, sections), policy_of(w), "complete"};
}

Json false_index(World& w) {
  return {{"type", "IndexCommitted"}, {"on", "2025-01-03"},
          {"data", {{"headSize", w.log->size()}, {"unitsRoot", std::string(64, 'a')}, {"units", 2}, {"keysRoot", std::string(64, 'b')}, {"keys", 8}}}};
}

Case lying_index_of_unit(const Suite& s) {
  World w(s);
  admit(w, "unit", World::training());
  refusals::write_past_admission(w, "operator", false_index(w));
  return {"an index that leaves records out, against a unit's file", "unit", unit(w), policy_of(w), "entitled"};
}

Case lying_index(const Suite& s) {
  World w(s);
  admit(w, "office", result_draft(w));
  const auto position = w.log->size() - 1;
  refusals::write_past_admission(w, "operator", false_index(w));
  return {"an index that leaves records out, against all records", "assessment", assessment(w, position), policy_of(w), "complete"};
}

Case altered_points(const Suite& s) {
  World w(s);
  Json draft = result_draft(w);
  draft["data"]["rows"][0]["total"] = draft["data"]["rows"][0]["total"].get<int>() + 1;
  const auto position = refusals::write_past_admission(w, "office", draft);
  return {"altered points", "assessment", assessment(w, position), policy_of(w), "scored"};
}

Case altered_scheme(const Suite& s) {
  World w(s);
  const Json draft = result_draft(w);
  admit(w, "office", draft);
  const auto position = w.log->size() - 1;
  const auto scheme = *Prover::position_of(*w.store, *parse_id(draft["refs"]["scheme"].get<std::string>()));
  w.log.reset();
  Bytes body = **w.store->get(Shelf::bodies, position_key(scheme));
  const auto at = body.find("weight");
  REQUIRE(at != Bytes::npos);
  body[body.find_first_of("0123456789", at)] ^= 1;
  REQUIRE(w.store->write({{Shelf::bodies, position_key(scheme), body}}, true));
  return {"an altered scheme", "assessment", assessment(w, position), policy_of(w), "body"};
}

Case record_dropped(const Suite& s) {
  World w(s);
  admit(w, "office", result_draft(w));
  const auto position = w.log->size() - 1;
  auto sections = split(assessment(w, position));
  Bytes &entries = sections[2].bytes, &bodies = sections[3].bytes;
  // The last record is no part of the ranking: without it the rest still scores.
  std::size_t entry = 0, body = 0;
  for (std::size_t next = 0, next_body = 0; next < entries.size();) {
    entry = next, body = next_body;
    next += 2 + read_be(BytesView(entries).substr(next, 2)), next_body += 4 + read_be(BytesView(bodies).substr(next_body, 4));
  }
  entries.resize(entry), bodies.resize(body);
  return {"a record dropped at the end", "assessment", join(EvidenceKind::assessment, sections), policy_of(w), "complete"};
}

// Two histories of one ledger: witnesses cosigned the one, the office shows the other.
Case fork(const Suite& s) {
  World seen(s), shown(s);
  const auto position = train(seen);
  admit(shown, "unit", World::training("另一段历史"));
  const auto other = shown.log->size() - 1;
  close_with_index(shown);
  const auto witness = s.derive(sha256("witness").view());
  const NoteVerifier cosigner("witness.test", s, *s.parse_public(witness->public_key().spki()), s.cosignature_type());
  auto policy = policy_of(seen);
  policy.resize(policy.find("quorum"));
  policy += "witness w " + cosigner.vkey() + "\nquorum w\n";
  // The cosignature is of what the witness saw; it is laid under the other history's checkpoint.
  const auto good = record(seen, position);
  const auto proof = *parse_tlog_proof(split(good)[0].bytes);
  const auto line = cosign(parse_note(proof.checkpoint)->text, 1735862400, "witness.test", s, *witness);
  auto sections = split(record(shown, other));
  auto forged = *parse_tlog_proof(sections[0].bytes);
  forged.checkpoint += line;
  sections[0].bytes = format_tlog_proof(forged);
  return {"a fork with the other history's cosignature", "record", join(EvidenceKind::record, sections), policy, "included"};
}

Case fork_without_witness(const Suite& s) {
  World w(s);
  const auto witness = s.derive(sha256("witness").view());
  const NoteVerifier cosigner("witness.test", s, *s.parse_public(witness->public_key().spki()), s.cosignature_type());
  auto policy = policy_of(w);
  policy.resize(policy.find("quorum"));
  return {"a history that no witness saw", "record", record(w, train(w)), policy + "witness w " + cosigner.vkey() + "\nquorum w\n", "witnessed"};
}

Case witnessed(const Suite& s) {
  World w(s);
  const auto witness = s.derive(sha256("witness").view());
  const NoteVerifier cosigner("witness.test", s, *s.parse_public(witness->public_key().spki()), s.cosignature_type());
  auto policy = policy_of(w);
  policy.resize(policy.find("quorum"));
  auto sections = split(record(w, train(w)));
  auto proof = *parse_tlog_proof(sections[0].bytes);
  proof.checkpoint += cosign(parse_note(proof.checkpoint)->text, 1735862400, "witness.test", s, *witness);
  sections[0].bytes = format_tlog_proof(proof);
  return {"record with its witness", "record", join(EvidenceKind::record, sections), policy + "witness w " + cosigner.vkey() + "\nquorum w\n", ""};
}

// A type that no catalogue has, under a commitment to whatever; its body is not shown.
Case unknown_type(const Suite& s) {
  World w(s);
  const auto position = train(w);
  w.log.reset();
  auto r = *decode_record(**w.store->get(Shelf::records, position_key(position)));
  auto h = *decode_header(r.header);
  h.type = static_cast<EventType>(kEventTypes);
  r.header = encode(h);
  auto sections = split(record(w, position, false));
  for (auto& section : sections)
    if (section.name == "record" && decode_record(section.bytes)->position == position) section.bytes = encode(r);
  return {"a type that no catalogue has", "record", join(EvidenceKind::record, sections), policy_of(w), "parsed"};
}

// A ledger that says it is production, run with the published keys of the demonstration.
Case posing(const Suite& s) {
  auto store = memory_store();
  const auto op = demonstration_key(s, "operator"), registrar = demonstration_key(s, "registrar"), audit = demonstration_key(s, "auditAdmin");
  GenesisSpec g{"pufa.test/log", "420114", "蔡甸区", false, op.get(), registrar->public_key().spki(), audit->public_key().spki(), registrar->public_key().id(), audit->public_key().id()};
  world::Counted random;
  REQUIRE(Ledger::create(*store, s, g, World::at("2025-01-02T00:00:00Z"), random));
  auto p = Prover::open(*store, 0);
  REQUIRE(p);
  return {"a demonstration that poses as production", "record", gathered([&](auto& sink) { return (*p)->record(0, {true, {}, nullptr}, sink); }), policy_of(s, *op, "pufa.test/log"), "purpose"};
}

Case other_log(const Suite& s) {
  World w(s);
  const auto stranger = s.derive(sha256("another operator").view());
  return {"a checkpoint of a log that the policy does not name", "record", record(w, train(w)), policy_of(s, *stranger), "included"};
}

}  // namespace

std::vector<Case> cases(const Suite& s) {
  std::vector<Case> out;
  for (auto* make : {record_that_holds, record_without_body, of_many, no_index_yet, revoked_later, witnessed, unit_that_holds, assessment_that_holds, forged_signature, other_key,
                     unentitled_signer, other_scope, revoked_before, revocation_left_out, other_body, altered_record, left_out_of_unit, lying_index_of_unit, lying_index, altered_points,
                     altered_scheme, record_dropped, fork, fork_without_witness, unknown_type, posing, other_log, key_revoked, role_granted, role_revoked, registrar_replaced})
    out.push_back(make(s));
  return out;
}

std::vector<Section> split(const Bytes& file) {
  std::vector<Section> out;
  auto in = *EvidenceReader::open(file);
  while (!in.next().empty()) {
    const std::string name(in.next());
    out.push_back({name, Bytes(*in.take(name))});
  }
  return out;
}

Bytes join(EvidenceKind kind, const std::vector<Section>& sections) {
  Bytes out;
  EvidenceWriter w(kind, [&](BytesView b) { out += b; });
  for (auto& s : sections) w.section(s.name, s.bytes);
  w.finish();
  return out;
}

namespace {

// Over the witness `w`, who cosigned, and `v`, who did not; the level at which it fails.
constexpr std::pair<const char*, const char*> kQuorums[] = {
    {"quorum w", ""},
    {"quorum v", "witnessed"},
    {"group g any w v\nquorum g", ""},
    {"group g any v\nquorum g", "witnessed"},
    {"group g all w\nquorum g", ""},
    {"group g all w v\nquorum g", "witnessed"},
    {"group g 1 v w\nquorum g", ""},
    {"group g 2 w v\nquorum g", "witnessed"},
    {"group a any v w\ngroup g all a\nquorum g", ""},
    {"group a all v w\nquorum a  # both of them", "witnessed"},
    {"group g 2 w w\nquorum g", "policy"},
    {"group a any w\ngroup b any w\ngroup g 2 a b\nquorum g", "policy"},
    {"group a any v w\ngroup g 2 a w\nquorum g", "policy"},
    {"SAME\ngroup g 2 w w2\nquorum g", "policy"},
    {"LOG\nquorum w", "policy"},
    {"quorum w\r", "policy"},
};

}  // namespace

std::vector<Case> quorum_cases(const Suite& s) {
  const auto vkey_of = [&](const char* seed, const char* name) {
    return NoteVerifier(name, s, s.parse_public(s.derive(sha256(seed).view())->public_key().spki()).value(), s.cosignature_type()).vkey();
  };
  const Case seen = witnessed(s);
  const std::string log = seen.policy.substr(0, seen.policy.find('\n') + 1);
  const std::string names = seen.policy.substr(0, seen.policy.find("quorum")) + "witness v " + vkey_of("another witness", "v.test") + "\n";
  std::vector<Case> out;
  for (auto& [lines, level] : kQuorums) {
    std::string policy = names + lines + "\n";
    if (const auto at = policy.find("SAME\n"); at != policy.npos) policy.replace(at, 5, "witness w2 " + vkey_of("witness", "w2.test") + "\n");
    if (const auto at = policy.find("LOG\n"); at != policy.npos) policy.replace(at, 4, log);
    out.push_back({"quorum " + std::to_string(out.size()), "record", seen.file, policy, level});
  }
  return out;
}

}  // namespace evidence
