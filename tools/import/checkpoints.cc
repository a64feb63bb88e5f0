#include "tools/import/checkpoints.h"

#include "ledger/merkle/note.h"
#include "ledger/text/json.h"
#include "tools/cli/app.h"

namespace tools {
namespace {

using ledger::Result;
using Notes = std::vector<std::string>;

constexpr std::string_view kDash = "\u2014 ";   // begins a signature's line

tl::unexpected<ledger::Error> bad(std::size_t line) {
  return ledger::refuse("checkpoint-malformed", "line " + std::to_string(line + 1) +
                        ": no checkpoint: it is a signed note of origin, size and root hash, or what pufa submit printed");
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size() - 1) + 1;
    out.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return out;
}

bool is_signature(std::string_view line) { return line.substr(0, kDash.size()) == kDash; }

// The note whose signatures are the lines [signatures, end); what was printed before it, from `begin` on, is passed over.
Result<std::string> note_of(const std::vector<std::string_view>& lines, std::size_t begin, std::size_t signatures, std::size_t end) {
  const char* last = lines[end - 1].data() + lines[end - 1].size();
  for (std::size_t i = begin; i < signatures; ++i) {
    const std::string_view text(lines[i].data(), static_cast<std::size_t>(last - lines[i].data()));
    if (!ledger::parse_checkpoint(text)) continue;
    if (!ledger::parse_note(text)) return bad(i);
    return std::string(text);
  }
  return bad(begin);
}

Result<Notes> of_text(std::string_view text) {
  const auto lines = lines_of(text);
  Notes out;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!is_signature(lines[i])) continue;
    std::size_t end = i + 1;
    while (end < lines.size() && is_signature(lines[end])) ++end;
    out.push_back(LEDGER_TRY(note_of(lines, begin, i, end)));
    begin = end, i = end - 1;
  }
  if (out.empty()) return bad(0);
  return out;
}

// One receipt, or a receipt a line.
Result<Notes> of_json(std::string_view text) {
  Notes out;
  const auto lines = ledger::parse_json(text) ? std::vector<std::string_view>{text} : lines_of(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i] == "\n") continue;
    const auto j = ledger::parse_json(lines[i]);
    if (!j || !j->is_object() || !j->contains("checkpoint") || !(*j)["checkpoint"].is_string()) return bad(i);
    auto notes = of_text((*j)["checkpoint"].get<std::string>());
    if (!notes) return bad(i);
    for (auto& n : *notes) out.push_back(std::move(n));
  }
  return out;
}

}  // namespace

Result<Notes> read_checkpoints(std::string_view text) { return text.substr(0, 1) == "{" ? of_json(text) : of_text(text); }

Result<Notes> read_checkpoint_files(const std::vector<std::string>& files) {
  Notes out;
  for (auto& file : files)
    for (auto& note : LEDGER_TRY(ledger::in_file(file, read_checkpoints(LEDGER_TRY(read_file(file)))))) out.push_back(std::move(note));
  return out;
}

}  // namespace tools
