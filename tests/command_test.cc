// Bad input at the command's edge: each fault has one line with its place and code, the right exit
// status, and leaves every shelf as it was.
#include <functional>

#include "tests/command/site.h"

using namespace command;

namespace {

Json with(const char* field, Json value) {
  Json j = training();
  j["data"][field] = std::move(value);
  return j;
}
Json top(const char* member, Json value) {
  Json j = training();
  j[member] = std::move(value);
  return j;
}

struct Row {
  const char *name, *file;
  std::string bytes;
  int status;
  const char *code, *place;   // the place follows the file's name
};

const std::string kLine = training().dump();
const std::string kCsv = "type,unit,on,data.title,data.audienceGroup,data.minutes,data.headcount,data.lawRefs.0.law\n";
const std::string kCells = std::string("TrainingHeld,") + kCourt + ",2025-01-03,学习,civilServants,60,20,民法典\n";

std::string replaced(std::string s, const std::string& from, const std::string& to) { return s.replace(s.find(from), from.size(), to); }

std::vector<Row> rows() {
  return {
      {"cut in a line", "a.jsonl", kLine + "\n" + kLine.substr(0, 60), 3, "not-json", ":2: "},
      {"not UTF-8", "a.jsonl", kLine + "\n{\"type\":\"\xB7\xA8\"}\n", 3, "not-utf8", ":2: "},
      {"not UTF-8 in a spreadsheet", "a.csv", kCsv + "\xB7\xA8", 3, "not-utf8", ":2: "},
      {"an array", "a.jsonl", "[1]\n", 3, "wrong-type", ":1: "},
      {"a bare null", "a.jsonl", "null\n", 3, "wrong-type", ":1: "},
      {"a string for a number", "a.jsonl", with("minutes", "60").dump(), 3, "wrong-type", ":1: TrainingHeld: data.minutes: "},
      {"a fraction", "a.jsonl", with("minutes", 1.5).dump(), 3, "wrong-type", ":1: TrainingHeld: data.minutes: "},
      {"a number for a string", "a.jsonl", with("title", 7).dump(), 3, "wrong-type", ":1: TrainingHeld: data.title: "},
      {"null for a string", "a.jsonl", with("title", nullptr).dump(), 3, "wrong-type", ":1: TrainingHeld: data.title: "},
      {"an object for a list", "a.jsonl", with("lawRefs", Json::object()).dump(), 3, "wrong-type", ":1: TrainingHeld: data.lawRefs: "},
      {"a string in a list of objects", "a.jsonl", with("lawRefs", {"x"}).dump(), 3, "wrong-type", ":1: TrainingHeld: data.lawRefs.0: "},
      {"data is a list", "a.jsonl", top("data", Json::array()).dump(), 3, "wrong-type", ":1: TrainingHeld: data: "},
      {"refs is a string", "a.jsonl", top("refs", "x").dump(), 3, "wrong-type", ":1: TrainingHeld: refs: "},
      {"the type is a number", "a.jsonl", top("type", 7).dump(), 3, "wrong-type", ":1: type: "},
      {"the unit is a list", "a.jsonl", top("unit", Json::array()).dump(), 3, "wrong-type", ":1: TrainingHeld: unit: "},
      {"the date is a number", "a.jsonl", top("on", 20250103).dump(), 3, "wrong-type", ":1: TrainingHeld: on: "},
      {"attachments of a wrong type", "a.jsonl", with("attachments", "x").dump(), 3, "wrong-type", ":1: TrainingHeld: data.attachments: "},
      {"an unknown member", "a.jsonl", top("when", "x").dump(), 3, "unknown-field", ":1: TrainingHeld: when: "},
      {"an unknown field", "a.jsonl", with("colour", "x").dump(), 3, "unknown-field", ":1: TrainingHeld: data.colour: "},
      {"an unknown type", "a.jsonl", top("type", "PartyHeld").dump(), 3, "unknown-type", ":1: PartyHeld: type: "},
      {"a genesis", "a.jsonl", top("type", "GenesisRecorded").dump(), 3, "unknown-type", ":1: GenesisRecorded: type: "},
      {"a duplicate key", "a.jsonl", "{\"on\":\"2025-01-03\"," + kLine.substr(1), 3, "duplicate-key", ":1: on: "},
      {"no such day", "a.jsonl", top("on", "2025-02-29").dump(), 3, "date-impossible", ":1: TrainingHeld: on: "},
      {"a date too early", "a.jsonl", top("on", "1900-01-01").dump(), 3, "out-of-range", ":1: TrainingHeld: on: "},
      {"a date in the future", "a.jsonl", top("on", "2025-06-01").dump(), 3, "on-in-future", ":1: TrainingHeld: "},
      {"too small", "a.jsonl", with("minutes", 0).dump(), 3, "out-of-range", ":1: TrainingHeld: data.minutes: "},
      {"too large", "a.jsonl", with("minutes", 6001).dump(), 3, "out-of-range", ":1: TrainingHeld: data.minutes: "},
      {"over 64 bits", "a.jsonl", replaced(kLine, ":60", ":99999999999999999999"), 3, "out-of-range", ":1: TrainingHeld: data.minutes: "},
      {"beyond any float", "a.jsonl", replaced(kLine, ":60", ":1e999"), 3, "not-json", ":1: "},
      {"nested deep", "a.jsonl", std::string(100'000, '['), 3, "not-json", ":1: "},
      {"an unknown reference", "a.jsonl", top("refs", {{"list", "01941f29-7c00-7000-8000-000000000000"}}).dump(), 3, "ref-missing", ":1: TrainingHeld: refs.list: "},
      {"a label that comes later", "a.jsonl", top("refs", {{"list", "#later"}}).dump() + "\n" + top("label", "later").dump(), 3, "label-unknown", ":1: TrainingHeld: refs.list: "},
      {"empty", "a.jsonl", "", 3, "field-missing", ": "},
      {"blank lines", "a.jsonl", "\n  \n\t\r\n", 3, "field-missing", ": "},
      {"an empty spreadsheet", "a.csv", "", 3, "csv-column-missing", ":1: "},
      {"only a header", "a.csv", kCsv, 3, "field-missing", ": "},
      {"no column of types", "a.csv", replaced(kCsv, "type,", ""), 3, "csv-column-missing", ":1: type: "},
      {"no column of dates", "a.csv", replaced(kCsv, ",on", ""), 3, "csv-column-missing", ":1: on: "},
      {"an unknown column", "a.csv", replaced(kCsv, "data.title", "title"), 3, "unknown-field", ":1: title: "},
      {"a column of an unknown field", "a.csv", replaced(kCsv, "data.title", "data.colour,data.title") + replaced(kCells, "学习", "x,学习"), 3, "unknown-field", ":2: TrainingHeld: data.colour: "},
      {"a stray quote", "a.csv", kCsv + kCells + replaced(kCells, "学习", "学\"习"), 3, "csv-malformed", ":3: "},
      {"an open quote", "a.csv", kCsv + replaced(kCells, "学习", "\"学习"), 3, "csv-malformed", ":2: "},
      {"too few cells", "a.csv", kCsv + "TrainingHeld,x\n", 3, "csv-malformed", ":2: "},
      {"too many cells", "a.csv", kCsv + replaced(kCells, "\n", ",x\n"), 3, "csv-malformed", ":2: "},
      {"an empty submission", "a.submission", "", 3, "not-canonical", ": "},
      {"text as a submission", "a.submission", "this is no signed submission....", 3, "not-canonical", ": "},
  };
}

void check_refused(Site& site, const std::string& key, const std::string& file, int status, const std::string& code, const std::string& place) {
  const auto before = site.contents();
  check_failed(site.submit(key, file), status, code, file + place);
  const auto json = site.submit(key, file, {"--json"});
  INFO("out: " << json.out << "\nerr: " << json.err);
  CHECK(json.status == status);
  CHECK(json.err.empty());
  const auto answer = ledger::parse_json(json.out);
  REQUIRE(answer);
  REQUIRE((*answer)["refusals"].size() == 1);
  CHECK((*answer)["accepted"] == false);
  CHECK((*answer)["refusals"][0]["code"] == code);
  CHECK((*answer)["refusals"][0]["file"] == file);
  if (place[0] == ':' && place[1] != ' ') CHECK((*answer)["refusals"][0]["line"] == std::stoi(place.substr(1)));
  CHECK(site.contents() == before);
}

}  // namespace

TEST_CASE("each faulty file is refused with its place and code, and nothing is stored") {
  Site site;
  for (auto& r : rows()) {
    INFO(r.name);
    check_refused(site, "unit", site.file(r.file, r.bytes), r.status, r.code, r.place);
  }
}

TEST_CASE("signatures, ids and other ledgers") {
  Site site, other;
  const auto file = site.file("a.jsonl", kLine);
  check_refused(site, "stranger", file, 3, "key-unknown", ": ");
  check_refused(site, "bare", file, 3, "role-missing", ":1: TrainingHeld: ");
  Json own = training();
  own["id"] = "01941f29-7c00-7000-8000-000000000001";
  site.admit("unit", own.dump());
  own["data"]["title"] = "另一次";
  check_refused(site, "unit", site.file("b.jsonl", own.dump()), 3, "id-duplicate", ":1: TrainingHeld: id: ");
  const auto foreign = site.folder / "foreign.submission";
  REQUIRE(other.submit("unit", file, {"--dry-run", "-o", foreign}).status == 0);
  check_refused(site, "unit", foreign, 3, "ledger-id-mismatch", ": ");
}

// What the submission says; not the shelves whose bytes hold a random key.
Contents said(const Contents& all) {
  Contents out;
  for (auto& [place, value] : all)
    if (place.first != static_cast<int>(ledger::Shelf::vault) && place.first != static_cast<int>(ledger::Shelf::attachments)) out[place] = value;
  return out;
}

TEST_CASE("a submission cut or with one byte changed is never accepted as something else") {
  Site site;
  const auto good = site.folder / "good.submission", blank = site.folder / "blank";
  REQUIRE(site.submit("desk", site.file("a.jsonl", complaint().dump()), {"--dry-run", "-o", good}).status == 0);
  const auto restore = [&](const std::string& from, const std::string& to) {
    fs::remove_all(to);
    fs::copy(from, to, fs::copy_options::recursive);
  };
  const auto bytes = read(good);
  const auto before = site.contents();
  restore(site.dir, blank);
  REQUIRE(site.submit("desk", good).status == 0);
  const auto expected = said(site.contents());
  restore(blank, site.dir);
  for (std::size_t n = 1; n < bytes.size(); n += bytes.size() / 12)
    check_failed(site.submit("desk", site.file("cut.submission", bytes.substr(0, n))), 3, "not-canonical", "cut.submission: ");
  int accepted = 0;
  for (std::size_t i = 0; i < bytes.size(); i += 11) {
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ (1 << (i % 8)));
    const auto ran = site.submit("desk", site.file("changed.submission", changed));
    INFO("byte " << i << " of " << bytes.size() << "\n" << ran.out << ran.err);
    REQUIRE((ran.status == 0 || ran.status == 3));
    CHECK((ran.status == 3) == ran.out.empty());
    // The envelope's pointers may say the same in another way; the signed content may not differ.
    CHECK((ran.status == 3 ? site.contents() == before : said(site.contents()) == expected));
    if (ran.status == 0) ++accepted, restore(blank, site.dir);
  }
  CHECK(accepted < 4);
}

TEST_CASE("files, folders and keys that are not what they should be") {
  Site site;
  const auto before = site.contents();
  const auto draft = site.file("a.jsonl", kLine);
  const auto submit = [&](const std::string& dir, const std::string& key, const std::string& file, std::vector<std::string> more = {}) {
    std::vector<std::string> words{"submit", dir, "--key", key, "--at", kNow, file};
    words.insert(words.end(), more.begin(), more.end());
    return pufa(words);
  };
  REQUIRE(pufa({"key", "new", site.key("locked"), "--passphrase-file", site.file("pass", "right\n")}).status == 0);
  const auto unit = site.key("unit");
  const auto damaged = site.file("damaged.pem", replaced(read(unit), "MC", "!!"));
  check_failed(submit(site.folder.str(), unit, draft), 4, "not-a-ledger", site.folder.str());
  check_failed(submit(site.folder / "none", unit, draft), 4, "not-a-ledger", "none");
  check_failed(submit(draft, unit, draft), 4, "not-a-ledger", draft);
  check_failed(pufa({"log", site.folder / "none"}), 4, "not-a-ledger", "none");
  check_failed(pufa({"verify", site.folder / "none"}), 4, "not-a-ledger", "none");
  check_failed(submit(site.dir, unit, site.folder.str()), 2, "file", "folder");
  check_failed(submit(site.dir, unit, site.folder / "none.jsonl"), 2, "file", "none.jsonl");
  check_failed(submit(site.dir, site.folder / "none.pem", draft), 2, "key-file", "none.pem");
  check_failed(submit(site.dir, damaged, draft), 2, "key-file", damaged);
  check_failed(submit(site.dir, draft, draft), 2, "key-file", draft);
  check_failed(submit(site.dir, site.key("locked"), draft, {"--passphrase-file", site.file("wrong", "wrong\n")}), 2, "key-file", "locked.pem");
  check_failed(submit(site.dir, site.key("locked"), draft), 2, "key-file", "locked.pem");
  check_failed(submit(site.dir, unit, draft, {"--passphrase-file", site.folder / "none"}), 2, "file", "none");
  check_failed(submit(site.dir, unit, draft, {"--operator-key", unit}), 2, "operator-key-wrong");
  check_failed(pufa({"submit", site.dir, "--key", unit, "--at", "yesterday", draft}), 2, "usage", "--at");
  for (const char* settings : {"[1]", "{\"operatorKey\":7}", "{", "\xB7"}) {
    INFO(settings);
    const auto kept = read(site.dir + "/settings.json");
    write(site.dir + "/settings.json", settings);
    check_failed(submit(site.dir, unit, draft), 4, "storage-damaged", "settings.json");
    write(site.dir + "/settings.json", kept);
  }
  CHECK(site.contents() == before);
}

TEST_CASE("times: none from outside in production, never back in a demonstration") {
  Site site;
  const auto production = site.folder / "P";
  const auto init = [&](std::vector<std::string> more) {
    std::vector<std::string> words{"init", production, "--origin", "p.test/log", "--district", "420114", "--district-name", "蔡甸区", "--operator-key",
                                   site.key("operator"), "--registrar-key", site.key("registrar"), "--audit-key", site.key("audit")};
    words.insert(words.end(), more.begin(), more.end());
    return pufa(words);
  };
  check_failed(init({"--at", kNow}), 2, "at-not-allowed", "--at");
  CHECK_FALSE(fs::exists(production));
  REQUIRE(init({}).status == 0);
  check_failed(pufa({"submit", production, "--key", site.key("unit"), "--at", kNow, site.file("a.jsonl", kLine)}), 2, "at-not-allowed", "--at");
  site.admit("unit", kLine);
  const auto before = site.contents();
  Json early = training("早些");
  early["on"] = "2025-01-02";
  check_failed(pufa({"submit", site.dir, "--key", site.key("unit"), "--at", "2025-01-03T00:00:00Z", site.file("b.jsonl", early.dump())}), 3, "at-goes-back", "b.jsonl");
  CHECK(site.contents() == before);
}

TEST_CASE("a draft is accepted once, with its receipt, and shows in the log") {
  Site site;
  const auto file = site.file("a.jsonl", kLine);
  const auto first = site.submit("unit", file, {"--json"});
  const auto again = site.submit("unit", file, {"--json"});
  REQUIRE(first.status == 0);
  REQUIRE(again.status == 0);
  auto answer = *ledger::parse_json(again.out);
  CHECK(answer["again"] == true);
  answer.erase("again");
  CHECK(answer == *ledger::parse_json(first.out));
  const auto log = pufa({"log", site.dir, "--type", "TrainingHeld", "--json"});
  CHECK(log.status == 0);
  CHECK(std::count(log.out.begin(), log.out.end(), '\n') == 1);
  CHECK(pufa({"verify", site.dir}).status == 0);
  CHECK(pufa({"nonsense"}).status == 2);
  CHECK(pufa({"log", site.dir, "--nonsense"}).status == 2);
}
