// A citizen's receipt: what it shows, what it proves, and that nobody without the secret gets one.
#include "tests/command/site.h"

#include <sys/stat.h>

#include "tools/receipt/qr.h"

using namespace command;

namespace {

struct Filed {
  std::string id, secret;
};

// A complaint whose text is hostile to pages.
Json hostile() {
  Json c = complaint();
  c["data"]["text"] = "窗口未按时开放 <script>alert(1)</script> & \"引号\"";
  return c;
}

Filed file_complaint(Site& site, const Json& draft) {
  const auto receipt = *ledger::parse_json(site.admit("desk", draft.dump() + "\n", {"--json"}));
  return {receipt["receipts"][0]["event"], receipt["receipts"][0]["secret"]};
}

Ran receipt(const Site& site, const Filed& f, const std::string& name, std::vector<std::string> more = {}) {
  std::vector<std::string> words{"receipt", site.dir, "--complaint", f.id, "--secret", f.secret, "-o", site.folder / name};
  words.insert(words.end(), more.begin(), more.end());
  return pufa(words);
}

Json checked(Site& site, const std::string& name, int status = 0) {
  const auto policy = site.file("policy", "log " + site.vkey + "\nquorum none\n");
  const auto ran = pufa({"check", site.folder / name, "--policy", policy, "--json"});
  INFO(ran.out << ran.err);
  CHECK(ran.status == status);
  return *ledger::parse_json(ran.out);
}

std::string withdrawal(const Filed& f, bool with_secret) {
  Json data{{"reason", "satisfied"}, {"voluntary", true}};
  if (with_secret) data["secret"] = f.secret;
  return Json{{"type", "ComplaintWithdrawn"}, {"unit", kCourt}, {"on", "2025-01-04"}, {"refs", {{"complaint", f.id}}}, {"data", data}}.dump() + "\n";
}

}  // namespace

TEST_CASE("a receipt shows exactly the filer's text, escaped, and its evidence holds") {
  Site site;
  const Filed f = file_complaint(site, hostile());
  const auto ran = receipt(site, f, "r");
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  const auto text = read(site.folder / "r.txt"), html = read(site.folder / "r.html");
  CHECK(text.find("窗口未按时开放 <script>alert(1)</script> & \"引号\"") != std::string::npos);
  CHECK(text.find(f.secret) != std::string::npos);
  CHECK(html.find("<script") == std::string::npos);
  CHECK(html.find("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;引号&quot;") != std::string::npos);
  const Json report = checked(site, "r.evidence");
  CHECK(report["kind"] == "receipt");
  CHECK(report["record"]["opened"]["text"] == hostile()["data"]["text"]);
  CHECK(report["docket"]["steps"].empty());
  for (auto* suffix : {".txt", ".html", ".evidence"}) {
    struct stat st {};
    REQUIRE(::stat((site.folder / ("r" + std::string(suffix))).c_str(), &st) == 0);
    CHECK((st.st_mode & 0777) == 0600);
  }
}

TEST_CASE("a later receipt shows a withdrawal, with the filer's secret or without it") {
  for (const bool with_secret : {true, false}) {
    Site site;
    const Filed f = file_complaint(site, complaint());
    site.admit("desk", withdrawal(f, with_secret));
    REQUIRE(receipt(site, f, "later", {"--lang", "zh"}).status == 0);
    const std::string said = with_secret ? "撤回:凭投诉人回执撤回" : "撤回:未凭投诉人回执撤回";
    CHECK(read(site.folder / "later.txt").find(said) != std::string::npos);
    CHECK(checked(site, "later.evidence")["docket"]["steps"].size() == 1);
  }
}

TEST_CASE("a later receipt beside the first one shows that the record is still there") {
  Site site;
  const auto check = [&](const std::string& file, const std::string& earlier, std::vector<std::string> more = {}) {
    std::vector<std::string> words{"check", site.folder / file, "--earlier", site.folder / earlier, "--policy", site.file("policy", "log " + site.vkey + "\nquorum none\n")};
    words.insert(words.end(), more.begin(), more.end());
    return pufa(words);
  };
  const auto code_of = [&](const Ran& ran) {
    CHECK(ran.status == 1);
    return (*ledger::parse_json(ran.out))["failure"]["code"].get<std::string>();
  };
  const Filed f = file_complaint(site, hostile()), other = file_complaint(site, complaint());
  REQUIRE(receipt(site, f, "first").status == 0);
  site.admit("unit", training().dump() + "\n");
  REQUIRE(receipt(site, f, "later").status == 0);
  REQUIRE(receipt(site, other, "other").status == 0);
  const auto ran = check("later.evidence", "first.evidence", {"--lang", "en"});
  CHECK(ran.status == 0);
  CHECK(ran.out.find("still in the log, unchanged") != std::string::npos);
  CHECK(check("later.evidence", "later.evidence").status == 0);
  CHECK(code_of(check("first.evidence", "later.evidence", {"--json"})) == "checkpoint-older");
  CHECK(code_of(check("later.evidence", "other.evidence", {"--json"})) == "record-changed");
  site.file("cut.evidence", read(site.folder / "first.evidence").substr(0, 500));
  CHECK(code_of(check("later.evidence", "cut.evidence", {"--json"})) == "evidence-malformed");
  CHECK(check("later.evidence", "missing").status == 2);
}

