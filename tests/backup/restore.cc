// What becomes of a ledger that is put back: whole, short of what came later, or succeeded by another.
#include "tests/backup/site.h"
#include "tests/support/witness_service.h"

using namespace command;

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
