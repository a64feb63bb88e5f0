// A large log's export, read by Go's golang.org/x/mod/sumdb: every bundle, every level of tiles, the root, proofs of
// records, consistency with what was exported before; and each altered file refused.
#include "ledger/text/json.h"
#include "tests/support/go.h"
#include "tools/bench/workload.h"

using namespace command;

namespace {

constexpr int kSubmissions = 8;
constexpr std::size_t kEvents = 9'000;   // of each: past a full tile of level 1, so that there is one of level 2

std::string vkey_of(const tools::bench::Workload& work) {
  auto key = work.suite().parse_raw(work.operator_key().public_key().raw());
  REQUIRE(key);
  return ledger::NoteVerifier(tools::bench::kOrigin, work.suite(), *key).vkey();
}

ledger::Json exported(const std::string& dir, const std::string& out) {
  const auto ran = pufa({"export", dir, "--tiles", out, "--json"});
  INFO(ran.out << ran.err);
  REQUIRE(ran.status == 0);
  return *ledger::parse_json(ran.out);
}

// Exports as the log grows; the checkpoints of each but the last go to `earlier`.
void grow(tools::bench::Workload& work, const Folder& folder, std::vector<std::string>& earlier) {
  auto made = work.make_ledger(folder / "L", false);
  REQUIRE(made);
  for (int i = 0; i < kSubmissions; ++i) {
    tools::bench::Workload::set_day(**made, i);
    REQUIRE(tools::bench::Workload::submit(**made, work.next(kEvents, i)));
    exported(folder / "L", folder / "grown");
    earlier.push_back(folder / ("checkpoint-" + std::to_string(i)));
    fs::copy_file(folder / "grown/checkpoint", earlier.back());
  }
}

void flip(const std::string& path, std::size_t at) {
  auto bytes = read(path);
  bytes[at] = static_cast<char>(bytes[at] ^ 1);
  write(path, bytes);
}

// Partial files of sizes exported before may stay: an export in one run has none.
void check_same(const std::string& whole, const std::string& grown) {
  for (auto& e : fs::recursive_directory_iterator(whole))
    if (e.is_regular_file()) {
      INFO(e.path());
      CHECK(read(e.path().string()) == read(grown + e.path().string().substr(whole.size())));
    }
}

}  // namespace

TEST_CASE("Go's sumdb reads the export of a large log, and refuses each altered file") {
  if (!has_go()) return;
  const GoProgram go("tiles");
  const Folder folder;
  tools::bench::Workload work(ledger::intl());
  std::vector<std::string> words{vkey_of(work), folder / "out"};
  grow(work, folder, words);
  const auto done = exported(folder / "L", folder / "out");
  CHECK(done["size"].get<std::uint64_t>() >= kSubmissions * kEvents);
  CHECK(exported(folder / "L", folder / "grown")["size"] == done["size"]);
  check_same(folder / "out", folder / "grown");
  REQUIRE(go("", words) == "ok\n");
  for (const char* file : {"/tile/0/000", "/tile/0/100", "/tile/1/000", "/tile/2/000.p/1", "/tile/entries/000", "/tile/entries/200"}) {
    INFO(file);
    const auto path = words[1] + file;
    flip(path, 31);
    CHECK(go("", words) != "ok\n");
    flip(path, 31);
  }
  CHECK(go("", words) == "ok\n");
}
