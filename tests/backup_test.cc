// Backups: what they hold, what they refuse, and how they go on.
#include <set>
#include <thread>

#include "ledger/log/backup.h"
#include "tests/backup/site.h"

using namespace command;

namespace {

// A store in memory that counts the records written to it, and fails when its writes are used up.
class Weak final : public ledger::Store {
 public:
  ledger::Result<std::optional<ledger::Bytes>> get(Shelf s, ledger::BytesView k) const override { return store_->get(s, k); }
  std::unique_ptr<ledger::Cursor> seek(Shelf s, ledger::BytesView k) const override { return store_->seek(s, k); }
  ledger::Result<std::optional<std::pair<ledger::Bytes, ledger::Bytes>>> last(Shelf s) const override { return store_->last(s); }
  ledger::Status write(const ledger::Batch& batch, bool sync) override {
    if (writes == 0) return ledger::refuse("storage-full", "the test's disk is full");
    --writes;
    CHECK(sync);
    records += std::count_if(batch.begin(), batch.end(), [](auto& p) { return p.shelf == Shelf::records; });
    return store_->write(batch, sync);
  }

  int writes = 1'000'000;
  std::int64_t records = 0;

 private:
  std::unique_ptr<ledger::Store> store_ = ledger::memory_store();
};

// What a cut-off backup holds is a ledger with its settings, or nothing is restored of it.
bool check_restores(const BackedSite& site) {
  const auto ran = site.restore(site.again);
  INFO(ran.out << ran.err);
  CHECK(fs::exists(site.again) == (ran.status == 0));
  if (ran.status == 0) CHECK(read(site.again + "/settings.json") == read(site.dir + "/settings.json"));
  else CHECK(std::set<std::string>{"not-a-backup", "storage-damaged"}.count(json(ran.out)["error"]["code"]) == 1);
  fs::remove_all(site.again);
  return ran.status == 0;
}

}  // namespace

TEST_CASE("a backup holds what the ledger holds, grows by what is new, and is read like a ledger") {
  BackedSite site(300);
  site.admit("desk", complaint().dump());
  auto said = json(good(site.backup()));
  CHECK(said["oldSize"] == 0);
  CHECK(contents(site.out) == site.contents());
  const auto size = said["size"].get<std::uint64_t>();
  site.add(250);
  said = json(good(site.backup()));
  CHECK(said["oldSize"] == size);
  CHECK(said["size"] == size + 250);
  CHECK(contents(site.out) == site.contents());
  CHECK(read(site.out + "/vault.keys") == read(site.dir + "/vault.keys"));
  said = json(good(site.backup()));
  CHECK(said["oldSize"] == said["size"]);
  CHECK(said["waiting"] == 0);
  CHECK(pufa({"verify", site.out}).status == 0);
  CHECK(good(pufa({"log", site.out})) == good(pufa({"log", site.dir})));
  const auto draft = site.file("a.jsonl", training().dump());
  check_failed(pufa({"submit", site.out, "--key", site.key("unit"), "--at", kNow, draft}), 4, "backup-not-writable");
  const auto human = good(pufa({"backup", site.dir, site.out}));
  CHECK(human.find("0 of them new") != std::string::npos);
  CHECK(human.find(site.key("operator")) != std::string::npos);
  CHECK(good(pufa({"backup", site.dir, site.out, "--lang", "zh"})).find("均已核验") != std::string::npos);
}

TEST_CASE("a copy writes only what is new; cut off anywhere it is a whole ledger, and goes on") {
  BackedSite site(1);
  for (int i = 0; i < 12; ++i) site.add(400);
  auto source = ledger::open_store(site.dir, ledger::OpenMode::read);
  REQUIRE(source);
  const auto whole = contents(**source);
  int cut = 0;
  for (int writes = 0;; ++writes) {
    Weak copy;
    copy.writes = writes;
    auto done = ledger::copy_ledger(**source, copy);
    if (done) break;
    ++cut;
    CHECK(done.error().code == "storage-full");
    const auto held = contents(copy);
    CHECK(std::includes(whole.begin(), whole.end(), held.begin(), held.end()));
    const auto newest = *copy.last(Shelf::checkpoints);
    const auto before = copy.records;
    if (newest) CHECK(ledger::position_key(static_cast<std::uint64_t>(before)) == newest->first);
    copy.writes = 1'000;
    done = ledger::copy_ledger(**source, copy);
    REQUIRE(done);
    CHECK(done->old == static_cast<std::uint64_t>(before));
    CHECK(copy.records == static_cast<std::int64_t>(done->head.size));   // each once
    CHECK(contents(copy) == whole);
  }
  CHECK(cut > 2);
}

TEST_CASE("a backup on a disk that fills up again and again gets done at last") {
  BackedSite site(700);
  site.add(700);
  site.admit("desk", complaint().dump());
  int failed = 0, restored = 0;
  // RocksDB leaks memory when a flush finds the disk full, which is not what is looked for here.
  for (long budget = 0; failed < 100; budget += 20'000, ++failed) {
    const auto ran = site.backup("LC_ALL=C ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0 LD_PRELOAD=" + quoted(build::full_disk) +
                                 " PUFA_TEST_DISK=" + quoted(site.out) + " PUFA_TEST_DISK_BYTES=" + std::to_string(budget));
    INFO(budget << ": " << ran.out << ran.err);
    if (ran.status == 0) break;
    CHECK(ran.status == 4);
    restored += check_restores(site);
  }
  CHECK(failed > 3);
  CHECK(restored > 0);
  good(site.backup());
  CHECK(contents(site.out) == site.contents());
  CHECK(pufa({"verify", site.out}).status == 0);
}

