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

std::string OnDisk::submit(const std::string& key, const Json& draft) {
  command::write(folder_ / "draft.jsonl", draft.dump() + "\n");
  const auto ran = command::pufa({"submit", dir(), "--key", folder_ / (key + ".pem"), "--at", ledger::format_instant(world_.now), "--json", folder_ / "draft.jsonl"});
  INFO(draft.dump() << "\n" << ran.out << ran.err);
  auto answer = ledger::parse_json(ran.out);
  REQUIRE(answer);
  const bool accepted = (*answer)["accepted"] == true;
  CHECK(ran.status == (accepted ? 0 : 3));
  if (accepted) return "accepted";
  std::string codes;
  for (auto& r : (*answer)["refusals"]) codes += " " + r["code"].get<std::string>();
  return codes;
}

std::map<std::pair<int, ledger::Bytes>, ledger::Bytes> OnDisk::contents() const {
  auto store = ledger::open_store(dir(), ledger::OpenMode::read);
  REQUIRE(store);
  std::map<std::pair<int, ledger::Bytes>, ledger::Bytes> out;
  for (auto& p : everything(**store)) out[{static_cast<int>(p.shelf), p.key}] = p.value;
  return out;
}

}  // namespace refusals
