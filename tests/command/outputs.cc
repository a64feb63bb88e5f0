// What a command writes: never over a key, a device or a ledger's own, whole or not at all.
#include <sys/stat.h>

#include <cstdlib>
#include <thread>

#include "tests/command/site.h"

using namespace command;

namespace {

std::string first_event(Site& site) {
  site.admit("unit", training().dump() + "\n");
  return ledger::parse_json(pufa({"log", site.dir, "--type", "TrainingHeld", "--json"}).out)->at("id");
}

Ran prove(const Site& site, const std::string& event, const std::string& output) { return pufa({"prove", site.dir, "--event", event, "-o", output}); }

bool keeps_secrets(const Site& site) {
  for (auto& entry : fs::directory_iterator(site.dir + "/outbox"))
    if (entry.path().extension() == ".receipts") return true;
  return false;
}

}  // namespace

TEST_CASE("a key, a device, a folder and a ledger's own files are never overwritten") {
  Site site;
  const auto event = first_event(site), link = site.folder / "link";
  fs::create_symlink(site.key("unit"), link);
  for (auto& target : {site.key("unit"), link, site.dir + "/settings.json", site.dir + "/db/CURRENT", site.dir + "/db/new"}) {
    INFO(target);
    const auto before = read(target);
    check_failed(prove(site, event, target), 4, "file-write", target);
    CHECK(read(target) == before);
    CHECK_FALSE(fs::exists(target + ".part"));
  }
  const std::string hex(64, 'a');
  for (auto& target : {site.file("v", hex + "\n"), site.file("p", "log " + site.vkey + "\nquorum none\n"), site.file("d.jsonl", "{}\n"), site.file("d.csv", "on\n"), site.file("s.toml", "")}) {
    INFO(target);
    const auto before = read(target);
    check_failed(prove(site, event, target), 4, "file-write", target);
    CHECK(read(target) == before);
  }
  for (auto& target : {std::string("/dev/null"), site.folder.str(), site.folder / "none/x"}) check_failed(prove(site, event, target), 4, "file-write");
  CHECK(fs::is_symlink(link));
  CHECK(pufa({"verify", site.dir}).status == 0);
}

TEST_CASE("an ordinary file is replaced, through a link too, and other names in a ledger's folder are free") {
  Site site;
  const auto event = first_event(site), link = site.folder / "link", old = site.file("old", "old");
  fs::create_symlink(old, link);
  for (auto& target : {link, site.dir + "/record.evidence", site.dir + "/record.evidence"}) CHECK(prove(site, event, target).status == 0);
  CHECK(fs::is_symlink(link));
  CHECK(read(old) == read(site.dir + "/record.evidence"));
}

TEST_CASE("of files that are written together all are there or none") {
  Site site;
  const auto filed = ledger::parse_json(site.admit("desk", complaint().dump() + "\n", {"--json"}))->at("receipts")[0];
  const auto receipt = [&] { return pufa({"receipt", site.dir, "--complaint", filed["event"], "--secret", filed["secret"], "-o", site.folder / "r"}); };
  for (auto* blocked : {".txt", ".html", ".evidence"}) {
    fs::create_directories(site.folder / ("r" + std::string(blocked)));
    check_failed(receipt(), 4, "file-write", blocked);
    fs::remove(site.folder / ("r" + std::string(blocked)));
    for (auto* ending : {".txt", ".html", ".evidence", ".txt.part", ".html.part", ".evidence.part"}) CHECK_FALSE(fs::exists(site.folder / ("r" + std::string(ending))));
  }
  CHECK(receipt().status == 0);
}

TEST_CASE("what shows a sealed value is for its owner alone, also in the place of an older file") {
  Site site;
  const auto filed = ledger::parse_json(site.admit("desk", complaint().dump() + "\n", {"--json"}))->at("receipts")[0];
  const auto target = site.file("opened", "old");
  CHECK(pufa({"prove", site.dir, "--event", filed["event"], "--open", "text", "-o", target}).status == 0);
  struct stat st {};
  REQUIRE(::stat(target.c_str(), &st) == 0);
  CHECK((st.st_mode & 0777) == 0600);
}

TEST_CASE("names of files written together begin like a file's, not like a folder's or a device's") {
  Site site;
  const auto filed = ledger::parse_json(site.admit("desk", complaint().dump() + "\n", {"--json"}))->at("receipts")[0];
  const auto receipt = [&](const std::string& stem) { return pufa({"receipt", site.dir, "--complaint", filed["event"], "--secret", filed["secret"], "-o", stem}); };
  check_failed(receipt(site.dir + "/"), 2, "usage", site.dir);
  CHECK_FALSE(fs::exists(site.dir + "/.txt"));
  check_failed(receipt("/dev/full"), 4, "file-write", "/dev/full");
}

