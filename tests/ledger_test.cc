// Admission, sequencing, receipts, reopening and verification over a ledger in memory.
#include <mutex>
#include <thread>

#include "tests/refusals/refusals.h"

using namespace world;

TEST_CASE("a submission is admitted whole, or nothing of it") {
  for (const Suite* suite : {&intl(), &gm()}) {
    World w(*suite);
    const auto before = w.log->size();
    const auto root = w.log->root();
    auto bad = World::training();
    bad["on"] = "2025-02-01";
    CHECK(w.verdict("unit", {World::training(), bad}) == "on-in-future");
    CHECK(w.log->size() == before);
    CHECK(w.log->root() == root);
    CHECK(w.verdict("unit", {World::training(), World::training("宪法学习")}) == "accepted");
    CHECK(w.log->size() == before + 2);
    CHECK(w.verify().findings.empty());
  }
}

TEST_CASE("a receipt's proofs hold against its checkpoint, and the checkpoint against the operator's key") {
  World w;
  std::vector<Json> drafts;
  for (int i = 0; i < 300; ++i) drafts.push_back(World::training(("培训" + std::to_string(i)).c_str()));
  auto outcome = w.submit("unit", drafts);
  auto& r = std::get<Receipt>(outcome);
  auto note = parse_note(r.checkpoint);
  REQUIRE(note);
  NoteVerifier v("demo.test/log", intl(), *intl().parse_public(w.keys["operator"]->public_key().spki()));
  CHECK(verify_note(*note, {v}));
  auto head = parse_checkpoint(note->text);
  for (auto& e : r.events) {
    auto record = w.store->get(Shelf::records, position_key(e.position));
    CHECK(leaf_hash(intl(), **record) == e.leaf);
    CHECK(check_inclusion(intl(), e.position, head->size, e.leaf, e.proof, head->root));
  }
}

TEST_CASE("the same submission sent again gets its first receipt; its id with other bytes is refused") {
  World w;
  auto s = w.sign("unit", {w.event(World::training())});
  auto first = w.log->submit(s, w.now);
  auto again = w.log->submit(s, w.now);
  CHECK(std::get<Receipt>(again).again);
  CHECK(std::get<Receipt>(again).first == std::get<Receipt>(first).first);
  auto header = *decode_submission_header(s.header);
  auto other = sign_submission(w.suite, w.log->genesis().ledger_id, *w.keys["unit"], {w.event(World::training("别的"))}, header.submission_id, w.now);
  CHECK(World::verdict(w.log->submit(other, w.now)) == "submission-id-reused");
  w.open();
  CHECK(std::get<Receipt>(w.log->submit(s, w.now)).again);
}

TEST_CASE("a validly signed event whose body is no message of its type is refused") {
  World w;
  const auto good = w.event(World::training());
  const auto header = *decode_header(good.header);
  for (std::size_t i = 0; i < good.body.size(); ++i) {
    INFO("byte " << i);
    auto bad = good;
    bad.body[i] = static_cast<char>(bad.body[i] ^ (1 << (i % 8)));
    auto h = header;
    h.commitment = body_commitment(w.suite, bad.salt, bad.body);
    bad.header = encode(h);
    auto prepared = prepare(w.suite, w.sign("unit", {bad}));   // refused, or still a message: never worse
    if (!prepared) CHECK_FALSE(prepared.error().error.code.empty());
  }
}

TEST_CASE("an event's id is taken once, in a group and in the log") {
  World w;
  auto draft = World::training();
  draft["id"] = format_id(make_uuid7(w.now, w.random));
  auto other = draft;
  other["data"]["title"] = "别的";
  const auto first = w.sign("unit", {w.event(draft)}), second = w.sign("unit", {w.event(other)});
  std::map<std::string, int> told;
  std::mutex mutex;
  std::vector<std::thread> all;
  for (auto* s : {&first, &second})
    all.emplace_back([&, s] {
      const auto verdict = World::verdict(w.log->submit(*s, w.now));
      std::lock_guard lock(mutex);
      ++told[verdict];
    });
  for (auto& t : all) t.join();
  CHECK(told == std::map<std::string, int>{{"accepted", 1}, {"id-duplicate", 1}});
  CHECK(w.verdict("unit", {other}) == "id-duplicate");
  CHECK(w.verify().findings.empty());
}

TEST_CASE("verification judges each rule anew") {
  World w;
  auto draft = World::training();
  draft["on"] = "2025-02-01";
  const auto position = refusals::write_past_admission(w, "unit", draft);
  const auto found = w.verify().findings;
  REQUIRE(found.size() == 1);
  CHECK(found[0].position == position);
  CHECK(found[0].code == "on-in-future");
}

