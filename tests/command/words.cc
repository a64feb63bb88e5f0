// What the command's words may be, and how it says in JSON, in text and in its help what became of them.
#include <algorithm>
#include <set>

#include "tests/command/site.h"

namespace command {
namespace {

// The object that --json prints for a failure; nothing on standard error.
Json error_of(const Ran& ran, int status) {
  INFO("out: " << ran.out << "\nerr: " << ran.err);
  CHECK(ran.status == status);
  CHECK(ran.err.empty());
  const auto answer = ledger::parse_json(ran.out);
  REQUIRE(answer);
  REQUIRE(answer->size() == 1);
  return answer->at("error");
}

Json json_of(const Ran& ran) {
  INFO("out: " << ran.out << "\nerr: " << ran.err);
  REQUIRE(ran.status == 0);
  const auto answer = ledger::parse_json(ran.out);
  REQUIRE(answer);
  return *answer;
}

bool has_null(const Json& j) {
  if (!j.is_structured()) return j.is_null();
  return std::any_of(j.begin(), j.end(), has_null);
}

std::vector<std::string> init_words(const Site& site, const std::string& dir, const std::string& district) {
  return {"init", dir, "--origin", "p.test/log", "--district", district, "--district-name", "蔡甸区", "--operator-key", site.key("operator"),
          "--registrar-key", site.key("registrar"), "--audit-key", site.key("audit")};
}

}  // namespace

TEST_CASE("with --json each failure is one object on standard output") {
  Site site;
  const auto none = site.folder / "none";
  CHECK(error_of(pufa({"frob", "--json"}), 2)["code"] == "usage");
  CHECK(error_of(pufa({"rank", site.dir, "--year", "x", "--json"}), 2)["code"] == "usage");
  CHECK(error_of(pufa({"log", none, "--json"}), 4)["code"] == "not-a-ledger");
  CHECK(error_of(pufa({"units", none, "--format", "json"}), 4)["code"] == "not-a-ledger");
  CHECK(error_of(pufa({"verify", none, "--json"}), 4)["code"] == "not-a-ledger");
  CHECK(error_of(pufa({"submit", site.dir, "--json", "--key", site.key("unit"), none}), 2)["code"] == "file");
  CHECK(error_of(pufa({"key", "show", none, "--json"}), 2)["code"] == "key-file");
  CHECK(error_of(pufa({"rank", site.dir, "--year", "2031", "--json"}), 3)["code"] == "calendar-missing");
  // Names that are not UTF-8 cannot break the form.
  CHECK(error_of(pufa({"log", none + "\xB7", "--json"}), 4)["code"] == "not-a-ledger");
}

TEST_CASE("a faulty scheme is said with file, line and field") {
  Site site;
  const auto toml = json_of(pufa({"scheme", "default", "--year", "2025", "--json"}))["toml"].get<std::string>();
  CHECK(toml == pufa({"scheme", "default", "--year", "2025"}).out);
  const auto good = site.file("good.toml", toml), bad = site.file("bad.toml", "# a comment\ncolour = 1\n" + toml);
  const auto e = error_of(pufa({"scheme", "check", bad, "--json"}), 3);
  CHECK(e["code"] == "scheme-invalid");
  CHECK(e["file"] == bad);
  CHECK(e["line"] == 2);
  CHECK(e["field"] == "colour");
  check_failed(pufa({"scheme", "check", bad}), 3, "scheme-invalid", bad);
  const auto explained = json_of(pufa({"scheme", "explain", good, "--json"}));
  CHECK(explained["year"] == 2025);
  CHECK(explained["indicators"].size() == 24);
  CHECK(explained["indicators"][0]["measures"].size() >= 1);
}

TEST_CASE("members without a value are left out") {
  Site site;
  for (const char* view : {"units", "duties", "activities", "complaints", "rectifications", "supervision", "deadlines"}) {
    INFO(view);
    const auto j = json_of(pufa({view, site.dir, "--json"}));
    CHECK_FALSE(has_null(j));
    CHECK_FALSE(j.contains("asOf"));
  }
  const auto units = json_of(pufa({"units", site.dir, "--as-of", "@2", "--json"}));
  CHECK(units["asOf"] == "@2");
  REQUIRE(units["rows"].size() == 1);
  CHECK(units["rows"][0]["shortName"] == "区法院");
  CHECK_FALSE(units["rows"][0].contains("ended"));
}

TEST_CASE("a ledger is made in a new or empty folder only, by init as by demo") {
  Site site;
  const auto plain = site.file("plain", "x"), rests = site.folder / "rests", fresh = site.folder / "fresh";
  fs::create_directories(rests);
  write(rests + "/vault.keys", "x");
  struct Case {
    std::string dir;
    int status;
    const char* code;
  };
  for (auto& [dir, status, code] : {Case{site.dir, 4, "ledger-exists"}, Case{rests, 4, "folder-not-empty"}, Case{plain, 2, "file"}}) {
    INFO(dir);
    check_failed(pufa(init_words(site, dir, "420114")), status, code, dir);
    check_failed(pufa({"demo", dir}), status, code, dir);
  }
  CHECK(read(rests + "/vault.keys") == "x");
  CHECK_FALSE(fs::exists(rests + "/db"));
  for (const char* district : {"abc", "42011", "4201140", "42011a"}) check_failed(pufa(init_words(site, fresh, district)), 2, "usage", "6 digits");
  CHECK_FALSE(fs::exists(fresh));
  fs::create_directories(fresh);
  CHECK(pufa(init_words(site, fresh, "420114")).status == 0);
}

TEST_CASE("verify takes a checkpoint as submit printed it, and refuses a file that holds none") {
  Site site, other;
  const auto verify = [&](const std::string& file) { return pufa({"verify", site.dir, "--checkpoint", file}); };
  const auto line = training().dump();
  const auto printed = site.admit("unit", line) + site.admit("unit", training("另一次").dump());
  const auto json = site.admit("unit", training("第三次").dump(), {"--json"});
  const auto note = printed.substr(printed.rfind("\n" + std::string(kOrigin) + "\n") + 1);
  for (auto& text : {printed, json, note, json + json}) {
    INFO(text);
    CHECK(verify(site.file("checkpoint", text)).status == 0);
  }
  // The second of two notes is looked at too: it is of another ledger.
  CHECK(verify(site.file("checkpoint", printed + other.admit("unit", line))).status == 1);
  auto broken = note;
  broken.replace(broken.find('\n') + 1, 1, "x");
  for (auto& text : {std::string("hello\n"), std::string(), broken, note.substr(0, note.size() / 2), std::string("{\"accepted\":true}\n")}) {
    INFO(text);
    const auto file = site.file("broken", text);
    check_failed(verify(file), 3, "checkpoint-malformed", file + ": line 1: ");
  }
  check_failed(verify(site.file("broken", printed + broken)), 3, "checkpoint-malformed", "broken: line ");
}

TEST_CASE("a malformed policy is the file's fault, not the ledger's") {
  Site site;
  const auto verify = [&](const std::string& text, std::vector<std::string> more = {}) {
    std::vector<std::string> words{"verify", site.dir, "--policy", site.file("policy", text)};
    words.insert(words.end(), more.begin(), more.end());
    return pufa(words);
  };
  CHECK(verify("log " + site.vkey + "\nquorum none\n").status == 0);
  check_failed(verify("log " + site.vkey + "\nnonsense\n"), 3, "policy-malformed", "policy: line 2 ");
  const auto e = error_of(verify("nonsense\n", {"--json"}), 3);
  CHECK(e["file"] == site.folder / "policy");
  CHECK(e["line"] == 1);
  check_failed(verify("\xEF\xBB\xBFlog " + site.vkey + "\nquorum none\n"), 3, "policy-malformed", "byte order mark");
}

TEST_CASE("what the ledger does not hold is not found, whichever command asks") {
  Site site;
  const std::string id = "01941f29-7c00-7000-8000-000000000000", unit = "11420114TA0000999X", file = site.folder / "f";
  const std::vector<std::vector<std::string>> asked{
      {"prove", site.dir, "--event", id, "-o", file}, {"prove", site.dir, "--result", id, "-o", file},
      {"replay", site.dir, "--result", id}, {"diff", site.dir, id, id}, {"units", site.dir, "--unit", unit}, {"log", site.dir, "--unit", unit},
      {"rank", site.dir, "--year", "2025", "--scheme", id},
      {"receipt", site.dir, "--complaint", id, "--secret", std::string(64, '0'), "-o", file}};
  for (auto& words : asked) {
    INFO(words[0] + " " + words[2]);
    check_failed(pufa(words), 3, "not-found");
    CHECK_FALSE(fs::exists(file));
  }
}

TEST_CASE("numbers, types and spreadsheets that cannot be meant are refused with one line") {
  Site site;
  const std::string hash(64, '0');
  for (const char* number : {"-1", "18446744073709551616", "99999999999999999999999", "1.5", "0x10", " 1"}) {
    INFO(number);
    check_failed(pufa({"merkle", "inclusion", "--leaf", hash, "--root", hash, "--size", "1", "--index", number}), 2, "usage", "--index");
    check_failed(pufa({"merkle", "consistency", "--old-root", hash, "--root", hash, "--size", number, "--old-size", "1"}), 2, "usage", "--size");
  }
  CHECK(pufa({"merkle", "inclusion", "--leaf", hash, "--root", hash, "--size", "1", "--index", "0"}).status == 0);
  const auto before = site.contents();
  check_failed(site.submit("unit", site.file("a.csv", "on\n"), {"--type", "Nope"}), 3, "unknown-type", "Nope");
  for (const char* name : {"a.xlsx", "b.XLS"}) check_failed(site.submit("unit", site.file(name, "PK\x03\x04")), 3, "csv-malformed", "saved as CSV");
  CHECK(site.contents() == before);
}

TEST_CASE("what came from outside reaches no terminal raw, nor at its full length") {
  Site site;
  for (auto& [draft, shown] : std::vector<std::pair<std::string, std::string>>{{R"({"type":"\u001b[2J\n","on":"2025-01-03"})", "\\x1b[2J\\x0a"}, {R"({"type":")" + std::string(9'000, 'x') + "\"}", "…"}}) {
    const auto ran = site.submit("unit", site.file("raw.jsonl", draft + "\n"));
    CHECK(ran.status == 3);
    CHECK(ran.err.find(shown) != std::string::npos);
    CHECK(ran.err.find('\x1b') == std::string::npos);
    CHECK(ran.err.size() < 3'000);
  }
}

TEST_CASE("faults of columns and values say which and where") {
  Site site;
  const auto csv = [&](const std::string& text) { return site.submit("unit", site.file("a.csv", text), {"--type", "TrainingHeld"}); };
  check_failed(csv("on,data.title,data.audienceGroup,data.minutes,data.headcount,data.lawRefs.0.law\n2025-01-03,甲,civilServants,203333333333333333,20,民法典\n"), 3, "out-of-range", "a.csv:2: TrainingHeld: data.minutes");
  check_failed(csv("on,data.lawRefs.1\n"), 3, "unknown-field", "data.lawRefs.1");
  check_failed(csv("on,data.lawRefs.00\n"), 3, "unknown-field", "data.lawRefs.00");
  check_failed(csv("on,\n2025-01-03,\n"), 3, "csv-malformed", "column 2");
  check_failed(csv("on,data.title\n2025-01-03,x\n2025-01-03,\xff\n"), 3, "not-utf8", "a.csv:3");
  const auto one = [&](const std::string& member, const Json& value) {
    auto draft = training();
    draft["data"][member] = value;
    return site.submit("unit", site.file("b.jsonl", draft.dump() + "\n"));
  };
  check_failed(one("minutes", 1e26), 3, "out-of-range", "data.minutes");
  check_failed(one("minutes", 1.5), 3, "wrong-type", "data.minutes");
  auto twice = training().dump();
  twice.replace(twice.find("\"minutes\""), 0, "\"minutes\":1,");
  check_failed(site.submit("unit", site.file("c.jsonl", twice + "\n")), 3, "duplicate-key", "data.minutes");
  auto late = training();
  late["on"] = "2025-01-03T00:00:00Z";
  check_failed(site.submit("unit", site.file("d.jsonl", late.dump() + "\n")), 3, "wrong-type", "YYYY-MM-DD");
}

TEST_CASE("one event is one event") {
  Site site;
  CHECK(site.admit("unit", training().dump()).find("accepted: 1 event, position ") != std::string::npos);
  const auto two = site.admit("unit", training("二").dump() + "\n" + training("三").dump());
  CHECK(two.find("accepted: 2 events, positions ") != std::string::npos);
}

namespace {

// What an English help says of its options and commands: the column behind their names.
std::vector<std::string> descriptions(const std::string& help) {
  constexpr std::size_t kColumn = 30;
  std::vector<std::string> out{help.substr(0, help.find('\n'))};
  std::istringstream lines(help);
  for (std::string line; std::getline(lines, line) && line != "Example:";)
    if (line.starts_with("  ") && line.size() > kColumn && line[kColumn - 1] == ' ') out.push_back(line.substr(kColumn));
  return out;
}

std::vector<std::string> commands_of(const std::string& help) {
  std::vector<std::string> out;
  const auto at = help.find("Subcommands:\n");
  std::istringstream lines(at == help.npos ? "" : help.substr(at + 13));
  for (std::string line; std::getline(lines, line) && line.starts_with("  ");) out.push_back(line.substr(2, line.find(' ', 2) - 2));
  return out;
}

std::size_t check_chinese(const char* program, std::vector<std::string> words) {
  auto help = [&](const char* lang) {
    auto with = words;
    with.insert(with.end(), {"--help", "--lang", lang});
    return run(program, with).out;
  };
  const std::string chinese = help("zh"), english = help("en");
  const auto said = descriptions(english);
  for (auto& text : said) {
    INFO(text);
    CHECK(chinese.find(text) == std::string::npos);
  }
  std::size_t checked = said.size();
  CHECK(chinese.find("用法: ") != std::string::npos);
  CHECK(chinese.find("Usage") == std::string::npos);
  for (auto& sub : commands_of(english)) {
    words.push_back(sub);
    checked += check_chinese(program, words);
    words.pop_back();
  }
  return checked;
}

}  // namespace

TEST_CASE("help is in Chinese to the last option where Chinese is asked for") {
  CHECK(check_chinese(build::pufa, {}) > 250);
  CHECK(check_chinese(build::pufa_verify, {}) > 6);
}

TEST_CASE("help, version and unknown words") {
  check_failed(pufa({"frob"}), 2, "usage", "there is no command frob; see pufa --help");
  check_failed(pufa({"key", "frob"}), 2, "usage", "there is no command frob; see pufa --help");
  const auto version = pufa({"--version"});
  CHECK(version.status == 0);
  CHECK(version.out == "pufa " PUFA_VERSION "\n");
  std::set<std::string> abouts;
  const std::vector<std::string> views{"units", "duties", "activities", "complaints", "rectifications", "supervision", "deadlines"};
  for (auto& view : views) {
    const auto help = pufa({view, "--help"}).out;
    INFO(help);
    CHECK(help.find("Example:\n  pufa " + view + " L") != std::string::npos);
    abouts.insert(help.substr(0, help.find('\n')));
  }
  CHECK(abouts.size() == views.size());
}

}  // namespace command