TEST_CASE("a pipe may be written to a little later; one that nobody writes to is told, not waited for") {
  Site site;
  const auto pipe = site.folder / "pipe.jsonl";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  check_failed(site.submit("unit", pipe), 2, "file", "nobody writes to");
  std::thread writer([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    write(pipe, training().dump() + "\n");
  });
  CHECK(site.submit("unit", pipe).status == 0);
  writer.join();
}

TEST_CASE("a filer's secret is handed out once, whatever became of the first run's output") {
  Site site;
  const auto drafts = site.file("c.jsonl", complaint().dump() + "\n");
  const auto line = "LC_ALL=C " + command::quoted(build::pufa) + " submit " + command::quoted(site.dir) + " --json --key " + command::quoted(site.key("desk")) +
                    " --at " + kNow + " " + command::quoted(drafts) + " >/dev/full 2>/dev/null";
  CHECK(std::system(line.c_str()) != 0);
  CHECK(keeps_secrets(site));
  const auto again = ledger::parse_json(site.submit("desk", drafts, {"--json"}).out);
  REQUIRE(again);
  CHECK((*again)["again"] == true);
  CHECK((*again)["receipts"].size() == 1);
  CHECK_FALSE(keeps_secrets(site));
  const auto evidence = pufa({"receipt", site.dir, "--complaint", (*again)["receipts"][0]["event"], "--secret", (*again)["receipts"][0]["secret"], "-o", site.folder / "r"});
  CHECK(evidence.status == 0);
  CHECK_FALSE(ledger::parse_json(site.submit("desk", drafts, {"--json"}).out)->contains("receipts"));
}

TEST_CASE("a refused complaint leaves no secret behind, a signed one tells its own") {
  Site site;
  const auto drafts = site.file("c.jsonl", complaint().dump() + "\n");
  CHECK(site.submit("unit", drafts).status == 3);   // who may not file one
  CHECK_FALSE(keeps_secrets(site));
  const auto signed_one = ledger::parse_json(site.submit("desk", drafts, {"--dry-run", "-o", site.folder / "c.submission", "--json"}).out);
  REQUIRE(signed_one);
  CHECK((*signed_one)["receipts"].size() == 1);
  check_failed(site.submit("desk", drafts, {"-o", site.folder / "x"}), 2, "usage", "--dry-run");
  check_failed(site.submit("unit", site.file("junk.submission", read(site.folder / "c.submission") + std::string(64, 'j'))), 3, "not-canonical", "follows");
}

TEST_CASE("a pass phrase may come through a pipe") {
  Site site;
  const auto made = site.folder / "new.pem";
  const auto line = "printf 'pass phrase\\n' | LC_ALL=C " + command::quoted(build::pufa) + " key new " + command::quoted(made) + " --passphrase-file /dev/stdin >/dev/null 2>&1";
  CHECK(std::system(line.c_str()) == 0);
}

TEST_CASE("the key file of sealed values is never made anew where one is missing") {
  Site site;
  site.admit("unit", training().dump() + "\n");
  site.admit("desk", complaint().dump() + "\n");
  const auto keys = site.dir + "/vault.keys", kept = read(keys);
  fs::remove(keys);
  const auto before = site.contents();
  check_failed(site.submit("desk", site.file("c.jsonl", complaint().dump() + "\n")), 4, "vault-missing", keys);
  CHECK_FALSE(fs::exists(keys));
  CHECK(site.contents() == before);
  write(keys, kept);
  site.admit("desk", complaint().dump() + "\n");
}

TEST_CASE("a backup in the ledger's own folder is refused") {
  Site site;
  for (auto& inside : {site.dir, site.dir + "/backup", site.dir + "/../L/b"}) check_failed(pufa({"backup", site.dir, inside}), 2, "usage", "own folder");
  CHECK_FALSE(fs::exists(site.dir + "/backup"));
}

TEST_CASE("options that mean nothing together are refused, and an id may be in capitals") {
  Site site;
  const auto event = first_event(site), out = site.folder / "out";
  const std::vector<std::vector<std::string>> wrong{{"--event", event, "--year", "2025"}, {"--event", event, "--tlog-proof", "--body"}, {"--unit", kCourt, "--year", "2025", "--tlog-proof"},
                                                   {"--unit", kCourt, "--year", "2025", "--open", "text"}, {"--unit", kCourt}, {}};
  for (auto words : wrong) {
    words.insert(words.begin(), {"prove", site.dir});
    words.insert(words.end(), {"-o", out});
    check_failed(pufa(words), 2, "usage", "--");
    CHECK_FALSE(fs::exists(out));
  }
  std::string capitals = event;
  for (auto& c : capitals) c = static_cast<char>(std::toupper(c));
  CHECK(prove(site, capitals, out).status == 0);
}
