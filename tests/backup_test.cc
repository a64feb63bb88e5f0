// Backups: what they hold, what they refuse, and what becomes of a ledger that is put back.
#include <set>
#include <thread>

#include "ledger/log/backup.h"
#include "tests/command/site.h"
#include "tests/support/witness_service.h"

using namespace command;
using ledger::Shelf;

namespace {

class BackedSite : public Site {
 public:
  explicit BackedSite(int events = 20) { add(events); }
  // One submission; its receipt.
  Json add(int events, const std::string& title = "学习") {
    std::string lines;
    for (int e = 0; e < events; ++e) lines += training(title + std::to_string(++count_)).dump() + "\n";
    return *ledger::parse_json(admit("unit", lines, {"--json"}));
  }
  Ran backup(const std::string& environment = "LC_ALL=C") const { return pufa({"backup", dir, out, "--json"}, environment); }
  Ran restore(const std::string& to, std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"restore", out, to, "--json"};
    words.insert(words.end(), more.begin(), more.end());
    return pufa(words);
  }

  const std::string out = folder / "out", again = folder / "again";

 private:
  int count_ = 0;
};

std::string good(const Ran& ran) {
  INFO(ran.out << ran.err);
  CHECK(ran.status == 0);
  return ran.out;
}
Json json(const std::string& text) {
  auto j = ledger::parse_json(text);
  INFO(text);
  REQUIRE(j);
  return *j;
}
void check_refused(const Ran& ran, int status, const std::string& code) {
  INFO(ran.out << ran.err);
  CHECK(ran.status == status);
  CHECK(json(ran.out)["error"]["code"] == code);
}

Contents contents(const ledger::Store& store) {
  Contents out;
  for (int s = 0; s < ledger::kShelves; ++s)
    REQUIRE(store.scan(static_cast<Shelf>(s), {}, [&](ledger::BytesView k, ledger::BytesView v) {
      return out[{s, ledger::Bytes(k)}] = ledger::Bytes(v), true;
    }));
  return out;
}
Contents contents(const std::string& dir) {
  auto store = ledger::open_store(dir, ledger::OpenMode::read);
  REQUIRE(store);
  return contents(**store);
}

void put(const std::string& dir, Shelf shelf, const ledger::Bytes& key, const ledger::Bytes& value) {
  auto store = ledger::open_store(dir, ledger::OpenMode::write);
  REQUIRE(store);
  REQUIRE((*store)->write({{shelf, key, value}}, true));
}

// A byte of the last value of a shelf; put back at the end.
class Flipped {
 public:
  Flipped(const std::string& dir, Shelf shelf) : dir_(dir), shelf_(shelf) {
    auto store = ledger::open_store(dir, ledger::OpenMode::read);
    REQUIRE(store);
    const auto last = (*store)->last(shelf);
    REQUIRE((last && *last));
    key_ = (*last)->first, value_ = (*last)->second;
    auto bad = value_;
    bad[bad.size() / 2] = static_cast<char>(bad[bad.size() / 2] ^ 1);
    store->reset();
    put(dir, shelf, key_, bad);
  }
  ~Flipped() { put(dir_, shelf_, key_, value_); }

 private:
  std::string dir_;
  Shelf shelf_;
  ledger::Bytes key_, value_;
};

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

const std::string& id_of(const Json& receipt) { return receipt["events"][0]["id"].get_ref<const std::string&>(); }

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