TEST_CASE("a backup is made while others write") {
  BackedSite site;
  {
    auto held = ledger::open_store(site.dir, ledger::OpenMode::write);
    REQUIRE(held);
    good(site.backup());
  }
  CHECK(contents(site.out) == site.contents());
  std::atomic<bool> done = false;
  std::vector<int> statuses;
  std::thread writing([&] {
    for (int i = 0; i < 12; ++i) {
      const auto name = "while" + std::to_string(i) + ".jsonl";
      statuses.push_back(site.submit("unit", site.file(name, training(name).dump())).status);
    }
    done = true;
  });
  int backups = 0;
  for (; !done; ++backups) good(site.backup());
  writing.join();
  CHECK(statuses == std::vector<int>(12, 0));
  CHECK(backups > 0);
  good(site.backup());
  CHECK(contents(site.out) == site.contents());
  CHECK(pufa({"verify", site.out}).status == 0);
}

TEST_CASE("a damaged ledger is not backed up: old or new, the backup stays as it was") {
  BackedSite site;
  good(site.backup());
  const auto before = contents(site.out);
  for (const bool newer : {false, true}) {
    if (newer) site.admit("desk", complaint().dump());
    for (const auto shelf : {Shelf::records, Shelf::bodies, Shelf::vault, Shelf::checkpoints}) {
      if (!newer && (shelf == Shelf::vault || shelf == Shelf::bodies)) continue;   // there is none yet; an old body is not read for its hash
      INFO(ledger::name_of(shelf) << (newer ? ", new" : ", old"));
      const Flipped flipped(site.dir, shelf);
      check_refused(site.backup(), 4, "storage-damaged");
      CHECK(contents(site.out) == before);
    }
  }
  for (const auto shelf : {Shelf::ids, Shelf::submissions}) {   // made anew, so that the backup is whole
    const Flipped flipped(site.dir, shelf);
    good(site.backup());
    CHECK(pufa({"verify", site.out}).status == 0);
  }
  CHECK(contents(site.out) == site.contents());
}

TEST_CASE("a lost or damaged key file never takes the backup's good keys with it, and is told") {
  BackedSite site(3);
  site.admit("desk", complaint().dump() + "\n");
  good(site.backup());
  const auto keys = site.dir + "/vault.keys", kept = read(site.out + "/vault.keys"), whole = read(keys);
  auto damaged = whole;
  damaged[300] = static_cast<char>(damaged[300] ^ 1);
  for (auto& [bytes, code] : std::vector<std::pair<std::string, std::string>>{{damaged, "vault-damaged"}, {"no key file", "vault-damaged"}}) {
    write(keys, bytes);
    check_refused(site.backup(), 4, code);
    CHECK(read(site.out + "/vault.keys") == kept);
  }
  fs::remove(keys);
  check_refused(site.backup(), 4, "vault-missing");
  const auto without_keys = pufa({"backup", site.dir, site.folder / "another", "--json"});
  check_refused(without_keys, 4, "vault-missing");
  CHECK(json(without_keys.out)["error"]["message"].get<std::string>().find(keys) == 0);
  CHECK(read(site.out + "/vault.keys") == kept);
  write(keys, whole);
  good(site.backup());

  write(site.out + "/vault.keys", kept.substr(0, 100));
  check_refused(site.restore(site.again), 4, "vault-missing");
  fs::remove(site.out + "/vault.keys");
  check_refused(site.restore(site.again), 4, "vault-missing");
}

TEST_CASE("a backup of another history takes nothing") {
  BackedSite site, other;
  site.save("early");
  site.add(10);
  good(site.backup());
  const auto before = contents(site.out);
  const auto keys = read(site.out + "/vault.keys");
  site.save("late");
  site.back("early");
  check_refused(site.backup(), 1, "log-rolled-back");
  for (const int more : {4, 6, 10}) {   // a fork that is shorter, as long and longer
    site.add(more, "分叉");
    check_refused(site.backup(), 1, more == 4 ? "log-rolled-back" : "log-forked");
  }
  other.admit("desk", complaint().dump());
  other.add(40);
  check_refused(pufa({"backup", other.dir, site.out, "--json"}), 1, "log-forked");
  CHECK(contents(site.out) == before);
  CHECK(read(site.out + "/vault.keys") == keys);
  site.back("late");
  site.add(1);
  good(site.backup());
}

TEST_CASE("where a backup may lie") {
  BackedSite site, other;
  const auto theirs = other.contents();
  check_refused(pufa({"backup", site.dir, other.dir, "--json"}), 4, "ledger-exists");
  CHECK(other.contents() == theirs);
  check_refused(pufa({"backup", site.dir, site.folder.str(), "--json"}), 4, "folder-not-empty");
  check_refused(pufa({"backup", site.dir, site.key("unit"), "--json"}), 2, "file");
  check_refused(pufa({"backup", site.dir, "/proc/pufa", "--json"}), 4, "file-write");
  check_refused(pufa({"backup", site.folder / "none", site.out, "--json"}), 4, "not-a-ledger");
  CHECK_FALSE(fs::exists(site.out));
}
