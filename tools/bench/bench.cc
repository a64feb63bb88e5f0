#include "tools/bench/bench.h"

#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <iostream>

#include <fmt/format.h>

#include "tools/bench/machine.h"
#include "tools/bench/rows.h"
#include "tools/cli/table.h"

namespace tools {
namespace {

namespace fs = std::filesystem;
using bench::Row;
using ledger::OrderedJson;
using ledger::Result;

struct Measured {
  Row row;
  double peak_mib = 0;
};

// The folder of one run, removed when the run ends unless it is to be kept.
class ScratchFolder {
 public:
  ScratchFolder(const std::string& below, bool keep)
      : keep_(keep), path_((below.empty() ? fs::current_path() : fs::absolute(below)) / ("pufa-bench-" + std::to_string(::getpid()))) {
    fs::create_directories(path_);
  }
  ~ScratchFolder() {
    std::error_code ignored;
    if (!keep_) fs::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  std::string path() const { return path_.string(); }

 private:
  bool keep_;
  fs::path path_;
};

bool needs_large(int row) { return (row >= 4 && row <= 8) || row == 10; }

Result<std::vector<Measured>> measure(const App& app, bench::Bench& b, int only) {
  using Measure = Result<Row> (*)(bench::Bench&);
  constexpr Measure kRows[] = {bench::append_large, bench::append_concurrent, bench::append_serial, bench::verify_all,
                               bench::fold_all,     bench::rank_again,    bench::prove_inclusions,
                               bench::check_record, bench::check_assessment, bench::export_tiles, bench::witness_checkpoints};
  std::vector<Measured> out;
  for (int i = 1; auto measure : kRows) {
    const bool wanted = only == 0 || only == i || (i == 1 && needs_large(only));
    if (++i; !wanted) continue;
    Row row = LEDGER_TRY(measure(b));
    if (app.progress) std::cerr << row.name << "\n";
    out.push_back({std::move(row), bench::peak_memory_mib()});
  }
  return out;
}

double rounded(double v, double steps) { return std::round(v * steps) / steps; }

OrderedJson to_json(const Measured& m) {
  const Row& r = m.row;
  OrderedJson j{{"name", r.name}, {"value", rounded(r.value, 10)}, {"unit", r.unit}, {"floor", rounded(r.floor, 10)},
                {"ratio", rounded(r.ratio, 1000)}, {"goal", r.goal}, {"met", r.met}, {"peakMemoryMiB", std::round(m.peak_mib)}};
  if (r.syncs) j["syncs"] = *r.syncs;
  if (r.bytes_per_event) j["bytesPerEvent"] = std::round(*r.bytes_per_event);
  if (!r.note.empty()) j["note"] = r.note;
  return j;
}

std::string whole(double v) { return fmt::format("{:.0f}", v); }

std::string table_of(const App& app, const std::vector<Measured>& rows) {
  TextTable t({app.t("项目", "figure"), app.t(">数值", ">value"), app.t("单位", "unit"), app.t(">下限", ">floor"), app.t(">比值", ">ratio"),
               app.t("达标", "met"), app.t(">同步写", ">syncs"), app.t(">字节/事件", ">bytes/event"), app.t(">峰值 MiB", ">peak MiB"),
               app.t("目标", "goal"), app.t("备注", "note")});
  for (auto& m : rows) {
    const Row& r = m.row;
    t.add({r.name, whole(r.value), r.unit, whole(r.floor), fmt::format("{:.3f}", r.ratio), r.met ? app.t("是", "yes") : app.t("否", "no"),
           r.syncs ? std::to_string(*r.syncs) : "", r.bytes_per_event ? whole(*r.bytes_per_event) : "", whole(m.peak_mib), r.goal, r.note});
  }
  return t.str();
}

void print(const App& app, const std::string& machine, const std::vector<Measured>& rows) {
  if (!app.json) {
    std::cout << machine << "\n" << table_of(app, rows);
    return;
  }
  OrderedJson list = OrderedJson::array();
  for (auto& m : rows) list.push_back(to_json(m));
  std::cout << OrderedJson{{"machine", machine}, {"rows", list}}.dump() << "\n";
}

}  // namespace

int run_bench(const App& app, const BenchOptions& o) {
  const ledger::Suite* suite = ledger::find_suite(o.suite);
  if (suite == nullptr) return fail(app, {"usage", "", "--suite is intl or gm"});
  const ScratchFolder scratch(o.dir, o.keep);
  const std::string kind = bench::file_system(scratch.path());
  if (bench::is_memory_file_system(kind))
    return fail(app, {"usage", "", "the scratch folder lies on " + kind + ", where nothing is durable: give --dir on a disk"});
  bench::Workload work(*suite);
  bench::Bench b{work, scratch.path(), o.quick};
  auto rows = measure(app, b, o.row);
  if (!rows) return fail(app, rows.error());
  print(app, bench::describe_machine(scratch.path()), *rows);
  return kGood;
}

}  // namespace tools
