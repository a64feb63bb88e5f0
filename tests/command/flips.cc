// One bit of one stored value, or of its key, changed: pufa verify finds it, and is content when it is back.
#include "ledger/crypto/suite.h"
#include "tests/command/site.h"

namespace command {
namespace {

using ledger::Bytes;
using ledger::Shelf;

// Something on every shelf: a full tile takes 256 records.
void fill(Site& site) {
  const std::string bytes = "照片";
  site.file("photo.jpg", bytes);
  Json shown = training("附照片");
  shown["data"]["attachments"] = Json::array({{{"name", "photo.jpg"}, {"mediaType", "image/jpeg"}, {"size", bytes.size()},
                                               {"sha256", ledger::hex(ledger::sha256(bytes).view())}}});
  std::string lines = shown.dump() + "\n";
  for (int i = 0; i < 260; ++i) lines += training("学习" + std::to_string(i)).dump() + "\n";
  site.admit("unit", lines, {"--attachments", site.folder.str()});
  site.admit("desk", complaint().dump());
}

// The store has no deletion, so a changed key is a whole new db of the changed contents.
void store_anew(const Site& site, const Contents& contents) {
  fs::remove_all(site.dir + "/db");
  auto store = ledger::open_store(site.dir, ledger::OpenMode::create);
  REQUIRE(store);
  ledger::Batch batch;
  for (auto& [place, value] : contents) batch.push_back({static_cast<Shelf>(place.first), place.second, value});
  REQUIRE((*store)->write(batch, true));
}

void put(const Site& site, Shelf shelf, const Bytes& key, const Bytes& value) {
  auto store = ledger::open_store(site.dir, ledger::OpenMode::write);
  REQUIRE(store);
  REQUIRE((*store)->write({{shelf, key, value}}, true));
}

void check_found(const Site& site) {
  const auto ran = pufa({"verify", site.dir, "--json"});
  INFO(ran.out << ran.err);
  CHECK(ran.status == 1);
  const auto report = ledger::parse_json(ran.out);
  REQUIRE(report);
  CHECK_FALSE((*report)["findings"].empty());
}

Bytes flipped(Bytes bytes, std::size_t bit) {
  bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
  return bytes;
}

// The first, a middle and the last value of a shelf.
std::vector<std::pair<Bytes, Bytes>> samples(const Contents& all, int shelf) {
  std::vector<std::pair<Bytes, Bytes>> values;
  for (auto& [place, value] : all)
    if (place.first == shelf) values.emplace_back(place.second, value);
  REQUIRE_FALSE(values.empty());
  if (values.size() < 3) return values;
  return {values.front(), values[values.size() / 2], values.back()};
}

}  // namespace

TEST_CASE("verify finds one flipped bit of a value on every shelf") {
  Site site;
  fill(site);
  const auto all = site.contents();
  REQUIRE(pufa({"verify", site.dir}).status == 0);
  for (int s = 0; s < ledger::kShelves; ++s)
    for (auto& [key, value] : samples(all, s))
      for (const std::size_t bit : {std::size_t{3}, value.size() * 4, value.size() * 8 - 1}) {
        INFO(ledger::name_of(static_cast<Shelf>(s)) << " " << ledger::hex(key) << " bit " << bit << " of " << value.size() * 8);
        put(site, static_cast<Shelf>(s), key, flipped(value, bit));
        check_found(site);
        put(site, static_cast<Shelf>(s), key, value);
      }
  CHECK(site.contents() == all);
  CHECK(pufa({"verify", site.dir}).status == 0);
}

TEST_CASE("verify finds a value moved to another key on every shelf") {
  Site site;
  fill(site);
  const auto all = site.contents();
  for (int s = 0; s < ledger::kShelves; ++s)
    for (const bool last_byte : {false, true}) {
      const auto [key, value] = samples(all, s).back();
      auto moved = all;
      moved.erase({s, key});
      const Bytes elsewhere = flipped(key, last_byte ? key.size() * 8 - 2 : 6);
      INFO(ledger::name_of(static_cast<Shelf>(s)) << " " << ledger::hex(key) << " to " << ledger::hex(elsewhere));
      moved[{s, elsewhere}] = value;
      store_anew(site, moved);
      check_found(site);
    }
  store_anew(site, all);
  CHECK(pufa({"verify", site.dir}).status == 0);
}

}  // namespace command
