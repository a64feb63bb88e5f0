// What a command writes: never over a key, a device or a ledger's own, whole or not at all.
#include <sys/stat.h>

#include "tests/command/site.h"

using namespace command;

namespace {

std::string first_event(Site& site) {
  site.admit("unit", training().dump() + "\n");
  return ledger::parse_json(pufa({"log", site.dir, "--type", "TrainingHeld", "--json"}).out)->at("id");
}

Ran prove(const Site& site, const std::string& event, const std::string& output) { return pufa({"prove", site.dir, "--event", event, "-o", output}); }

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

TEST_CASE("a pipe that nobody writes to is an empty file, not a wait") {
  Site site;
  const auto pipe = site.folder / "pipe.jsonl";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  CHECK(site.submit("unit", pipe).status != 0);
  CHECK(pufa({"check", pipe, "--policy", pipe}).status != 0);
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
