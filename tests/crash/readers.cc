// Readers beside a writer that opens, writes and closes again and again: each opening makes tables of its log of
// writes, merges tables and deletes what it no longer needs.
#include <rocksdb/env.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "ledger/store/rocks.h"
#include "tests/crash/office.h"

namespace {

using namespace crash;

const std::size_t kOpenings = build::sanitized ? 30 : 150;
constexpr std::size_t kAtOnce = 2, kReaders = 2;

// What one reader saw. Catch is not for several threads.
struct Seen {
  std::size_t readings = 0;
  std::string fault;   // the first
};

// Empty: it read a whole prefix of at least so many records.
std::string read_once(const std::string& dir, std::uint64_t at_least) {
  const auto store = ledger::open_store(dir, ledger::OpenMode::read);
  if (!store) return store.error().code + " " + store.error().message;
  ledger::VerifyOptions options;
  options.rules = [](const ledger::Suite& s) { return std::make_unique<projections::ProcedureRules>(s); };
  const auto report = ledger::verify(**store, options);
  if (!report) return report.error().code + " " + report.error().message;
  if (!report->findings.empty()) return report->findings[0].code + " " + report->findings[0].message;
  return report->size < at_least ? "of " + std::to_string(at_least) + " records " + std::to_string(report->size) + " are there" : "";
}

// The list of tables grows, by a byte that means nothing, while the first so many readers read it.
class GrowingList final : public rocksdb::FileSystemWrapper {
 public:
  explicit GrowingList(int readers) : FileSystemWrapper(rocksdb::FileSystem::Default()), left_(readers) {}
  const char* Name() const override { return "GrowingList"; }
  rocksdb::IOStatus NewSequentialFile(const std::string& path, const rocksdb::FileOptions& o, std::unique_ptr<rocksdb::FSSequentialFile>* out, rocksdb::IODebugContext* d) override {
    const bool list = path.find("MANIFEST") != std::string::npos;
    if (list && left_ > 0) --left_, std::ofstream(path, std::ios::app).put('\0');
    reads += list;
    return FileSystemWrapper::NewSequentialFile(path, o, out, d);
  }
  int reads = 0;

 private:
  int left_;
};

}  // namespace

TEST_CASE("a reader whose list of tables changes reads it again, and gives up where it never rests") {
  const Clerk clerk(1);
  const auto open = [&](int changes) {
    const Office office(clerk);
    const auto files = std::make_shared<GrowingList>(changes);
    const auto env = rocksdb::NewCompositeEnv(files);
    const auto store = ledger::open_rocks(office.dir(), ledger::OpenMode::read, env.get());
    return std::pair(store ? "good" : store.error().code, files->reads);
  };
  const auto [calm, once] = open(0);
  CHECK(calm == "good");
  const auto [twice, more] = open(2 * once);
  CHECK(twice == "good");
  CHECK(more == 3 * once);
  CHECK(open(INT32_MAX).first == "storage");
}

TEST_CASE("whoever reads while a writer opens, writes and closes sees a whole prefix with all that was acknowledged") {
  const Clerk clerk(kOpenings * kAtOnce);
  Office office(clerk);
  std::atomic<std::uint64_t> acknowledged = clerk.start_size();
  std::atomic<bool> ended = false;
  std::vector<Seen> seen(kReaders);
  std::vector<std::thread> readers;
  for (auto& s : seen)
    readers.emplace_back([&] {
      for (; !ended && s.fault.empty(); ++s.readings) s.fault = read_once(office.dir(), acknowledged.load());
    });
  office.hand_over();
  bool all = true;
  for (std::size_t i = 0; i < clerk.work().size() && all;) {
    const auto log = open_ledger(clerk, office.dir(), rocksdb::Env::Default());
    for (const auto end = i + kAtOnce; all && i < end; ++i) {
      const auto outcome = log ? (*log)->submit(clerk.work()[i].submission, clerk.now()) : ledger::Outcome(ledger::Unknown{log.error()});
      const auto* receipt = std::get_if<ledger::Receipt>(&outcome);
      all = receipt != nullptr;
      if (all) office.acknowledge(i, receipt->first), acknowledged += receipt->events.size();
    }
  }
  ended = true;
  for (auto& r : readers) r.join();
  CHECK(all);
  for (auto& s : seen) {
    CHECK(s.fault == "");
    CHECK(s.readings > kOpenings / 10);
  }
  office.check();
}
