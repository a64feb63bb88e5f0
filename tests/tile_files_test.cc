// The files of a published tree: what sizes have which, growth from any size to any other, and what a follower can tell.
#include <catch2/catch.hpp>

#include <map>

#include "ledger/merkle/follow.h"
#include "ledger/merkle/tile_builder.h"

using namespace ledger;

namespace {

using Files = std::map<std::string, Bytes>;
const std::uint64_t kSizes[] = {0, 1, 2, 255, 256, 257, 511, 512, 700, 65'535, 65'536, 65'537, 66'000};

Bytes record(std::uint64_t i, const std::string& history) { return history + std::to_string(i); }

TileFileReader reader(const Files& files) {
  return [&files](const TileFile& f) -> Result<Bytes> {
    if (auto it = files.find(f.path()); it != files.end()) return it->second;
    if (auto it = files.find(f.full().path()); it != files.end()) return cut(f, it->second);
    return refuse("log-unreachable", f.path());
  };
}

struct Log {
  Files files;
  Checkpoint head{"a.test/log", 0, empty_root(intl())};
};

// From the log's size on, records are of `history`.
void grow(Log& log, std::uint64_t size, const std::string& history) {
  TileBuilder builder(intl());
  REQUIRE(builder.resume(log.head.size, reader(log.files)));
  REQUIRE(builder.root() == log.head.root);
  const auto sink = [&](const TileFile& f, const std::vector<Hash>& hashes) -> Status { return log.files[f.path()] = tile_bytes(hashes), Status(); };
  Bytes bundle;
  if (auto partial = partial_file(kEntries, log.head.size)) bundle = log.files.at(partial->path());
  for (std::uint64_t i = log.head.size; i < size; ++i) {
    REQUIRE(append_entry(bundle, record(i, history)));
    REQUIRE(builder.add(leaf_hash(intl(), record(i, history)), sink));
    if ((i + 1) % kTileHashes != 0 && i + 1 != size) continue;
    log.files[tile_file(kEntries, i / kTileHashes, size).path()] = bundle;
    bundle.clear();
  }
  REQUIRE(builder.finish(log.head.size, sink));
  log.head.size = size, log.head.root = builder.root();
}

Hash expected_root(std::uint64_t size) {
  std::vector<Hash> leaves;
  for (std::uint64_t i = 0; i < size; ++i) leaves.push_back(leaf_hash(intl(), record(i, "")));
  return size == 0 ? empty_root(intl()) : tree_hash(intl(), leaves);
}

Log log_of(std::uint64_t size, std::uint64_t forked_at = UINT64_MAX) {
  Log log;
  if (forked_at < size) grow(log, forked_at, "");
  grow(log, size, forked_at < size ? "other" : "");
  return log;
}

std::string code(const Status& s) { return s ? "good" : s.error().code; }

}  // namespace

TEST_CASE("a size's files are those that the specification counts") {
  CHECK(hashes_at(0, 70'000) / 256 == 273);
  CHECK(partial_file(0, 70'000) == TileFile{0, 273, 112});
  CHECK(partial_file(1, 70'000) == TileFile{1, 1, 17});
  CHECK(partial_file(2, 70'000) == TileFile{2, 0, 1});
  CHECK_FALSE(partial_file(3, 70'000));
  CHECK(tile_file(0, 272, 70'000) == TileFile{0, 272, 0});
  CHECK(TileFile{kEntries, 1'234'067, 5}.path() == "tile/entries/x001/x234/067.p/5");
}

TEST_CASE("a tree grown by tiles has the root of RFC 6962, from any size on, and its follower the same files") {
  for (const auto size : kSizes) {
    const Log whole = log_of(size);
    CHECK(whole.head.root == expected_root(size));
    for (const auto old : kSizes) {
      if (old > size || (old > 2 && old + 300 < size && size > 65'000 && old < 65'000)) continue;
      INFO(old << " to " << size);
      Log copy = log_of(old);
      CHECK(extends(intl(), copy.head, whole.head, reader(whole.files)) == true);
      const Files kept = copy.files;
      const FileSink sink = [&](const TileFile& f, BytesView b) -> Status { return copy.files[f.path()] = Bytes(b), Status(); };
      CHECK(code(follow(intl(), copy.head, whole.head, {reader(kept), reader(whole.files)}, sink)) == "good");
      for (auto& [path, bytes] : whole.files) CHECK(copy.files[path] == bytes);
    }
  }
}

TEST_CASE("a fork is proved; files that hash to nothing signed prove nothing") {
  for (const auto size : {258u, 512u, 700u, 66'000u}) {
    for (const auto at : {0u, 1u, 200u, 256u}) {
      const Log kept = log_of(at + 1);
      Log fork = log_of(size, at);
      INFO(size << " forked at " << at);
      CHECK(extends(intl(), kept.head, fork.head, reader(fork.files)) == false);
      auto unsigned_head = fork.head;
      unsigned_head.root.b[7] ^= 1;
      auto none = extends(intl(), kept.head, unsigned_head, reader(fork.files));
      REQUIRE_FALSE(none);
      CHECK(none.error().code == "log-damaged");
      const FileSink sink = [](const TileFile&, BytesView) -> Status { return {}; };
      CHECK(code(follow(intl(), kept.head, fork.head, {reader(kept.files), reader(fork.files)}, sink)) == "log-damaged");
    }
  }
}

TEST_CASE("bundles and tiles of another length are refused") {
  Bytes bundle;
  REQUIRE(append_entry(bundle, "ab"));
  REQUIRE(append_entry(bundle, Bytes(kEntryBytesMax, 'x')));
  CHECK(code(append_entry(bundle, Bytes(kEntryBytesMax + 1, 'x'))) == "record-too-long");
  const TileFile two{kEntries, 0, 2};
  REQUIRE(parse_bundle(two, bundle));
  CHECK(parse_bundle(two, bundle)->at(1).size() == kEntryBytesMax);
  CHECK(cut({kEntries, 0, 1}, bundle) == Bytes("\0\2ab", 4));
  for (const auto& bad : {bundle + "x", bundle.substr(1), bundle.substr(0, bundle.size() - 1), Bytes()}) CHECK_FALSE(parse_bundle(two, bad));
  CHECK_FALSE(cut({kEntries, 0, 3}, bundle));
  CHECK_FALSE(parse_tile({0, 0, 2}, Bytes(63, 'x')));
  CHECK_FALSE(parse_tile({0, 0, 0}, Bytes(kTileBytes + 32, 'x')));
}
