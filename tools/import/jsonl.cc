#include "ledger/text/plain.h"
#include "tools/import/importer.h"

namespace tools {

bool ends_with(std::string_view s, std::string_view suffix) {
  return s.size() >= suffix.size() && s.substr(s.size() - suffix.size()) == suffix;
}

void read_jsonl(const std::string& file, std::string_view text, const DraftSink& sink, std::vector<FileRefusal>& faults) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  std::size_t line = 0;
  while (!text.empty() && faults.size() < kFaultsMax) {
    ++line;
    const auto end = text.find('\n');
    auto row = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (!row.empty() && row.back() == '\r') row.remove_suffix(1);
    if (row.find_first_not_of(" \t") == std::string_view::npos) continue;
    auto json = ledger::parse_json(row);
    if (json) sink(std::move(*json), line);
    else faults.push_back({file, line, {}, {}, json.error()});
  }
}

}  // namespace tools
