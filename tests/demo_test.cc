// The demonstration by the real command: how far its scores spread, and that its drafts, handed in file by file as a
// user would, bring a new ledger to the same ranking.
#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "ledger/text/json.h"
#include "tests/support/command.h"

namespace {

using command::Folder;
using command::fs::path;
using command::pufa;
using ledger::Json;

// One demonstration with its drafts, made once for all cases.
struct Demo {
  Folder folder;
  std::string ledger = folder / "demo", drafts = folder / "drafts";
  Demo() {
    const auto made = pufa({"demo", ledger, "--drafts", drafts, "--json"});
    INFO(made.err);
    REQUIRE(made.status == 0);
  }
};

const Demo& demo() {
  static const Demo made;
  return made;
}

Json rank(const std::string& ledger) {
  const auto ran = pufa({"rank", ledger, "--year", "2025", "--json"});
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  return Json::parse(ran.out)["rows"];
}

// Hands the dump in to another ledger. What holds for one ledger only is put in anew: proofs of possession, the ids
// of results, and past heads.
class Replay {
 public:
  Replay(std::string ledger, std::string keys, std::string work)
      : ledger_(std::move(ledger)), keys_(std::move(keys)), work_(std::move(work)) {
    command::fs::create_directories(work_);
    init();
    read_keys();
  }

  void take(const path& file) {
    std::string text = command::read(file.string());
    if (text.find("\"type\":\"ResultPublished\"") != std::string::npos) return publish(file, Json::parse(text));
    if (text.find("\"headRoot\"") != std::string::npos) hand_in();
    const std::string copy = work_ + "/" + file.filename().string();
    command::write(copy, rewritten(text));
    waiting_.push_back(copy);
    if (waiting_.size() == kFilesACall) hand_in();
  }

  void hand_in() {
    if (waiting_.empty()) return;
    std::vector<std::string> words{"submit", ledger_, "--key", keys_, "--at", "name", "--json"};
    words.insert(words.end(), waiting_.begin(), waiting_.end());
    note_head(run(words));
    waiting_.clear();
  }

 private:
  // A command line is one word to the shell, of 128 KiB at most.
  static constexpr std::size_t kFilesACall = 600;

  std::string key(const std::string& name) const { return keys_ + "/" + name + ".pem"; }

  static std::string run(const std::vector<std::string>& words) {
    const auto ran = pufa(words);
    INFO(words[0] << " " << ran.err << ran.out.substr(ran.out.size() - std::min<std::size_t>(ran.out.size(), 600)));
    REQUIRE(ran.status == 0);
    return ran.out;
  }

  void init() {
    run({"init", ledger_, "--origin", "demo.pufa.example/caidian", "--district", "420114", "--district-name", "蔡甸区",
         "--purpose", "demonstration", "--at", "2024-12-01T00:00:00Z", "--operator-key", key("operator"),
         "--registrar-key", key("registrar"), "--audit-key", key("auditAdmin")});
  }

  void read_keys() {
    for (auto& entry : command::fs::directory_iterator(keys_)) {
      if (entry.path().extension() != ".pem") continue;
      const Json shown = Json::parse(run({"key", "show", entry.path().string(), "--ledger", ledger_, "--json"}));
      possession_[shown["keyId"]] = shown["possession"];
    }
  }

  // The last line of JSON has the checkpoint: origin, size, root.
  void note_head(const std::string& out) {
    const auto end = out.rfind('\n'), start = out.rfind('\n', end - 1);
    const std::string line = out.substr(start == std::string::npos ? 0 : start + 1);
    std::istringstream checkpoint(Json::parse(line)["checkpoint"].get<std::string>());
    std::string origin, root;
    checkpoint >> origin >> size_ >> root;
    root_ = ledger::hex(*ledger::unbase64(root));
  }

  void publish(const path& file, const Json& draft) {
    hand_in();
    const std::string name = file.stem().string(), stage = draft["data"]["stage"];
    const auto out = run({"publish", ledger_, "--key", key("office"), "--year", "2025", "--stage", stage, "--at",
                          name.substr(name.rfind('@') + 1), "--json"});
    note_head(out);
    results_[stage] = Json::parse(out)["events"][0]["id"];
    CHECK(Json::parse(out)["count"] == 1);
  }

  std::string rewritten(const std::string& text) {
    std::istringstream lines(text);
    std::string out;
    for (std::string line; std::getline(lines, line);) {
      Json draft = Json::parse(line);
      renew(draft["data"]);
      if (draft.contains("refs"))
        if (auto& refs = draft["refs"]; refs.contains("result")) refs["result"] = result_before();
      out += draft.dump() + "\n";
    }
    return out;
  }

  void renew(Json& data) {
    if (data.contains("possession")) data["possession"] = possession_.at(data["keyId"]);
    if (!data.contains("headRoot")) return;
    CHECK(data["headSize"] == size_);
    data["headRoot"] = root_;
  }

