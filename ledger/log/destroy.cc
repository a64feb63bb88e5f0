#include "ledger/log/destroy.h"

#include <unistd.h>

#include "ledger/text/encoding.h"

namespace ledger {

Status erase_keys(const Store& store, Vault& vault, const Destruction& d) {
  auto position = LEDGER_TRY(store.get(Shelf::ids, d.target.view()));
  if (!position) return {};
  std::vector<std::uint64_t> slots;
  LEDGER_CHECK(store.scan(Shelf::vault, *position, [&](BytesView key, BytesView value) {
    if (key.substr(0, 8) != *position) return false;
    if (d.field == "*" || key.substr(8) == d.field) slots.push_back(read_be(value.substr(0, 8)));
    return true;
  }));
  for (auto slot : slots) LEDGER_CHECK(vault.erase(slot));
  return {};
}

Status erase_destroyed(const Store& store, const std::vector<Destruction>& all, const std::string& key_file, const Suite& suite) {
  if (all.empty() || ::access(key_file.c_str(), F_OK) != 0) return {};
  auto vault = LEDGER_TRY(open_vault(key_file, suite, {}, system_random()));
  for (auto& d : all) LEDGER_CHECK(erase_keys(store, *vault, d));
  return {};
}

}  // namespace ledger
