// pufa repair: what can be derived is made anew, what a backup has is taken from there, and what is lost is told.
#include "tests/damage/ledger_files.h"

using namespace damage;
using command::check_failed;
using command::Json;
using command::pufa;
using command::read;
using command::Site;
using command::write;
using ledger::Shelf;
namespace fs = command::fs;

namespace {

class Broken : public Site {
 public:
  explicit Broken(int trainings = 300) {
    fill(*this, trainings);
    move_to_tables(dir);
    before = contents();
  }
  Json repair(int status, const std::string& from = {}) {
    fs::remove_all(out);
    std::vector<std::string> words{"repair", dir, out, "--json"};
    if (!from.empty()) words.insert(words.end(), {"--backup", from});
    const auto ran = pufa(words);
    INFO(ran.out << ran.err);
    REQUIRE(ran.status == status);
    return *ledger::parse_json(ran.out);
  }
  command::Contents repaired() const {
    auto store = ledger::open_store(out, ledger::OpenMode::read);
    REQUIRE(store);
    return *contents_of(**store);
  }
  void break_table(Shelf shelf) const {
    const auto table = table_of(dir, shelf);
    auto bytes = read(table);
    bytes[20] = static_cast<char>(bytes[20] ^ 1);
    write(table, bytes);
  }

  const std::string out = folder / "repaired", kept = folder / "kept";
  command::Contents before;
};

}  // namespace

TEST_CASE("repair makes anew what the records say") {
  for (auto shelf : {Shelf::tiles, Shelf::ids, Shelf::submissions}) {
    INFO(ledger::name_of(shelf));
    Broken site;
    site.break_table(shelf);
    REQUIRE(pufa({"verify", site.dir}).status == 1);
    const auto report = site.repair(0);
    CHECK(report["lost"].empty());
    CHECK(site.repaired() == site.before);
    CHECK(pufa({"submit", site.out, "--key", site.key("unit"), "--at", command::kNow, site.file("a.jsonl", command::training("其后").dump())}).status == 0);
    CHECK(pufa({"verify", site.out}).status == 0);
  }
}

TEST_CASE("repair corrects indexes that say something else") {
  Broken site;
  {
    auto store = ledger::open_store(site.dir, ledger::OpenMode::write);
    REQUIRE(store);
    for (auto shelf : {Shelf::tiles, Shelf::ids, Shelf::submissions})
      for (auto& [place, value] : site.before)
        if (place.first == static_cast<int>(shelf)) REQUIRE((*store)->write({{shelf, place.second, ledger::Bytes(value.size(), '\0')}}, true));
  }
  REQUIRE(pufa({"verify", site.dir}).status == 1);
  site.repair(0);
  CHECK(site.repaired() == site.before);
}

TEST_CASE("repair takes from a backup what the ledger lost") {
  for (auto shelf : {Shelf::records, Shelf::bodies, Shelf::checkpoints, Shelf::vault, Shelf::attachments}) {
    INFO(ledger::name_of(shelf));
    Broken site;
    site.save("kept");
    site.break_table(shelf);
    CHECK(site.repair(0, site.kept)["fromBackup"] > 0);
    CHECK(site.repaired() == site.before);
  }
}

TEST_CASE("without a backup repair says what is lost") {
  Broken site;
  site.break_table(Shelf::bodies);
  const auto no_genesis = pufa({"repair", site.dir, site.out});
  CHECK(no_genesis.status == 4);
  CHECK_FALSE(fs::exists(site.out));
  Broken other;
  other.break_table(Shelf::records);
  const auto report = other.repair(1);
  REQUIRE(report["lost"].size() == 1);
  CHECK(report["lost"][0]["shelf"] == "records");
  CHECK(report["lost"][0]["first"] == 0);
  CHECK(report["damage"].size() == 1);
  CHECK_FALSE(report["findings"].empty());
}