  // Whoever refers to a result refers to the latest.
  std::string result_before() const {
    for (auto stage : {"superseding", "final", "preliminary"})
      if (auto it = results_.find(stage); it != results_.end()) return it->second;
    return {};
  }

  std::string ledger_, keys_, work_, root_;
  std::uint64_t size_ = 0;
  std::map<std::string, std::string> possession_, results_;
  std::vector<std::string> waiting_;
};

std::vector<path> files_of(const std::string& folder) {
  std::vector<path> files;
  for (auto& entry : command::fs::directory_iterator(folder)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

TEST_CASE("each indicator takes at least five values over the demonstration's units") {
  std::map<std::string, std::set<std::string>> values;
  for (auto& row : rank(demo().ledger))
    for (auto& [indicator, score] : row["indicators"].items()) values[indicator].insert(score["points"].dump());
  CHECK(values.size() == 24);
  for (auto& [indicator, points] : values) {
    INFO(indicator << ": " << points.size() << " values");
    // A4 is of one allocation, in time, late or missing: there is no fourth value.
    if (indicator == "A4") CHECK(points == std::set<std::string>{"0", "100", "50"});
    else CHECK(points.size() >= 5);
  }
}

TEST_CASE("the demonstration's drafts handed in by the command give the same ranking") {
  const Demo& d = demo();
  const std::string again = d.folder / "again";
  Replay replay(again, d.ledger + "/keys", d.folder / "work");
  for (auto& file : files_of(d.drafts)) replay.take(file);
  replay.hand_in();

  CHECK(rank(again) == rank(d.ledger));
  CHECK(pufa({"verify", again}).status == 0);
}

// Latin words of more than three letters outside ids: none is left where every code has its label.
std::set<std::string> latin_words(const std::string& text) {
  std::set<std::string> out;
  std::string word;
  for (char c : text + "\n") {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.' || c == '/') {
      word += c;
      continue;
    }
    const bool letters = std::all_of(word.begin(), word.end(), [](char w) { return std::isalpha(static_cast<unsigned char>(w)) != 0; });
    if (letters && word.size() > 3) out.insert(word);
    word.clear();
  }
  return out;
}

TEST_CASE("Chinese output labels flags, counts and what is owed in Chinese, JSON keeps the codes") {
  const Demo& d = demo();
  const auto said = [](std::vector<std::string> words) {
    const auto ran = pufa(words, "LC_ALL=zh_CN.UTF-8");
    INFO(ran.err);
    REQUIRE(ran.status == 0);
    return ran.out;
  };
  std::string flags;
  for (auto& row : rank(d.ledger))
    for (auto& f : row["flags"]) flags += f.get<std::string>() + " ";
  CHECK(flags.find("lateEntry") != std::string::npos);
  CHECK(latin_words(said({"rank", d.ledger, "--year", "2025"})).empty());
  CHECK(said({"rank", d.ledger, "--year", "2025"}).find("有迟录") != std::string::npos);
  CHECK(latin_words(said({"deadlines", d.ledger})).empty());
  for (auto& code : {"-ground-", "adjustment-base"}) CHECK(said({"rank", d.ledger, "--year", "2025"}).find(code) == std::string::npos);
  std::string counts;
  for (auto& row : rank(d.ledger)) {
    std::istringstream lines(said({"explain", d.ledger, "--year", "2025", "--unit", row["unit"].get<std::string>()}));
    for (std::string line; std::getline(lines, line);)
      if (line.find("缺:") == std::string::npos && line.find("    = ") != 0) counts += line + "\n";
    if (counts.size() > 40'000) break;
  }
  CHECK(latin_words(counts).empty());
}

TEST_CASE("a time from the file's name needs such a name, and a demonstration") {
  const Demo& d = demo();
  const std::string key = d.ledger + "/keys/office.pem", real = d.folder / "real";
  const std::string misnamed = d.folder / "march.jsonl", named = d.folder / "1-office@2025-03-03T01:00:00Z.jsonl";
  for (auto& file : {misnamed, named}) command::write(file, "{}\n");
  // A production ledger takes none of the demonstration's keys.
  std::vector<std::string> init{"init", real, "--origin", "pufa.example/real", "--district", "420114", "--district-name", "蔡甸区"};
  for (auto role : {"operator", "registrar", "audit"}) {
    REQUIRE(pufa({"key", "new", d.folder / role}).status == 0);
    init.insert(init.end(), {"--" + std::string(role) + "-key", d.folder / role});
  }
  REQUIRE(pufa(init).status == 0);

  const auto bad = pufa({"submit", d.ledger, "--key", key, "--at", "name", misnamed});
  CHECK(bad.status == 2);
  CHECK(bad.err.find("NUMBER-KEY@TIME.jsonl") != std::string::npos);
  const auto in_production = pufa({"submit", real, "--key", key, "--at", "name", named});
  CHECK(in_production.status == 2);
  CHECK(in_production.err.find("at-not-allowed") != std::string::npos);
}