TEST_CASE("what was altered after signing is refused") {
  World w;
  auto good = w.sign("unit", {w.event(World::training())});
  auto altered = good;
  altered.signature[5] ^= 1;
  CHECK(World::verdict(w.log->submit(altered, w.now)) == "bad-signature");
  altered = good;
  altered.events[0] = w.event(World::training("换过的"));
  CHECK(World::verdict(w.log->submit(altered, w.now)) == "bad-signature");
  altered = good;
  altered.events[0].body[24] ^= 1;
  CHECK(World::verdict(w.log->submit(altered, w.now)) != "accepted");
  auto foreign = sign_submission(w.suite, Id{}, *w.keys["unit"], good.events, make_uuid7(w.now, w.random), w.now);
  CHECK(World::verdict(w.log->submit(foreign, w.now)) == "ledger-id-mismatch");
  CHECK(World::verdict(w.log->submit(w.sign("stranger", good.events), w.now)) == "key-unknown");
  auto future = sign_submission(w.suite, w.log->genesis().ledger_id, *w.keys["unit"], good.events, make_uuid7(w.now, w.random), Instant{w.now.ms + 301'000});
  CHECK(World::verdict(w.log->submit(future, w.now)) == "signed-in-future");
  CHECK(World::verdict(w.log->submit(good, w.now)) == "accepted");
}

TEST_CASE("a submission of too many bytes is refused before any of them is read") {
  SubmissionHeader header;
  header.count = 1;
  Submission submission{encode(header), "signature", {{"header", "salt", Bytes(kSubmissionBytesMax, 'b'), {}}}, {}};
  const auto refused = prepare(intl(), std::move(submission));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().error.code == "submission-too-large");
}

TEST_CASE("keys and roles are judged in order, a revocation earlier in the same submission included") {
  World w;
  const auto unit_id = hex(w.keys["unit"]->public_key().id().view());
  CHECK(w.verdict("office", {World::training()}) == "role-missing");
  auto elsewhere = World::training();
  elsewhere["unit"] = kOffice;
  CHECK(w.verdict("unit", {elsewhere}) == "scope-mismatch");
  CHECK(w.verdict("registrar", {w.role_draft("stranger", "office", "district")}) == "key-unknown");
  CHECK(w.verdict("registrar", {w.role_draft("unit", "reviewer", "district")}) == "role-needs-audit-admin");
  CHECK(w.verdict("registrar", {w.role_draft("registrar", "office", "district")}) == "self-grant");
  CHECK(w.verdict("registrar", {w.role_draft("unit", "unit", "district")}) == "scope-kind");
  CHECK(w.verdict("registrar", {w.role_draft("unit", "unit", kCourt)}) == "role-held");
  Json revoke{{"type", "KeyRevoked"}, {"on", "2025-01-03"}, {"data", {{"keyId", unit_id}, {"reason", "lost"}}}};
  CHECK(w.verdict("registrar", {revoke, w.role_draft("unit", "unitHead", kCourt)}) == "key-revoked");
  CHECK(w.verdict("unit", {World::training()}) == "accepted");
  CHECK(w.verdict("registrar", {revoke}) == "accepted");
  CHECK(w.verdict("unit", {World::training()}) == "key-revoked");
  Json last{{"type", "KeyRevoked"}, {"on", "2025-01-03"}, {"data", {{"keyId", hex(w.keys["auditAdmin"]->public_key().id().view())}, {"reason", "lost"}}}};
  CHECK(w.verdict("registrar", {last}) == "last-key");
  CHECK(w.verify().findings.empty());
}

TEST_CASE("sixty-four submitters at once: every event once, in a verified log") {
  World w;
  std::vector<Submission> submissions;
  for (int i = 0; i < 64; ++i) submissions.push_back(w.sign("unit", {w.event(World::training(("并发" + std::to_string(i)).c_str()))}));
  const auto before = w.log->size();
  std::vector<std::thread> threads;
  std::atomic<int> accepted{0};
  for (auto& s : submissions)
    threads.emplace_back([&] { accepted += World::verdict(w.log->submit(s, w.now)) == "accepted"; });
  for (auto& t : threads) t.join();
  CHECK(accepted == 64);
  CHECK(w.log->size() == before + 64);
  CHECK(w.verify().findings.empty());
}

TEST_CASE("a failed commit says unknown, poisons the writer, and loses nothing that was acknowledged") {
  World w;
  auto s = w.sign("unit", {w.event(World::training())});
  const auto size = w.log->size();
  Lent::fail_next = true;
  CHECK(World::verdict(w.log->submit(s, w.now)) == "unknown");
  Lent::fail_next = false;
  CHECK(World::verdict(w.log->submit(s, w.now)) == "unknown");
  w.open();
  CHECK(w.log->size() == size);
  CHECK(World::verdict(w.log->submit(s, w.now)) == "accepted");
  CHECK(w.log->size() == size + 1);
  CHECK(w.verify().findings.empty());
}

TEST_CASE("an index comes by itself every 4,096 records, and verification recomputes it") {
  World w;
  std::vector<Json> drafts;
  for (int i = 0; i < 4'200; ++i) drafts.push_back(World::training());
  const auto before = w.log->size();
  CHECK(w.verdict("unit", drafts) == "accepted");
  CHECK(w.log->size() == before + drafts.size() + 1);   // at once, so that what follows adds its own records alone
  CHECK(w.verdict("stranger", {World::training()}) == "key-unknown");
  CHECK(w.log->size() == before + drafts.size() + 1);
  CHECK(w.verdict("unit", {World::training()}) == "accepted");
  CHECK(w.log->size() == before + drafts.size() + 2);
  CHECK(w.verify().findings.empty());
  CHECK(World::verdict(w.log->ensure_index(w.now)) == "accepted");
  CHECK(w.verify().findings.empty());
}

TEST_CASE("a retry gets its first receipt whatever the time is by then") {
  World w;
  const auto first = w.sign("unit", {w.event(World::training())});
  CHECK(World::verdict(w.log->submit(first, w.now)) == "accepted");
  w.now.ms += 60'000;
  CHECK(w.verdict("unit", {World::training()}) == "accepted");
  const auto size = w.log->size();
  const auto again = w.log->submit(first, Instant{w.now.ms - 60'000});   // a new submission then: at-goes-back
  REQUIRE(std::holds_alternative<Receipt>(again));
  CHECK(std::get<Receipt>(again).again);
  CHECK(w.log->size() == size);
}

TEST_CASE("opening refuses a store that lost or changed what a checkpoint covers") {
  World w;
  CHECK(w.verdict("unit", {World::training(), World::training()}) == "accepted");
  w.log.reset();
  auto newest = *w.store->last(Shelf::checkpoints);
  SECTION("a checkpoint of a longer history") {
    auto text = sign_note(Checkpoint{"demo.test/log", 99, Hash{}}.text(), "demo.test/log", intl(), *w.keys["operator"]);
    REQUIRE(w.store->write({{Shelf::checkpoints, position_key(99), text}}, true));
    CHECK(w.try_open().error().code == "checkpoint-beyond");
    CHECK(w.finds("checkpoint-beyond"));
  }
  SECTION("a checkpoint of another history") {
    const auto size = read_be(newest->first);
    auto text = sign_note(Checkpoint{"demo.test/log", size, sha256("other")}.text(), "demo.test/log", intl(), *w.keys["operator"]);
    REQUIRE(w.store->write({{Shelf::checkpoints, newest->first, text}}, true));
    CHECK(w.try_open().error().code == "checkpoint-mismatch");
    CHECK(w.finds("checkpoint-mismatch"));
  }
  SECTION("a checkpoint of a stranger") {
    auto note = *parse_checkpoint(parse_note(newest->second)->text);
    REQUIRE(w.store->write({{Shelf::checkpoints, newest->first, sign_note(note.text(), "demo.test/log", intl(), *w.keys["stranger"])}}, true));
    CHECK_FALSE(w.try_open());
    CHECK(w.finds("checkpoint-unsigned"));
  }
}

TEST_CASE("verification finds a flipped bit on every shelf") {
  World w;
  std::vector<Json> drafts;
  for (int i = 0; i < 300; ++i) drafts.push_back(World::training());
  CHECK(w.verdict("unit", drafts) == "accepted");
  w.log.reset();
  REQUIRE(w.verify().findings.empty());
  for (Shelf shelf : {Shelf::records, Shelf::bodies, Shelf::tiles, Shelf::ids, Shelf::submissions, Shelf::checkpoints}) {
    std::vector<std::pair<Bytes, Bytes>> entries;
    REQUIRE(w.store->scan(shelf, {}, [&](BytesView k, BytesView v) { return entries.emplace_back(k, v), true; }));
    REQUIRE_FALSE(entries.empty());
    for (std::size_t n : {std::size_t{0}, entries.size() / 2, entries.size() - 1}) {
      auto [key, value] = entries[n];
      for (std::size_t at : {std::size_t{0}, value.size() / 3, value.size() / 2, value.size() - 1}) {
        Bytes bad = value;
        bad[at] ^= 0x10;
        REQUIRE(w.store->write({{shelf, key, bad}}, true));
        INFO(name_of(shelf) << " entry " << n << " byte " << at);
        CHECK_FALSE(w.verify().findings.empty());
        REQUIRE(w.store->write({{shelf, key, value}}, true));
      }
    }
  }
  CHECK(w.verify().findings.empty());
}

TEST_CASE("a checkpoint from elsewhere must be of this history") {
  World a, b;
  CHECK(a.verdict("unit", {World::training("甲")}) == "accepted");
  CHECK(b.verdict("unit", {World::training("乙")}) == "accepted");
  CHECK(a.verify({a.log->checkpoint()}).findings.empty());
  auto report = a.verify({b.log->checkpoint()});
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].code == "checkpoint-mismatch");
}

TEST_CASE("admission times never go back, and only a demonstration takes them from outside") {
  World w;
  auto s = w.sign("unit", {w.event(World::training())});
  CHECK(World::verdict(w.log->submit(s, World::at("2025-01-02T00:00:00Z"))) == "at-goes-back");
  CHECK(World::verdict(w.log->submit(s, w.now)) == "accepted");
}
