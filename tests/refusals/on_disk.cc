#include "tests/refusals/on_disk.h"

#include "ledger/text/json.h"

namespace refusals {
namespace {

constexpr char kVaultByte = 'v';   // of the world's vault key

ledger::Batch everything(const ledger::Store& store) {
  ledger::Batch out;
  for (int s = 0; s < ledger::kShelves; ++s) {
    const auto shelf = static_cast<ledger::Shelf>(s);
    REQUIRE(store.scan(shelf, {}, [&](ledger::BytesView k, ledger::BytesView v) { return out.push_back({shelf, ledger::Bytes(k), ledger::Bytes(v)}), true; }));
  }
  return out;
}

}  // namespace

OnDisk::OnDisk(World& w) : world_(w) {
  w.log.reset();
  const auto batch = everything(*w.store);
  w.open();
  std::filesystem::create_directories(dir());
  auto store = ledger::open_store(dir(), ledger::OpenMode::create);
  REQUIRE(store);
  REQUIRE((*store)->write(batch, false));
  for (auto& [name, key] : w.keys) command::write(folder_ / (name + ".pem"), key->pem(""));
  command::write(folder_ / "vault", ledger::hex(std::string(32, kVaultByte)) + "\n");
  std::filesystem::copy_file(w.vault_path, dir() + "/vault.keys");
  command::write(dir() + "/settings.json", Json{{"operatorKey", folder_ / "operator.pem"}, {"vaultKey", folder_ / "vault"}}.dump());
}

std::string OnDisk::file_of(const std::string& key, const Json& drafts) {
  const bool genesis = drafts.is_object() && drafts["type"] == "GenesisRecorded";
  const std::string file = folder_ / (genesis ? "genesis.submission" : "draft.jsonl");
  std::string text;
  if (genesis) {
    std::vector<ledger::Error> faults;
    text = ledger::encode(world_.sign(key, events_of(world_, drafts, faults).value()));
  }
  else for (auto& d : drafts.is_array() ? drafts : Json::array({drafts})) text += d.dump() + "\n";
  command::write(file, text);
  return file;
}

std::string OnDisk::submit(const std::string& key, const Json& drafts) {
  const auto ran = command::pufa({"submit", dir(), "--key", folder_ / (key + ".pem"), "--at", ledger::format_instant(world_.now), "--json", file_of(key, drafts)});
  INFO(drafts.dump().substr(0, 4000) << "\n" << ran.out << ran.err);
  auto answer = ledger::parse_json(ran.out);
  REQUIRE(answer);
  const bool accepted = (*answer)["accepted"] == true;
  CHECK(ran.status == (accepted ? 0 : 3));
  if (accepted) return "accepted";
  std::string codes;
  for (auto& r : (*answer)["refusals"]) codes += " " + r["code"].get<std::string>();
  return codes;
}

std::string OnDisk::key_file(const Json& key_ref) const {
  for (auto& [name, key] : world_.keys)
    if (ledger::hex(key->public_key().id().view()) == key_ref["keyId"]) return folder_ / (name + ".pem");
  return {};
}

std::string OnDisk::found(const Json& genesis) {
  const Json& g = genesis["data"];
  std::vector<std::string> words{"init", folder_ / "other", "--json", "--operator-key", key_file(g["operatorKey"]), "--registrar-key", key_file(g["registrarKey"]),
                                 "--audit-key", key_file(g["auditKey"])};
  const std::pair<const char*, const char*> kTold[] = {{"--origin", "origin"}, {"--suite", "suite"}, {"--purpose", "purpose"}, {"--district", "district"}, {"--district-name", "districtName"}};
  for (auto& [word, field] : kTold) words.insert(words.end(), {word, g[field].get<std::string>()});
  const auto ran = command::pufa(words);
  auto answer = ledger::parse_json(ran.out);
  INFO(ran.out << ran.err);
  REQUIRE(answer);
  CHECK(std::filesystem::exists(folder_ / "other") == (ran.status == 0));
  return ran.status == 0 ? "accepted" : " " + (*answer)["error"]["code"].get<std::string>();
}

Contents OnDisk::contents() const {
  auto store = ledger::open_store(dir(), ledger::OpenMode::read);
  REQUIRE(store);
  std::map<std::pair<int, ledger::Bytes>, ledger::Bytes> out;
  for (auto& p : everything(**store)) out[{static_cast<int>(p.shelf), p.key}] = p.value;
  return out;
}

}  // namespace refusals
