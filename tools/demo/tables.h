// The district's tables: units, publicity nodes and calendars, as built into the program.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace demo {

// The text of data/<name>.csv; empty: there is none.
std::string_view table_text(std::string_view name);

using Row = std::map<std::string, std::string>;

std::vector<std::string> split(std::string_view text, char separator);
std::vector<Row> table(std::string_view name);

}  // namespace demo
