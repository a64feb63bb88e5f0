// Aligned tables for a terminal, with double-width Chinese counted as two columns.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tools {

std::size_t display_width(std::string_view utf8);

class TextTable {
 public:
  // A header that begins with '>' is right-aligned.
  explicit TextTable(std::vector<std::string> headers);
  void add(std::vector<std::string> cells);
  std::string str() const;
  bool empty() const { return rows_.size() == 1; }

 private:
  std::vector<bool> right_;
  std::vector<std::vector<std::string>> rows_;   // the header first
};

// A cell as RFC 4180 writes it.
std::string csv_cell(const std::string&);

std::string points_text(std::int64_t centipoints);   // 8573 → "85.73"

}  // namespace tools
