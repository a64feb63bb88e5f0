// What a ledger keeps when its disk fails: every operation in turn made to fail, the disk full, the power cut with
// what was not synced lost, torn or out of order. A run is named by its fault, the operation and a seed.
//   PUFA_CRASH_RUNS=N crash_test "[random]"     N seeded runs, instead of 2000 (under sanitizers 60; for hours: 100000)
//   PUFA_CRASH_SEED=S crash_test "[random]"     that run alone
#include <cstdlib>

#include "tests/crash/office.h"
#include "tests/support/build.h"

using namespace crash;

namespace {

const std::uint64_t kStride = build::sanitized ? 7 : 1, kRandomRuns = build::sanitized ? 60 : 2000;
constexpr std::size_t kDays = 2, kPerDay = 3;

const Clerk& clerk() {
  static const Clerk made(kDays * kPerDay + 4);
  return made;
}

std::uint64_t number(const char* name, std::uint64_t fallback) {
  const char* text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : fallback;
}

// Days of work; a fault may end one. Then the disk is sound again, what is unknown is sent again, and nothing is lost.
bool run(Fault fault, std::uint64_t at, Loss loss, std::uint64_t seed) {
  INFO("fault " << static_cast<int>(fault) << " at " << at << " loss " << static_cast<int>(loss) << " seed " << seed);
  Office office(clerk());
  office.files().plan(fault, at);
  for (std::size_t d = 0; d < kDays; ++d) {
    if (office.day(kPerDay)) continue;
    if (fault != Fault::error) break;
    office.check();   // as it was left, before what is unknown is sent again
  }
  const bool struck = office.files().struck();
  if (fault == Fault::power) office.files().lose_unsynced(loss, seed);
  office.files().plan(Fault::none, 0);
  office.check();
  CHECK(office.day(2));
  office.check();
  return struck;
}

// With the fault at every operation in turn, until one is not reached.
std::uint64_t run_all(Fault fault, Loss loss = Loss::all) {
  std::uint64_t at = 1;
  while (run(fault, at, loss, at)) at += kStride;
  return at - kStride;
}

}  // namespace

TEST_CASE("an operation of the disk that fails, each in turn, loses nothing and leaves nothing half done") { CHECK(run_all(Fault::error) > 50); }

TEST_CASE("a disk that is full from any operation on loses nothing") { CHECK(run_all(Fault::full) > 50); }

TEST_CASE("a power cut at any operation loses nothing that was acknowledged") {
  for (auto loss : {Loss::all, Loss::torn, Loss::reordered}) CHECK(run_all(Fault::power, loss) > 50);
}

TEST_CASE("power cuts at random, by seed", "[random]") {
  const std::uint64_t only = number("PUFA_CRASH_SEED", 0), runs = number("PUFA_CRASH_RUNS", kRandomRuns);
  for (std::uint64_t seed = only ? only : 1; seed <= (only ? only : runs); ++seed) {
    std::mt19937_64 random(seed);
    run(Fault::power, 1 + random() % 120, static_cast<Loss>(random() % 3), seed);
  }
}

TEST_CASE("bits that flip on their way from the disk are told or harmless") {
  std::uint64_t struck = 0;
  for (std::uint64_t at = 1;; at += kStride) {
    INFO("read " << at);
    Office office(clerk());
    office.files().flip_read(at);
    const bool worked = office.day(kPerDay);   // may be refused, never crashes
    INFO("the day ended well: " << worked);
    const bool reached = office.files().struck();
    office.files().flip_read(0);
    office.check();
    if (!reached) break;
    struck += kStride;
  }
  CHECK(struck > 10);
}
