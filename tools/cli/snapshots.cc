#include "tools/cli/snapshots.h"

#include <filesystem>

#include "ledger/log/stored_tree.h"
#include "ledger/text/encoding.h"
#include "projections/snapshot.h"

namespace tools {
namespace {

namespace fs = std::filesystem;
namespace assessment = projections::assessment;
using ledger::Result;
using projections::RankingSnapshot;

constexpr std::uint64_t kTailMax = 65'536;   // records after a snapshot worth reading instead of folding

// Named by the request's own words; a scheme's file by what is in it, which may look like either of these.
Result<std::string> path_of(const RankRequest& r) {
  const bool is_file = !r.scheme.empty() && !id_of(r.scheme);
  const std::string scheme = is_file ? "file\n" + LEDGER_TRY(read_file(r.scheme)) : r.scheme;
  const auto request = ledger::hex(ledger::sha256(scheme).view().substr(0, 8));
  return r.dir + "/snapshots/ranking-" + std::to_string(r.year) + "-" + request;
}

std::optional<RankingSnapshot> read_snapshot(const std::string& path) {
  std::error_code ec;
  if (!fs::exists(path, ec)) return std::nullopt;
  auto bytes = read_file(path);
  return bytes ? projections::decode_snapshot(*bytes) : std::nullopt;
}

// Another reader never sees half of it; a folder that cannot be written to keeps none.
void keep_snapshot(const std::string& path, const RankingSnapshot& s) {
  std::error_code ec;
  fs::create_directories(fs::path(path).parent_path(), ec);
  const std::string fresh = path + "." + ledger::hex(ledger::system_random().bytes(8));
  if (write_file(fresh, projections::encode(s))) fs::rename(fresh, path, ec);
  if (ec) fs::remove(fresh, ec);
}

Result<ledger::Hash> root_of(const Reader& reader, std::uint64_t size) {
  return LEDGER_TRY(ledger::stored_tree(*reader.store, *reader.genesis.suite, size))->root();
}

// Whether the snapshot is of this log, and nothing between its head and the one asked for counts.
Result<bool> fits(const Reader& reader, const RankingSnapshot& s, const assessment::Scheme& scheme, const assessment::Head& asked) {
  const auto& head = s.ranking.head;
  const std::uint64_t size = asked.size;
  if (head.size == size) return head.root == asked.root;
  if (head.size > size || size - head.size > kTailMax) return false;
  if (LEDGER_TRY(root_of(reader, head.size)) != head.root) return false;
  projections::Continuation tail(scheme, s.ranking);
  LEDGER_CHECK(ledger::read_events(*reader.store, head.size, size, [&](const ledger::Event& e, ledger::BytesView) {
    tail.apply(e.type, e.admitted);
    return true;
  }));
  return tail.holds();
}

// The ranking of a snapshot at the head asked for; none where it does not fit.
Result<std::optional<Assessed>> from_snapshot(const Reader& reader, const RankingSnapshot& s, const assessment::Head& head) {
  auto scheme = assessment::parse_scheme(s.scheme_toml);
  if (!scheme || !LEDGER_TRY(fits(reader, s, *scheme, head))) return std::nullopt;
  Assessed out{std::move(*scheme), s.ranking};
  const std::string name = out.ranking.head.scheme;
  out.ranking.head = head;
  out.ranking.head.scheme = name;
  return out;
}

}  // namespace

Result<Assessed> rank_on_demand(const Reader& reader, const RankRequest& r) {
  const std::string path = LEDGER_TRY(path_of(r));
  std::optional<RankingSnapshot> kept;
  if (r.snapshots) kept = read_snapshot(path);
  const std::uint64_t size = LEDGER_TRY(ledger::resolve_as_of(*reader.store, r.as_of));
  if (kept) {
    const auto root = LEDGER_TRY(root_of(reader, size));
    if (auto known = LEDGER_TRY(from_snapshot(reader, *kept, {size, root, {}, r.as_of}))) return std::move(*known);
  }
  auto folds = LEDGER_TRY(fold(reader, {r.as_of, false, true, {}}));
  auto scheme = LEDGER_TRY(choose_scheme(*folds.facts, r.year, r.scheme));
  auto fresh = LEDGER_TRY(assess_year(*folds.facts, r.year, scheme, {folds.size, folds.root, {}, r.as_of}, assessment::Detail::points));
  if (r.snapshots && (!kept || kept->ranking.head.size <= size)) keep_snapshot(path, {scheme.toml, fresh.ranking});
  return fresh;
}

}  // namespace tools
