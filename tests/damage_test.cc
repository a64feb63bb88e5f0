// Damage to the files of a ledger: each byte altered, files cut, deleted, exchanged, doubled. What it does is found when the
// ledger is opened or verified, or the content is what it was: never a crash, never silence over other content.
//   PUFA_DAMAGE_EVERY=1 damage_test    every byte, instead of every 61st (under sanitizers every 499th)
#include <cstdlib>
#include <map>

#include "tests/damage/ledger_files.h"
#include "tests/support/build.h"
#include "tools/cli/workspace.h"

using namespace damage;
using command::Contents;
using command::read;
using command::write;
namespace fs = command::fs;

namespace {

const std::size_t kEvery = build::sanitized ? 499 : 61;

std::size_t every() {
  const char* text = std::getenv("PUFA_DAMAGE_EVERY");
  return text ? std::strtoull(text, nullptr, 10) : kEvery;
}

// A ledger, in its write-ahead log or in tables, with what it holds and its newest checkpoint.
struct Kept {
  explicit Kept(bool tables) {
    fill(site, 3);
    if (tables) move_to_tables(site.dir);
    contents = site.contents();
    for (auto& [place, value] : contents)
      if (place.first == static_cast<int>(ledger::Shelf::checkpoints)) checkpoint = value;
    REQUIRE(judged().verdict == Verdict::harmless);
  }
  Judged judged() const { return judge(site.dir, contents, checkpoint); }

  command::Site site;
  Contents contents;
  std::string checkpoint;
};

// RocksDB's own words on its options, and a name of the database: no content depends on them.
bool is_idle(const std::string& file) {
  const auto name = fs::path(file).filename().string();
  return name.starts_with("OPTIONS") || name == "IDENTITY" || name == "LOCK";
}

// The folders' files that hold what the ledger says: the database, and the keys of sealed values.
std::vector<std::string> content_files(const Kept& kept) {
  auto out = files_of(kept.site.dir + "/db");
  out.push_back(kept.site.dir + "/vault.keys");
  return out;
}

using Tally = std::map<Verdict, std::size_t>;

void flip_all(const Kept& kept, unsigned char mask, Tally& tally) {
  const std::size_t step = every();
  for (auto& file : content_files(kept)) {
    const auto bytes = read(file);
    for (std::size_t i = bytes.size() % step; i < bytes.size(); i += is_idle(file) ? step * 37 : step) {
      INFO(fs::path(file).filename() << " byte " << i << " of " << bytes.size() << " mask " << int{mask});
      auto changed = bytes;
      changed[i] = static_cast<char>(changed[i] ^ mask);
      write(file, changed);
      const auto judged = kept.judged();
      ++tally[judged.verdict];
      if (is_idle(file)) CHECK(judged.verdict == Verdict::harmless);
    }
    write(file, bytes);
  }
  CHECK(kept.judged().verdict == Verdict::harmless);
}

}  // namespace

TEST_CASE("a byte altered in any file of a ledger is found, or the content is what it was") {
  for (const bool tables : {false, true}) {
    const Kept kept(tables);
    Tally tally;
    for (unsigned char mask : {0x01, 0x80}) flip_all(kept, mask, tally);
    CHECK(tally[Verdict::refused] > 0);
    CHECK(tally[Verdict::found] > 0);
    if (std::getenv("PUFA_DAMAGE_EVERY"))
      WARN("in tables: " << tables << "; refused " << tally[Verdict::refused] << ", found " << tally[Verdict::found] << ", harmless " << tally[Verdict::harmless]);
  }
}

TEST_CASE("files that are cut, emptied or deleted are found, or the content is what it was") {
  for (const bool tables : {false, true}) {
    const Kept kept(tables);
    std::size_t noticed = 0;
    for (auto& file : content_files(kept)) {
      const auto bytes = read(file);
      for (const std::size_t size : {std::size_t{0}, bytes.size() / 3, bytes.size() / 2, bytes.size() - std::min<std::size_t>(bytes.size(), 1)}) {
        INFO(file << " cut to " << size << " of " << bytes.size());
        write(file, bytes.substr(0, size));
        noticed += kept.judged().verdict != Verdict::harmless;
      }
      INFO(file << " deleted");
      fs::remove(file);
      noticed += kept.judged().verdict != Verdict::harmless;
      write(file, bytes);
    }
    CHECK(noticed > 10);
    CHECK(kept.judged().verdict == Verdict::harmless);
  }
}

TEST_CASE("a list of the database's files that is cut anywhere ends no program") {
  for (const bool tables : {false, true}) {
    const Kept kept(tables);
    for (auto& file : content_files(kept)) {
      if (!fs::path(file).filename().string().starts_with("MANIFEST")) continue;
      const auto bytes = read(file);
      for (std::size_t size = 0; size < bytes.size(); size += 13) {
        INFO("cut to " << size << " of " << bytes.size());
        write(file, bytes.substr(0, size));
        const auto found = tools::open_salvaged(kept.site.dir);
        CHECK((found || !found.error().message.empty()));
      }
      write(file, bytes);
    }
  }
}

