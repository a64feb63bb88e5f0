// Storage that is held, closed or full: one line, status 4, and nothing acknowledged that is not there.
#include "tests/command/site.h"

namespace command {
namespace {

const std::string kNobody = "setpriv --reuid=65534 --regid=65534 --clear-groups";

bool has_setpriv() { return std::system((kNobody + " true >/dev/null 2>&1").c_str()) == 0; }

void open_to_readers(const std::string& path) {
  fs::permissions(path, fs::perms::others_read | fs::perms::others_exec, fs::perm_options::add);
  for (auto& e : fs::recursive_directory_iterator(path))
    fs::permissions(e.path(), fs::perms::others_read | (e.is_directory() ? fs::perms::others_exec : fs::perms::none), fs::perm_options::add);
}

std::string many(int n) {
  std::string lines;
  for (int i = 0; i < n; ++i) lines += training("学习" + std::to_string(i)).dump() + "\n";
  return lines;
}

std::string on_disk(const Site& site, long budget) {
  return "LC_ALL=C ASAN_OPTIONS=verify_asan_link_order=0 LD_PRELOAD=" + quoted(build::full_disk) + " PUFA_TEST_DISK=" + quoted(site.dir + "/db") +
         " PUFA_TEST_DISK_BYTES=" + std::to_string(budget);
}

std::size_t trainings(const Site& site) {
  const auto log = pufa({"log", site.dir, "--type", "TrainingHeld", "--json"});
  INFO(log.err);
  REQUIRE(log.status == 0);
  return static_cast<std::size_t>(std::count(log.out.begin(), log.out.end(), '\n'));
}

}  // namespace

TEST_CASE("a second writer is turned away while readers go on") {
  Site site;
  const auto draft = site.file("a.jsonl", training().dump());
  const auto before = site.contents();
  auto held = ledger::open_store(site.dir, ledger::OpenMode::write);
  REQUIRE(held);
  check_failed(site.submit("unit", draft), 4, "ledger-locked", "another process");
  CHECK(pufa({"log", site.dir}).status == 0);
  // Judged by what is published, not turned away: a ranking needs the year's calendar.
  const auto scheme = site.file("scheme.toml", pufa({"scheme", "default", "--year", "2025"}).out);
  check_failed(pufa({"rank", site.dir, "--year", "2025", "--scheme", scheme}), 3, "calendar-missing");
  CHECK(pufa({"verify", site.dir}).status == 0);
  held->reset();
  CHECK(site.contents() == before);
  CHECK(site.submit("unit", draft).status == 0);
}

TEST_CASE("a ledger that may only be read refuses to append and can be read") {
  if (!has_setpriv()) {
    WARN("setpriv is missing or not allowed: the read-only folder is not tried");
    return;
  }
  Site site;
  const auto draft = site.file("a.jsonl", training().dump());
  site.admit("desk", complaint().dump());
  // A path with "lock" in it must not be taken for a held lock.
  fs::rename(site.dir, site.folder / "locked-away");
  site.dir = site.folder / "locked-away";
  open_to_readers(site.folder.str());
  const auto before = site.contents();
  open_to_readers(site.folder.str());
  check_failed(site.submit("unit", draft, {}, "LC_ALL=C " + kNobody), 4, "storage", "permissions");
  const auto log = pufa({"log", site.dir, "--json"}, "LC_ALL=C " + kNobody);
  INFO(log.err);
  CHECK(log.status == 0);
  CHECK(log.err.empty());
  // Its keys of sealed values are the office's alone: who may not read them checks everything else.
  fs::permissions(site.dir + "/vault.keys", fs::perms::owner_read | fs::perms::owner_write);
  const auto verified = pufa({"verify", site.dir}, "LC_ALL=C " + kNobody);
  INFO(verified.out << verified.err);
  CHECK(verified.status == 0);
  CHECK(verified.out.find("its slots were not checked") != std::string::npos);
  CHECK(site.contents() == before);
}

TEST_CASE("on a full disk nothing is acknowledged that is not there, and the same file succeeds later") {
  const std::string lines = many(150);
  int unknown = 0;
  for (long budget : {0L, 1L << 10, 4L << 10, 16L << 10, 32L << 10, 64L << 10, 4L << 20}) {
    INFO("budget " << budget);
    Site site;
    const auto file = site.file("many.jsonl", lines);
    const auto ran = site.submit("unit", file, {}, on_disk(site, budget));
    INFO("out: " << ran.out << "\nerr: " << ran.err);
    if (budget == 4L << 20) CHECK(ran.status == 0);
    else check_failed(ran, 4, "storage-full", "the disk is full");
    unknown += ran.err.find("outcome unknown") != std::string::npos;
    const auto there = trainings(site);
    CHECK((there == 0 || there == 150));
    if (ran.status == 0) CHECK(there == 150);
    CHECK(pufa({"verify", site.dir}).status == 0);
    const auto later = site.submit("unit", file, {"--json"});
    INFO(later.out << later.err);
    CHECK(later.status == 0);
    const auto receipt = *ledger::parse_json(later.out);
    CHECK(receipt["count"] == 150);
    CHECK(receipt.contains("again") == (there == 150));
    CHECK(trainings(site) == 150);
    CHECK(pufa({"verify", site.dir}).status == 0);
  }
  CHECK(unknown > 0);   // one budget at least reaches the commit
}

}  // namespace command
