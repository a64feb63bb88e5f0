// The store by itself, and what is kept beside it in memory.
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <filesystem>
#include <set>

#include "ledger/log/newest_ids.h"
#include "ledger/store/store.h"
#include "tests/support/command.h"
#include "tests/support/world.h"

namespace fs = std::filesystem;
using namespace ledger;

namespace {

std::uintmax_t log_bytes(const std::string& dir) {
  std::uintmax_t sum = 0;
  for (auto& e : fs::directory_iterator(dir + "/db"))
    if (e.path().extension() == ".log") sum += e.file_size();
  return sum;
}

// Some 1.9 MB over six shelves, as a submission of 4,000 events makes them.
Batch submission(std::uint64_t first, Random& random) {
  Batch batch;
  for (std::uint64_t p = first; p < first + 4'000; ++p) {
    batch.push_back({Shelf::records, position_key(p), random.bytes(150)});
    batch.push_back({Shelf::bodies, position_key(p), random.bytes(200)});
    batch.push_back({Shelf::ids, random.bytes(16), position_key(p)});
    if (p % 256 == 0) batch.push_back({Shelf::tiles, position_key(p), random.bytes(8'192)});
  }
  batch.push_back({Shelf::submissions, random.bytes(16), random.bytes(44)});
  batch.push_back({Shelf::checkpoints, position_key(first), random.bytes(200)});
  return batch;
}

Id id_of(std::uint32_t n) {
  Id id;
  for (int i = 0; i < 4; ++i) id.b[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(n >> (24 - 8 * i));
  return id;
}

}  // namespace

TEST_CASE("a writer that closes leaves little to be replayed, whatever it was flushing then") {
  world::Counted random;
  for (int writes : {10, 43, 45}) {   // after 39 the shelves are flushed by themselves, which takes the time of some more
    const command::Folder folder;
    {
      auto store = open_store(folder.str(), OpenMode::create);
      REQUIRE(store);
      for (int i = 0; i < writes; ++i) REQUIRE((*store)->write(submission(static_cast<std::uint64_t>(i) * 4'000, random), true));
    }
    INFO(writes << " writes");
    CHECK(log_bytes(folder.str()) <= 4u << 20);
  }
}

TEST_CASE("the newest ids say what the whole shelf would, or nothing") {
  CHECK(rc::check([] {
    NewestIds newest;
    std::set<std::uint32_t> all;
    const auto base = *rc::gen::inRange<std::uint32_t>(0, 1'000'000);
    const auto step = *rc::gen::inRange<std::uint32_t>(0, 40);        // how far each group's ids lie above the last one's
    const auto spread = *rc::gen::inRange<std::uint32_t>(1, 60'000);
    std::uint32_t state = base, answered = 0;
    for (std::uint32_t i = 0; i < 30'000; ++i) {
      state = state * 1'103'515'245 + 12'345;
      const std::uint32_t n = base + i * step + (state >> 8) % spread;
      if (i % 97 == 0) {
        const auto has = newest.has(id_of(n));
        RC_ASSERT(!has || *has == (all.count(n) != 0));
        answered += has.has_value();
      }
      if (all.insert(n).second) newest.add(id_of(n));
    }
    RC_ASSERT(newest.has(id_of(*all.rbegin())) == true);
    RC_ASSERT(newest.has(id_of(*all.rbegin() + 1)) == false);
    RC_CLASSIFY(answered < 200, "mostly older");
  }));
}
