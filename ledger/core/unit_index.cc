#include "ledger/core/unit_index.h"

#include <algorithm>

#include "ledger/text/encoding.h"
#include "ledger/text/json.h"

namespace ledger {
namespace {

Json instant_or_null(Instant t) { return t.ms == INT64_MIN || t.ms == INT64_MAX ? Json() : Json(t.ms); }

}  // namespace

UnitIndex::UnitIndex(const Suite& s) : suite_(s), sub_logs_(journal_) {}
UnitIndex::~UnitIndex() = default;

Bytes sub_log_entry(std::uint64_t position, const Hash& leaf) {
  Bytes entry;
  append_be(entry, position, 8);
  return entry += leaf.view();
}

Bytes directory_entry(std::string_view unit, std::uint64_t count, const Hash& sub_log_root) {
  Bytes entry(unit);
  append_be(entry, count, 8);
  return entry += sub_log_root.view();
}

Bytes key_entry(const Key& k) {
  Json grants = Json::array();
  for (auto& g : k.grants)
    if (!g.ended)
      grants.push_back({roles()[static_cast<std::size_t>(g.role)].name, g.scope, format_date(g.from),
                        g.until ? Json(format_date(*g.until)) : Json()});
  return Json{{"key", hex(k.id.view())}, {"notAfter", instant_or_null(k.not_after)}, {"notBefore", instant_or_null(k.not_before)},
              {"owner", k.holder->owner}, {"ownerUnit", k.holder->unit}, {"publicKey", base64(k.spki)}, {"revoked", k.revoked},
              {"roles", grants}}.dump();
}

void UnitIndex::add_to(const std::string& code, const Hash& entry) {
  SubLog& log = sub_logs_.edit(code);
  if (!log.tree) log.tree.emplace(suite_);
  log.tree->add(entry);
}

void UnitIndex::add(std::uint64_t position, const Hash& leaf, const std::vector<std::string>& named) {
  const Hash h = leaf_hash(suite_, sub_log_entry(position, leaf));
  if (named.empty()) add_to("", h);
  for (auto& unit : named) add_to(unit, h);
}

std::vector<Hash> UnitIndex::unit_leaves() const {
  std::vector<Hash> leaves;
  for (auto& code : sub_logs_.sorted_keys()) {
    const Frontier& tree = *sub_logs_.find(code)->tree;
    leaves.push_back(leaf_hash(suite_, directory_entry(code, tree.size(), tree.root())));
  }
  return leaves;
}

std::vector<Hash> UnitIndex::key_leaves(const KeyRing& keys) const {
  std::vector<Hash> leaves;
  for (auto* k : keys.sorted()) leaves.push_back(leaf_hash(suite_, key_entry(*k)));
  return leaves;
}

UnitIndex::Roots UnitIndex::roots(const KeyRing& keys) const {
  const auto units = unit_leaves(), entries = key_leaves(keys);
  return {tree_hash(suite_, units), tree_hash(suite_, entries), static_cast<std::int32_t>(units.size()), static_cast<std::int32_t>(entries.size())};
}

std::optional<DirectoryPath> UnitIndex::unit_path(const std::string& code) const {
  const auto codes = sub_logs_.sorted_keys();
  const auto at = std::find(codes.begin(), codes.end(), code);
  if (at == codes.end()) return std::nullopt;
  const auto place = static_cast<std::uint64_t>(at - codes.begin());
  return DirectoryPath{place, prove_inclusion(suite_, place, unit_leaves())};
}

std::optional<DirectoryPath> UnitIndex::key_path(const KeyRing& keys, const KeyId& id) const {
  const auto sorted = keys.sorted();
  const auto at = std::find_if(sorted.begin(), sorted.end(), [&](const Key* k) { return k->id == id; });
  if (at == sorted.end()) return std::nullopt;
  const auto place = static_cast<std::uint64_t>(at - sorted.begin());
  return DirectoryPath{place, prove_inclusion(suite_, place, key_leaves(keys))};
}

Status UnitIndex::check(std::uint64_t position, const IndexCommitted& x, const KeyRing& keys) const {
  if (static_cast<std::uint64_t>(x.head_size()) != position)
    return refuse("index-not-current", "headSize must be the event's own position", "data.headSize");
  const Roots r = roots(keys);
  if (Hash::from(x.units_root()) != r.units || Hash::from(x.keys_root()) != r.keys || x.units() != r.unit_count || x.keys() != r.key_count)
    return refuse("index-root-wrong", "the roots or counts are not those of the records before it", "data");
  return {};
}

}  // namespace ledger
