// A ledger with a place for its backup and one to restore it to.
#pragma once

#include "tests/command/site.h"

namespace command {

using ledger::Shelf;

class BackedSite : public Site {
 public:
  explicit BackedSite(int events = 20) { add(events); }
  Ran backup(const std::string& environment = "LC_ALL=C") const { return pufa({"backup", dir, out, "--json"}, environment); }
  Ran restore(const std::string& to, std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"restore", out, to, "--json"};
    words.insert(words.end(), more.begin(), more.end());
    return pufa(words);
  }

  const std::string out = folder / "out", again = folder / "again";
};

inline Json json(const std::string& text) {
  auto j = ledger::parse_json(text);
  INFO(text);
  REQUIRE(j);
  return *j;
}
inline void check_refused(const Ran& ran, int status, const std::string& code) {
  INFO(ran.out << ran.err);
  CHECK(ran.status == status);
  CHECK(json(ran.out)["error"]["code"] == code);
}

inline const std::string& id_of(const Json& receipt) { return receipt["events"][0]["id"].get_ref<const std::string&>(); }

inline void put(const std::string& dir, Shelf shelf, const ledger::Bytes& key, const ledger::Bytes& value) {
  auto store = ledger::open_store(dir, ledger::OpenMode::write);
  REQUIRE(store);
  REQUIRE((*store)->write({{shelf, key, value}}, true));
}

// A byte of the last value of a shelf; put back at the end.
class Flipped {
 public:
  Flipped(const std::string& dir, Shelf shelf) : dir_(dir), shelf_(shelf) {
    auto store = ledger::open_store(dir, ledger::OpenMode::read);
    REQUIRE(store);
    const auto last = (*store)->last(shelf);
    REQUIRE((last && *last));
    key_ = (*last)->first, value_ = (*last)->second;
    auto bad = value_;
    bad[bad.size() / 2] = static_cast<char>(bad[bad.size() / 2] ^ 1);
    store->reset();
    put(dir, shelf, key_, bad);
  }
  ~Flipped() { put(dir_, shelf_, key_, value_); }

 private:
  std::string dir_;
  Shelf shelf_;
  ledger::Bytes key_, value_;
};

}  // namespace command