TEST_CASE("a receipt leaves out what was destroyed, says so, and still proves the rest") {
  Site site;
  const Filed f = file_complaint(site, hostile());
  site.admit("desk", withdrawal(f, true));
  const Json destroyed{{"type", "PersonalDataKeyDestroyed"}, {"on", "2025-01-04"}, {"refs", {{"target", f.id}}},
                       {"data", {{"field", "filerName"}, {"legalBasis", "periodOver"}, {"retentionEnded", "2025-01-04"}}}};
  site.admit("audit", destroyed.dump() + "\n");
  REQUIRE(receipt(site, f, "r").status == 0);
  const auto text = read(site.folder / "r.txt");
  CHECK(text.find("来访人") == std::string::npos);
  CHECK(text.find("[not shown: its key may have been destroyed as the law asks]") != std::string::npos);
  CHECK(text.find("前台登记") != std::string::npos);
  CHECK(checked(site, "r.evidence")["valid"] == true);
}

TEST_CASE("two receipts to signed checkpoints of one size and different roots prove a fork") {
  Site site;
  const Filed f = file_complaint(site, hostile());
  site.save("before");
  site.admit("unit", training("甲").dump() + "\n");
  REQUIRE(receipt(site, f, "one").status == 0);
  site.back("before");
  site.admit("unit", training("乙").dump() + "\n");
  REQUIRE(receipt(site, f, "two").status == 0);
  const auto policy = site.file("policy", "log " + site.vkey + "\nquorum none\n");
  const auto ran = pufa({"check", site.folder / "one.evidence", "--earlier", site.folder / "two.evidence", "--policy", policy, "--json"});
  CHECK(ran.status == 1);
  CHECK((*ledger::parse_json(ran.out))["failure"]["code"] == "checkpoint-mismatch");
}

TEST_CASE("no receipt without the secret, of another record, or by another's") {
  Site site;
  const Filed f = file_complaint(site, complaint());
  check_failed(receipt(site, {f.id, std::string(64, 'a')}, "r"), 3, "receipt-wrong");
  const auto slip = receipt(site, {f.id, f.secret.substr(1)}, "r");
  check_failed(slip, 2, "usage");
  CHECK(slip.err.find(f.secret.substr(1)) == std::string::npos);   // nobody reads it over a shoulder
  const auto held = *ledger::parse_json(site.admit("unit", training().dump() + "\n", {"--json"}));
  check_failed(receipt(site, {held["events"][0]["id"], f.secret}, "r"), 3, "not-a-complaint");
  CHECK_FALSE(fs::exists(site.folder / "r.evidence"));
  std::string upper = f.secret;
  for (auto& c : upper) c = static_cast<char>(std::toupper(c));
  CHECK(receipt(site, {f.id, upper}, "r").status == 0);
}

TEST_CASE("the secret in the evidence is checked against the complaint") {
  Site site;
  const Filed f = file_complaint(site, complaint());
  REQUIRE(receipt(site, f, "r").status == 0);
  auto bytes = read(site.folder / "r.evidence");
  const auto secret = *ledger::unhex(f.secret);
  bytes[bytes.find(secret)] ^= 1;
  const auto end = bytes.rfind("end ");
  write(site.folder / "forged.evidence", bytes.substr(0, end + 4) + ledger::hex(ledger::sha256(bytes.substr(0, end)).view()) + "\n");
  const Json report = checked(site, "forged.evidence", 1);
  CHECK(report["failure"]["code"] == "receipt-wrong");
}

TEST_CASE("a foreign reader reads the code") {
  Folder folder;
  const std::string payload = "pufa-receipt/v1 demo.test/log 0194a01f-6680-7e8b-96fb-109e0c40e165 1530 " + std::string(64, 'a') + " " + std::string(64, 'b');
  const auto modules = tools::qr_modules(payload);
  constexpr int kScale = 6, kBorder = 4;
  const int side = (static_cast<int>(modules.size()) + 2 * kBorder) * kScale;
  std::string image = "P1\n" + std::to_string(side) + " " + std::to_string(side) + "\n";
  for (int y = 0; y < side; ++y, image += "\n")
    for (int x = 0; x < side; ++x) {
      const int row = y / kScale - kBorder, column = x / kScale - kBorder, n = static_cast<int>(modules.size());
      const bool dark = row >= 0 && column >= 0 && row < n && column < n && modules[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
      image += dark ? "1 " : "0 ";
    }
  write(folder / "code.pbm", image);
  std::FILE* pipe = ::popen(("zbarimg --quiet --raw " + quoted(folder / "code.pbm") + " 2>/dev/null").c_str(), "r");
  REQUIRE(pipe != nullptr);
  char line[512] = "";
  CHECK(std::fgets(line, sizeof line, pipe) != nullptr);
  ::pclose(pipe);
  CHECK(std::string(line) == payload + "\n");
}