TEST_CASE("files that are exchanged or doubled are found, or the content is what it was") {
  const Kept kept(true);
  const auto files = content_files(kept);
  std::size_t noticed = 0;
  for (auto& a : files)
    for (auto& b : files) {
      if (a == b || is_idle(a) || is_idle(b)) continue;
      INFO(fs::path(a).filename() << " and " << fs::path(b).filename());
      const auto in_a = read(a), in_b = read(b);
      write(a, in_b);                                   // doubled
      noticed += kept.judged().verdict != Verdict::harmless;
      write(b, in_a);                                   // exchanged
      noticed += kept.judged().verdict != Verdict::harmless;
      write(a, in_a + in_a), write(b, in_b);            // twice in one file
      noticed += kept.judged().verdict != Verdict::harmless;
      write(a, in_a);
    }
  CHECK(noticed > 100);
  CHECK(kept.judged().verdict == Verdict::harmless);
}

TEST_CASE("an older copy of the whole folder, put back, is found by a newer checkpoint") {
  command::Site site;
  fill(site, 2);
  site.save("older");
  site.admit("unit", command::training("其后").dump());
  const auto contents = site.contents();
  std::string newest;
  for (auto& [place, value] : contents)
    if (place.first == static_cast<int>(ledger::Shelf::checkpoints)) newest = value;
  site.back("older");
  const auto judged = judge(site.dir, contents, newest);
  CHECK(judged.verdict == Verdict::found);
  CHECK(judged.said.starts_with("checkpoint-beyond: "));
}

TEST_CASE("a damaged ledger that is written to all the same stays what it was, or is refused") {
  for (const bool tables : {false, true}) {
    const Kept kept(tables);
    kept.site.save("kept");
    Tally tally;
    for (auto& file : content_files(kept)) {
      const auto bytes = read(file);
      if (is_idle(file)) continue;
      for (std::size_t i = bytes.size() % 11; i < bytes.size(); i += every() * 13) {
        INFO(fs::path(file).filename() << " byte " << i << " of " << bytes.size());
        auto changed = bytes;
        changed[i] = static_cast<char>(changed[i] ^ 0x10);
        write(file, changed);
        { const auto writer = tools::open_writer(kept.site.dir, {}); ++tally[writer ? Verdict::harmless : Verdict::refused]; }
        (void)kept.judged();                            // other content is found
        kept.site.back("kept");
      }
    }
    CHECK(tally[Verdict::refused] > 0);
  }
}

// As RocksDB 7.8 would, coming to it from the table before.
TEST_CASE("a table whose first block is damaged is not passed over") {
  command::Site site;
  fill(site, 3);
  move_to_level_one(site.dir, ledger::Shelf::records);
  site.admit("unit", command::training("第二表").dump());
  move_to_level_one(site.dir, ledger::Shelf::records);
  site.admit("unit", command::training("日志").dump());
  const auto tables = tables_of(site.dir, ledger::Shelf::records);
  REQUIRE(tables.size() >= 3);
  const auto damaged = tables[tables.size() - 2];
  auto bytes = read(damaged);
  bytes[4] = static_cast<char>(bytes[4] ^ 0x10);
  write(damaged, bytes);

  const auto store = ledger::open_store(site.dir, ledger::OpenMode::read);
  REQUIRE(store);
  std::size_t below = 0, gaps = 0, in_all = 0;
  const auto scanned = (*store)->scan(ledger::Shelf::records, {}, [&](auto, auto) { return ++below, true; });
  REQUIRE(!scanned);
  CHECK(scanned.error().code == "storage-damaged");
  (*store)->scan_past(ledger::Shelf::records, {}, [&](auto, auto) { return ++in_all, true; }, [&](auto&) { ++gaps; });
  CHECK(gaps == 1);
  CHECK(in_all == below + 1);
}

TEST_CASE("verification reads past damaged blocks") {
  command::Site site;
  fill(site, 400);
  move_to_tables(site.dir);
  const auto table = table_of(site.dir, ledger::Shelf::records);
  auto bytes = read(table);
  for (const std::size_t part : {3, 5}) bytes[bytes.size() * part / 8] = static_cast<char>(bytes[bytes.size() * part / 8] ^ 4);
  write(table, bytes);
  const auto ran = command::pufa({"verify", site.dir, "--json"});
  INFO(ran.err);
  REQUIRE(ran.status == 1);
  const auto report = *ledger::parse_json(ran.out);
  CHECK(report["size"] > 400);
  std::map<std::string, int> codes;
  for (auto& f : report["findings"]) ++codes[f["code"].get<std::string>()];
  CHECK(codes["storage-damaged"] == 2);
  CHECK(codes["record-missing"] == 2);
  CHECK(report["submissions"] == 4);                    // the last stands behind both
}
