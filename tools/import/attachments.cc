#include "tools/import/attachments.h"

#include <filesystem>

#include "ledger/text/encoding.h"

namespace tools {
namespace {

// A plain file name: nothing that leads out of the folder.
bool is_plain(const std::string& name) {
  return !name.empty() && name != "." && name != ".." && name.find('/') == std::string::npos && name.find('\0') == std::string::npos;
}

}  // namespace

void attach(ledger::Json& draft, const std::string& folder, bool gm, std::vector<ledger::Bytes>& out,
            std::set<ledger::Hash>& seen, std::vector<ledger::Error>& faults) {
  if (!draft.is_object() || !draft.contains("data") || !draft["data"].is_object() || !draft["data"].contains("attachments")) return;
  auto& list = draft["data"]["attachments"];
  if (!list.is_array()) return;
  for (std::size_t i = 0; i < list.size(); ++i) {
    auto& a = list[i];
    if (!a.is_object() || !a.contains("name") || !a["name"].is_string() || !is_plain(a["name"].get<std::string>())) continue;
    const std::string path = folder + "/" + a["name"].get<std::string>();
    std::error_code ec;
    if (!std::filesystem::is_regular_file(path, ec)) continue;
    auto bytes = read_file(path);
    if (!bytes) {
      faults.push_back(bytes.error());
      continue;
    }
    const auto hash = ledger::sha256(*bytes);
    const std::string at = "data.attachments." + std::to_string(i);
    const bool same = a.contains("sha256") && a["sha256"] == ledger::hex(hash.view()) && a.contains("size") && a["size"] == bytes->size();
    if (!same) {
      faults.push_back({"attachment-differs", at, path + " has " + std::to_string(bytes->size()) + " bytes and SHA-256 " + ledger::hex(hash.view()) + ", not what the draft states"});
      continue;
    }
    if (gm) a["sm3"] = ledger::hex(ledger::sm3(*bytes).view());
    if (seen.insert(hash).second) out.push_back(std::move(*bytes));
  }
}

}  // namespace tools