TEST_CASE("repair makes the database's lists of files anew") {
  for (const char* name : {"CURRENT", "MANIFEST"})
  for (const int trainings : {3, 300}) {                // with 3, nothing is on the shelf of tiles
    INFO(name << " " << trainings);
    Broken site(trainings);
    for (auto& file : files_of(site.dir + "/db"))
      if (fs::path(file).filename().string().starts_with(name)) fs::remove(file);
    check_failed(pufa({"verify", site.dir}), 4, "storage-damaged");
    site.repair(0);
    CHECK(site.repaired() == site.before);
  }
}

TEST_CASE("repair takes key slots from a backup, and none that was erased") {
  Broken site;
  site.save("kept");
  const auto file = site.dir + "/vault.keys";
  const auto whole = read(file);
  auto bytes = whole;
  bytes[16 + 96 + 5] = static_cast<char>(bytes[16 + 96 + 5] ^ 1);
  bytes.resize(bytes.size() - 7);
  bytes[0] = 'q';
  write(file, bytes);
  REQUIRE(pufa({"verify", site.dir}).status == 1);
  CHECK(site.repair(1)["findings"].size() == 2);
  site.repair(0, site.kept);
  CHECK(read(site.out + "/vault.keys") == whole);
  fs::remove(file);
  site.repair(0, site.kept);
  CHECK(read(site.out + "/vault.keys") == whole);
}

TEST_CASE("repair of a whole ledger is a copy, and refuses what it cannot do") {
  Broken site(3), other(3);
  const auto report = site.repair(0);
  CHECK(report["damage"].empty());
  CHECK(report["fromBackup"] == 0);
  CHECK(site.repaired() == site.before);
  check_failed(pufa({"repair", site.dir, site.out}), 4, "ledger-exists");
  for (auto& inside : {site.dir, site.dir + "/repaired"}) check_failed(pufa({"repair", site.dir, inside}), 2, "usage", "own folder");
  fs::remove_all(site.out);
  check_failed(pufa({"repair", site.dir, site.out, "--backup", other.dir}), 1, "log-foreign");
  check_failed(pufa({"repair", site.folder / "none", site.out}), 4, "not-a-ledger");
  CHECK_FALSE(fs::exists(site.out));
  CHECK_FALSE(fs::exists(site.out + ".unfinished"));
  CHECK(site.contents() == site.before);
}

TEST_CASE("what an interrupted repair left is no ledger, and is made anew") {
  Broken site(3);
  fs::create_directories(site.out + ".unfinished/db");
  write(site.out + ".unfinished/db/CURRENT", "half");
  write(site.out + ".unfinished/UNFINISHED", "");
  site.repair(0);
  CHECK(site.repaired() == site.before);
  CHECK_FALSE(fs::exists(site.out + ".unfinished"));
  CHECK_FALSE(fs::exists(site.out + "/UNFINISHED"));
}

TEST_CASE("repair takes nothing away that is not its own") {
  Broken site(3);
  const auto theirs = site.out + ".unfinished";
  fs::create_directories(theirs);
  write(theirs + "/letter", "to keep");
  check_failed(pufa({"repair", site.dir, site.out}), 4, "folder-not-empty");
  CHECK(read(theirs + "/letter") == "to keep");
  fs::remove_all(theirs);
  fs::rename(site.dir, theirs);                         // the ledger itself has that name
  check_failed(pufa({"repair", theirs, site.out}), 2, "usage", "own folder");
  fs::rename(theirs, site.dir);
  CHECK(site.contents() == site.before);
}

TEST_CASE("damaged settings are found by verify, and repair takes those of a backup") {
  Broken site(3);
  site.save("kept");
  const auto whole = read(site.dir + "/settings.json");
  write(site.dir + "/settings.json", "{");
  CHECK(pufa({"verify", site.dir}).status == 1);
  CHECK(site.repair(0)["damage"].size() == 1);
  CHECK(read(site.out + "/settings.json").empty());
  site.repair(0, site.kept);
  CHECK(read(site.out + "/settings.json") == whole);
}
