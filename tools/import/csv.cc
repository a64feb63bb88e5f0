#include <functional>
#include <set>

#include "ledger/schema/catalogue.h"
#include "ledger/text/plain.h"
#include "tools/import/importer.h"

namespace tools {
namespace {

using ledger::Field;
using ledger::Json;
using ledger::Kind;

struct Row {
  std::size_t line = 0;
  std::vector<std::string> cells;
};

// RFC 4180 rows. A fault ends the reading: what follows a stray quote cannot be trusted.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}
  bool done() const { return at_ >= text_.size(); }
  // Of the fault that ended the reading.
  std::size_t fault_line() const { return fault_line_; }

  ledger::Result<Row> next() {
    Row row{line_, {}};
    for (;;) {
      row.cells.push_back(LEDGER_TRY(cell()));
      if (done()) return row;
      const char c = text_[at_++];
      if (c == ',') continue;
      if (c == '\r' && !done() && text_[at_] == '\n') ++at_;
      ++line_;
      return row;
    }
  }

 private:
  bool at_end_of_cell() const { return done() || text_[at_] == ',' || text_[at_] == '\n' || text_[at_] == '\r'; }
  tl::unexpected<ledger::Error> malformed(std::size_t line, const char* what) {
    fault_line_ = line;
    return ledger::refuse("csv-malformed", what);
  }

