#include "tests/command/site.h"

namespace command {
namespace {

std::vector<std::string> joined(std::vector<std::string> words, const std::vector<std::string>& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

}  // namespace

Json training(const std::string& title) {
  return {{"type", "TrainingHeld"}, {"unit", kCourt}, {"on", "2025-01-03"},
          {"data", {{"title", title}, {"audienceGroup", "civilServants"}, {"minutes", 60}, {"headcount", 20},
                    {"lawRefs", Json::array({{{"law", "民法典"}}})}}}};
}

Json complaint() {
  return {{"type", "ComplaintFiled"}, {"unit", kCourt}, {"on", "2025-01-03"},
          {"data", {{"kind", "complaint"}, {"channel", "visit"}, {"filerClass", "served"}, {"anonymous", false}, {"filerName", "来访人"},
                    {"filerContact", "前台登记"}, {"subject", "窗口服务"}, {"text", "窗口未按时开放"}, {"receivedOn", "2025-01-03"}}}};
}

namespace {

// Where sites of this build are kept, each by its suite and its number in a test's process.
fs::path kept_site(const std::string& suite) {
  static int made = 0;
  const auto version = fs::last_write_time(build::pufa).time_since_epoch().count();
  return fs::path(build::pufa).parent_path().parent_path() / "tests/sites" / (std::to_string(version) + "-" + suite + "-" + std::to_string(made++));
}

}  // namespace

// Made by a dozen commands once, then copied: under sanitizers each takes a quarter of a second to start.
Site::Site(const std::string& suite) {
  const auto kept = kept_site(suite);
  if (!fs::exists(kept)) {
    make(suite);
    keep(kept);
  }
  fs::copy(kept, folder.str(), fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  vkey = read(folder / "vkey");
  write(dir + "/settings.json", Json{{"operatorKey", key("operator")}, {"vaultKey", folder / "operator.vault"}}.dump(2) + "\n");
}

// Whole under its name, even where another process does the same.
void Site::keep(const fs::path& kept) {
  write(folder / "vkey", vkey);
  const auto part = fs::path(kept).concat("." + fs::path(folder.str()).filename().string());
  fs::create_directories(kept.parent_path());
  fs::copy(folder.str(), part, fs::copy_options::recursive);
  std::error_code lost;
  fs::rename(part, kept, lost);
  if (lost) fs::remove_all(part);
}

void Site::make(const std::string& suite) {
  for (const char* name : {"operator", "registrar", "audit", "unit", "desk", "bare", "stranger"}) good(pufa({"key", "new", key(name), "--suite", suite}));
  const auto made = good(pufa({"init", dir, "--json", "--suite", suite, "--origin", kOrigin, "--district", "420114", "--district-name", "蔡甸区", "--purpose", "demonstration",
             "--operator-key", key("operator"), "--registrar-key", key("registrar"), "--audit-key", key("audit"), "--at", kFounded}));
  vkey = (*ledger::parse_json(made))["vkey"];
  const Json court{{"type", "UnitRegistered"}, {"unit", kCourt}, {"on", "2025-01-02"},
                   {"data", {{"name", "区法院"}, {"shortName", "区法院"}, {"category", "judicial"}, {"hasEnforcementPower", false},
                             {"districtCode", "420114"}, {"from", "2025-01-01"}}}};
  std::string lines = court.dump() + "\n";
  for (auto& l : enrolment("unit", {{"owner", "区法院"}, {"ownerUnit", kCourt}}, "unit", kCourt)) lines += l;
  for (auto& l : enrolment("desk", {{"owner", "受理台"}}, "intakeDesk", "district")) lines += l;
  for (auto& l : enrolment("bare", {{"owner", "区法院"}, {"ownerUnit", kCourt}}, nullptr, "")) lines += l;
  good(pufa({"submit", dir, "--key", key("registrar"), "--at", kFounded, file("founding.jsonl", lines)}));
}

std::vector<std::string> Site::enrolment(const std::string& name, const Json& owner, const char* role, const std::string& scope) {
  const auto shown = pufa({"key", "show", key(name), "--ledger", dir, "--json"});
  good(shown);
  Json data = *ledger::parse_json(shown.out);
  const std::string id = data["keyId"];
  data.erase("suite");
  data.update(owner);
  data.update({{"notBefore", "2025-01-01T00:00:00Z"}, {"notAfter", "2030-01-01T00:00:00Z"}});
  std::vector<std::string> lines{Json{{"type", "KeyEnrolled"}, {"on", "2025-01-02"}, {"data", data}}.dump() + "\n"};
  if (role != nullptr)
    lines.push_back(Json{{"type", "RoleGranted"}, {"on", "2025-01-02"},
                         {"data", {{"keyId", id}, {"role", role}, {"scope", scope}, {"from", "2025-01-01"}}}}.dump() + "\n");
  return lines;
}

std::string Site::file(const std::string& name, std::string_view bytes) {
  write(folder / name, bytes);
  return folder / name;
}

Ran Site::submit(const std::string& signer, const std::string& file, std::vector<std::string> more, const std::string& environment) {
  return pufa(joined({"submit", dir, "--key", key(signer), "--at", kNow, file}, more), environment);
}

std::string Site::admit(const std::string& signer, const std::string& lines, std::vector<std::string> more) {
  return good(submit(signer, file("admitted.jsonl", lines), std::move(more)));
}

Json Site::add(int events, const std::string& title) {
  std::string lines;
  for (int e = 0; e < events; ++e) lines += training(title + std::to_string(++count_)).dump() + "\n";
  return *ledger::parse_json(admit("unit", lines, {"--json"}));
}

Contents contents(const ledger::Store& store) {
  Contents out;
  for (int s = 0; s < ledger::kShelves; ++s)
    REQUIRE(store.scan(static_cast<ledger::Shelf>(s), {}, [&](ledger::BytesView k, ledger::BytesView v) {
      return out[{s, ledger::Bytes(k)}] = ledger::Bytes(v), true;
    }));
  return out;
}

Contents contents(const std::string& dir) {
  auto store = ledger::open_store(dir, ledger::OpenMode::read);
  REQUIRE(store);
  return contents(**store);
}

}  // namespace command