TEST_CASE("a restored ledger is the one that was backed up, and goes on") {
  BackedSite site(300);
  site.admit("desk", complaint().dump());
  good(site.backup());
  const auto said = json(good(site.restore(site.again)));
  CHECK(said["size"] == json(good(site.backup()))["size"]);
  CHECK(said["lastAdmitted"] == "2025-01-04T00:00:00.000Z");
  CHECK(said["findings"].empty());
  CHECK_FALSE(said.contains("lost"));
  CHECK(contents(site.again) == site.contents());
  CHECK(read(site.again + "/vault.keys") == read(site.dir + "/vault.keys"));
  CHECK(read(site.again + "/settings.json") == read(site.dir + "/settings.json"));
  fs::remove_all(site.dir), fs::rename(site.again, site.dir);
  site.add(5);
  CHECK(pufa({"verify", site.dir}).status == 0);
  good(site.backup());
  const auto human = good(pufa({"restore", site.out, site.again}));
  CHECK(human.find("ledger restored: ") != std::string::npos);
  CHECK(human.find("last admitted 2025-01-04T00:00:00.000Z") != std::string::npos);
}

TEST_CASE("a restore overwrites nothing, and of what is damaged or no backup makes nothing") {
  BackedSite site;
  site.admit("desk", complaint().dump());
  good(site.backup());
  const auto before = site.contents();
  check_refused(site.restore(site.dir), 4, "ledger-exists");
  CHECK(site.contents() == before);
  fs::create_directories(site.again);
  write(site.again + "/letter", "kept");
  check_refused(site.restore(site.again), 4, "folder-not-empty");
  CHECK(read(site.again + "/letter") == "kept");
  fs::remove_all(site.again);
  check_refused(site.restore("/proc/pufa"), 4, "file-write");
  check_refused(site.restore(site.key("unit")), 2, "file");
  check_refused(pufa({"restore", site.dir, site.again, "--json"}), 4, "not-a-backup");
  check_refused(pufa({"restore", site.folder / "none", site.again, "--json"}), 4, "not-a-backup");
  for (const auto shelf : {Shelf::records, Shelf::bodies, Shelf::vault, Shelf::checkpoints}) {
    INFO(ledger::name_of(shelf));
    const Flipped flipped(site.out, shelf);
    check_refused(site.restore(site.again), 4, "storage-damaged");
    CHECK_FALSE(fs::exists(site.again));
    fs::create_directories(site.again);   // an empty folder stays, and stays empty
    check_refused(site.restore(site.again), 4, "storage-damaged");
    CHECK(fs::is_empty(site.again));
    fs::remove(site.again);
  }
  good(site.restore(site.again));
}

TEST_CASE("a restore says what came after the backup, by a checkpoint that somebody kept") {
  BackedSite site, other;
  const auto old = site.file("old.json", site.add(1).dump());
  good(site.backup());
  const auto size = json(good(site.backup()))["size"].get<std::uint64_t>();
  site.save("early");
  const auto newer = site.file("newer.json", site.add(7).dump());
  auto ran = site.restore(site.again, {"--checkpoint", newer, "--checkpoint", old});
  CHECK(ran.status == 1);
  auto said = json(ran.out);
  CHECK(said["findings"].empty());
  CHECK(said["lost"]["first"] == size);
  CHECK(said["lost"]["last"] == size + 6);
  CHECK(said["lost"]["head"]["size"] == size + 7);
  CHECK(contents(site.again) == contents(site.out));
  fs::remove_all(site.again);
  ran = pufa({"restore", site.out, site.again, "--checkpoint", newer});
  CHECK(ran.status == 1);
  for (auto& words : {"@" + std::to_string(size) + " to @" + std::to_string(size + 6), std::string("would be a fork"), std::string("pufa succeed")})
    CHECK(ran.out.find(words) != std::string::npos);
  fs::remove_all(site.again);
  good(site.restore(site.again, {"--checkpoint", old}));
  auto finding = [&](const std::string& file) {
    fs::remove_all(site.again);
    const auto r = site.restore(site.again, {"--checkpoint", file});
    CHECK(r.status == 1);
    return json(r.out)["findings"][0]["code"].get<std::string>();
  };
  CHECK(finding(other.file("other.json", other.add(60).dump())) == "checkpoint-unsigned");
  // The backup is of a fork of what the checkpoint says.
  site.back("early");
  site.add(9, "分叉");
  good(site.backup());
  CHECK(finding(newer) == "checkpoint-mismatch");
  fs::remove_all(site.again);
  const auto no_checkpoint = site.restore(site.again, {"--checkpoint", site.key("unit")});
  check_refused(no_checkpoint, 3, "checkpoint-malformed");
  CHECK(json(no_checkpoint.out)["error"]["file"] == site.key("unit"));
  CHECK_FALSE(fs::exists(site.again));
}

