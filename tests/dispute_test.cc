// Disputes over a published result: replays with and without events, what changed between two results, and the
// dossier for the other side. Differences as values first, then the real command on the demonstration.
#include <algorithm>

#include "ledger/text/json.h"
#include "projections/assessment/difference.h"
#include "tests/support/command.h"
#include "tools/cli/page.h"

namespace {

using command::Folder;
using command::pufa;
using ledger::Json;
namespace assessment = projections::assessment;

ledger::Id id(char n) { return ledger::Id::from(std::string(15, '\0') + n); }

projections::UnitCode code(const char* letter) { return projections::unit_code(std::string(17, '0') + letter); }

assessment::Row row(const char* unit, std::int64_t points, int rank, std::vector<ledger::Id> events) {
  assessment::Row out;
  out.unit = code(unit), out.name = unit, out.total = points, out.rank = rank;
  assessment::Trace t;
  t.points = points, t.weight = 500, t.applicable = true, t.events = std::move(events);
  out.indicators.push_back(t);
  return out;
}

assessment::Ranking ranking(std::vector<assessment::Row> rows) {
  assessment::Ranking out;
  out.indicator_ids = {"A1"};
  out.rows = std::move(rows);
  return out;
}

struct Demo {
  Folder folder;
  std::string ledger = folder / "demo";
  std::vector<std::string> results;   // preliminary, final, superseding
  Demo() {
    const auto made = pufa({"demo", ledger, "--json"});
    INFO(made.err);
    REQUIRE(made.status == 0);
    for (auto& e : log({"--type", "ResultPublished"})) results.push_back(e["id"]);
    REQUIRE(results.size() == 3);
  }
  std::vector<Json> log(std::vector<std::string> words) const {
    words.insert(words.begin(), {"log", ledger, "--json"});
    std::istringstream lines(pufa(words).out);
    std::vector<Json> out;
    for (std::string line; std::getline(lines, line);) out.push_back(Json::parse(line));
    return out;
  }
};

const Demo& demo() {
  static const Demo made;
  return made;
}

Json told(const std::vector<std::string>& words, int status) {
  const auto ran = pufa(words);
  INFO(ran.err << ran.out.substr(0, 300));
  REQUIRE(ran.status == status);
  return Json::parse(ran.out);
}

Json unit_of(const Json& changes, const std::string& unit) {
  for (auto& u : changes["units"])
    if (u["unit"] == unit) return u;
  FAIL("no change of " << unit);
  return {};
}

Json amount_of(const Json& unit, const std::string& name) {
  for (auto& a : unit["amounts"])
    if (a["indicator"] == name) return a;
  FAIL("no change of " << name);
  return {};
}

// The objection upheld in full at the first level, as log lines: the decision and what it decides.
struct Upheld {
  Json decision, objection;
};
Upheld upheld() {
  Upheld out;
  for (auto& e : demo().log({"--type", "ObjectionDecided"}))
    if (e["data"]["outcome"] == "upheld" && e["data"]["level"] == "first") out.decision = e;
  REQUIRE(!out.decision.is_null());
  for (auto& e : demo().log({"--type", "ObjectionFiled"}))
    if (e["id"] == out.decision["refs"]["objection"]) out.objection = e;
  REQUIRE(!out.objection.is_null());
  return out;
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("equal rankings have no difference") {
  const auto a = ranking({row("A", 400, 1, {id(1)}), row("B", 300, 2, {id(2)})});
  CHECK(assessment::difference_of(a, a, {id(1)}).empty());
}

TEST_CASE("a difference names the amount, the ranks and the disputed events of the traces") {
  const auto a = ranking({row("A", 400, 1, {id(1), id(3), id(4)}), row("B", 300, 2, {id(2)})});
  const auto b = ranking({row("B", 300, 1, {id(2)}), row("A", 200, 2, {id(1), id(5)})});
  const auto d = assessment::difference_of(a, b, {id(3), id(2), id(9)});
  REQUIRE(d.units.size() == 2);
  CHECK(d.causes == std::vector{id(3)});
  const auto& unit = *d.find(code("A"));
  REQUIRE(unit.amounts.size() == 1);
  CHECK(unit.amounts[0].name == "A1");
  CHECK(unit.amounts[0].before == 400);
  CHECK(unit.amounts[0].after == 200);
  CHECK(unit.amounts[0].causes == std::vector{id(3)});
  CHECK(unit.amounts[0].only_before == std::vector{id(3), id(4)});
  CHECK(unit.amounts[0].only_after == std::vector{id(5)});
  CHECK(unit.before->rank == 1);
  CHECK(unit.after->rank == 2);
}

TEST_CASE("a rank that others move names them, and has no cause of its own") {
  const auto a = ranking({row("A", 400, 1, {id(1)}), row("B", 300, 2, {id(2)})});
  const auto b = ranking({row("B", 300, 1, {id(2)}), row("A", 200, 2, {})});
  const auto d = assessment::difference_of(a, b, {id(1)});
  const auto& other = *d.find(code("B"));
  CHECK(other.amounts.empty());
  CHECK(other.passed == std::vector{code("A")});
}

TEST_CASE("a unit that only one ranking has") {
  const auto d = assessment::difference_of(ranking({row("A", 400, 1, {id(1)})}), ranking({}), {id(1)});
  REQUIRE(d.units.size() == 1);
  CHECK_FALSE(d.units[0].after);
  CHECK(d.units[0].amounts[0].before == 400);
  CHECK_FALSE(d.units[0].amounts[0].after);
  CHECK(d.causes == std::vector{id(1)});
}

TEST_CASE("each published result replays to the same") {
  for (auto& result : demo().results) {
    const auto said = told({"replay", demo().ledger, "--result", result, "--json"}, 0);
    CHECK(said["same"] == true);
    CHECK(said["changes"]["units"].empty());
  }
}

TEST_CASE("without an event that explain lists, the difference names exactly this event") {
  const std::string unit = "11420114TA00000750";
  const auto completed = demo().log({"--type", "ListItemCompleted", "--unit", unit});
  REQUIRE(!completed.empty());
  const std::string event = completed[0]["id"];
  const auto why = told({"explain", demo().ledger, "--year", "2025", "--unit", unit, "--indicator", "A5", "--json"}, 0);
  const auto& listed = why["indicators"][0]["events"];
  REQUIRE(std::find(listed.begin(), listed.end(), event) != listed.end());

  const auto said = told({"replay", demo().ledger, "--result", demo().results[2], "--without", event, "--json"}, 1);
  CHECK(said["same"] == false);
  CHECK(said["changes"]["causes"] == Json::array({event}));
  const auto a5 = amount_of(unit_of(said["changes"], unit), "A5");
  CHECK(a5["causes"] == Json::array({event}));
  CHECK(a5["after"] < a5["before"]);
  const auto& lost = a5["onlyBefore"];
  CHECK(std::find(lost.begin(), lost.end(), event) != lost.end());
}

TEST_CASE("with a draft laid in, the draft is the cause, and the log stays as it was") {
  const std::string unit = "11420114TA00000750", draft = "019b0b22-f900-76ca-8d9e-365494726fff", file = demo().folder / "draft.jsonl";
  command::write(file, Json{{"id", draft}, {"type", "PointsDecided"}, {"unit", unit}, {"on", "2025-12-12"},
                            {"data", {{"year", 2025}, {"kind", "penalty"}, {"points", 50}, {"matterKey", "TRIAL-1"}, {"reason", "trial"}}}}.dump() + "\n");
  const auto said = told({"replay", demo().ledger, "--result", demo().results[0], "--with", file, "--json"}, 1);
  const auto amount = amount_of(unit_of(said["changes"], unit), "penalty");
  CHECK(amount["causes"] == Json::array({draft}));
  CHECK(amount["after"].get<int>() == amount["before"].get<int>() + 50);
  CHECK(told({"replay", demo().ledger, "--result", demo().results[0], "--json"}, 0)["same"] == true);
}

TEST_CASE("what a trial names must be there, and a fault in its files names file and line") {
  const std::string unknown = "01941f29-7c00-7000-8000-000000000000", bad = demo().folder / "bad";
  command::write(bad, "neither a scheme\nnor a draft\n");
  const auto trial = [](const std::string& option, const std::string& word) {
    return command::pufa({"replay", demo().ledger, "--result", demo().results[0], option, word});
  };
  command::check_failed(pufa({"explain", demo().ledger, "--year", "2025", "--unit", "11420114TA0000999X"}), 3, "not-found", "11420114TA0000999X");
  command::check_failed(trial("--without", unknown), 3, "not-found", "--without");
  command::check_failed(trial("--scheme", unknown), 3, "not-found", unknown);
  command::check_failed(trial("--scheme", bad), 3, "scheme-invalid", bad + ": Line 1: ");
  command::check_failed(trial("--with", bad), 3, "not-json", bad + ": line 1: ");
}

TEST_CASE("an empty scheme is no scheme, also where the published one's ranking is kept") {
  const std::string empty = demo().folder / "empty.toml";
  command::write(empty, "");
  CHECK(told({"rank", demo().ledger, "--year", "2025", "--json"}, 0).contains("rows"));
  for (int i = 0; i < 2; ++i) command::check_failed(pufa({"rank", demo().ledger, "--year", "2025", "--scheme", empty}), 3, "scheme-invalid", empty);
}

TEST_CASE("another head: what lies between is the cause") {
  const auto u = upheld();
  const auto past = "@" + std::to_string(u.decision["position"].get<int>() + 1);
  const auto said = told({"replay", demo().ledger, "--result", demo().results[0], "--as-of", past, "--json"}, 1);
  const auto amount = amount_of(unit_of(said["changes"], u.decision["unit"]), u.objection["data"]["indicator"]);
  CHECK(amount["causes"] == Json::array({u.decision["id"]}));
}

TEST_CASE("between the public notice and the superseding result stands the upheld objection") {
  const auto u = upheld();
  const auto said = told({"diff", demo().ledger, demo().results[0], demo().results[2], "--json"}, 1);
  const auto amount = amount_of(unit_of(said["changes"], u.decision["unit"]), u.objection["data"]["indicator"]);
  CHECK(amount["causes"] == Json::array({u.decision["id"]}));
  CHECK(amount["after"] == u.objection["data"]["claimed"]);
  CHECK(told({"diff", demo().ledger, demo().results[1], demo().results[1], "--json"}, 0)["same"] == true);
  const auto text = pufa({"diff", demo().ledger, demo().results[0], demo().results[2], "--lang", "zh"});
  CHECK(holds(text.out, u.decision["id"].get<std::string>() + "  @" + u.decision["position"].dump()));
}

TEST_CASE("the dossier of the upheld objection holds its facts and evidence that checks") {
  const auto u = upheld();
  const std::string unit = u.decision["unit"], out = demo().folder / "dossier", again = demo().folder / "again";
  const std::vector<std::string> words{"dossier", demo().ledger, "--unit", unit, "--year", "2025", "--objection", u.objection["id"], "-o"};
  auto with = [&](const std::string& name) { auto w = words; w.push_back(name); return w; };
  REQUIRE(pufa(with(out)).status == 0);
  const auto text = command::read(out + ".txt"), page = command::read(out + ".html");
  for (auto* said : {&text, &page}) {
    for (auto* e : {&u.objection, &u.decision}) {
      CHECK(holds(*said, (*e)["id"].get<std::string>()));
      CHECK(holds(*said, "@" + (*e)["position"].dump()));
    }
    CHECK(holds(*said, u.objection["data"]["indicator"].get<std::string>()));
    CHECK(holds(*said, "主张得分 4.50"));
    CHECK(holds(*said, "【演示数据】"));
    CHECK(holds(*said, demo().results[0]));
  }
  CHECK(pufa({"check", out + ".evidence", "--policy", demo().ledger + "/policy"}).status == 0);

  REQUIRE(pufa(with(again)).status == 0);
  for (auto* ending : {".txt", ".html", ".evidence"}) CHECK(command::read(out + ending) == command::read(again + ending));
}

TEST_CASE("the dossier shows sealed grounds and reasons when asked, to its owner alone") {
  const auto u = upheld();
  const std::string unit = u.decision["unit"], out = demo().folder / "opened";
  REQUIRE(pufa({"dossier", demo().ledger, "--unit", unit, "--year", "2025", "--objection", u.objection["id"], "--open", "-o", out}).status == 0);
  const auto text = command::read(out + ".txt");
  for (auto* e : {&u.objection, &u.decision})
    for (auto& [field, value] : (*e)["data"].items()) {
      if (!value.is_object() || !value.contains("sealed")) continue;
      const std::string file = demo().folder / "one.evidence";
      REQUIRE(pufa({"prove", demo().ledger, "--event", (*e)["id"], "--open", field, "-o", file}).status == 0);
      const auto checked = told({"check", file, "--policy", demo().ledger + "/policy", "--json"}, 0);
      CHECK(holds(text, checked["record"]["opened"][field].get<std::string>()));
    }
  CHECK((command::fs::status(out + ".txt").permissions() & command::fs::perms(077)) == command::fs::perms::none);
  CHECK((command::fs::status(out + ".html").permissions() & command::fs::perms(077)) == command::fs::perms::none);
}

TEST_CASE("the dossier speaks English when asked, and tells late entries from those in time") {
  const std::string unit = "11420114TA000034X8", out = demo().folder / "late";   // flagged lateEntry in the ranking
  REQUIRE(pufa({"dossier", demo().ledger, "--unit", unit, "--year", "2025", "-o", out, "--lang", "en"}).status == 0);
  const auto text = command::read(out + ".txt");
  CHECK(holds(text, "late entry: after "));
  CHECK(holds(text, "Completeness of time"));
  CHECK_FALSE(holds(text, "主张"));
}

TEST_CASE("the dossier tells what was annulled and what a compromised key signed") {
  const auto annulment = demo().log({"--type", "RecordAnnulled"}).at(0);
  const std::string out = demo().folder / "noted";
  REQUIRE(pufa({"dossier", demo().ledger, "--unit", annulment["unit"], "--year", "2025", "-o", out, "--lang", "en"}).status == 0);
  CHECK(holds(command::read(out + ".txt"), "annulled by @" + annulment["position"].dump()));

  std::size_t told = 0;
  for (auto& revoked : demo().log({"--type", "KeyRevoked"})) {
    if (revoked["data"]["reason"] != "compromised") continue;
    const std::string since = revoked["data"]["compromisedSince"];
    for (auto& e : demo().log({}))
      if (e["key"] == revoked["data"]["keyId"] && e["admittedAt"] >= since && e.contains("unit") && e["on"].get<std::string>() < "2025-12-10") {
        const std::string file = demo().folder / "key";
        REQUIRE(pufa({"dossier", demo().ledger, "--unit", e["unit"], "--year", "2025", "-o", file, "--lang", "en"}).status == 0);
        CHECK(holds(command::read(file + ".txt"), "key later reported compromised since " + since));
        ++told;
        break;
      }
  }
  CHECK(told > 0);
}

TEST_CASE("the dossier shows the points without an event in dispute") {
  const auto u = upheld();
  const std::string unit = u.decision["unit"], out = demo().folder / "without";
  const auto held = demo().log({"--type", "ActivityHeld", "--unit", unit});
  REQUIRE(!held.empty());
  REQUIRE(pufa({"dossier", demo().ledger, "--unit", unit, "--year", "2025", "--without", held[0]["id"], "-o", out, "--lang", "en"}).status == 0);
  CHECK(holds(command::read(out + ".txt"), "without the events: @" + held[0]["position"].dump()));
}

TEST_CASE("a dossier is refused where there is nothing to dispute") {
  const std::string out = demo().folder / "none";
  const std::string unit = "11420114TA00000750";
  CHECK(pufa({"dossier", demo().ledger, "--unit", unit, "--year", "2024", "-o", out}).status == 3);
  CHECK(pufa({"dossier", demo().ledger, "--unit", "11420114TA0000016X", "--year", "2025", "-o", out}).status == 3);
  CHECK(pufa({"dossier", demo().ledger, "--unit", unit, "--year", "2025", "--objection", demo().results[0], "-o", out}).status == 3);
  CHECK_FALSE(command::fs::exists(out + ".html"));
}

TEST_CASE("a page shows hostile text as text") {
  tools::Page page{"en", "", "<b>t</b>", {{"<i>", {"a & b <script>"}, {{"h\""}, {{"<td>\n"}}}}}, {{"<n>", "<v>"}}};
  const auto html = to_html(page);
  for (auto* raw : {"<b>", "<i>", "<script>", "<n>", "<v>", "<td><td>"}) CHECK_FALSE(holds(html, raw));
  CHECK(holds(html, "a &amp; b &lt;script&gt;"));
  CHECK(holds(to_text(page), "<script>"));
}
