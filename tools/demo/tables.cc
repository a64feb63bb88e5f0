// Reading of the built-in tables, which have no quoted cells.
#include "tools/demo/tables.h"

namespace demo {

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return parts;
}

std::vector<Row> table(std::string_view name) {
  const auto lines = split(table_text(name), '\n');
  const auto header = split(lines.at(0), ',');
  std::vector<Row> rows;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    auto cells = split(lines[i], ',');
    cells.resize(header.size());
    Row& row = rows.emplace_back();
    for (std::size_t c = 0; c < header.size(); ++c) row[header[c]] = cells[c];
  }
  return rows;
}

}  // namespace demo