TEST_CASE("what was destroyed stays destroyed: in the backup, and in what an older key file would restore") {
  BackedSite site;
  const auto filed = json(site.admit("desk", complaint().dump(), {"--json"}));
  good(site.backup());
  const auto live = read(site.out + "/vault.keys");
  auto open = [&](const std::string& dir) {
    return pufa({"prove", dir, "--event", id_of(filed), "--body", "--open", "filerName", "-o", site.folder / "opened", "--json"});
  };
  good(open(site.dir));
  good(open(site.out));
  site.admit("desk", Json{{"type", "ComplaintWithdrawn"}, {"unit", kCourt}, {"on", "2025-01-03"}, {"data", {{"reason", "satisfied"}, {"voluntary", true}}},
                          {"refs", {{"complaint", id_of(filed)}}}}.dump());
  site.admit("audit", Json{{"type", "PersonalDataKeyDestroyed"}, {"on", "2025-01-03"},
                           {"data", {{"field", "filerName"}, {"legalBasis", "periodOver"}, {"retentionEnded", "2025-01-03"}}},
                           {"refs", {{"target", id_of(filed)}}}}.dump());
  check_refused(open(site.dir), 3, "key-destroyed");
  good(site.backup());
  check_refused(open(site.out), 3, "key-destroyed");
  CHECK(read(site.out + "/vault.keys") == read(site.dir + "/vault.keys"));
  // The key file alone is put back to a time before the destruction.
  write(site.out + "/vault.keys", live);
  const auto said = json(good(site.restore(site.again)));
  CHECK(said["destroyed"] == 1);
  check_refused(open(site.again), 3, "key-destroyed");
  CHECK(read(site.again + "/vault.keys") == read(site.dir + "/vault.keys"));
  good(pufa({"prove", site.again, "--event", id_of(filed), "--body", "--open", "filerContact", "-o", site.folder / "opened"}));
  // The same with the ledger's own: a slot that is erased in the backup is never filled again.
  good(site.backup());
  write(site.dir + "/vault.keys", live);
  good(site.backup());
  check_refused(open(site.out), 3, "key-destroyed");
}

TEST_CASE("restoring an old backup and going on is detected by witnesses, mirrors and receipts") {
  BackedSite site;
  REQUIRE(pufa({"key", "new", site.key("w")}).status == 0);
  Service witness(site.folder.str(), "w", site.vkey);
  const auto policy = site.file("policy", "log " + site.vkey + "\nwitness w " + witness.vkey + " " + witness.url + "\nquorum w\n");
  auto follow = [&](const std::string& published) { return pufa({"mirror", published, site.folder / "copy", "--policy", policy}); };
  good(pufa({"cosign", site.dir, "--policy", policy}));
  good(site.backup());
  CHECK(contents(site.out) == site.contents());   // with the cosignature

  const auto receipt = site.file("receipt.json", site.add(3).dump());
  good(pufa({"cosign", site.dir, "--policy", policy}));
  good(pufa({"export", site.dir, "--tiles", site.folder / "published"}));
  good(follow(site.folder / "published"));
  good(pufa({"verify", site.dir, "--checkpoint", receipt}));

  fs::remove_all(site.dir);
  good(site.restore(site.dir));
  for (const int more : {1, 2, 4}) {   // a fork that is shorter, as long and longer
    INFO(more << " more");
    site.add(more, "分叉");
    const auto cosigned = pufa({"cosign", site.dir, "--policy", policy, "--json"});
    CHECK(cosigned.status == 1);
    CHECK(json(cosigned.out)["failed"][0]["code"] == "witness-refused");
    const auto verified = pufa({"verify", site.dir, "--checkpoint", receipt, "--json"});
    CHECK(verified.status == 1);
    CHECK(json(verified.out)["findings"][0]["code"] == (more == 1 ? "checkpoint-beyond" : "checkpoint-mismatch"));
    check_failed(pufa({"export", site.dir, "--tiles", site.folder / "published"}), 1, more == 1 ? "log-rolled-back" : "log-forked");
    const auto fork = site.folder / ("fork" + std::to_string(more));
    good(pufa({"export", site.dir, "--tiles", fork}));
    const auto plain = site.file("plain", "log " + site.vkey + "\nquorum none\n");
    check_failed(pufa({"mirror", fork, site.folder / "copy", "--policy", plain}), 1, "log-forked");
    check_failed(follow(fork), 1, "quorum-missing");
  }
}

