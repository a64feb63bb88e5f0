// pufa units, duties, activities, complaints, rectifications, supervision, deadlines
#include "tools/commands/views.h"

#include <algorithm>
#include <iostream>

#include "ledger/text/encoding.h"
#include "projections/views/activities.h"
#include "projections/views/views.h"
#include "tools/cli/folds.h"
#include "tools/cli/table.h"
#include "tools/commands/view_columns.h"

namespace tools {
namespace {

using ledger::OrderedJson;
namespace views = projections::views;

struct View {
  const char* name;
  OrderedJson (*rows)(const views::Query&);  // null: the activities', which a fold of its own gives
};
constexpr View kViews[] = {
    {"units", views::units},           {"duties", views::duties},
    {"activities", nullptr},           {"complaints", views::complaints},
    {"rectifications", views::rectifications}, {"supervision", views::supervision},
    {"deadlines", views::deadlines},
};

struct Seen {
  Reader reader;
  Folds folds;
  OrderedJson rows;
};

ledger::Result<Seen> look(const View& view, const ViewOptions& o) {
  Seen s;
  s.reader = LEDGER_TRY(open_reader(o.dir));
  views::Activities activities;
  FoldOptions options;
  options.as_of = o.as_of;
  if (!view.rows) options.each = [&](const ledger::Event& e) { activities.apply(e); };
  s.folds = LEDGER_TRY(fold(s.reader, options));
  const auto unit = projections::unit_code(o.unit);
  if (!o.unit.empty() && s.folds.state().identity.find(unit) == nullptr)
    return ledger::refuse("not-found", "no unit is registered under " + o.unit);
  const views::Query query{s.folds.state(), ledger::local_date(s.folds.last_admitted), unit, o.year};
  s.rows = view.rows ? view.rows(query) : activities.rows(query);
  return s;
}

// Members without a value are left out, at any depth.
OrderedJson present(const OrderedJson& v) {
  if (!v.is_structured()) return v;
  OrderedJson out = v.is_array() ? OrderedJson::array() : OrderedJson::object();
  for (auto& [key, value] : v.items()) {
    if (v.is_array()) out.push_back(present(value));
    else if (!value.is_null()) out[key] = present(value);
  }
  return out;
}

void print_json(const View& view, const ViewOptions& o, const Seen& s) {
  OrderedJson j{{"view", view.name},
                {"head", {{"size", s.folds.size}, {"root", ledger::hex(s.folds.root.view())}}}};
  if (!o.as_of.empty()) j["asOf"] = o.as_of;
  j["today"] = ledger::format_date(ledger::local_date(s.folds.last_admitted));
  if (s.reader.genesis.demonstration) j["demonstration"] = true;
  j["rows"] = present(s.rows);
  std::cout << j.dump() << "\n";
}

bool has_section(const OrderedJson& rows, const ViewSection& section) {
  return std::any_of(rows.begin(), rows.end(),
                     [&](auto& row) { return row["section"] == section.name; });
}

std::string section_table(const App& app, const ViewSection& section, const OrderedJson& rows) {
  std::vector<std::string> headers;
  for (auto& c : section.columns)
    headers.push_back((c.right ? ">" : "") + std::string(app.t(c.zh, c.en)));
  TextTable table(headers);
  for (auto& row : rows) {
    if (row["section"] != section.name) continue;
    std::vector<std::string> cells;
    for (auto& c : section.columns) cells.push_back(view_cell(app, c, row));
    table.add(std::move(cells));
  }
  return table.str();
}

bool holds_objects(const OrderedJson& v) {
  return v.is_object() || (v.is_array() && !v.empty() && v[0].is_object());
}

// Keys in order of appearance; lists of objects have no place in a table of this form.
std::vector<std::string> csv_keys(const OrderedJson& rows) {
  std::vector<std::string> keys, nested;
  const auto has = [](auto& list, auto& key) {
    return std::find(list.begin(), list.end(), key) != list.end();
  };
  for (auto& row : rows)
    for (auto& [key, value] : row.items()) {
      if (holds_objects(value) && !has(nested, key)) nested.push_back(key);
      if (!has(keys, key)) keys.push_back(key);
    }
  keys.erase(std::remove_if(keys.begin(), keys.end(), [&](auto& k) { return has(nested, k); }),
             keys.end());
  return keys;
}

std::string csv_text(const OrderedJson& v) {
  if (v.is_null()) return "";
  if (v.is_string()) return v.get<std::string>();
  if (!v.is_array()) return v.dump();
  std::string out;
  for (auto& e : v) out += (out.empty() ? "" : " ") + csv_text(e);
  return out;
}

void print_csv(const OrderedJson& rows) {
  const auto keys = csv_keys(rows);
  for (std::size_t k = 0; k < keys.size(); ++k) std::cout << (k ? "," : "") << keys[k];
  std::cout << "\n";
  for (auto& row : rows) {
    for (std::size_t k = 0; k < keys.size(); ++k)
      std::cout << (k ? "," : "")
                << csv_cell(row.contains(keys[k]) ? csv_text(row[keys[k]]) : std::string());
    std::cout << "\n";
  }
}

void print_text(const App& app, const Seen& s) {
  std::cout << mark(app, s.reader.genesis);
  for (auto& section : view_sections())
    if (has_section(s.rows, section))
      std::cout << app.t(section.zh, section.en) << "\n"
                << section_table(app, section, s.rows) << "\n";
  if (s.rows.empty()) std::cout << app.t("没有记录", "no rows") << "\n";
  std::cout << app.t("截至 ", "as of ")
            << ledger::format_date(ledger::local_date(s.folds.last_admitted))
            << app.t("  树头 ", "  head ") << s.folds.size << " "
            << ledger::hex(s.folds.root.view()) << "\n";
}

}  // namespace

int run_view(const App& app, const std::string& name, const ViewOptions& o) {
  const auto* view = std::find_if(std::begin(kViews), std::end(kViews),
                                  [&](const View& v) { return name == v.name; });
  if (view == std::end(kViews)) return fail(app, {"usage", "", "there is no view " + name});
  const std::string format = app.json ? "json" : o.format.empty() ? "text" : o.format;
  if (format != "text" && format != "json" && format != "csv")
    return fail(app, {"usage", "", "--format is text, json or csv"});
  auto seen = look(*view, o);
  if (!seen) return fail(app, seen.error());
  if (format == "json") print_json(*view, o, *seen);
  else if (format == "csv") print_csv(seen->rows);
  else print_text(app, *seen);
  return kGood;
}

}  // namespace tools