  ledger::Result<std::string> cell() {
    std::string out;
    if (done() || text_[at_] != '"') {
      while (!at_end_of_cell()) {
        if (text_[at_] == '"') return malformed(line_, "a quote inside a cell that is not quoted");
        out += text_[at_++];
      }
      return out;
    }
    const std::size_t opened = line_;
    for (++at_;;) {
      if (done()) return malformed(opened, "a quoted cell is not closed");
      const char c = text_[at_++];
      if (c == '"' && !done() && text_[at_] == '"') out += '"', ++at_;
      else if (c == '"') break;
      else out += c, line_ += c == '\n';
    }
    if (!at_end_of_cell()) return malformed(line_, "text after a closing quote");
    return out;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1, fault_line_ = 0;
};

std::vector<std::string> split(const std::string& s, char by) {
  std::vector<std::string> out(1);
  for (char c : s) {
    if (c == by) out.emplace_back();
    else out.back() += c;
  }
  return out;
}

bool is_index(const std::string& s) { return !s.empty() && s.find_first_not_of("0123456789") == std::string::npos; }

Json scalar(const Field* f, const std::string& text) {
  const Kind kind = f == nullptr ? Kind::text : f->kind;
  if (kind == Kind::flag && (text == "true" || text == "false")) return text == "true";
  if (kind != Kind::integer && kind != Kind::points && kind != Kind::fen) return text;
  const std::string digits = text[0] == '-' ? text.substr(1) : text;
  if (digits.empty() || digits.size() > 18 || digits.find_first_not_of("0123456789") != std::string::npos) return text;
  return std::stoll(text);
}

Json value(const Field* f, const std::string& text) {
  if (f == nullptr || !f->list || f->kind == Kind::group) return scalar(f, text);
  Json list = Json::array();
  for (auto& part : split(text, ';'))
    if (auto item = ledger::tidy(part); !item.empty()) list.push_back(scalar(f, item));
  return list;
}

// Puts a cell at its column's path, opening lists and structs on the way.
void place(Json& draft, const std::string& column, const std::string& text, const ledger::Type* type) {
  const auto path = split(column, '.');
  Json* at = &draft;
  const Field* field = nullptr;
  const std::vector<Field>* fields = type == nullptr ? nullptr : &type->fields;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (i > 0 && is_index(path[i])) {
      const auto n = static_cast<std::size_t>(std::stoul(path[i]));
      if (!at->is_array()) *at = Json::array();
      while (at->size() <= n) at->push_back(nullptr);
      at = &(*at)[n];
      continue;
    }
    if (i > 0) {
      field = fields == nullptr ? nullptr : ledger::find_field(*fields, path[i]);
      if (field == nullptr && i == 1) field = ledger::find_field(ledger::common_fields(), path[i]);
      fields = field == nullptr ? nullptr : &field->members;
    }
    if (at->is_null()) *at = Json::object();
    if (!at->is_object()) return;
    at = &(*at)[path[i]];
  }
  *at = value(field, text);
}

// Items of lists that no cell filled are not items.
void drop_empty(Json& j) {
  if (j.is_array())
    for (std::size_t i = j.size(); i-- > 0;) {
      if (j[i].is_null()) j.erase(i);
      else drop_empty(j[i]);
    }
  else if (j.is_object())
    for (auto& item : j) drop_empty(item);
}

// Whether items of lists are numbered from 0 on, in plain digits, none left out.
bool is_numbered_on(const std::string& column, const std::set<std::string>& all) {
  const auto path = split(column, '.');
  std::string before = path[0];
  for (std::size_t i = 1; i < path.size(); before += "." + path[i++]) {
    if (!is_index(path[i]) || path[i] == "0") continue;
    if (path[i][0] == '0' || path[i].size() > 3) return false;
    const auto previous = before + "." + std::to_string(std::stoul(path[i]) - 1);
    const auto there = all.lower_bound(previous);
    const bool has = there != all.end() && (*there == previous || there->rfind(previous + ".", 0) == 0);
    if (!has) return false;
  }
  return true;
}

// Of a text that is no UTF-8.
std::size_t first_bad_line(std::string_view text) {
  std::size_t line = 1;
  for (; ledger::is_utf8(text.substr(0, text.find('\n'))); ++line) text.remove_prefix(text.find('\n') + 1);
  return line;
}

bool is_column(const std::string& c) {
  static const std::set<std::string> kPlain{"type", "id", "label", "unit", "on"};
  return kPlain.count(c) != 0 || c.rfind("refs.", 0) == 0 || c.rfind("data.", 0) == 0;
}

using Fault = std::function<void(std::size_t line, ledger::Error)>;

// Tidies the header's names; each fault of them is told.
void check_columns(std::vector<std::string>& columns, const std::string& type, const Fault& fault) {
  std::set<std::string> seen;
  for (auto& c : columns) {
    c = ledger::tidy(c);
    if (c.empty()) fault(1, {"csv-malformed", "", "column " + std::to_string(&c - columns.data() + 1) + " has no name"});
    else if (!is_column(c)) fault(1, {"unknown-field", c, "columns are type, id, label, unit, on, refs.NAME and data.FIELD"});
    if (!seen.insert(c).second) fault(1, {"csv-malformed", c, "the column stands twice"});
  }
  for (auto& c : columns)
    if (!is_numbered_on(c, seen)) fault(1, {"unknown-field", c, "items of a list are numbered 0, 1, 2 and so on, none left out"});
  if (type.empty() && !seen.count("type")) fault(1, {"csv-column-missing", "type", "add a column type, or give --type"});
  if (!seen.count("on")) fault(1, {"csv-column-missing", "on", "the column of business dates is missing"});
}

Json draft_of(const std::vector<std::string>& columns, const std::vector<std::string>& cells, const std::string& type) {
  Json draft = Json::object();
  if (!type.empty()) draft["type"] = type;
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i] == "type" && !cells[i].empty()) draft["type"] = cells[i];
  const auto* t = draft.contains("type") ? ledger::find_type(draft["type"].get<std::string>()) : nullptr;
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (!cells[i].empty() && columns[i] != "type") place(draft, columns[i], cells[i], t);
  drop_empty(draft);
  return draft;
}

}  // namespace

void read_csv(const std::string& file, std::string_view text, const std::string& type, const DraftSink& sink,
              std::vector<FileRefusal>& faults) {
  const Fault fault = [&](std::size_t line, ledger::Error e) { faults.push_back({file, line, {}, type, std::move(e)}); };
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  if (!ledger::is_utf8(text)) return fault(first_bad_line(text), {"not-utf8", "", "the file is not UTF-8: save it as CSV UTF-8"});
  Reader reader(text);
  if (reader.done()) return fault(1, {"csv-column-missing", "", "the file is empty: its first line names the columns"});
  auto header = reader.next();
  if (!header) return fault(reader.fault_line(), header.error());
  auto& columns = header->cells;
  check_columns(columns, type, fault);
  if (!faults.empty()) return;
  while (!reader.done() && faults.size() < kFaultsMax) {
    auto row = reader.next();
    if (!row) return fault(reader.fault_line(), row.error());
    if (row->cells.size() == 1 && row->cells[0].empty()) continue;
    if (row->cells.size() != columns.size()) {
      fault(row->line, {"csv-malformed", "", "the line has " + std::to_string(row->cells.size()) + " cells, the header " + std::to_string(columns.size())});
      continue;
    }
    sink(draft_of(columns, row->cells, type), row->line);
  }
}

}  // namespace tools