TEST_CASE("a successor names the last known head of the ledger that was lost") {
  BackedSite site, other;
  const auto receipt = site.add(3);
  const auto after = site.file("receipt.json", receipt.dump()), next = site.folder / "next";
  auto succeed = [&](std::vector<std::string> more, const std::string& origin = "demo.test/log-2") {
    std::vector<std::string> words{"succeed", next, "--json", "--after", after, "--origin", origin, "--district", "420114", "--district-name", "蔡甸区",
                                   "--purpose", "demonstration", "--operator-key", site.key("operator"), "--registrar-key", site.key("registrar"),
                                   "--audit-key", site.key("audit"), "--at", kFounded};
    words.insert(words.end(), more.begin(), more.end());
    return pufa(words);
  };
  check_refused(succeed({}), 2, "usage");
  check_refused(succeed({"--vkey", site.vkey}, kOrigin), 2, "usage");
  check_refused(succeed({"--vkey", other.vkey}), 1, "checkpoint-unsigned");
  check_refused(succeed({"--vkey", "x"}), 3, "vkey-malformed");
  const auto witness = json(good(pufa({"witness", "--state", site.folder / "w.state", "--key", site.key("stranger"), "--name", "w",
                                       "--log", site.vkey, "--json"})));
  const auto strict = "log " + site.vkey + "\nwitness w " + witness["vkey"].get<std::string>() + "\nquorum w\n";
  check_refused(succeed({"--policy", site.file("strict", strict)}), 1, "quorum-missing");
  CHECK_FALSE(fs::exists(next));
  const auto said = json(good(succeed({"--policy", site.file("policy", "log " + site.vkey + "\nquorum none\n")})));
  std::istringstream note(receipt["checkpoint"].get<std::string>());
  std::string origin, size, root;
  note >> origin >> size >> root;
  const Json head{{"origin", origin}, {"size", std::stoi(size)}, {"root", ledger::hex(*ledger::unbase64(root))}};
  CHECK(said["predecessor"] == head);
  CHECK(json(good(pufa({"log", next, "--json"})))["data"]["predecessor"] == head);
  const auto line = "succeeds demo.test/log, of " + size + " records with root " + head["root"].get<std::string>() + "\n";
  CHECK(good(pufa({"log", next})).find(line) != std::string::npos);
  CHECK(good(pufa({"verify", next})).find("no findings") != std::string::npos);
  const auto genesis = json(good(pufa({"log", next, "--json"})))["id"].get<std::string>();
  good(pufa({"prove", next, "--event", genesis, "--body", "-o", site.folder / "genesis.evidence"}));
  const auto trusting = site.file("next-policy", "log " + said["vkey"].get<std::string>() + "\nquorum none\n");
  CHECK(good(pufa({"check", site.folder / "genesis.evidence", "--policy", trusting})).find(head["root"].get<std::string>()) != std::string::npos);
  fs::remove_all(next);
  good(succeed({"--vkey", site.vkey}));
}
