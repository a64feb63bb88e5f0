#include "ledger/core/unit_index.h"

#include "ledger/text/encoding.h"
#include "ledger/text/json.h"

namespace ledger {
namespace {

Json instant_or_null(Instant t) { return t.ms == INT64_MIN || t.ms == INT64_MAX ? Json() : Json(t.ms); }

std::string key_entry(const Key& k) {
  Json grants = Json::array();
  for (auto& g : k.grants)
    if (!g.ended)
      grants.push_back({roles()[static_cast<std::size_t>(g.role)].name, g.scope, format_date(g.from),
                        g.until ? Json(format_date(*g.until)) : Json()});
  return Json{{"key", hex(k.id.view())}, {"notAfter", instant_or_null(k.not_after)}, {"notBefore", instant_or_null(k.not_before)},
              {"owner", k.holder->owner}, {"ownerUnit", k.holder->unit}, {"publicKey", base64(k.spki)}, {"revoked", k.revoked},
              {"roles", grants}}.dump();
}

}  // namespace

void UnitIndex::add_to(const std::string& code, const Hash& entry) {
  SubLog& log = sub_logs_.edit(code);
  if (!log.tree) log.tree.emplace(suite_);
  log.tree->add(entry);
}

void UnitIndex::add(std::uint64_t position, const Hash& leaf, const std::vector<std::string>& named) {
  Bytes entry;
  append_be(entry, position, 8);
  entry += leaf.view();
  const Hash h = leaf_hash(suite_, entry);
  if (named.empty()) add_to("", h);
  for (auto& unit : named) add_to(unit, h);
}

UnitIndex::Roots UnitIndex::roots(const KeyRing& keys) const {
  Frontier units(suite_), entries(suite_);
  for (auto& code : sub_logs_.sorted_keys()) {
    const Frontier& tree = *sub_logs_.find(code)->tree;
    Bytes leaf = code;
    append_be(leaf, tree.size(), 8);
    leaf += tree.root().view();
    units.add(leaf_hash(suite_, leaf));
  }
  for (auto* k : keys.sorted()) entries.add(leaf_hash(suite_, key_entry(*k)));
  return {units.root(), entries.root(), static_cast<std::int32_t>(units.size()), static_cast<std::int32_t>(entries.size())};
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
