#include "tools/bench/bench.h"

#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <iostream>

#include <fmt/format.h>

#include "tools/bench/growth.h"
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
                               bench::check_record, bench::check_assessment, bench::export_tiles, bench::witness_checkpoints,
                               bench::synced_appends, bench::verifications, bench::hashing, bench::read_while_writing};
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
  OrderedJson j{{"name", r.name}, {"value", rounded(r.value, 10)}, {"unit", r.unit}};
  if (r.floor > 0) j["floor"] = rounded(r.floor, 10), j["ratio"] = rounded(r.ratio, 1000);
  if (!r.goal.empty()) j["goal"] = r.goal, j["met"] = r.met;
  j["peakMemoryMiB"] = std::round(m.peak_mib);
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
    const std::string met = r.met ? app.t("是", "yes") : app.t("否", "no");
    t.add({r.name, whole(r.value), r.unit, r.floor > 0 ? whole(r.floor) : "", r.floor > 0 ? fmt::format("{:.3f}", r.ratio) : "", r.goal.empty() ? "" : met,
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

constexpr double kFlat = 1.5;   // of append and proof, from the smallest log to the largest

OrderedJson to_json(const bench::Growth& g) {
  return {{"events", g.events}, {"appendedPerSecond", std::round(g.appended)}, {"proofUs", rounded(g.proof_us, 10)}, {"proofsPerSecond", std::round(g.proofs)}, {"rankingMs", rounded(g.ranking_ms, 10)},
          {"writerMemoryMiB", std::round(g.writer_mib)}, {"bytesPerEvent", std::round(g.bytes_per_event)}};
}

void print(const App& app, const std::string& machine, const std::vector<bench::Growth>& sizes) {
  const double append = sizes.front().appended / sizes.back().appended, proof = sizes.back().proof_us / sizes.front().proof_us;
  if (app.json) {
    OrderedJson list = OrderedJson::array();
    for (auto& g : sizes) list.push_back(to_json(g));
    std::cout << OrderedJson{{"machine", machine}, {"sizes", list}, {"appendGrowth", rounded(append, 100)}, {"proofGrowth", rounded(proof, 100)}}.dump() << "\n";
    return;
  }
  TextTable t({app.t(">事件", ">events"), app.t(">追加/秒", ">appended/s"), app.t(">证明微秒", ">proof us"), app.t(">证明/秒", ">proofs/s"), app.t(">排名毫秒", ">ranking ms"),
               app.t(">写入进程 MiB", ">writer MiB"), app.t(">字节/事件", ">bytes/event")});
  for (auto& g : sizes)
    t.add({std::to_string(g.events), whole(g.appended), fmt::format("{:.1f}", g.proof_us), whole(g.proofs), fmt::format("{:.1f}", g.ranking_ms), whole(g.writer_mib), whole(g.bytes_per_event)});
  const bool flat = append <= kFlat && proof <= kFlat;
  std::cout << machine << "\n" << t.str()
            << fmt::format("{} {:.2f}, {} {:.2f} ({} {})\n", app.t("从最小到最大，一次追加的用时变为原来的倍数", "from the smallest to the largest an append takes times"), append,
                           app.t("一次证明为", "a proof times"), proof, app.t("目标 1.5", "goal 1.5"), flat ? app.t("达到", "met") : app.t("未达到", "not met"));
}

template <typename T>
int report(const App& app, const bench::Bench& b, Result<std::vector<T>> measured) {
  if (!measured) return fail(app, measured.error());
  print(app, bench::describe_machine(b.dir), *measured);
  return kGood;
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
  return o.growth ? report(app, b, bench::measure_growth(b, o.quick ? 100'000 : 10'000'000)) : report(app, b, measure(app, b, o.row));
}

}  // namespace tools
