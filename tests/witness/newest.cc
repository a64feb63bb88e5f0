// Which checkpoint a ledger has cosigned.
#include "ledger/log/cosign.h"
#include "tests/support/world.h"

TEST_CASE("only a checkpoint over every record is cosigned") {
  world::World w;
  const ledger::NoteVerifier own("demo.test/log", w.suite, *w.suite.parse_public(w.keys["operator"]->public_key().spki()));
  const ledger::NoteVerifier other("demo.test/log", w.suite, *w.suite.parse_public(w.keys["stranger"]->public_key().spki()));
  const auto policy = *ledger::parse_policy("log " + own.vkey() + "\nquorum none\n");
  CHECK(ledger::cosignable_checkpoint(*w.store, policy).error().code == "checkpoint-missing");   // the last group's is not stored yet
  const auto size = w.log->size();
  w.log.reset();
  const auto newest = ledger::cosignable_checkpoint(*w.store, policy);
  REQUIRE(newest);
  CHECK(newest->trusted.checkpoint.size == size);
  const auto strangers = *ledger::parse_policy("log " + other.vkey() + "\nquorum none\n");
  CHECK(ledger::cosignable_checkpoint(*w.store, strangers).error().code == "policy-mismatch");
}
