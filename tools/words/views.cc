// the views
#include "tools/commands/views.h"
#include "tools/words/words.h"

namespace tools {
namespace {

void add_view(CLI::App& top, Words& w, const char* name, const char* about, const char* example) {
  auto o = std::make_shared<ViewOptions>();
  auto* c = command(top, w, name, about, example);
  c->add_option("dir", o->dir, "folder of the ledger")->required();
  c->add_option("--as-of", o->as_of, "@position or instant");
  c->add_option("--unit", o->unit, "only this unit's rows, by its code");
  c->add_option("--year", o->year, "1949 to 2199")->check(years());
  c->add_option("--format", o->format, "text, json or csv")->check(CLI::IsMember({"text", "json", "csv"}));
  c->callback([&w, o, name] { w.app.json |= o->format == "json"; w.run = [o, name](const App& a) { return run_view(a, name, *o); }; });
}

}  // namespace

void add_views(CLI::App& top, Words& w) {
  add_view(top, w, "units", "the units and their officers", "pufa units L");
  add_view(top, w, "duties", "lists, plans and reports: filed, decided, overdue; the lists' items", "pufa duties L --year 2025 --unit 11420114TA0000016W");
  add_view(top, w, "activities", "the units' records of publicity work, with totals", "pufa activities L --year 2025 --format csv > activities.csv");
  add_view(top, w, "complaints", "complaints, with their state and answers", "pufa complaints L --year 2025");
  add_view(top, w, "rectifications", "orders to rectify, with their state and due dates", "pufa rectifications L --unit 11420114TA0000016W");
  add_view(top, w, "supervision", "inspections, surveys, evaluations, honours", "pufa supervision L --year 2025 --json");
  add_view(top, w, "deadlines", "what is still owed, by whom and by which day", "pufa deadlines L --as-of @200");
}

}  // namespace tools
