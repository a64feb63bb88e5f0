// Files of drafts: JSON lines and CSV, read line by line, every fault with its file and line.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tools/cli/app.h"

namespace tools {

inline constexpr std::size_t kFaultsMax = 1'000;           // listed of one file

// Calls f with each draft of the text and its line number.
using DraftSink = std::function<void(ledger::Json draft, std::size_t line)>;

void read_jsonl(const std::string& file, std::string_view text, const DraftSink&, std::vector<FileRefusal>& faults);

// Header: type (or `type` given for all rows), id, label, unit, on, refs.NAME, data.FIELD,
// data.LIST.0.FIELD; lists of scalars separated by ';'. RFC 4180, UTF-8 with or without BOM.
void read_csv(const std::string& file, std::string_view text, const std::string& type, const DraftSink&,
              std::vector<FileRefusal>& faults);

bool ends_with(std::string_view s, std::string_view suffix);

}  // namespace tools
