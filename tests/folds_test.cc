// Rankings of the demonstration at heads of every kind: as of a position, from a snapshot, folded anew,
// and with single events taken out.
#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

#include <algorithm>
#include <set>

#include "ledger/log/stored_tree.h"
#include "projections/snapshot.h"
#include "tests/support/command.h"
#include "tools/cli/snapshots.h"

using namespace projections::assessment;

namespace {

constexpr int kYear = 2025;

// The ranking's document, or why there is none (early heads lack a calendar).
std::string text_of(ledger::Result<tools::Assessed> a, const std::string& as_of) {
  if (!a) return a.error().code;
  a->ranking.head.as_of = as_of;
  return to_json(a->ranking).dump();
}

// One demonstration for all tests of this program.
struct Demonstration {
  Demonstration() {
    const auto ran = command::pufa({"demo", dir});
    INFO(ran.err);
    REQUIRE(ran.status == 0);
    reader = std::move(*tools::open_reader(dir));
    size = *ledger::stored_size(*reader.store);
  }

  std::string fresh(std::uint64_t position) const { return rank(position, false); }
  std::string on_demand(std::uint64_t position) const { return rank(position, true); }
  void forget() const { command::fs::remove_all(dir + "/snapshots"); }

  command::Folder folder;
  std::string dir = folder / "L";
  tools::Reader reader;
  std::uint64_t size = 0;

 private:
  std::string rank(std::uint64_t position, bool snapshots) const {
    return text_of(tools::rank_on_demand(reader, {dir, "", "@" + std::to_string(position), kYear, snapshots}), "@" + std::to_string(position));
  }
};

const Demonstration& demonstration() {
  static const Demonstration one;
  return one;
}

// A ledger that ends after `size` records.
tools::Reader truncated(std::uint64_t size) {
  const auto& from = *demonstration().reader.store;
  tools::Reader out{ledger::memory_store(), demonstration().reader.genesis};
  ledger::Batch batch;
  for (auto shelf : {ledger::Shelf::records, ledger::Shelf::bodies})
    REQUIRE(from.scan(shelf, {}, [&](ledger::BytesView k, ledger::BytesView v) {
      if (k >= ledger::position_key(size)) return false;
      return batch.push_back({shelf, ledger::Bytes(k), ledger::Bytes(v)}), true;
    }));
  REQUIRE(from.scan(ledger::Shelf::tiles, {}, [&](ledger::BytesView k, ledger::BytesView v) {
    return batch.push_back({ledger::Shelf::tiles, ledger::Bytes(k), ledger::Bytes(v)}), true;
  }));
  REQUIRE(out.store->write(batch, true));
  return out;
}

Facts facts_without(const std::unordered_set<ledger::Id>& without) {
  Facts facts(without);
  REQUIRE(ledger::read_events(*demonstration().reader.store, 0, demonstration().size,
                              [&](const ledger::Event& e, ledger::BytesView) { return facts.apply(e), true; }));
  return facts;
}

Ranking explained(const Facts& facts) {
  auto scheme = tools::choose_scheme(facts, kYear, "");
  REQUIRE(scheme);
  auto a = tools::assess_year(facts, kYear, *scheme, {demonstration().size, {}, {}, {}}, Detail::events);
  REQUIRE(a);
  return a->ranking;
}

// Everything that explains one amount, as text.
std::string text_of(const Trace& t) {
  std::string s = std::to_string(t.points) + "/" + std::to_string(t.weight) + (t.applicable ? " " : " - ") + t.formula;
  for (auto& [name, n] : t.counts) s += " " + name + "=" + std::to_string(n);
  for (auto& m : t.missing) s += " !" + m;
  for (auto& id : t.events) s += " " + ledger::format_id(id);
  return s;
}

std::vector<const Trace*> traces(const Row& r) {
  std::vector<const Trace*> out;
  for (auto& t : r.indicators) out.push_back(&t);
  for (auto* t : {&r.bonus, &r.penalty, &r.veto}) out.push_back(t);
  return out;
}

bool lists(const Trace& t, const ledger::Id& id) { return std::binary_search(t.events.begin(), t.events.end(), id); }

}  // namespace

TEST_CASE("a snapshot, a fold anew and a ledger that ends there agree at any position") {
  const auto& d = demonstration();
  rc::prop("random positions in random order", [&] {
    d.forget();
    const auto positions = *rc::gen::container<std::vector<std::uint64_t>>(3, rc::gen::inRange<std::uint64_t>(200, d.size + 1));
    for (auto p : positions) {
      const std::string fresh = d.fresh(p);
      RC_ASSERT(d.on_demand(p) == fresh);   // perhaps from an earlier position's snapshot
      RC_ASSERT(d.on_demand(p) == fresh);   // from its own
    }
    const auto p = positions.front();
    RC_ASSERT(text_of(tools::rank_on_demand(truncated(p), {"", "", "", kYear, false}), "@" + std::to_string(p)) == d.fresh(p));
  });
}

TEST_CASE("after the year is over a snapshot holds on, and only while nothing counts") {
  const auto& d = demonstration();
  d.forget();
  for (std::uint64_t p = d.size - 60; p <= d.size; ++p) REQUIRE(d.on_demand(p) == d.fresh(p));
}

TEST_CASE("a snapshot that was damaged, or is of another ledger, is folded anew") {
  const auto& d = demonstration();
  d.forget();
  const std::string fresh = d.fresh(d.size);
  REQUIRE(d.on_demand(d.size) == fresh);
  const std::string path = command::fs::directory_iterator(d.dir + "/snapshots")->path().string();
  const std::string kept = command::read(path);
  for (std::size_t i = 0; i < kept.size(); i += 97) {
    std::string damaged = kept;
    damaged[i] = static_cast<char>(damaged[i] ^ 1);
    CHECK(!projections::decode_snapshot(damaged));
  }
  auto other = projections::decode_snapshot(kept);
  REQUIRE(other);
  other->ranking.head.root.b[0] ^= 1;
  other->ranking.rows[0].total = 0;
  command::write(path, projections::encode(*other));
  CHECK(d.on_demand(d.size) == fresh);
  command::write(path, kept.substr(0, kept.size() / 2));
  CHECK(d.on_demand(d.size) == fresh);
}

// events.md's promise of `explain`: complete, and nothing else matters.
TEST_CASE("taking out a listed event changes the trace, taking out any other changes nothing") {
  const Facts all = facts_without({});
  const Ranking before = explained(all);
  rc::prop("a random event of the year", [&] {
    const auto& fact = all.all()[*rc::gen::inRange<std::size_t>(0, all.all().size())];
    if (fact.type == ledger::EventType::WorkCalendarPublished) return;   // without one there is no ranking at all
    const Ranking after = explained(facts_without({fact.id}));
    for (auto& row : before.rows) {
      const Row* again = after.find(row.unit);
      if (again == nullptr) {
        RC_ASSERT(lists(row.indicators[0], fact.id));   // its registration, or what that needs
        continue;
      }
      const auto was = traces(row), is = traces(*again);
      for (std::size_t i = 0; i < was.size(); ++i) RC_ASSERT((text_of(*was[i]) == text_of(*is[i])) == !lists(*was[i], fact.id));
    }
  });
}
